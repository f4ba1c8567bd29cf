// The app: which screen, when to send, the worker that keeps it here without a network.
import * as crypt from "./crypt.js";
import { count, isExpired, onChange, state, sync } from "./sync.js";
import { locked, mine, send, setUp, today } from "./today.js";
import { open } from "./visit.js";

const SCREENS = { today, send, mine };

async function route() {
  if (await isExpired()) await crypt.wipe();
  if (!crypt.isOpen()) return (await crypt.hasPin()) ? locked() : setUp();
  const [name, id] = location.hash.slice(1).split("/");
  if (name === "visit" && id) return open(id);
  return (SCREENS[name] ?? today)();
}

// Drawn anew only where something shown has changed, and never under somebody who writes.
let seen = "";
function redrawn() {
  const [name] = location.hash.slice(1).split("/");
  const now = JSON.stringify([name, state.unsent, state.online, state.signIn, state.day?.package, state.trouble.length]);
  if (now === seen || name === "visit" || !crypt.isOpen() || document.querySelector("[data-writes]")) return;
  seen = now;
  route();
}

async function start() {
  await count();
  await route();
  window.addEventListener("hashchange", route);
  onChange(redrawn);
  const send = () => sync().then(redrawn);
  window.addEventListener("online", () => { state.online = true; send(); });
  window.addEventListener("offline", () => { state.online = false; redrawn(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  navigator.serviceWorker?.addEventListener("message", send);
  if ("serviceWorker" in navigator) {
    const worker = await navigator.serviceWorker.register(document.body.dataset.worker, { scope: "/field/" });
    worker.sync?.register("send").catch(() => {});
  }
  send();
}

start();
