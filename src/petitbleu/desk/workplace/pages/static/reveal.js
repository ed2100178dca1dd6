// A covered picture is seen while `v`, or the button, is held down. Each time is counted before it
// is seen; letting go, leaving the page or another window covers it.
"use strict";

(() => {
  const picture = document.querySelector("[data-covered]");
  const form = document.querySelector("form[data-look]");
  const button = document.querySelector("[data-hold]");
  const said = document.querySelector("[data-spent]");
  if (!picture || !form || !button || !said) return;
  let held = 0; // the number of this holding; 0: not held
  let count = 0;

  function cover() {
    held = 0;
    picture.classList.add("covered");
    button.setAttribute("aria-pressed", "false");
  }

  function over(words) {
    cover();
    picture.remove();
    button.disabled = true;
    said.textContent = words;
    said.hidden = false;
    said.focus();
  }

  async function hold() {
    if (held || button.disabled) return;
    const mine = (held = ++count);
    button.setAttribute("aria-pressed", "true");
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
      });
    } catch {
      cover();
      return;
    }
    if (answer.status === 429) over(said.dataset.over);
    else if (!answer.ok) over(said.dataset.ended);
    else if (held === mine) picture.classList.remove("covered");
  }

  const typing = (target) =>
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  const single = () => document.body.dataset.keys !== "off";

  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "v" && single() && !typing(event.target)) hold();
    else if ((event.key === " " || event.key === "Enter") && event.target === button) hold();
  });
  document.addEventListener("keyup", (event) => {
    if (["v", "V", " ", "Enter"].includes(event.key)) cover();
  });
  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    hold();
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture", "blur"])
    button.addEventListener(end, cover);
  window.addEventListener("blur", cover);
  document.addEventListener("visibilitychange", cover);
  button.addEventListener("contextmenu", (event) => event.preventDefault());

  document.querySelectorAll("[data-needs-script]").forEach((one) => (one.hidden = true));
  button.disabled = false;
})();
