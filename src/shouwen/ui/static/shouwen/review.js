// The review of a call: goes from finding to finding, plays the recording at its moment, moves the head of the wave.

const EDGE = 4; // right of the picture, in its own units

export function startReview() {
  if (!document.querySelector("[data-review]")) return;
  document.addEventListener("click", onClick);
  document.addEventListener("timeupdate", onTime, true);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "review-work" || event.target.querySelector?.("#review-work")) show(opened(), { scrolls: true });
  });
  show(opened(), { scrolls: true });
}

const panels = () => [...document.querySelectorAll("[data-panel-of]")];
const opened = () => panels().find((panel) => !panel.hidden);
const named = (key) => panels().find((panel) => panel.dataset.panelOf === key);

function onClick(event) {
  const at = (name) => event.target.closest(`[data-${name}]`);
  if (at("show")) return show(named(at("show").dataset.show), { seeks: true });
  if (at("panel")) return show(named(at("panel").dataset.panel), { seeks: true, scrolls: true });
  if (at("step")) return step(Number(at("step").dataset.step));
  if (at("seek")) return seek(Number(at("seek").dataset.seek), true);
  if (at("play")) return play();
  if (event.target.matches("button[name=given]")) fresh(event.target.form);
  return undefined;
}

function step(by) {
  const stops = panels().filter((panel) => "stop" in panel.dataset);
  if (!stops.length) return;
  const here = stops.indexOf(opened());
  const next = here < 0 ? 0 : Math.min(stops.length - 1, Math.max(0, here + by));
  show(stops[next], { seeks: true, scrolls: true });
}

function show(panel, { seeks = false, scrolls = false } = {}) {
  if (!panel) return;
  panels().forEach((each) => (each.hidden = each !== panel));
  const turn = panel.dataset.ofTurn;
  document.querySelectorAll("[data-turn]").forEach((line) => {
    const isIt = line.dataset.turn === turn;
    line.classList.toggle("sw-turn--sel", isIt);
    if (isIt && scrolls) line.scrollIntoView({ block: "nearest" });
  });
  if (seeks && panel.dataset.at) seek(Number(panel.dataset.at), false);
}

// --- the recording

const audio = () => document.querySelector("[data-review] audio");
const wave = () => document.querySelector("[data-wave]");

function seek(seconds, plays) {
  head(seconds);
  const sound = audio();
  if (!sound) return;
  sound.currentTime = Math.max(0, seconds - Number(wave()?.dataset.offset ?? 0));
  if (plays) sound.play();
}

function play() {
  const sound = audio();
  if (!sound) return document.querySelector(".sw-rv-player form button")?.click(); // opens it; the next press plays
  if (sound.paused) sound.play();
  else sound.pause();
  return undefined;
}

function onTime(event) {
  if (event.target !== audio()) return;
  const seconds = event.target.currentTime + Number(wave()?.dataset.offset ?? 0);
  head(seconds);
  const told = document.querySelector("[data-played]");
  if (told) told.textContent = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")} / `;
}

function head(seconds) {
  const [line, box] = [document.querySelector("[data-head]"), wave()];
  if (!line || !box) return;
  const [left, width] = [Number(box.querySelector(".sw-w-mid").getAttribute("x1")), box.querySelector("svg").viewBox.baseVal.width];
  const x = left + (Math.min(seconds, Number(box.dataset.seconds)) / Number(box.dataset.seconds)) * (width - left - EDGE);
  line.setAttribute("x1", x);
  line.setAttribute("x2", x);
}

// Each number that is given is an act of its own.
function fresh(form) {
  const field = form.querySelector("[data-act]");
  if (field) field.value = crypto.randomUUID?.() ?? field.value;
}
