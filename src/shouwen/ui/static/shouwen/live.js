// Listens to /live and fetches again what has changed. An element says what it shows with
// data-live="all" or data-live="<subject id>" and where it comes from with data-live-url; data-live-kinds
// narrows "all" to events whose names begin so.
import { now, wallText } from "./countdown.js";

const OFFLINE_AFTER = 30_000; // then the dot says how old the data is
const HIDDEN_FOR = 60_000; // a tab out of sight gives its connection back
const GATHER_FOR = 500;
const TRY_AGAIN_AFTER = 10_000;

let stream = null;
let lastHeard = 0;
let failing = false;
const waiting = new Set();
let timer = 0;

export function startLive() {
  const address = document.querySelector('meta[name="sw-live"]')?.content;
  if (!address) return;
  connect(address);
  setInterval(showAge, 1000);
  document.addEventListener("sw:fetched", (event) => fetched(event.detail.isGood));
  document.addEventListener("visibilitychange", () => giveBackWhenHidden(address));
  ["pointerout", "focusout", "toggle"].forEach((name) => document.addEventListener(name, later, true));
}

function connect(address) {
  stream = new EventSource(address);
  lastHeard = now();
  let wasOpen = false;
  stream.addEventListener("open", () => {
    lastHeard = now();
    if (wasOpen) changed(["all"]); // what happened while the line was down
    wasOpen = true;
  });
  stream.addEventListener("changed", (event) => {
    const { subjects = [], kinds = [] } = JSON.parse(event.data);
    changed(subjects, kinds);
  });
  stream.addEventListener("ping", () => (lastHeard = now()));
}

function giveBackWhenHidden(address) {
  if (document.hidden) {
    setTimeout(() => document.hidden && (stream?.close(), (stream = null)), HIDDEN_FOR);
  } else if (!stream) {
    connect(address);
    changed(["all"]);
  }
}

function changed(subjects, kinds = []) {
  document.dispatchEvent(new CustomEvent("sw:changed", { detail: { subjects, kinds } }));
  document.querySelectorAll("[data-live]").forEach((element) => {
    const { live: shown, liveKinds } = element.dataset;
    const isAll = shown === "all" && (!liveKinds || kinds.some((kind) => kind.startsWith(liveKinds)));
    if (isAll || subjects.includes("all") || subjects.includes(shown)) waiting.add(element);
  });
  later();
}

// The first change starts the wait, later ones join it: a steady stream of changes cannot put it off.
function later() {
  if (waiting.size && !timer) timer = setTimeout(fetchWaiting, GATHER_FOR);
}

// Rows do not move under the pointer, and nobody loses what they are writing.
const isBusy = (element) => element.querySelector(":popover-open, details[open]")
  || [...element.querySelectorAll("audio")].some((audio) => !audio.paused)
  || element.querySelector("tr[data-row]:hover, tr[data-row]:focus-within")
  || element.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

async function fetchWaiting() {
  const ready = [...waiting].filter((element) => !element.isConnected || !isBusy(element));
  ready.forEach((element) => waiting.delete(element));
  await Promise.allSettled(ready.filter((element) => element.isConnected).map(fetchAgain));
  timer = 0;
  document.querySelectorAll("[data-live]").forEach((element) =>
    element.toggleAttribute("data-sw-stale", waiting.has(element)));
  if (ready.length) later(); // what changed meanwhile; a busy element waits for the pointer to leave
}

const fetchAgain = (element) => window.htmx.ajax("GET", element.dataset.liveUrl,
  { source: element, target: element, swap: "outerMorph", headers: { "SW-Live": "1" } }); // nobody asked

function fetched(isGood) {
  failing = !isGood;
  if (failing) setTimeout(() => changed(["all"]), TRY_AGAIN_AFTER);
}

function showAge() {
  const isOpen = stream?.readyState === EventSource.OPEN;
  const isOff = failing || (!isOpen && now() - lastHeard > OFFLINE_AFTER);
  document.querySelectorAll("[data-sw-dot]").forEach((dot) => {
    const text = dot.querySelector("[data-sw-dot-text]");
    const says = isOff ? `${text.dataset.off} ${wallText(lastHeard)}` : text.dataset.on;
    dot.classList.toggle("sw-live--off", isOff);
    if (text.textContent !== says) text.textContent = says;
  });
  if (isOpen && !failing) lastHeard = now();
}
