// Shows an alarm that the desk pushed (number, kind and time left: no name, no content), and opens
// what it is about when it is pressed.
"use strict";

self.addEventListener("push", (event) => {
  let said = {};
  try { said = event.data.json(); } catch { /* an alarm without words is still an alarm */ }
  event.waitUntil(self.registration.showNotification(said.title || "petitbleu", {
    body: said.text || "",
    tag: String(said.case || said.what || "desk"),
    renotify: true,
    requireInteraction: said.urgency === "critical",
    icon: "/static/icon.svg",
    data: said.link || "",
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const link = event.notification.data;
  const ours = link.startsWith(self.location.origin + "/desk");
  event.waitUntil(self.clients.openWindow(ours ? link : "/desk"));
});
