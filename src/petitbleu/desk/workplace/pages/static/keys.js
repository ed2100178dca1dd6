// Single keys for what links and buttons do too. Off in fields, with modifiers, and where the
// person turned them off (<body data-keys="off">).
"use strict";

(() => {
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const current = () => document.querySelector("[data-row].here");
  const picked = (target) => target.tagName === "INPUT" && target.type === "checkbox";
  const typing = (target) =>
    !picked(target) && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current());
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    all.forEach((row) => row.classList.toggle("here", row === next));
    const link = next.querySelector("a, button");
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function press(key) {
    const within = current();
    const place = `[data-key="${CSS.escape(key)}"]`;
    const found = (within && within.querySelector(place)) || document.querySelector(place);
    if (!found || found.disabled) return false;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(found.tagName) && !picked(found)) found.focus();
    else found.click();
    return true;
  }

  // A digit picks a kind; what sorts the case is reached, for Enter to do it.
  function pick(key) {
    const found = document.querySelector(`option[data-digit="${CSS.escape(key)}"]`);
    if (!found) return false;
    const folded = found.closest("details");
    if (folded) folded.open = true;
    found.selected = true;
    found.closest("form").querySelector("button").focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.keys === "off" || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key.toLowerCase() === "k" && press("/")) event.preventDefault();
      return;
    }
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "b") document.documentElement.classList.add("veiled");
    const done = {
      j: () => move(1),
      k: () => move(-1),
      o: () => {
        const link = current() && current().querySelector("a");
        if (link) link.click();
      },
    }[event.key];
    if (done) done();
    else if (!press(event.key) && !pick(event.key)) return;
    event.preventDefault();
  });

  // After a form about one row the page opens at the next one.
  const asked = location.hash && document.getElementById(location.hash.slice(1));
  if (asked && asked.matches("[data-row]")) asked.classList.add("here");

  // On a phone the rail is one row that is moved sideways: where one is, is in sight.
  const place = document.querySelector(".rail [aria-current]");
  const rail = place && place.closest("ul");
  if (rail) rail.scrollLeft = place.offsetLeft - rail.offsetLeft - (rail.clientWidth - place.offsetWidth) / 2;

  // Times stand in the zone of the desk; the reader's own zone is beside them on request.
  document.querySelectorAll("time[datetime]").forEach((one) => {
    const at = new Date(one.dateTime);
    if (!Number.isNaN(at.valueOf())) one.title = at.toLocaleString(document.documentElement.lang);
  });
})();
