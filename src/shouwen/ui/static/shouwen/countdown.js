// Keeps running chips and the wall clock going. The server says what is due and when; here only texts
// and x positions change. A chip that passes its due time waits at 0:00 for the server's word.

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
const serverNow = Date.parse(meta("sw-now")) || Date.now();
const offset = serverNow - Date.now();
const words = JSON.parse(meta("sw-words") || '{"left": "%(time)s", "days": "%(days)d %(hours)d"}');
const wall = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

export const now = () => Date.now() + offset;
export const wallText = (instant) => wall.format(instant);

// The same rounding as on the server: time left rounds up.
export function lengthText(milliseconds, ticking) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (ticking && seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
  return words.days.replace("%(days)d", Math.floor(minutes / 1440))
    .replace("%(hours)d", Math.floor((minutes % 1440) / 60));
}

const two = (number) => String(number).padStart(2, "0");

function redraw(chip, at) {
  const due = Date.parse(chip.dataset.due);
  const started = Date.parse(chip.dataset.started);
  const left = lengthText(due - at, "ticking" in chip.dataset);
  setText(chip.querySelector(".sw-clock__time"), words.left.replace("%(time)s", left));
  const burn = chip.querySelector(".sw-burn");
  if (burn) moveTip(burn, Math.min(1, Math.max(0, (at - started) / (due - started))));
}

export function moveTip(burn, share) {
  const end = Number(burn.querySelector(".sw-b-end").getAttribute("x1"));
  const x = Math.max(4, Math.round(10 * (1 + (end - 1) * share)) / 10);
  setAttribute(burn.querySelector(".sw-b-ash"), "x2", x);
  setAttribute(burn.querySelector(".sw-b-rest"), "x1", x);
  const tip = burn.querySelector(".sw-b-tip");
  if (tip?.tagName === "circle") setAttribute(tip, "cx", x);
  else if (tip) setAttribute(tip, "d", `M${x - 4} 9L${x} 1L${x + 4} 9Z`);
}

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function setAttribute(element, name, value) {
  if (element && element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

// 04:21 since the instant that the element names.
function sinceText(element, at) {
  const seconds = Math.max(0, Math.floor((at - Date.parse(element.dataset.swSince)) / 1000));
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

function tick() {
  const at = now();
  document.querySelectorAll(".sw-clock[data-due]").forEach((chip) => redraw(chip, at));
  document.querySelectorAll("[data-sw-clock]").forEach((clock) => setText(clock, wallText(at)));
  document.querySelectorAll("[data-sw-since]").forEach((element) => setText(element, sinceText(element, at)));
}

export function startCountdown() {
  tick();
  setInterval(tick, 1000);
}
