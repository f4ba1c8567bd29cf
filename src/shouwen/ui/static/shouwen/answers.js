// What to do when a fragment does not come as asked: somebody signed out, the server failed, it is slow.
// A refused form (422) is swapped in like any answer: it says itself what is missing.

const PATIENCE = 1000; // then the drawer shows that it is being fetched

export function startAnswers() {
  document.addEventListener("htmx:before:request", showWaiting);
  document.addEventListener("htmx:before:response", judge);
  document.addEventListener("htmx:error", () => tell(false));
}

function judge(event) {
  const { response, sourceElement } = event.detail.ctx;
  const failed = response.status >= 400 && response.status !== 422;
  if (response.raw.redirected) {
    event.preventDefault();
    location.reload(); // the whole page leads to the sign-in and back
  } else if (failed) {
    event.preventDefault();
    const link = sourceElement.closest("a[href]");
    if (link) location.assign(link.href); // its own page says what is wrong
  }
  tell(!failed);
}

// live.js shows how old the data is while fetching fails.
const tell = (isGood) => document.dispatchEvent(new CustomEvent("sw:fetched", { detail: { isGood } }));

function showWaiting(event) {
  const { target } = event.detail.ctx;
  if (target?.id !== "why") return;
  const timer = setTimeout(() => {
    target.replaceChildren(document.getElementById("sw-waiting").content.cloneNode(true));
    target.hidden = false;
  }, PATIENCE);
  document.addEventListener("htmx:finally:request", () => clearTimeout(timer), { once: true });
}
