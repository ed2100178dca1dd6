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
interface Worker extends EventTarget {
  skipWaiting(): Promise<void>;
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
