// The dispatcher's board: choose a job, see where it fits in each day, drag it or send it by keyboard. What
// changed comes by the live stream and takes the place of the piece with its id.

const board = document.querySelector("[data-dispatch]");
const lanes = () => [...document.querySelectorAll("[data-lane]")];
const jobs = () => [...document.querySelectorAll("[data-job]")];
const lane = (number) => document.getElementById(`lane-${number}`);
const ghosts = () => [...document.querySelectorAll("#suggestion [data-ghost]")];
const ghostOf = (number) => ghosts().find((ghost) => ghost.dataset.ghost === number);
const part = () => document.querySelector("#suggestion [data-part]");
const chosen = () => part()?.dataset.part;
const FOLLOWED = ["order.", "visit.", "case.", "shift.", "clock."];
const ASIDE_AFTER = 1500;

let choosing = false;
let asking = null;
let asideTimer = 0;

function start() {
  document.addEventListener("sw:changed", (event) => onChanged(event.detail));
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onKey, true);
  for (const name of ["dragstart", "dragend", "dragover", "dragleave", "drop"]) document.addEventListener(name, onDrag);
  drawGhosts();
  drawLater();
}

// With very many people the page stands first; their other days, the map and the proposal follow.
async function drawLater() {
  if (!document.querySelector("[data-later]")) return;
  const first = jobs().find((job) => "current" in job.dataset) ?? jobs()[0];
  if (first) choose(first);
  laterAside(0);
  for (let some = later(); some.length; some = later()) {
    const html = await changedHtml([], some.map((row) => row.dataset.lane));
    if (html === null) return;
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    fresh.content.querySelectorAll("[data-lane]").forEach((row) => document.getElementById(row.id)?.replaceWith(row));
    some.forEach((row) => row.removeAttribute("data-later"));
    drawGhosts();
  }
}

const later = () => [...document.querySelectorAll("[data-later]")].slice(0, 40);

// --- choosing a job

function onClick(event) {
  const link = event.target.closest(".sw-job__a");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    choose(link.closest("[data-job]"));
  }
  if (event.target.closest("[data-choose]")) beginChoosing();
}

async function choose(job) {
  if (!job) return;
  markJob(job);
  await suggest(job.dataset.suggestUrl);
}

function markJob(job) {
  jobs().forEach((other) => {
    other.toggleAttribute("data-current", other === job);
    const link = other.querySelector(".sw-job__a");
    if (other === job) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}

async function suggest(url) {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(url, { headers: { "SW-Live": "1" }, signal: asking.signal });
    if (!answer.ok) return;
    document.getElementById("suggestion").innerHTML = await answer.text();
    drawGhosts();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function drawGhosts() {
  document.querySelectorAll("[data-drawn]").forEach((drawn) => drawn.remove());
  lanes().forEach((row) => row.toggleAttribute("data-cannot", Boolean(ghostOf(row.dataset.lane)) && !("can" in ghostOf(row.dataset.lane).dataset)));
  ghosts().forEach(drawGhost);
  pick(part()?.dataset.to, { quietly: true });
}

function drawGhost(ghost) {
  const row = lane(ghost.dataset.ghost);
  if (!row || !ghost.dataset.css) return;
  const drawn = document.createElement("div");
  drawn.className = ghost.dataset.css;
  drawn.dataset.drawn = "";
  for (const text of [ghost.dataset.first, ghost.dataset.second]) {
    const line = document.createElement("span");
    line.textContent = text;
    drawn.append(line);
  }
  row.append(drawn);
}

// --- whom to send

function pick(number, { quietly = false } = {}) {
  const ghost = number && ghostOf(number);
  lanes().forEach((row) => row.toggleAttribute("data-picked", Boolean(ghost) && row.dataset.lane === number && (choosing || !quietly)));
  if (!ghost) return;
  const words = document.querySelector("#suggestion [data-words]").dataset;
  const form = document.querySelector("#suggestion form[data-send]");
  const can = "can" in ghost.dataset;
  const verb = (can ? words.sendTo : words.cannot).replace("%(name)s", ghost.dataset.name);
  const says = document.querySelector("#suggestion [data-says]");
  const who = document.createElement("b");
  who.textContent = can ? `${verb}：` : verb;
  if (!quietly) says.replaceChildren(who, ghost.dataset.says);
  if (form) {
    form.elements.to.value = number;
    form.querySelector("button").hidden = !can;
    form.querySelector("[data-verb]").textContent = words.sendTo.replace("%(name)s", ghost.dataset.name);
  }
  if (!quietly) lane(number)?.scrollIntoView({ block: "nearest" });
}

// The lanes in the order of what speaks for each: the best first.
const inTurn = () => ghosts().map((ghost) => ghost.dataset.ghost).filter((number) => lane(number));

function beginChoosing() {
  if (!part()) return;
  choosing = true;
  document.getElementById("lanes").focus();
  pick(part().dataset.to || inTurn()[0]);
}

function stopChoosing() {
  choosing = false;
  lanes().forEach((row) => row.removeAttribute("data-picked"));
}

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches("input, textarea, select") || document.querySelector(":popover-open")) return;
  if (event.code === "Escape" && choosing) return stopChoosing();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  if (choosing) movePick(step);
  else moveJob(step);
}

function movePick(step) {
  const turn = inTurn();
  const at = turn.indexOf(lanes().find((row) => "picked" in row.dataset)?.dataset.lane);
  pick(turn[Math.min(turn.length - 1, Math.max(0, at + step))]);
}

function moveJob(step) {
  const all = jobs();
  const at = all.findIndex((job) => "current" in job.dataset);
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  next?.querySelector(".sw-job__a").focus();
  choose(next);
}

// --- sending

function onSubmit(event) {
  if (!event.target.matches("form[data-send]")) return;
  event.preventDefault();
  send(event.target);
}

async function send(form) {
  const data = new FormData(form);
  data.set("act_id", crypto.randomUUID()); // another try is another act; the version still decides
  form.querySelector("button").disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "SW-Live": "1" } });
    tell(await answer.text(), answer.headers.get("content-type"));
    stopChoosing();
    await refresh([chosen(), ...picked(data)].filter(Boolean));
  } finally {
    form.querySelector("button").disabled = false;
  }
}

const picked = (data) => [data.get("to")];

function tell(html, type = "") {
  const place = document.getElementById("dispatch-told");
  if (type?.startsWith("text/html")) place.innerHTML = html;
}

// --- dragging

let dragged = null;

function onDrag(event) {
  const row = event.target.closest?.("[data-lane]");
  const job = event.target.closest?.("[data-job]");
  if (event.type === "dragstart" && job) {
    dragged = job.dataset.job;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged);
    if (dragged !== chosen()) choose(job);
  }
  if (event.type === "dragend") endDrag();
  if (event.type === "dragover" && dragged && row) {
    event.preventDefault();
    lanes().forEach((other) => other.toggleAttribute("data-over", other === row));
  }
  if (event.type === "drop" && dragged && row) {
    event.preventDefault();
    drop(row.dataset.lane);
  }
}

function endDrag() {
  dragged = null;
  lanes().forEach((row) => row.removeAttribute("data-over"));
}

function drop(number) {
  const isReady = chosen() === dragged;
  endDrag();
  if (!isReady) return;
  pick(number);
  const form = document.querySelector("#suggestion form[data-send]");
  if (form && ghostOf(number) && "can" in ghostOf(number).dataset) send(form);
}

// --- what changed

async function onChanged({ subjects, kinds }) {
  if (subjects.includes("all") || kinds.some((kind) => kind.startsWith("shift."))) return location.reload();
  if (!kinds.some((kind) => FOLLOWED.some((name) => kind.startsWith(name)))) return undefined;
  return refresh(subjects);
}

let running = null;
const wanted = new Set();

// What comes while a fetch is under way goes with the next one.
async function refresh(subjects) {
  subjects.forEach((subject) => wanted.add(subject));
  if (running) return running;
  running = (async () => {
    while (wanted.size) {
      const ids = [...wanted];
      wanted.clear();
      await fetchChanged(ids);
    }
  })();
  try {
    await running;
  } finally {
    running = null;
  }
  laterAside();
  return undefined;
}

async function fetchChanged(ids) {
  const shown = ids.filter((id) => lane(id));
  const touched = ids.map((id) => document.querySelector(`[data-order="${CSS.escape(id)}"]`)?.closest("[data-lane]")?.dataset.lane).filter(Boolean);
  const html = await changedHtml(ids.filter((id) => !lane(id)), [...new Set([...shown, ...touched])]);
  if (html !== null) replace(html);
}

async function changedHtml(ids, numbers) {
  const url = new URL(board.dataset.changedUrl, location.href);
  url.searchParams.set("ids", ids.join(","));
  url.searchParams.set("lanes", numbers.join(","));
  const answer = await fetch(url, { headers: { "SW-Live": "1" } });
  return answer.ok ? answer.text() : null;
}

function replace(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const current = chosen();
  const focused = document.activeElement?.closest?.("[data-job]")?.dataset.job;
  for (const piece of [...fresh.content.children]) {
    const old = document.getElementById(piece.id);
    if (!old) continue;
    const top = old.querySelector(".sw-scroll")?.scrollTop;
    old.replaceWith(piece);
    if (top) piece.querySelector(".sw-scroll").scrollTop = top;
    if (piece.matches(".sw-lane")) piece.classList.add("sw-lane--fresh");
  }
  const still = jobs().find((job) => job.dataset.job === current);
  if (focused) document.querySelector(`[data-job="${CSS.escape(focused)}"] .sw-job__a`)?.focus();
  if (still) markJob(still);
  const next = still ?? jobs()[0];
  if (next) choose(next);
  else {
    document.getElementById("suggestion").replaceChildren();
    document.querySelectorAll("[data-drawn]").forEach((drawn) => drawn.remove());
  }
}

function laterAside(after = ASIDE_AFTER) {
  if (asideTimer) return;
  asideTimer = setTimeout(async () => {
    asideTimer = 0;
    const answer = await fetch(board.dataset.asideUrl, { headers: { "SW-Live": "1" } });
    if (!answer.ok) return;
    const fresh = document.createElement("template");
    fresh.innerHTML = await answer.text();
    const piece = fresh.content.firstElementChild;
    document.getElementById("aside")?.replaceWith(piece);
  }, after);
}

if (board) start();
