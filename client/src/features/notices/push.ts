/** The browser's subscription to notices, and what the server knows of it. */
import type { Client } from "../../state/client.ts";
import { RpcError } from "../../wire/errors.ts";
import { installWorker } from "../../worker/install.ts";
import { wishes } from "./settings.ts";

const SCOPE = "/app";
const WEB_PUSH = 10;
const PATIENCE_MS = 15_000;
/** The person has switched notices on here. */
const ON = "pb-app-push";

export type PushState = "on" | "off" | "denied" | "unsupported";

export function canPush(): boolean {
  return "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
}

export async function pushState(): Promise<PushState> {
  if (!canPush()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && localStorage.getItem(ON) !== null && (await subscription()) ? "on" : "off";
}

async function subscription(): Promise<PushSubscription | null> {
  const found = await navigator.serviceWorker.getRegistration(SCOPE);
  return (await found?.pushManager.getSubscription()) ?? null;
}

/** Ask the browser and tell the server. Rejects with RpcError. */
export async function switchOn(client: Client): Promise<PushState> {
  if (!canPush()) return "unsupported";
  const allowed = Notification.permission === "granted" ? "granted" : await Notification.requestPermission();
  if (allowed !== "granted") return allowed === "denied" ? "denied" : "off";
  await installWorker();
  const found = await navigator.serviceWorker.getRegistration(SCOPE);
  if (!found) throw new RpcError("PUSH_UNAVAILABLE", 400);
  await navigator.serviceWorker.ready;
  const asked = found.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: client.config.vapid });
  // Behind some networks the browser's service never answers.
  const late = new Promise<null>((resume) => setTimeout(() => resume(null), PATIENCE_MS));
  if (!(await Promise.race([asked.catch(() => null), late]))) throw new RpcError("PUSH_UNAVAILABLE", 400);
  localStorage.setItem(ON, "1");
  await tellServer(client);
  return "on";
}

/** No notices any more while no page is open. */
export async function switchOff(client: Client): Promise<void> {
  const found = await subscription();
  localStorage.removeItem(ON);
  if (!found) return;
  await client.connection.call("account.unregisterDevice", { token_type: WEB_PUSH, token: JSON.stringify(found), other_uids: [] });
  await found.unsubscribe();
}

/** Tell the server where this browser gets its notices, and how the person wants them; nothing where they are off. */
export async function tellServer(client: Client): Promise<void> {
  const found = localStorage.getItem(ON) === null || !canPush() ? null : await subscription();
  if (!found) return;
  if (Notification.permission !== "granted") return switchOff(client);
  const { quiet, from, until, text } = wishes();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const token = JSON.stringify({ ...found.toJSON(), text, ...(quiet ? { quiet: { from, until, zone } } : {}) });
  await client.connection.call("account.registerDevice", { token_type: WEB_PUSH, token, app_sandbox: false, secret: "", other_uids: [] });
}
