/** Forward messages: choose where to, add some words. The dialog is loaded when it is first asked for. */
import { signal } from "@preact/signals";
import { later } from "../app/index.tsx";
import "./forward.css";

export const forwarding = signal<{ chat: string; ids: number[] } | null>(null);

/** What is to be sent to chats that are chosen first. */
export interface Sending {
  title: string;
  send: (chats: readonly string[]) => void;
}
export const sending = signal<Sending | null>(null);

const Forward = later<{ chat: string; ids: number[] }>(() => import("./dialogs.tsx").then((part) => part.Forward));
const Send = later<{ what: Sending }>(() => import("./dialogs.tsx").then((part) => part.Send));

export function ForwardDialog() {
  const [what, other] = [forwarding.value, sending.value];
  if (what) return <Forward key={`${what.chat} ${what.ids}`} {...what} />;
  return other && <Send key={other.title} what={other} />;
}
