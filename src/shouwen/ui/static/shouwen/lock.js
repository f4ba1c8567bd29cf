// Locks the screen when nobody is at the keys. What was being written stays under the lock.
// The server locks by itself too; this only keeps the page and asks for the password in place.

const SEEN = "sw-seen"; // shared by the tabs of one browser
const TELL_EVERY = 60_000;
let told = 0;

export function startLock() {
  const lock = document.getElementById("sw-lock");
  if (!lock) return;
  const idle = Number(lock.dataset.idle) * 1000;
  lock.addEventListener("cancel", (event) => event.preventDefault()); // Esc does not open it
  lock.querySelector("form").addEventListener("submit", (event) => unlock(event, lock));
  document.querySelector("[data-sw-lock-now]")?.closest("form").addEventListener("submit", (event) => {
    event.preventDefault();
    lockNow(lock);
  });
  if (!idle) return;
  seen(lock);
  ["keydown", "pointerdown", "pointermove", "wheel"].forEach((name) =>
    document.addEventListener(name, () => lock.open || seen(lock), { passive: true, capture: true }));
  setInterval(() => {
    if (!lock.open && Date.now() - Number(localStorage.getItem(SEEN)) >= idle) lockNow(lock);
  }, 1000);
}

function seen(lock) {
  const at = Date.now();
  if (at - Number(localStorage.getItem(SEEN)) > 1000) localStorage.setItem(SEEN, at);
  if (at - told < TELL_EVERY) return;
  told = at;
  post(lock.dataset.awakeUrl, lock).catch(() => {});
}

function lockNow(lock) {
  post(lock.dataset.lockUrl, lock).catch(() => {});
  document.querySelectorAll(":popover-open").forEach((open) => open.matches(".sw-menu") && open.hidePopover());
  document.documentElement.classList.add("sw-locked");
  lock.showModal();
  lock.querySelector("[name=password]").focus();
}

async function unlock(event, lock) {
  event.preventDefault();
  const form = event.target;
  const error = lock.querySelector("[data-sw-lock-error]");
  const answer = await post(form.action, lock, new FormData(form)).catch(() => null);
  if (!answer?.ok) return location.reload(); // signed out meanwhile
  form.elements.password.value = "";
  error.textContent = await answer.text(); // why it stays shut; nothing when it opens
  if (error.textContent) return form.elements.password.focus();
  localStorage.setItem(SEEN, Date.now());
  document.documentElement.classList.remove("sw-locked");
  return lock.close();
}

function post(address, lock, body = new FormData()) {
  body.set("csrfmiddlewaretoken", lock.querySelector("[name=csrfmiddlewaretoken]").value);
  return fetch(address, { method: "POST", body, headers: { "SW-Overlay": "1", "HX-Request": "true" }, redirect: "manual" });
}
