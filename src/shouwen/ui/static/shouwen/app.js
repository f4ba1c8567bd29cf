// Starts the small behaviours; each is declared by attributes in the page.
import { startAnswers } from "./answers.js";
import { startCockpit } from "./cockpit.js";
import { startCountdown } from "./countdown.js";
import { startLive } from "./live.js";
import { startLock } from "./lock.js";
import { startKeys } from "./keys.js";
import { startReview } from "./review.js";
import { startToasts } from "./toast.js";
import { startWaiting } from "./waiting.js";

document.querySelector(".sw-rail [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
startAnswers();
startCountdown();
startCockpit();
startLive();
startLock();
startKeys();
startReview();
startToasts();
startWaiting();

// The row whose due time is being explained stays marked.
document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-why]")?.closest("tr");
  if (!row) return;
  document.querySelectorAll("tr[data-row][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  row.setAttribute("aria-current", "true");
});

// A clock tells its reasons in the drawer of the page, if it has one; else they are a page of their own.
document.addEventListener("click", (event) => {
  const clock = event.target.closest("a.sw-clock");
  const drawer = document.getElementById("why");
  if (!clock || !drawer || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  htmx.ajax("GET", clock.href, { target: drawer, swap: "outerHTML" });
});

// A list of further acts closes when something else is pressed.
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.sw-more[open]").forEach((more) => {
    if (!more.contains(event.target) || event.target.closest("button")) more.open = false;
  });
});

// A list that was looked through item by item is ticked at once.
document.addEventListener("click", (event) => {
  const all = event.target.closest("[data-check-all]");
  all?.closest("form").querySelectorAll("[name=ok]").forEach((box) => (box.checked = true));
});

// A list that scrolls by itself begins where the reader is.
document.querySelectorAll("[data-sw-scrolls]").forEach((list) => {
  const here = list.querySelector("[aria-current]");
  if (here) list.scrollTop += here.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
});

// Escape closes it, too, and the keyboard stays where it was.
document.addEventListener("keydown", (event) => {
  const more = event.key === "Escape" && document.querySelector("details.sw-more[open]");
  if (!more) return;
  more.open = false;
  more.querySelector("summary").focus();
});

// A question puts the cursor where the answer goes.
document.addEventListener("toggle", (event) => {
  if (event.newState !== "open" || !event.target.matches(".sw-ask")) return;
  event.target.querySelector("input:not([type=hidden]), select, textarea, button")?.focus();
}, true);

// A dialog whose form came back with errors stands open.
document.querySelectorAll("[popover][data-sw-open]").forEach((dialog) => dialog.showPopover());
