// The agent's cockpit: sends acts, replaces the parts that came back, counts the timers, keeps what was typed.
// Every act carries an id: sent twice it is one act. What is typed stays in this browser until it is sent.
import { moveTip, now } from "./countdown.js";

const KEPT = "sw-draft:";
const AMBER = 0.8;
const GATHER_FOR = 150;
// Made anew with every answer, and meaning nothing: a part that differs in these alone is the same.
const IDS = /name="(?:csrfmiddlewaretoken|act_id)" value="[^"]*"/g;
const SPOKEN = "call.spoken"; // something was said: only the advice and the turns are fetched
const OURS = /^(call|case|agent|promise|clock|guidance)\./;
let root;
let timer = 0;
let asked = 0; // an answer that was overtaken by a later one is shown, and what it may undo is fetched again
let shown = 0;
let composing = false;
let tab = "";
let listening = false;
let missed = false;

export function startCockpit() {
  root = document.getElementById("cockpit");
  if (!root) return;
  document.addEventListener("submit", send);
  document.addEventListener("click", click);
  document.addEventListener("input", keep);
  document.addEventListener("change", keep);
  document.addEventListener("keydown", key);
  document.addEventListener("compositionstart", () => (composing = true));
  document.addEventListener("compositionend", () => (composing = false));
  document.addEventListener("sw:changed", (event) => {
    const { kinds, subjects } = event.detail;
    if (subjects.includes("all") || kinds.some((kind) => kind !== SPOKEN && OURS.test(kind))) later();
    else if (kinds.includes(SPOKEN) && subjects.includes(root.dataset.call)) listen();
  });
  ["pointerover", "focusin"].forEach((name) => document.addEventListener(name, preview));
  ["pointerout", "focusout"].forEach((name) => document.addEventListener(name, hidePreview));
  forgetOld();
  settle();
  setInterval(tick, 250);
}

// --- fetching and replacing

function later() {
  if (!timer) timer = setTimeout(refresh, GATHER_FOR);
}

async function refresh() {
  timer = 0;
  if (composing) return later();
  const mine = ++asked;
  const answer = await fetch(root.dataset.url, { headers: { "SW-Live": "1", "SW-Cockpit": "1" } }).catch(() => null);
  if (answer) await take(answer, mine);
  return undefined;
}

async function send(event) {
  const form = event.target.closest("form[data-cockpit]");
  if (!form) return;
  event.preventDefault();
  const to = event.submitter?.getAttribute("formaction") ?? form.action;
  if (!to.includes("/cockpit/")) return;
  if ("arms" in form.dataset && !arm()) return;
  if (form.dataset.sending) return;
  form.dataset.sending = "1";
  const mine = ++asked;
  const answer = await fetch(to, {
    method: "POST", body: new FormData(form, event.submitter), headers: { "SW-Cockpit": "1" },
  }).catch(() => null);
  delete form.dataset.sending;
  show("[data-unsent]", !answer || answer.status >= 500);
  if (!answer || answer.status >= 500) return;
  if (answer.ok && !answer.redirected && !answer.headers.get("SW-Refused")) forget(form);
  await take(answer, mine);
}

// Each tick is sent by itself: two in one moment are two.
async function tickOne(box) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", box.form.elements.csrfmiddlewaretoken.value);
  body.append("tick", box.value);
  body.append("on", box.checked ? "1" : "");
  const mine = ++asked;
  const answer = await fetch(box.form.action, { method: "POST", body, headers: { "SW-Cockpit": "1" } }).catch(() => null);
  show("[data-unsent]", !answer || answer.status >= 500);
  if (answer?.ok) await take(answer, mine);
}

async function take(answer, mine) {
  const lost = answer.redirected || answer.status === 401 || answer.status === 403;
  show("[data-lost]", lost);
  if (lost || answer.status !== 200) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("cockpit");
  if (!fresh) return;
  if (mine < shown) later();
  shown = Math.max(shown, mine);
  replace(fresh);
}

// What was said is shown at once, by itself. A part in which somebody is typing is none of these.
async function listen() {
  const url = root.querySelector("[data-assist]")?.dataset.assist;
  if (!url) return later();
  missed = listening;
  if (listening) return undefined;
  listening = true;
  const answer = await fetch(url, { headers: { "SW-Live": "1", "SW-Cockpit": "1" } }).catch(() => null);
  listening = false;
  if (answer?.status === 200 && !answer.redirected) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const held = focusOf();
    page.querySelectorAll("[data-part]").forEach((part) => exchange(part));
    arrange();
    if (held) focusAgain(held);
  }
  return missed ? listen() : undefined;
}

function replace(fresh) {
  const held = focusOf();
  if (fresh.dataset.layout !== root.dataset.layout) {
    tab = "";
    root.replaceWith(document.importNode(fresh, true));
    root = document.getElementById("cockpit");
    window.htmx?.process(root);
  } else {
    root.dataset.url = fresh.dataset.url;
    fresh.querySelectorAll("[data-part]").forEach((part) => exchange(part));
  }
  settle();
  focusAgain(held);
}

function exchange(part) {
  const there = root.querySelector(`[data-part="${part.dataset.part}"]`);
  const html = part.outerHTML.replace(IDS, "");
  if (!there || there.dataset.html === html) return;
  if (part.dataset.part === "toast" && !part.children.length) return;
  const next = document.importNode(part, true);
  next.dataset.html = html;
  there.replaceWith(next);
  window.htmx?.process(next);
  // What was looked up stays, whatever else changes around it.
  there.querySelectorAll("[data-preserve]").forEach((old) => next.querySelector(`#${old.id}`)?.replaceWith(old));
}

function focusOf() {
  const at = document.activeElement;
  if (!at?.id || !root.contains(at)) return null;
  const typed = at.matches("input:not([type=checkbox]), textarea");
  return { id: at.id, from: typed ? at.selectionStart : null, to: typed ? at.selectionEnd : null };
}

function focusAgain(held) {
  const at = held && document.getElementById(held.id);
  if (at) {
    at.focus({ preventScroll: true });
    if (held.from !== null) at.setSelectionRange?.(held.from, held.to);
  } else if (!held || !root.contains(document.activeElement)) firstField();
}

// At screen-pop the keyboard is on what comes next.
function firstField() {
  if (document.activeElement && document.activeElement !== document.body) return;
  root.querySelector("[data-key='F2'], [data-key='Space'], [data-key='Enter'], [data-key='F4']")?.focus({ preventScroll: true });
}

function settle() {
  arrange();
  if (!held()) firstField();
}

function arrange() {
  const context = document.querySelector(".sw-top h1 + span");
  setText(context, root.dataset.context);
  root.querySelectorAll("[data-part]:not([data-html])").forEach((part) => (part.dataset.html = part.outerHTML.replace(IDS, "")));
  restore();
  openTab(tab || root.querySelector("[role=tab][aria-selected=true]")?.dataset.tab);
  root.querySelectorAll("[data-ck-toast]:not([data-watched])").forEach(watch);
  advise();
  root.querySelectorAll("[role=log]").forEach((log) => (log.scrollTop = log.scrollHeight));
  tick();
}

const held = () => root.contains(document.activeElement);

function watch(toast) {
  toast.dataset.watched = "1";
  setTimeout(() => toast.remove(), Number(toast.dataset.for ?? 6) * 1000);
}

const show = (what, is) => root.querySelectorAll(what).forEach((element) => (element.hidden = !is));

// --- advice

const AWAY = "sw-away:";
const away = () => JSON.parse(sessionStorage.getItem(AWAY + root.dataset.call) ?? "[]");
let announced = "";

// What was put away stays away; what is new is said once, politely, and takes no focus.
function advise() {
  const box = root.querySelector("[data-assist]");
  if (!box) return;
  const gone = away();
  const tips = [...box.querySelectorAll("[data-tip]")];
  tips.forEach((tip) => (tip.hidden = gone.includes(tip.dataset.tip)));
  const folded = localStorage.getItem("sw-assist") === "folded";
  const fold = box.querySelector("[data-assist-fold]");
  box.classList.toggle("sw-assist--folded", folded);
  fold?.setAttribute("aria-expanded", String(!folded));
  setText(fold, folded ? fold?.dataset.more : fold?.dataset.less);
  const first = folded ? null : tips.find((tip) => !tip.hidden);
  if (!first || first.dataset.tip === announced) return;
  announced = first.dataset.tip;
  setText(root.querySelector("[data-advised]"), first.dataset.spoken);
}

function putAway(button) {
  const tip = button.closest("[data-tip]");
  sessionStorage.setItem(AWAY + root.dataset.call, JSON.stringify([...away(), tip.dataset.tip]));
  document.getElementById("ck-assist")?.focus({ preventScroll: true });
  advise();
}

function foldAdvice() {
  const folded = localStorage.getItem("sw-assist") === "folded";
  localStorage.setItem("sw-assist", folded ? "" : "folded");
  advise();
}

// --- what is typed

const place = () => KEPT + (root.dataset.call || "idle");
const kept = () => JSON.parse(localStorage.getItem(place()) ?? "{}");

function keep(event) {
  if (event.type === "change" && event.target.matches?.("[data-ticks] input")) tickOne(event.target);
  const field = event.target.closest?.("[data-keep]");
  if (!field || !root.contains(field)) return;
  const typed = { ...kept(), at: Date.now(), [field.dataset.keep]: field.value };
  localStorage.setItem(place(), JSON.stringify(typed));
}

function restore() {
  const typed = kept();
  root.querySelectorAll("[data-keep]").forEach((field) => {
    const value = typed[field.dataset.keep];
    if (value !== undefined && field.value !== value) field.value = value;
  });
}

function forget(form) {
  const typed = kept();
  form.querySelectorAll("[data-keep]").forEach((field) => delete typed[field.dataset.keep]);
  localStorage.setItem(place(), JSON.stringify(typed));
}

function forgetOld() {
  Object.keys(localStorage).filter((name) => name.startsWith(KEPT)).forEach((name) => {
    const { at } = JSON.parse(localStorage.getItem(name));
    if (!at || Date.now() - at > 86_400_000) localStorage.removeItem(name);
  });
}

// --- keys, tabs, kinds

function click(event) {
  const to = event.target.closest("[data-tab]");
  if (to && root.contains(to)) {
    openTab(to.dataset.tab);
    if (!to.matches("[role=tab]") || to.dataset.key) focusIn(to.dataset.tab);
  }
  if (event.target.closest("[data-kinds-on]")) chooseKind();
  if (event.target.closest("[data-tip-away]")) putAway(event.target.closest("[data-tip-away]"));
  if (event.target.closest("[data-assist-fold]")) foldAdvice();
}

function openTab(name) {
  const pane = name && root.querySelector(`[data-pane="${name}"]`);
  if (!pane) return;
  tab = name;
  root.querySelectorAll("[data-pane]").forEach((other) => (other.hidden = other !== pane));
  root.querySelectorAll("[role=tab]").forEach((each) => each.setAttribute("aria-selected", String(each.dataset.tab === name)));
}

const focusIn = (name) => root.querySelector(`[data-pane="${name}"]`)?.querySelector("input:not([type=hidden]), select, button")?.focus();

function chooseKind() {
  if (tab !== "record" && root.dataset.layout.endsWith("-alarm")) openTab("record");
  root.dataset.kinds = "on";
  root.querySelector("[data-kind][aria-pressed=true], [data-kind]")?.focus();
}

function arm() {
  const says = root.querySelector("[data-hold]");
  if (!says || !says.hidden) return true;
  says.hidden = false;
  return false;
}

function key(event) {
  if (event.isComposing) return;
  if (event.ctrlKey && event.key === "Enter") {
    event.preventDefault();
    root.querySelector("[data-ctrl-enter]")?.click();
    return;
  }
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (digit && root.dataset.kinds === "on" && !event.ctrlKey && !event.altKey) {
    event.preventDefault();
    root.dataset.kinds = "";
    root.querySelector(`[data-kind="${digit}"]`)?.click();
  } else if (event.key === "Escape") {
    root.dataset.kinds = "";
    show("[data-hold]", false);
  } else if (event.key === "F4") bringDraft(event);
  else if (event.code === "BracketLeft" || event.code === "BracketRight") moveStep(event);
}

// Before the promise is due to be shown, F4 shows it; then it books it.
function bringDraft(event) {
  const draft = root.querySelector("[data-draft]");
  if (!draft?.hidden) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  showDraft(draft);
  draft.querySelector("[name=words]")?.focus();
}

function showDraft(draft) {
  draft.hidden = false;
  show("[data-script]", false);
}

function moveStep(event) {
  if (event.target.matches("input, textarea, select")) return;
  const steps = [...root.querySelectorAll(".sw-ck-tick")];
  const at = steps.indexOf(document.activeElement);
  steps.at(event.code === "BracketLeft" ? Math.max(0, at - 1) : Math.min(steps.length - 1, at + 1))?.focus();
}

let shownFor = "";
async function preview(event) {
  const button = event.target.closest?.("[data-preview]");
  const here = root.querySelector("[data-preview-here]");
  if (!button || !here || shownFor === button.dataset.preview) return;
  shownFor = button.dataset.preview;
  const answer = await fetch(shownFor, { headers: { "SW-Cockpit": "1" } }).catch(() => null);
  if (!answer?.ok || answer.redirected || !button.isConnected) return;
  here.innerHTML = await answer.text();
  here.hidden = false;
}

function hidePreview(event) {
  if (event.relatedTarget?.closest?.("[data-preview]")) return;
  shownFor = "";
  show("[data-preview-here]", false);
}

// --- timers

const clock = (seconds) => `${two(Math.floor(seconds / 60))}:${two(Math.floor(seconds) % 60)}`;
const two = (number) => String(number).padStart(2, "0");

function tick() {
  const at = now();
  root.querySelectorAll("[data-up]").forEach((element) =>
    setText(element, clock(Math.max(0, (at - Date.parse(element.dataset.up)) / 1000))));
  root.querySelectorAll("[data-dial]").forEach((dial) => redraw(dial, at));
  const draft = root.querySelector("[data-draft][hidden][data-show-at]");
  if (draft && at >= Date.parse(draft.dataset.showAt)) showDraft(draft);
}

function redraw(dial, at) {
  const used = Math.max(0, (at - Date.parse(dial.dataset.started)) / 1000);
  const share = used / Number(dial.dataset.limit);
  const per = Number(dial.dataset.per ?? 0);
  const text = per ? dial.dataset.unit.replace("{n}", Math.floor(used / per) + 1) : clock(used);
  setText(dial.querySelector("[data-dial-value]"), text);
  dial.classList.toggle("sw-dial--warn", share >= AMBER && share <= 1);
  dial.classList.toggle("sw-dial--over", share > 1);
  const burn = dial.querySelector(".sw-burn");
  if (burn?.querySelector(".sw-b-rest")) moveTip(burn, Math.min(1, share));
}

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
