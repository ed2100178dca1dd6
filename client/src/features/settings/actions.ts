import type { Client } from "../../state/client.ts";
import { forgetCopies, moveTyped, wipe } from "../../state/keep.ts";
import { endSession, rotate } from "../../wire/http.ts";

/** Sign out here: at the server, and everything that was kept. */
export async function signOut(client: Client): Promise<void> {
  await Promise.race([
    client.connection.call("auth.logOut", {}).catch(() => {}),
    new Promise((resume) => setTimeout(resume, 3000)),
  ]);
  client.stop();
  await endSession().catch(() => {});
  await wipe();
  location.assign("/app");
}

/** The device is the person's own, or not any more. What was typed goes along; the page is loaded anew. */
export async function trust(client: Client, trusted: boolean): Promise<void> {
  await rotate(trusted);
  client.stop();
  if (!trusted) await forgetDevice();
  else await moveTyped(true);
  location.reload();
}

/** Delete the copies of chats that this device keeps; the page is loaded anew. What was typed stays. */
export async function forgetKept(client: Client): Promise<void> {
  client.stop();
  await forgetCopies();
  location.reload();
}

async function forgetDevice(): Promise<void> {
  await moveTyped(false);
  const typed = Object.entries(sessionStorage);
  const chosen = Object.entries(localStorage).filter(([name]) => name !== "pb-app-kept");
  await wipe();
  for (const [name, value] of typed) sessionStorage.setItem(name, String(value));
  for (const [name, value] of chosen) localStorage.setItem(name, String(value));
}
