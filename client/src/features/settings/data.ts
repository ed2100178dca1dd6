/** The copy of one's own data: what is said of it, and its calls. */
import type { Client } from "../../state/client.ts";
import type { inputCheckPasswordSRP, petitbleu_Export } from "../../wire/schema.d.ts";

export type Copy =
  | { state: "none" }
  | { state: "making"; share: number; messages: number; files: number }
  | { state: "ready"; path: string; size: number; expires: number; next: number }
  | { state: "failed"; next: number };

/** So often the page asks how far it is. */
export const LOOK_MS = 1500;

/** What the server said, as the page shows it. */
export function copyOf(found: petitbleu_Export, now: number): Copy {
  if (found._ === "petitbleu.exportEmpty") return { state: "none" };
  if (found.failed) return { state: "failed", next: found.next };
  if (!found.ready) {
    // The last part is packing: it is not done before it is there.
    const share = found.all_chats ? Math.min(0.95, found.chats / found.all_chats) : 0;
    return { state: "making", share, messages: found.messages, files: found.files };
  }
  if ((found.expires ?? 0) <= now) return { state: "none" };
  return { state: "ready", path: pathOf(found.url ?? ""), size: Number(found.size ?? 0), expires: found.expires ?? 0, next: found.next };
}

/** The way to the file at this page's own address. */
function pathOf(url: string): string {
  return /\/app\/f\/export\/\d+$/.exec(url)?.[0] ?? "";
}

export async function loadCopy(client: Client): Promise<Copy> {
  return copyOf(await client.connection.call("petitbleu.getExport", {}), client.store.now());
}

/** `proof`: where a second password is set. */
export async function startCopy(client: Client, proof: inputCheckPasswordSRP | null): Promise<Copy> {
  const password = proof ?? { _: "inputCheckPasswordEmpty" as const };
  return copyOf(await client.connection.call("petitbleu.startExport", { password }), client.store.now());
}
