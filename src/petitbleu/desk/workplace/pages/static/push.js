// Alarms as notifications of this browser: asks the browser, hands its address to the desk.
"use strict";

(() => {
  const form = document.querySelector("form[data-push]");
  if (!form) return;
  const place = form.querySelector("[data-push-says]");
  const say = (name) => { place.textContent = place.dataset[name]; place.hidden = false; };
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const bytes = (coded) =>
    Uint8Array.from(atob(coded.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

  if (!("serviceWorker" in navigator && "PushManager" in window)) { say("unable"); return; }
  form.querySelectorAll("button").forEach((one) => { one.disabled = false; });

  async function on(registration) {
    if ((await Notification.requestPermission()) !== "granted") { say("denied"); return; }
    const made = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytes(form.dataset.push),
    });
    form.elements.endpoint.value = made.endpoint;
    form.elements.p256dh.value = text(made.getKey("p256dh"));
    form.elements.auth.value = text(made.getKey("auth"));
    form.submit();
  }

  async function off(registration) {
    const made = await registration.pushManager.getSubscription();
    if (!made) { say("none"); return; }
    form.elements.endpoint.value = made.endpoint;
    await made.unsubscribe();
    form.action += "/end";
    form.submit();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = event.submitter && event.submitter.value === "off" ? off : on;
    navigator.serviceWorker.register("/desk/worker.js").then(
      () => navigator.serviceWorker.ready).then(wanted).catch(() => say("failed"));
  });
})();
