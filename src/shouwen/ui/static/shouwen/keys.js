// Presses the button or follows the link that carries data-key, moves through rows, shows the key list.
// Reads event.code, because a Chinese input method swallows letters; single letters can be switched off.

const LETTERS = "sw-letters";
const BRACKETS = { BracketLeft: "[", BracketRight: "]" };
const PRESSES = new Set(["Enter", "Space"]);
const lettersOn = () => localStorage.getItem(LETTERS) !== "off";

export function startKeys() {
  document.addEventListener("keydown", onKey);
  const list = document.getElementById("sw-keys");
  list?.addEventListener("beforetoggle", () => fill(list.querySelector("[data-sw-keys]")));
  const box = document.querySelector("[data-sw-letters]");
  if (!box) return;
  box.checked = lettersOn();
  box.addEventListener("change", () => localStorage.setItem(LETTERS, box.checked ? "on" : "off"));
}

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const key = nameOf(event);
  const isFunctionKey = /^F\d+$/.test(key);
  if (!isFunctionKey && (isTyping(event.target) || !lettersOn())) return;
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const bound = [...document.querySelectorAll(`main ${wanted}`)].find(isThere) ?? document.querySelector(wanted);
  if (PRESSES.has(key) && event.target.matches("button, a, summary")) return; // it presses what it stands on
  if (bound) {
    event.preventDefault();
    if (bound.matches("input")) bound.focus();
    else bound.click();
  } else if (isFunctionKey || document.querySelector(":popover-open")) return;
  else ownKey(key, event);
}

function nameOf(event) {
  if (event.key === "?" || event.key === "/") return event.key;
  if (event.code in BRACKETS) return BRACKETS[event.code];
  return event.code.startsWith("Key") ? event.code.slice(3) : event.code;
}

// What is hidden has no key, unless it is brought forward by it.
const isThere = (element) => !element.closest("[hidden]");

const isTyping = (target) => target.matches("input, textarea, select, [contenteditable]");

function ownKey(key, event) {
  if (key === "?") return document.getElementById("sw-keys")?.showPopover();
  if (key === "ArrowDown" || key === "ArrowUp") return moveRow(key === "ArrowDown" ? 1 : -1, event);
  const row = event.target.closest?.("tr[data-row]");
  if (key === "E") row?.querySelector("[data-why]")?.click();
  if (key === "Escape") document.querySelector("[data-close]")?.click();
  return undefined;
}

function moveRow(step, event) {
  const rows = [...document.querySelectorAll("[data-rows] tr[data-row]")];
  if (!rows.length) return;
  event.preventDefault();
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next].querySelector("[data-open]")?.focus();
}

function fill(list) {
  list.querySelectorAll("[data-sw-found]").forEach((item) => item.remove());
  const seen = new Set();
  document.querySelectorAll("[data-key]").forEach((bound) => {
    if (seen.has(bound.dataset.key)) return;
    seen.add(bound.dataset.key);
    const key = document.createElement("kbd");
    key.textContent = bound.dataset.key;
    const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
    term.append(key);
    meaning.textContent = bound.getAttribute("aria-label") ?? bound.querySelector("span")?.textContent ?? "";
    [term, meaning].forEach((item) => (item.dataset.swFound = ""));
    list.append(term, meaning);
  });
}
