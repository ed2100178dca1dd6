import type { Client } from "../../state/client.ts";
import { wipe } from "../../state/keep.ts";
import { endSession } from "../../wire/http.ts";

/** Sign out here: at the server, and everything that was kept. */
export async function signOut(client: Client): Promise<void> {
  await Promise.race([
    client.connection.call("auth.logOut", {}).catch(() => {}),
    new Promise((resume) => setTimeout(resume, 3000)),
  ]);
  client.connection.stop();
  await endSession().catch(() => {});
  await wipe();
  location.assign("/app");
}
