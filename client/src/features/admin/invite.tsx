/** One link: shared, changed, revoked; and who came by it. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { day } from "../../i18n/times.ts";
import { nameOf } from "../../state/names.ts";
import { alarm } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import type { ChatInviteImporter } from "../../wire/schema.d.ts";
import { copy, describe, go, PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { useDeed } from "./full.ts";
import { Pending } from "./index.tsx";
import { InviteDialog } from "./invite-form.tsx";
import { aboutLink } from "./invite-list.tsx";
import { deleteLink, loadImporters, loadLink, revokeLink } from "./invites.ts";
import { hashOf } from "./link.ts";
import type { Link } from "./link.ts";
import { usePages } from "./pages.ts";
import { ShareDialog } from "./share.tsx";
import { Section } from "./switch.tsx";

export function InviteScreen({ chat, hash }: { chat: string; hash: string }) {
  const client = useClient();
  const [link, setLink] = useState<Link | null>(null);
  const [wrong, setWrong] = useState("");
  const [editing, setEditing] = useState(false);
  const load = async () => {
    setWrong("");
    await loadLink(client, chat, hash).then(setLink, (error: unknown) => setWrong(describe(error)));
  };
  useEffect(() => void load(), [chat, hash]);
  const deed = useDeed(chat);
  if (!link) return <Pending wrong={wrong} again={() => void load()} />;
  const up = `/app/c/${chat}/info/invites`;
  const leave = async (act: () => Promise<void>, said: string) => {
    if (await deed(act, said)) go(up, true);
  };
  const revoke = () => askToDo(t("invites.revoke_ask"), t("invites.revoke"), () => void leave(() => revokeLink(client, chat, link.link), t("invites.was_revoked")));
  const remove = () => askToDo(t("invites.delete_ask"), t("invites.delete"), () => void leave(() => deleteLink(client, chat, link.link), t("invites.was_deleted")));
  return (
    <>
      {link.title && <p class="panel-name"><bdi>{link.title}</bdi></p>}
      <Share link={link} chat={chat} />
      <p class="hint">{aboutLink(link, client.store.now())}</p>
      <p class="hint">{t("invites.made_by", { name: nameOf(client.store.entity(`u${link.admin_id}`).value) || t("person.deleted"), date: day(link.date, client.store.now()) })}</p>
      <p class="panel-acts">
        {!link.revoked && !link.permanent && <button type="button" class="secondary" onClick={() => setEditing(true)}><Icon name="edit" />{t("invites.edit")}</button>}
        {!link.revoked && <button type="button" class="secondary danger" onClick={revoke}>{t("invites.revoke")}</button>}
        {link.revoked && <button type="button" class="secondary danger" onClick={remove}>{t("invites.delete")}</button>}
      </p>
      <CameBy chat={chat} link={link} />
      {editing && <InviteDialog chat={chat} link={link} onClose={(done) => (setEditing(false), done && void load())} />}
    </>
  );
}

/** The link itself, with its ways out of the page. */
function Share({ chat, link }: { chat: string; link: Link }) {
  const entity = useEntity(chat);
  const [qr, setQr] = useState(false);
  const [sending, setSending] = useState(false);
  if (link.revoked) return <p class="link struck" dir="ltr">{link.link}</p>;
  const share = () => navigator.share({ title: nameOf(entity), url: link.link }).catch((error: unknown) => {
    // Whoever closes the browser's sheet has not failed.
    if (!(error instanceof DOMException && error.name === "AbortError")) alarm(t("error.other"));
  });
  return (
    <div class="panel-link" role="group" aria-label={t("info.link")}>
      <output class="link" dir="ltr">{link.link}</output>
      <div class="panel-acts">
        <button type="button" class="secondary" onClick={() => copy(link.link)}><Icon name="copy" />{t("message.copy_link")}</button>
        <button type="button" class="secondary" onClick={() => setSending(true)}><Icon name="send" />{t("invites.send")}</button>
        {"share" in navigator && <button type="button" class="secondary" onClick={() => void share()}><Icon name="forward" />{t("invites.share")}</button>}
        <button type="button" class="secondary" aria-expanded={qr} onClick={() => setQr(!qr)}>{t("invites.qr")}</button>
      </div>
      {qr && <QrCode text={link.link} label={t("invites.qr_label")} />}
      {sending && <ShareDialog link={link.link} onClose={() => setSending(false)} />}
    </div>
  );
}

function CameBy({ chat, link }: { chat: string; link: Link }) {
  const client = useClient();
  const came = usePages(async (last: ChatInviteImporter | undefined, have) => {
    const { people, count } = await loadImporters(client, chat, { link: hashOf(link.link) }, last);
    return { items: people, more: have + people.length < count };
  }, [chat, link.link]);
  return (
    <Section title={t("invites.came")}>
      {came.items ? (
        <>
          {!came.items.length && <p class="hint">{t("invites.nobody_came")}</p>}
          <ul class="pick" aria-label={t("invites.came")}>{came.items.map((one) => <Came key={one.user_id} one={one} />)}</ul>
          {came.more && <p><button type="button" class="secondary" onClick={() => void came.next()}>{t("admin.more")}</button></p>}
        </>
      ) : <Pending wrong={came.wrong} again={() => void came.load()} />}
    </Section>
  );
}

function Came({ one }: { one: ChatInviteImporter }) {
  const { store } = useClient();
  const key = `u${one.user_id}`;
  const name = useName(key, true);
  return <li><button type="button" class="pick-row" onClick={() => go(`/app/c/${key}`)}><PeerAvatar peer={key} size="small" /><bdi>{name}</bdi><span class="hint">{day(one.date, store.now())}</span></button></li>;
}
