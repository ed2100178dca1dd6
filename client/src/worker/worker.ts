/**
 * Keeps the page of one build on a trusted device, so that it opens without a connection. It answers
 * for the page and its assets only: calls, files and sockets go past it.
 */
export {};
declare const FILES: readonly string[];
declare const BUILD: string;

interface Lasting extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Pushed extends Lasting {
  readonly data: { json(): unknown } | null;
}
interface Clicked extends Lasting {
  readonly notification: Notification;
}
interface Window {
  readonly url: string;
  readonly visibilityState: string;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}
interface Worker extends EventTarget {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(which: { type: "window"; includeUncontrolled: boolean }): Promise<readonly Window[]>;
    openWindow(address: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
}
/** What the server tells a browser: a message, or that a chat was read up to one. */
interface Told {
  chat?: string;
  id?: number;
  at?: number;
  title?: string;
  text?: string;
  silent?: boolean;
  read?: number;
}

const worker = self as unknown as Worker;
const PREFIX = "pb-app-shell-";
const CACHE = PREFIX + BUILD;
const PAGE = "/app";
/** What stands below the page's address and is not the page. */
const APART = /^\/app\/(?:a|f|up|rpc|ws|events|session|config\.json|worker\.js|manifest\.webmanifest|licences\.txt)(?:\/|$)/;

worker.addEventListener("install", (event) => (event as Lasting).waitUntil(install()));
worker.addEventListener("activate", (event) => (event as Lasting).waitUntil(forget()));
worker.addEventListener("message", (event) => {
  // The page asks for it when the person has: nothing typed is lost.
  if ((event as MessageEvent).data === "take over") void worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { request } = event as Asked;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const page = request.mode === "navigate" && (pathname === PAGE || pathname.startsWith(`${PAGE}/`)) && !APART.test(pathname);
  if (page) (event as Asked).respondWith(kept(PAGE, request));
  else if (pathname.startsWith("/app/a/")) (event as Asked).respondWith(kept(pathname, request));
});

worker.addEventListener("push", (event) => (event as Pushed).waitUntil(tell((event as Pushed).data)));
worker.addEventListener("notificationclick", (event) => {
  const { notification } = event as Clicked;
  notification.close();
  (event as Clicked).waitUntil(open((notification.data as { path?: string } | null)?.path ?? PAGE).then(showCount));
});

const CHAT = /^[ucg]\d{1,20}$/;

async function tell(data: Pushed["data"]): Promise<void> {
  let told: Told = {};
  try {
    told = (data?.json() ?? {}) as Told;
  } catch {
    // Something came, and that is said below.
  }
  const chat = CHAT.test(told.chat ?? "") ? (told.chat ?? "") : "";
  if (typeof told.read === "number") await close(chat, told.read);
  else if (await isSeen()) return;
  else await show(chat, told);
  await showCount();
}

/** Whoever looks at a page sees it there. */
async function isSeen(): Promise<boolean> {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.some((one) => one.visibilityState === "visible" && new URL(one.url).pathname.startsWith(PAGE));
}

async function show(chat: string, told: Told): Promise<void> {
  const path = chat && told.id ? `${PAGE}/c/${chat}/${told.id}` : PAGE;
  const icon = FILES.find((one) => one.includes("icon-192"));
  const how = {
    body: told.text ?? "",
    tag: chat || "petitbleu",
    renotify: !told.silent,
    silent: told.silent ?? false,
    timestamp: (told.at ?? Date.now() / 1000) * 1000,
    data: { path, id: told.id ?? 0 },
    ...(icon ? { icon, badge: icon } : {}),
  };
  try {
    await worker.registration.showNotification(told.title || "petitbleu", how);
  } catch {
    // The permission was withdrawn: the push service learns that nothing is wanted, and tells the server.
    await (await worker.registration.pushManager.getSubscription())?.unsubscribe();
  }
}

async function close(chat: string, upto: number): Promise<void> {
  for (const one of await worker.registration.getNotifications({ tag: chat })) {
    if (((one.data as { id?: number } | null)?.id ?? 0) <= upto) one.close();
  }
}

async function showCount(): Promise<void> {
  const { length } = await worker.registration.getNotifications();
  const place = navigator as { setAppBadge?(count: number): Promise<void>; clearAppBadge?(): Promise<void> };
  await (length ? place.setAppBadge?.(length) : place.clearAppBadge?.())?.catch(() => {});
}

/** The message in a page that is open, else in a new one. */
async function open(path: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).pathname.startsWith(PAGE));
  if (!page) return void (await worker.clients.openWindow(path));
  await page.focus();
  page.postMessage({ open: path });
}

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  const answer = await fetch(PAGE, { cache: "no-store" });
  const text = await answer.clone().text();
  // A page of another build names files that this worker has not got: the next worker will.
  if (!answer.ok || !FILES.every((file) => !file.startsWith("/app/a/main.") || text.includes(file))) throw new Error("another build");
  await cache.put(PAGE, answer);
}

/** Old builds go, but for the last: tabs that still run it may load parts of it. */
async function forget(): Promise<void> {
  const names = (await caches.keys()).filter((one) => one.startsWith(PREFIX) && one !== CACHE);
  await Promise.all(names.slice(0, -1).map((one) => caches.delete(one)));
}

async function kept(path: string, request: Request): Promise<Response> {
  // To open it would make it anew, after all was deleted at the end of a session.
  const own = await caches.match(path, { cacheName: CACHE });
  return own ?? (path === PAGE ? undefined : await caches.match(path)) ?? fetch(request);
}
