/** What can be done about a person. */
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { nameOf, usernameOf } from "../../state/names.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import type { Item } from "../../ui/menu.tsx";
import { copy, describe, go } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { sending } from "../forward/index.tsx";
import { forget, share } from "./actions.ts";

/** The menu of a contact, or of somebody who is none. */
export function itemsOf(client: Client, person: string, edit: () => void): Item[] {
  const entity = client.store.entity(person).peek();
  if (entity?._ !== "user" || entity.self) return [];
  const name = nameOf(entity);
  const username = usernameOf(entity);
  const items: (Item | false)[] = [
    { label: t("people.write"), icon: "message", act: () => go(`/app/c/${person}`) },
    { label: t(entity.contact ? "people.edit" : "people.keep"), icon: entity.contact ? "edit" : "new", act: edit },
    Boolean(entity.phone) && { label: t("people.share"), icon: "forward", act: () => shareWith(client, person, name) },
    username !== "" && { label: t("people.copy_link"), icon: "copy", act: () => copy(`${client.config.public_url || location.origin}/${username}`) },
    Boolean(entity.contact) && { label: t("people.forget"), icon: "trash", danger: true, act: () => askToDo(t("people.forget_ask", { name }), t("people.forget"), () => remove(client, person)) },
  ];
  return items.filter((one) => one !== false);
}

function shareWith(client: Client, person: string, name: string): void {
  sending.value = {
    title: t("people.share_title", { name }),
    send: (chats) => {
      for (const chat of chats) void share(client, person, chat);
      confirmDone(t("forward.done", { n: chats.length }));
    },
  };
}

function remove(client: Client, person: string): void {
  forget(client, person).catch((error: unknown) => alarm(describe(error)));
}
