import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import type { PeerKey } from "../../state/keys.ts";
import { isGroup, nameOf } from "../../state/names.ts";

/** Who is typing in a chat now: in a group with the name, or how many; empty where nobody is. */
export function typingLine({ store }: Client, chat: PeerKey): string {
  const now = store.now();
  const typing = store.typingIn(chat).value.filter((one) => one.until > now);
  const [first] = typing;
  if (!first) return "";
  if (!isGroup(store.entity(chat).value)) return t("list.typing");
  if (typing.length > 1) return t("list.typing_many", { n: typing.length });
  const name = nameOf(store.entity(first.who).value);
  return name ? t("list.typing_one", { name }) : t("list.typing");
}
