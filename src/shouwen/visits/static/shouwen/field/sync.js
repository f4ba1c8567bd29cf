// Sends what waits and fetches the day. Everything may be sent twice; nothing leaves the phone without a receipt.
import * as crypt from "./crypt.js";

const API = "/field/api/";
const AT_ONCE = 50;
export const state = { day: null, unsent: 0, waiting: [], photos: 0, online: navigator.onLine, signIn: false, problem: "", lastAt: "", trouble: [] };
let token = "";
let busy = null;
let again = false;

class SignIn extends Error {}

async function ask(path, options = {}) {
  const answer = await fetch(API + path, { redirect: "manual", credentials: "same-origin", cache: "no-store", ...options });
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 423) throw new SignIn();
  const kind = answer.headers.get("Content-Type") ?? "";
  if (!kind.startsWith("application/json")) {
    if (answer.status === 200 || answer.status === 403) throw new SignIn();
    throw new Error(String(answer.status));
  }
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.error), { status: answer.status });
  return body;
}

function post(path, body) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(body) });
}

async function device() {
  let id = await crypt.meta("device");
  if (!id) {
    id = crypt.uuid7();
    await crypt.setMeta("device", id);
  }
  return id;
}

// One event that happened now; kept on the phone before anything else, sent when there is a way.
export async function write(kind, { order = null, visit = null, data = {} } = {}) {
  const event = {
    id: crypt.uuid7(), kind, at: new Date().toISOString(), offset: await crypt.meta("offset", 0),
    order: order?.id ?? null, visit, version: order?.version ?? 0,
    package: state.day?.package ?? null, edition: state.day?.edition ?? "", data,
  };
  await crypt.append(event);
  await count();
  soon();
  return event;
}

export async function count() {
  state.waiting = await crypt.queue();
  state.photos = (await crypt.photos()).length;
  state.unsent = state.waiting.length + state.photos;
}

let timer = 0;
function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => sync().then(changed), 800);
}

let listeners = [];
export function onChange(listener) {
  listeners.push(listener);
}
function changed() {
  for (const listener of listeners) listener();
}

// Everything in turn: time and key, the phone known, events, photos, the day. Asked meanwhile: once more after.
export function sync({ anyway = false } = {}) {
  if (!navigator.onLine && !anyway) {
    state.online = false;
    return count();
  }
  if (busy) {
    again = true;
    return busy;
  }
  busy = run().finally(() => {
    busy = null;
    if (again) {
      again = false;
      soon();
    }
  });
  return busy;
}

async function run() {
  try {
    const id = await device();
    const asked = Date.now();
    const hello = await ask(`hello?device=${id}`);
    const here = (asked + Date.now()) / 2;
    token = hello.csrf;
    await crypt.setMeta("offset", Math.round((Date.parse(hello.now) - here) / 1000));
    if (!hello.known) await post("device", { device: id, label: label() });
    state.signIn = false;
    state.problem = "";
    state.online = true;
    await sendEvents(id);
    await sendPhotos();
    await fetchDay(id);
    state.lastAt = new Date().toISOString();
    await crypt.setMeta("contact", Date.now());
  } catch (error) {
    state.signIn = error instanceof SignIn;
    state.online = state.signIn || Boolean(error.status);
    if (error.status) state.problem = error.message;
  }
  await count();
}

async function sendEvents(id) {
  const offset = await crypt.meta("offset", 0);
  for (;;) {
    const batch = (await crypt.queue()).slice(0, AT_ONCE);
    if (!batch.length) return;
    const answer = await post("events", { device: id, clock_off: offset, events: batch });
    await crypt.forget("queue", answer.receipts.map((receipt) => receipt.id));
    const odd = answer.receipts.filter((receipt) => receipt.reason);
    if (odd.length) {
      state.trouble = [...(await crypt.meta("trouble", [])), ...odd.map((receipt) => {
        const event = batch.find((each) => each.id === receipt.id);
        return { reason: receipt.reason, order: event?.order ?? null, kind: event?.kind ?? "" };
      })].slice(-50);
      await crypt.setMeta("trouble", state.trouble);
    }
    if (!answer.receipts.length) return;
  }
}

async function sendPhotos() {
  for (const photo of await crypt.photos()) {
    const form = new FormData();
    for (const [name, value] of Object.entries(photo.about)) if (value) form.append(name, value);
    form.append("id", photo.id);
    form.append("file", new Blob([await photo.content()], { type: "image/jpeg" }), "photo.jpg");
    try {
      await ask("photos", { method: "POST", headers: { "X-CSRFToken": token }, body: form });
    } catch (error) {
      if (error.message !== "other_content") throw error;
    }
    await crypt.forget("photos", [photo.id]);
  }
}

async function fetchDay(id) {
  if (!crypt.isOpen()) return;
  const answer = await post("package", { device: id, clock_off: await crypt.meta("offset", 0) });
  if (answer.wipe) {
    await crypt.wipe();
    await post("wiped", { device: id });
    await crypt.setMeta("device", null);
    await crypt.setMeta("sequence", 0);
    state.day = null;
    return;
  }
  await crypt.setMeta("lives_hours", answer.lives_hours);
  await crypt.keepDay(answer);
  state.day = answer;
}

function label() {
  return /\(([^)]+)\)/.exec(navigator.userAgent)?.[1]?.slice(0, 60) ?? "";
}

// What is older than allowed without contact is thrown away before anybody reads it.
export async function isExpired() {
  const contact = await crypt.meta("contact", 0);
  const hours = await crypt.meta("lives_hours", 72);
  return contact > 0 && Date.now() - contact > hours * 3600 * 1000;
}
