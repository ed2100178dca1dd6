/** The page's side of its worker: put in place on a trusted device, and made to give way to the next build. */
const ADDRESS = "/app/worker.js";
const SCOPE = "/app";
const PATIENCE_MS = 8000;

interface Policies {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): { createScriptURL(address: string): string };
}

let made = "";

/** The one address that may become code besides the page's own scripts. */
function address(): string {
  // The page may make one policy of the name, once.
  return (made ||= allowed());
}

function allowed(): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  if (!policies) return ADDRESS;
  const policy = policies.createPolicy("pb", {
    createScriptURL: (wanted) => {
      if (wanted !== ADDRESS) throw new TypeError(wanted);
      return wanted;
    },
  });
  return policy.createScriptURL(ADDRESS);
}

/** Put the worker in place. Without one (a private window, an old browser) the page needs the network. */
export async function installWorker(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(address(), { scope: SCOPE, updateViaCache: "none" }).catch(() => {});
}

/** Load the page anew from the newest build: the worker of the old one gives way first. */
export async function renew(): Promise<void> {
  const found = "serviceWorker" in navigator ? await navigator.serviceWorker.getRegistration(SCOPE) : undefined;
  if (found) {
    const patience = new Promise<boolean>((resume) => setTimeout(() => resume(false), PATIENCE_MS));
    const done = await Promise.race([takeOver(found).catch(() => false), patience]);
    // A worker that does not give way would bring the old build for ever.
    if (!done) await found.unregister();
  }
  location.reload();
}

/** True once a worker newer than the one in place is active. */
async function takeOver(registration: ServiceWorkerRegistration): Promise<boolean> {
  await registration.update();
  const next = registration.installing ?? registration.waiting;
  if (!next) return false;
  await reached(next, "installed");
  next.postMessage("take over");
  await reached(next, "activated");
  return true;
}

const ORDER: readonly ServiceWorkerState[] = ["parsed", "installing", "installed", "activating", "activated"];

function reached(worker: ServiceWorker, state: ServiceWorkerState): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === "redundant") reject(new Error("the new build could not be put in place"));
      if (ORDER.indexOf(worker.state) < ORDER.indexOf(state)) return;
      worker.removeEventListener("statechange", look);
      resolve();
    };
    worker.addEventListener("statechange", look);
    look();
  });
}
