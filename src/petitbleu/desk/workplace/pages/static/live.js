// A field with data-live: what the page says of it ("verdict") follows while it is written. The
// address is the one the button beside it uses; without this script the button does the same.
"use strict";

(() => {
  const field = document.querySelector("[data-live]");
  const place = document.getElementById("verdict");
  if (!field || !place) return;
  let waiting = 0;
  let asked = null;

  async function check() {
    if (asked) asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(field.dataset.live, {
        method: "POST",
        body: new URLSearchParams(new FormData(field.form)),
        credentials: "same-origin",
        signal: asked.signal,
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const said = page.getElementById("verdict");
      if (!said) return; // signed out, or too long: the button says so
      place.replaceChildren(...said.childNodes);
      field.setAttribute("aria-invalid", String(page.querySelector("[data-live][aria-invalid]") !== null));
    } catch (error) {
      if (error.name !== "AbortError") place.replaceChildren();
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, 400);
  });
})();
