/** The calls of one's own passkeys. */
import type { Client } from "../../state/client.ts";
import type { Passkey } from "../../wire/schema.d.ts";
import { make } from "./browser.ts";

export async function load(client: Client): Promise<readonly Passkey[]> {
  return (await client.connection.call("account.getPasskeys", {})).passkeys;
}

/** Have one made and tell the server. Rejects with RpcError. */
export async function add(client: Client): Promise<Passkey> {
  const { options } = await client.connection.call("account.initPasskeyRegistration", {});
  return client.connection.call("account.registerPasskey", { credential: await make(options) });
}

export async function remove(client: Client, id: string): Promise<void> {
  await client.connection.call("account.deletePasskey", { id });
}
