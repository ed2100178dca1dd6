// While the connection is lost nothing can be sent, and nothing written is lost: the words stay in
// the page (nothing is stored on this machine), the buttons wait, and a sentence says so.
"use strict";

(() => {
  const place = document.getElementById("lost");
  const forms = "main form[method=post]";

  function follow() {
    place.hidden = navigator.onLine;
    place.textContent = navigator.onLine ? "" : place.dataset.said;
    for (const button of document.querySelectorAll(`${forms} button`)) {
      if (!navigator.onLine && !button.disabled) {
        button.disabled = true;
        button.dataset.waits = "";
      } else if (navigator.onLine && "waits" in button.dataset) {
        button.disabled = false;
        delete button.dataset.waits;
      }
    }
  }

  // Enter in a field sends a form past its buttons.
  document.addEventListener("submit", (event) => {
    if (!navigator.onLine && event.target.matches(forms)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
  addEventListener("online", follow);
  addEventListener("offline", follow);
  if (!navigator.onLine) follow();
})();
