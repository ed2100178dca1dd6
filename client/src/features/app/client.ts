import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Client } from "../../state/client.ts";

export const ClientContext = createContext<Client | null>(null);

/** The client of this page. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error("nobody is signed in");
  return client;
}
