// Makes or proves a passkey with the browser and sends its answer with the form. See cotton/passkey.html.

const form = document.querySelector("[data-passkey]");

form?.addEventListener("submit", async (event) => {
  if (form.elements.passkey.value) return;
  event.preventDefault();
  const error = form.querySelector("[role=alert]");
  try {
    const { publicKey } = JSON.parse(form.dataset.passkey);
    const made = form.hasAttribute("data-makes")
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    form.elements.passkey.value = JSON.stringify(made.toJSON());
    form.submit();
  } catch {
    error.hidden = false;
  }
});
