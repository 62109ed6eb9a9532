// Asks the device for a passkey, and sends what it answers. Where there is no script, or the browser knows no passkeys,
// the form stays hidden and codes do.
"use strict";

const form = document.querySelector(".passkey");
const parsers = {
  create: window.PublicKeyCredential?.parseCreationOptionsFromJSON,
  get: window.PublicKeyCredential?.parseRequestOptionsFromJSON,
};

async function answerOf(deed) {
  const { publicKey } = JSON.parse(document.getElementById("passkey-options").textContent);
  return navigator.credentials[deed]({ publicKey: parsers[deed].call(PublicKeyCredential, publicKey) });
}

if (form && parsers[form.dataset.passkey]) {
  form.hidden = false;
  document.querySelector(".no-passkeys")?.remove();
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const fault = form.querySelector(".errornote");
    fault.hidden = true;
    try {
      form.elements.passkey.value = JSON.stringify(await answerOf(form.dataset.passkey));
    } catch {
      fault.hidden = false;
      return;
    }
    form.submit();
  });
}
