// Optional: pages work without it. Tells of new posts (nothing moves by itself), copies links.
"use strict";
(() => {
  const box = document.getElementById("new-posts");
  if (box) {
    const { channel, newest, one, many } = box.dataset;
    const ask = async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(`/s/${channel}/new?before=${newest}`, { credentials: "omit" });
        const { count } = await answer.json();
        if (!count) return;
        const link = document.createElement("a");
        link.className = "button";
        link.href = location.pathname + location.search;
        link.textContent = count === 1 ? one : many.replace("{}", count >= 20 ? "20+" : count);
        link.addEventListener("click", (event) => {
          event.preventDefault();
          location.reload(); // A link would give the page the browser still keeps.
        });
        box.replaceChildren(link);
      } catch {
        // The next round asks again.
      }
    };
    setInterval(ask, 30000);
    document.addEventListener("visibilitychange", ask);
  }
  const field = document.getElementById("share-link");
  if (field) {
    const button = (text, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.addEventListener("click", () => act(made));
      field.after(made);
    };
    if (navigator.share) {
      button(field.dataset.native, () =>
        navigator.share({ title: document.title, url: field.value }).catch(() => {}));
    }
    button(field.dataset.copy, async (made) => {
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        field.select();
        document.execCommand("copy");
      }
      made.textContent = field.dataset.copied;
    });
  }
})();
