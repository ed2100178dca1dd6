// Passkeys: coming in, making one, signing a form. No page of the desk needs any other script.
"use strict";

(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const say = (form, name) => {
    const place = form.querySelector("[data-problems]") || document.querySelector("[data-problems]");
    if (!place) return;
    place.textContent = place.dataset[name] || place.dataset.failed;
    place.hidden = false;
    place.focus();
  };

  async function options(form, url) {
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      credentials: "same-origin",
    });
    if (!answer.ok) throw new Error(answer.status === 401 ? "out" : "failed");
    return answer.json();
  }

  async function get(asked) {
    asked.challenge = bytes(asked.challenge);
    for (const one of asked.allowCredentials || []) one.id = bytes(one.id);
    const made = await navigator.credentials.get({ publicKey: asked });
    const response = made.response;
    return JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type,
      response: {
        clientDataJSON: text(response.clientDataJSON),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        userHandle: response.userHandle ? text(response.userHandle) : null,
      },
    });
  }

  async function create(asked) {
    asked.challenge = bytes(asked.challenge);
    asked.user.id = bytes(asked.user.id);
    for (const one of asked.excludeCredentials || []) one.id = bytes(one.id);
    const made = await navigator.credentials.create({ publicKey: asked });
    const response = made.response;
    return JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type,
      response: {
        clientDataJSON: text(response.clientDataJSON),
        attestationObject: text(response.attestationObject),
        transports: response.getTransports ? response.getTransports() : [],
      },
    });
  }

  // data-passkey="get" or "create": the answer goes into the field "answer".
  // data-passkey="sign": the touch covers the fields of the form and goes into "touch".
  async function run(form) {
    const kind = form.dataset.passkey;
    const url = kind === "sign"
      ? "/desk/touch?path=" + encodeURIComponent(new URL(form.action).pathname)
      : form.dataset.options;
    const asked = await options(form, url);
    const answer = kind === "create" ? await create(asked) : await get(asked);
    form.elements[kind === "sign" ? "touch" : "answer"].value = answer;
    form.submit();
  }

  const reasons = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "taken" };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.passkey) return;
    // A button that only looks (a preview) signs nothing.
    if (event.submitter && event.submitter.dataset.plain !== undefined) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    if (!window.PublicKeyCredential) { say(form, "unable"); return; }
    const origin = document.documentElement.dataset.origin;
    if (origin && origin !== location.origin) { say(form, "elsewhere"); return; }
    const pressed = event.submitter;
    form.querySelectorAll("[data-pressed]").forEach((old) => old.remove());
    if (pressed && pressed.name) {
      // form.submit() does not say which button was pressed, and the touch must cover it.
      const kept = document.createElement("input");
      kept.type = "hidden"; kept.name = pressed.name; kept.value = pressed.value;
      kept.dataset.pressed = "";
      form.append(kept);
    }
    form.dataset.busy = "1";
    run(form).catch((error) => {
      delete form.dataset.busy;
      say(form, reasons[error.name] || error.message);
    });
  });

  // Forms that need a passkey say so where there is no script; with one, their buttons wake up.
  document.querySelectorAll("[data-needs-script]").forEach((one) => { one.hidden = true; });
  document.querySelectorAll("form[data-passkey] button[data-wakes]").forEach((one) => {
    one.disabled = false;
  });
})();
