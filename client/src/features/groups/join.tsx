import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { keyOfEntity } from "../../state/keys.ts";
import { isBroadcast, isMember } from "../../state/names.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { initialsOf } from "../../state/names.ts";
import { isError } from "../../wire/errors.ts";
import type { ChatInvite, chatInvite } from "../../wire/schema.d.ts";
import { describe, go, useClient, useEntity } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import { addressOf, sizeFor } from "../media/index.tsx";

/** What an invitation leads to, before it is joined. */
export function JoinScreen({ hash }: { hash: string }) {
  const client = useClient();
  const [found, setFound] = useState<chatInvite | null>(null);
  const [wrong, setWrong] = useState("");
  const [asked, setAsked] = useState(false);
  // Who has asked is in once the chat stands in the list: looked at again when one comes.
  const chats = asked ? client.store.order.value.length : 0;
  useEffect(() => {
    void client.connection.call("messages.checkChatInvite", { hash }).then((invite) => {
      if (invite._ === "chatInvite") return setFound(invite);
      enter(client, invite, hash);
    }, (error: unknown) => setWrong(describe(error)));
  }, [hash, chats]);
  const join = async () => {
    try {
      const updates = await client.connection.call("messages.importChatInvite", { hash });
      if (updates._ !== "messages.chatInviteJoinResultOk") return;
      joined(client, updates.updates);
    } catch (error) {
      setAsked(isError(error, "INVITE_REQUEST_SENT"));
      setWrong(describe(error));
    }
  };
  if (wrong) return <div class="page centre"><p role={asked ? "status" : "alert"}>{wrong}</p><p><a class="secondary" href="/app">{t("chat.back")}</a></p></div>;
  if (!found) return <p class="nothing" role="status">{t("status.loading")}</p>;
  const photo = found.photo._ === "photo" ? found.photo : null;
  const size = photo && sizeFor(photo, 160);
  return (
    <div class="page centre">
      <Avatar id="1" initials={initialsOf(found.title)} picture={photo && size ? addressOf(photo, size.label) : ""} size="large" />
      <h1><bdi>{found.title}</bdi></h1>
      <p class="hint">{t(found.broadcast ? "chat.subscribers" : "chat.members", { n: found.participants_count })}</p>
      {found.about && <p dir="auto">{found.about}</p>}
      <button class="primary" type="button" onClick={join}>{t(found.request_needed ? "join.request" : "join.join")}</button>
      <p><a class="secondary" href="/app">{t("composer.cancel")}</a></p>
    </div>
  );
}

/** Chats that may be read before they are joined -> the invitation that lets one in. */
const invited = new Map<string, string>();

function enter(client: Client, invite: Exclude<ChatInvite, chatInvite>, hash: string): void {
  const key = keyOfEntity(invite.chat);
  if (invite._ === "chatInvitePeek") invited.set(key, hash);
  client.store.putEntities([], [invite.chat]);
  go(`/app/c/${key}`, true);
}

function joined(client: Client, updates: Parameters<Client["sync"]["take"]>[0]): void {
  client.sync.take(updates);
  const chat = "chats" in updates ? updates.chats[0] : undefined;
  if (chat) go(`/app/c/${keyOfEntity(chat)}`, true);
}

/** A public name: find who has it and show it. */
export function NameScreen({ name, message }: { name: string; message: number }) {
  const client = useClient();
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    client.load.resolve(name).then(
      (key) => (key ? go(`/app/c/${key}${message ? `/${message}` : ""}`, true) : setWrong(t("join.nobody", { name }))),
      (error: unknown) => setWrong(describe(error)),
    );
  }, [name]);
  return <p class="nothing" role={wrong ? "alert" : "status"}>{wrong || t("status.loading")}</p>;
}

/** In place of the composer where one only reads along. */
export function JoinBar({ chat }: { chat: string }) {
  const client = useClient();
  const entity = useEntity(chat);
  const [wrong, setWrong] = useState("");
  if (entity?._ !== "channel" || isMember(entity)) return null;
  const join = async () => {
    try {
      const hash = invited.get(chat);
      const done = hash
        ? await client.connection.call("messages.importChatInvite", { hash })
        : await client.connection.call("channels.joinChannel", { channel: channelOf(client, chat) });
      if (done._ === "messages.chatInviteJoinResultOk") joined(client, done.updates);
      client.sync.onStale([chat]);
    } catch (error) {
      setWrong(isError(error, "INVITE_REQUEST_SENT") ? t("error.request_sent") : describe(error));
    }
  };
  return (
    <div class="join-bar">
      {wrong && <p role="alert">{wrong}</p>}
      <button class="primary" type="button" onClick={join}>{t(isBroadcast(entity) ? "join.subscribe" : "join.join")}</button>
    </div>
  );
}
