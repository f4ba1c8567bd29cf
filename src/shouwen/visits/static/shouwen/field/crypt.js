// What lies on the phone, encrypted. The day package opens with the PIN; what waits to be sent is under a
// key of this browser that cannot be read out, so that it outlives a forgotten PIN.
import { openDB } from "../../vendor/idb/index.js";

const ROUNDS = 150000;
const text = new TextEncoder();
let db = null;
let dayKey = null;

export async function opened() {
  db ??= await openDB("shouwen-field", 1, {
    upgrade(made) {
      made.createObjectStore("meta");
      made.createObjectStore("sealed");
      made.createObjectStore("queue", { keyPath: "id" });
      made.createObjectStore("photos", { keyPath: "id" });
      made.createObjectStore("visits");
    },
  });
  return db;
}

export async function meta(name, fallback = null) {
  return (await (await opened()).get("meta", name)) ?? fallback;
}

export async function setMeta(name, value) {
  await (await opened()).put("meta", value, name);
}

// The key of this browser; made once, never extractable.
async function ownKey() {
  const there = await meta("own_key");
  if (there) return there;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await setMeta("own_key", made);
  return made;
}

async function seal(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? value : text.encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

async function bytes(key, sealed) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
}

async function unseal(key, sealed) {
  return JSON.parse(new TextDecoder().decode(await bytes(key, sealed)));
}

async function pinKey(pin, salt) {
  const base = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, base,
    { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export const isOpen = () => dayKey !== null;
export const hasPin = async () => Boolean(await meta("wrapped"));

// A new PIN: a new key for the day, wrapped by the PIN and by this browser.
export async function setPin(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const inner = await seal(await pinKey(pin, salt), raw);
  const wrapped = { salt, iv: inner.iv, outer: await seal(await ownKey(), new Uint8Array(inner.data)) };
  dayKey = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  await setMeta("wrapped", wrapped);
  await setMeta("tries", 0);
}

// Opens the day with the PIN. How many tries are left; 0: the readable data was thrown away.
export async function unlock(pin, most) {
  const wrapped = await meta("wrapped");
  const tries = (await meta("tries", 0)) + 1;
  await setMeta("tries", tries);
  try {
    const data = await bytes(await ownKey(), wrapped.outer);
    const raw = await bytes(await pinKey(pin, wrapped.salt), { iv: wrapped.iv, data });
    dayKey = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    await setMeta("tries", 0);
    return { open: true, left: most };
  } catch {
    if (tries >= most) await wipe();
    return { open: false, left: Math.max(0, most - tries) };
  }
}

export function lock() {
  dayKey = null;
}

// Throws away all that can be read. What waits to be sent stays: nothing that was seen is lost.
export async function wipe() {
  const store = await opened();
  dayKey = null;
  await store.clear("sealed");
  await store.delete("meta", "wrapped");
  await store.put("meta", 0, "tries");
}

export async function keepDay(day) {
  await (await opened()).put("sealed", await seal(dayKey, day), "day");
}

export async function day() {
  const sealed = await (await opened()).get("sealed", "day");
  return sealed && dayKey ? unseal(dayKey, sealed) : null;
}

// Adds an event under the next number of this phone; both in one transaction, so that no number is lost.
export async function append(event) {
  const key = await ownKey();
  const body = await seal(key, event);
  const work = (await opened()).transaction(["meta", "queue"], "readwrite");
  const sequence = ((await work.objectStore("meta").get("sequence")) ?? 0) + 1;
  await work.objectStore("meta").put(sequence, "sequence");
  await work.objectStore("queue").put({ id: event.id, sequence, body });
  await work.done;
  return sequence;
}

export async function queue() {
  const key = await ownKey();
  const rows = (await (await opened()).getAll("queue")).sort((a, b) => a.sequence - b.sequence);
  return Promise.all(rows.map(async (row) => ({ ...(await unseal(key, row.body)), sequence: row.sequence })));
}

export async function forget(store, ids) {
  const work = (await opened()).transaction(store, "readwrite");
  await Promise.all(ids.map((id) => work.store.delete(id)));
  await work.done;
}

export async function keepPhoto(id, about, content) {
  const key = await ownKey();
  const row = { id, about: await seal(key, about), body: await seal(key, content), size: content.byteLength };
  await (await opened()).put("photos", row);
}

export async function photos() {
  const key = await ownKey();
  const rows = await (await opened()).getAll("photos");
  return Promise.all(rows.map(async (row) => ({
    id: row.id, size: row.size, about: await unseal(key, row.about), content: () => bytes(key, row.body),
  })));
}

export async function keepVisit(visit) {
  await (await opened()).put("visits", await seal(await ownKey(), visit), visit.id);
}

export async function visits() {
  const key = await ownKey();
  const rows = await (await opened()).getAll("visits");
  return Promise.all(rows.map((row) => unseal(key, row)));
}

export async function forgetVisits(ids) {
  await forget("visits", ids);
}

// UUID version 7: sorts by time, made without asking anybody.
export function uuid7() {
  const raw = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();
  for (let place = 5; place >= 0; place -= 1) {
    raw[place] = now % 256;
    now = Math.floor(now / 256);
  }
  raw[6] = (raw[6] & 0x0f) | 0x70;
  raw[8] = (raw[8] & 0x3f) | 0x80;
  const hex = Array.from(raw, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
