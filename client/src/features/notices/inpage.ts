/** While a page is open: a sound, and a notice where nobody looks at it. One tab does it for all. */
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { nameOf } from "../../state/names.ts";
import type { Message, PeerNotifySettings, Update } from "../../wire/schema.d.ts";
import { go, preview, route } from "../app/index.tsx";
import type { Kind } from "./kinds.ts";
import { loadKind } from "./kinds.ts";
import { isQuiet, wishes } from "./settings.ts";

const LOCK = "pb-notices";
/** What is older came while the page was away: the list shows it. */
const FRESH_SECONDS = 30;
const SHOWN_CHARACTERS = 140;

let mine = false;
let kinds: Partial<Record<Kind, Promise<PeerNotifySettings>>> = {};

/** The tab that was looked at last tells; gives what ends that. */
export function lead(): () => void {
  const stop = new AbortController();
  const take = () => {
    if (mine || document.visibilityState !== "visible" || !("locks" in navigator)) return;
    void navigator.locks
      .request(LOCK, { steal: true }, () => {
        mine = true;
        return new Promise<void>((end) => stop.signal.addEventListener("abort", () => end()));
      })
      .catch(() => {})
      .finally(() => (mine = false));
  };
  const opened = (event: MessageEvent) => {
    const path = (event.data as { open?: string } | null)?.open;
    if (typeof path === "string" && path.startsWith("/app/c/")) go(path);
  };
  document.addEventListener("visibilitychange", take);
  navigator.serviceWorker?.addEventListener("message", opened);
  take();
  return () => {
    stop.abort();
    document.removeEventListener("visibilitychange", take);
    navigator.serviceWorker?.removeEventListener("message", opened);
  };
}

/** Settings for all people, groups or channels were changed on another device. */
export function forgetKinds(update: Update): void {
  if (update._ === "updateNotifySettings" && update.peer._ !== "notifyPeer") kinds = {};
}

/** Somebody else has written. */
export async function tell(client: Client, message: Message): Promise<void> {
  if (!mine || message._ !== "message" || message.silent || client.store.now() - message.date > FRESH_SECONDS) return;
  const key = keyOf(message.peer_id);
  const looking = document.visibilityState === "visible" && document.hasFocus();
  const at = route.peek();
  if ((looking && at.screen === "chat" && at.key === key) || isQuiet(new Date(), wishes())) return;
  const talk = client.store.talk(key).peek();
  if (talk && talk.mutedUntil > client.store.now()) return;
  const kind = kindOf(client, key);
  const wide = await (kinds[kind] ??= loadKind(client, kind)).catch(() => null);
  if ((wide?.mute_until ?? 0) > client.store.now()) return;
  if (wishes().sound) play();
  if (!looking) await show(client, key, message, wide?.show_previews ?? true);
}

function kindOf(client: Client, key: string): Kind {
  if (key.startsWith("u")) return "inputNotifyUsers";
  const entity = client.store.entity(key).peek();
  return entity?._ === "channel" && entity.broadcast ? "inputNotifyBroadcasts" : "inputNotifyChats";
}

async function show(client: Client, key: string, message: Message, previews: boolean): Promise<void> {
  if (!("Notification" in globalThis) || Notification.permission !== "granted" || message._ !== "message") return;
  const title = nameOf(client.store.entity(key).peek()) || client.config.name;
  const body = previews ? preview(client, message).slice(0, SHOWN_CHARACTERS) : "";
  const icon = document.querySelector<HTMLLinkElement>("link[rel=apple-touch-icon]")?.href;
  // The same mark as the worker's: of one chat there is one notice.
  const how = { body, tag: key, data: { path: `/app/c/${key}/${message.id}` }, silent: true, ...(icon ? { icon } : {}) };
  const worker = await navigator.serviceWorker?.getRegistration("/app");
  if (worker) return worker.showNotification(title, how).catch(() => {});
  const notice = new Notification(title, how);
  notice.onclick = () => {
    window.focus();
    go(how.data.path);
    notice.close();
  };
}

/** Messages that come together sound once. */
const BETWEEN_MS = 1500;
let sounded = -BETWEEN_MS;

/** Two short tones; no file is fetched for them. Browsers stay silent, and complain, until the page has been touched. */
function play(): void {
  if (!navigator.userActivation.hasBeenActive) return;
  if (performance.now() - sounded < BETWEEN_MS) return;
  sounded = performance.now();
  try {
    const sound = new AudioContext();
    for (const [at, pitch] of [[0, 660], [0.12, 880]] as const) {
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.08, sound.currentTime + at);
      volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + at + 0.15);
      tone.connect(volume).connect(sound.destination);
      tone.start(sound.currentTime + at);
      tone.stop(sound.currentTime + at + 0.16);
    }
    setTimeout(() => void sound.close(), 500);
  } catch {
    // Without a sound the notice is still seen.
  }
}
