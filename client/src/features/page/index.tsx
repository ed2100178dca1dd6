/** The page of a channel on the web, and what is to be seen in its pictures. Loaded when it is first asked for. */
import { signal } from "@preact/signals";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import type { Entity } from "../../state/keys.ts";
import { isBroadcast, mayWrite, usernameOf } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import type { message } from "../../wire/schema.d.ts";
import { useEntity, useLater } from "../app/index.tsx";

/** The channel whose page is being set. */
const editing = signal<string | null>(null);
/** The channel whose name, looks and domain are being set. */
const naming = signal<string | null>(null);
/** The post whose picture is being described. */
export const describing = signal<{ chat: string; id: number } | null>(null);
/** The post whose place on the page is being set. */
export const placing = signal<{ chat: string; id: number } | null>(null);

/** The channel in which I sign. */
const signing = signal<string | null>(null);
/** The post that is being corrected. */
export const correcting = signal<{ chat: string; id: number } | null>(null);

const load = () => import("./parts.tsx");

export function PageDialogs() {
  const [chat, post, named, placed] = [editing.value, describing.value, naming.value, placing.value];
  const [signed, wrong] = [signing.value, correcting.value];
  const close = () => (describing.value = null);
  const closeAll = () => {
    close();
    editing.value = naming.value = placing.value = signing.value = correcting.value = null;
  };
  const parts = useLater(load, [chat, post, placed, signed, wrong].some((one) => one !== null), closeAll);
  return (
    <>
      {parts && chat && <parts.PageDialog key={chat} chat={chat} onDescribe={(id) => (describing.value = { chat, id })} onName={() => (naming.value = chat)} onClose={() => (editing.value = null)} />}
      {parts && named && <parts.IdentityDialog key={named} chat={named} onClose={() => (naming.value = null)} />}
      {parts && placed && <parts.PostDialog key={`${placed.chat} ${placed.id}`} chat={placed.chat} id={placed.id} onDescribe={() => (describing.value = placed)} onClose={() => (placing.value = null)} />}
      {parts && signed && <parts.AuthorDialog key={signed} chat={signed} onClose={() => (signing.value = null)} />}
      {parts && wrong && <parts.CorrectDialog key={`${wrong.chat} ${wrong.id}`} chat={wrong.chat} id={wrong.id} onClose={() => (correcting.value = null)} />}
      {parts && post && <parts.DescribeDialog key={`${post.chat} ${post.id}`} chat={post.chat} id={post.id} onClose={close} />}
    </>
  );
}

/** Whether I may change how a channel looks, as far as the page knows. */
function mayChange(entity: Entity | undefined): boolean {
  return isBroadcast(entity) && entity?._ === "channel" && Boolean(entity.creator || entity.admin_rights?.change_info);
}

/** In the panel of a channel, for its people. */
export function PageButton({ chat }: { chat: string }) {
  const entity = useEntity(chat);
  const signs = isBroadcast(entity) && mayWrite(entity);
  if (!mayChange(entity) && !signs) return null;
  return (
    <p class="panel-acts">
      {mayChange(entity) && <button type="button" class="secondary" onClick={() => (editing.value = chat)}><Icon name="globe" />{t("page.title")}</button>}
      {signs && <button type="button" class="secondary" onClick={() => (signing.value = chat)}><Icon name="edit" />{t("author.title")}</button>}
    </p>
  );
}

/** Whether I may say how a post stands on the page. */
export function mayPlace(client: Client, chat: string): boolean {
  return mayChange(client.store.entity(chat).peek());
}

/** Whether a message carries a picture that I may describe for the page. */
export function mayDescribe(client: Client, chat: string, shown: message): boolean {
  return shown.media?._ === "messageMediaPhoto" && mayChange(client.store.entity(chat).peek());
}

/** Whether I may say what was wrong in a post: whoever may edit the posts of a channel with a public name. */
export function mayCorrect(client: Client, chat: string): boolean {
  const entity = client.store.entity(chat).peek();
  return isBroadcast(entity) && entity?._ === "channel" && usernameOf(entity) !== "" && Boolean(entity.creator || entity.admin_rights?.edit_messages);
}
