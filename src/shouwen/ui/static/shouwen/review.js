// The review of a call: goes from finding to finding, plays the recording at its moment, moves the head of the wave.

const EDGE = 4; // right of the picture, in its own units

export function startReview() {
  if (!document.querySelector("[data-review]")) return;
  document.addEventListener("click", onClick);
  document.addEventListener("timeupdate", onTime, true);
  document.addEventListener("loadedmetadata", onLoaded, true);
  document.addEventListener("input", onScrub);
  document.addEventListener("keydown", onScrubKey);
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
  // Pressed with the mouse they do not keep the focus: the space bar is for the sound.
  if (event.detail) (at("play") ?? at("skip") ?? at("speed"))?.blur();
  if (at("show")) return show(named(at("show").dataset.show), { seeks: true });
  if (at("panel")) return show(named(at("panel").dataset.panel), { seeks: true, scrolls: true });
  if (at("step")) return step(Number(at("step").dataset.step));
  if (at("seek")) return seek(Number(at("seek").dataset.seek), true);
  if (at("play")) return play();
  if (at("skip")) return skip(Number(at("skip").dataset.skip));
  if (at("speed")) return setSpeed(at("speed"));
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

const wished = { at: 0, speed: 1, plays: false }; // kept while the player is opened, or changed for another side

const audio = () => document.querySelector("[data-review] audio");
const wave = () => document.querySelector("[data-wave]");
const offset = () => Number(wave()?.dataset.offset ?? 0);
const length = () => Number(wave()?.dataset.seconds ?? 0);

function seek(seconds, plays) {
  wished.at = Math.min(length() || seconds, Math.max(0, seconds));
  head(wished.at);
  const sound = audio();
  if (!sound) return;
  sound.currentTime = Math.max(0, wished.at - offset());
  if (plays) start(sound);
}

// A pause, or another side, that comes before it has begun refuses the start: nothing is wrong then.
const start = (sound) => sound.play().catch(() => {});
// From where the sound is: before its first tick `wished` still tells of the ringing, when nothing was recorded.
const here = (sound) => (sound && sound.readyState > 0 ? sound.currentTime + offset() : wished.at);
const skip = (by) => seek(here(audio()) + by, false);

function play() {
  const sound = audio();
  if (!sound) {
    wished.plays = true; // as soon as it is open
    return document.querySelector(".sw-rv-player form button")?.click();
  }
  if (sound.paused) start(sound);
  else sound.pause();
  return undefined;
}

function setSpeed(button) {
  wished.speed = Number(button.dataset.speed);
  document.querySelectorAll("[data-speed]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
  if (audio()) audio().playbackRate = wished.speed;
}

function onLoaded(event) {
  const sound = event.target;
  if (sound !== audio()) return;
  sound.defaultPlaybackRate = wished.speed;
  sound.playbackRate = wished.speed;
  if (wished.at > 0) sound.currentTime = Math.max(0, wished.at - offset());
  if (wished.plays) start(sound);
  wished.plays = false;
}

function onTime(event) {
  if (event.target !== audio()) return;
  wished.at = event.target.currentTime + offset();
  head(wished.at);
}

// A slider lies over the picture: a press seeks, and on it the keys do what they do elsewhere.
function onScrub(event) {
  if (event.target.matches("[data-scrub]")) seek(Number(event.target.value), false);
}

function onScrubKey(event) {
  if (!event.target.matches("[data-scrub]")) return;
  const steps = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5 };
  if (event.key in steps) skip(steps[event.key]);
  else if (event.key === " ") play();
  else return;
  event.preventDefault();
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function head(seconds) {
  const told = document.querySelector("[data-played]");
  if (told) told.textContent = `${clock(seconds)} / `;
  const [line, box] = [document.querySelector("[data-head]"), wave()];
  if (!line || !box) return;
  const [left, width] = [Number(box.querySelector(".sw-w-mid").getAttribute("x1")), box.querySelector("svg").viewBox.baseVal.width];
  const x = left + Math.min(1, seconds / length()) * (width - left - EDGE);
  line.setAttribute("x1", x);
  line.setAttribute("x2", x);
  const time = box.querySelector("[data-head-time]");
  time.setAttribute("x", Math.min(x, width - 16));
  time.textContent = clock(seconds);
  const slider = box.querySelector("[data-scrub]");
  if (!slider) return;
  slider.value = seconds;
  slider.setAttribute("aria-valuetext", clock(seconds));
}

// Each number that is given is an act of its own.
function fresh(form) {
  const field = form.querySelector("[data-act]");
  if (field) field.value = crypto.randomUUID?.() ?? field.value;
}
