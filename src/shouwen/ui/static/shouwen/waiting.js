// Counts up since a moment and colours what waits at the limits that the standard sets, between two
// answers of the server. data-since: from when; data-limits with data-grey and data-late: in seconds.
import { now } from "./countdown.js";

const LOOKS = ["run", "warn", "over"];

export function startWaiting() {
  tick();
  setInterval(tick, 1000);
}

function tick() {
  const at = now();
  document.querySelectorAll("[data-since]").forEach((element) => count(element, at));
}

function count(element, at) {
  const seconds = Math.max(0, (at - Date.parse(element.dataset.since)) / 1000);
  const text = clock(seconds);
  if (element.textContent !== text) element.textContent = text;
  const row = element.closest("[data-limits]");
  if (row) colour(row, seconds);
}

function colour(row, seconds) {
  const late = Number(row.dataset.late);
  if (!late) return;
  const place = seconds >= late ? 2 : seconds > Number(row.dataset.grey) ? 1 : 0;
  LOOKS.forEach((look, index) => row.classList.toggle(row.dataset.prefix + look, index === place));
  const word = row.querySelector("[data-limit-word]");
  const words = row.dataset.words?.split("|");
  if (word && words && word.textContent !== words[place]) word.textContent = words[place];
}

// The same as on the server: m:ss below an hour, h:mm above.
function clock(seconds) {
  const whole = Math.floor(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  return `${Math.floor(whole / 3600)}:${String(Math.floor(whole / 60) % 60).padStart(2, "0")}`;
}
