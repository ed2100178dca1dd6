// The time left of one's own case is announced at 60, 15 and 5 minutes, once each and politely.
// Seconds are the server's, counted from when the page was made: this machine's clock may be wrong.
"use strict";

(() => {
  const place = document.querySelector("[data-left]");
  if (!place) return;
  const left = Number(place.dataset.left);
  for (const minutes of [60, 15, 5]) {
    const wait = left * 1000 - minutes * 60000;
    const said = place.dataset[`at${minutes}`];
    // Browsers keep a delay in 31 bits; who leaves a page open for 24 days has reloaded it since.
    if (wait >= 0 && wait < 2 ** 31) {
      setTimeout(() => {
        place.textContent = said;
        place.hidden = false;
      }, wait);
    }
  }
})();
