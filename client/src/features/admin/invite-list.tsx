/** The links into a chat: mine, those of other admins for its owner, and what was revoked. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full as fullDate } from "../../i18n/times.ts";
import { nameOf } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import { useClient, useEntity } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { useDeed } from "./full.ts";
import { Pending } from "./index.tsx";
import { InviteDialog } from "./invite-form.tsx";
import { deleteRevoked, loadHolders, loadLinks, permanentLink } from "./invites.ts";
import type { Holder } from "./invites.ts";
import { hashOf, stateOf } from "./link.ts";
import type { Link } from "./link.ts";
import { usePages } from "./pages.ts";
import { holds } from "./rights.ts";
import { Section } from "./switch.tsx";

export function InvitesScreen({ chat }: { chat: string }) {
  const client = useClient();
  const entity = useEntity(chat);
  const me = `u${client.store.me}`;
  const [admin, setAdmin] = useState(me);
  const [making, setMaking] = useState(false);
  const [turn, setTurn] = useState(0);
  const open = usePages((last: Link | undefined, have) => pageOf(loadLinks(client, chat, admin, false, last), have), [chat, admin, turn]);
  const gone = usePages((last: Link | undefined, have) => pageOf(loadLinks(client, chat, admin, true, last), have), [chat, admin, turn]);
  const deed = useDeed(chat, async () => setTurn((one) => one + 1));
  if (entity && !holds(entity, "invite_users")) return <p class="note" role="status">{t("admin.no_right")}</p>;
  const ends = (done: boolean) => {
    setMaking(false);
    if (done) setTurn(turn + 1);
  };
  const own = open.items?.some((one) => one.permanent) ?? true;
  return (
    <>
      <p class="hint">{t("invites.hint")}</p>
      <p class="panel-acts"><button type="button" class="primary" onClick={() => setMaking(true)}><Icon name="new" />{t("invites.make")}</button>
        {admin === me && !own && <button type="button" class="secondary" onClick={() => void deed(() => permanentLink(client, chat))}>{t("invites.make_plain")}</button>}
      </p>
      <Holders chat={chat} admin={admin} turn={turn} onAdmin={setAdmin} />
      {open.items ? <Links chat={chat} label={t("admin.invites")} links={open.items} empty={t("invites.none")} /> : <Pending wrong={open.wrong} again={() => void open.load()} />}
      {open.more && <p><button type="button" class="secondary" onClick={() => void open.next()}>{t("admin.more")}</button></p>}
      {gone.items && gone.items.length > 0 && (
        <Section title={t("invites.revoked")}>
          <Links chat={chat} label={t("invites.revoked")} links={gone.items} empty="" />
          <p class="panel-acts">
            {gone.more && <button type="button" class="secondary" onClick={() => void gone.next()}>{t("admin.more")}</button>}
            <button type="button" class="secondary danger" onClick={() => askToDo(t("invites.delete_revoked_ask"), t("invites.delete_revoked"), () => void deed(() => deleteRevoked(client, chat, admin)))}>{t("invites.delete_revoked")}</button>
          </p>
        </Section>
      )}
      {making && <InviteDialog chat={chat} link={null} onClose={ends} />}
    </>
  );
}

async function pageOf(found: Promise<{ links: Link[]; count: number }>, have: number): Promise<{ items: Link[]; more: boolean }> {
  const { links, count } = await found;
  return { items: links, more: have + links.length < count };
}

/** Whose links are shown; only where somebody else has some, and I may see them. */
function Holders({ chat, admin, turn, onAdmin }: { chat: string; admin: string; turn: number; onAdmin: (key: string) => void }) {
  const client = useClient();
  const entity = useEntity(chat);
  const [holders, setHolders] = useState<readonly Holder[]>([]);
  const owner = Boolean(entity && "creator" in entity && entity.creator);
  const me = `u${client.store.me}`;
  useEffect(() => {
    if (owner) loadHolders(client, chat).then(setHolders, () => {});
  }, [chat, owner, turn]);
  const others = holders.filter((one) => one.key !== me);
  if (!others.length) return null;
  const label = (key: string) => (key === me ? t("invites.mine") : nameOf(client.store.entity(key).value) || t("person.deleted"));
  return (
    <label class="field select"><span>{t("invites.whose")}</span>
      <select name="holder" value={admin} onChange={(event) => onAdmin(event.currentTarget.value)}>
        {[me, ...others.map((one) => one.key)].map((key) => <option key={key} value={key}>{label(key)}</option>)}
      </select>
    </label>
  );
}

function Links({ chat, label, links, empty }: { chat: string; label: string; links: readonly Link[]; empty: string }) {
  if (!links.length) return <p class="hint">{empty}</p>;
  return <ul class="pick" aria-label={label}>{links.map((one) => <Row key={one.link} chat={chat} link={one} />)}</ul>;
}

function Row({ chat, link }: { chat: string; link: Link }) {
  const { store } = useClient();
  return (
    <li>
      <a class="pick-row" href={`/app/c/${chat}/info/invites/${hashOf(link.link)}`}>
        <Icon name="link" />
        <span class="member-text"><bdi>{link.title || link.link.replace(/^https?:\/\//, "")}</bdi><small class="hint">{aboutLink(link, store.now())}</small></span>
        {link.requested ? <span class="badge" aria-label={t("admin.waiting", { n: link.requested })}>{link.requested}</span> : null}
      </a>
    </li>
  );
}

/** How many came by it, how many more may, until when. */
export function aboutLink(link: Link, now: number): string {
  const state = stateOf(link, now);
  const said = [t("invites.used", { n: link.usage ?? 0 })];
  if (state !== "open") said.push(t("invites.state", { state }));
  else {
    if (link.permanent) said.push(t("invites.plain"));
    if (link.usage_limit) said.push(t("invites.left", { n: link.usage_limit - (link.usage ?? 0) }));
    if (link.request_needed) said.push(t("invites.asks"));
    if (link.expire_date) said.push(t("until.ends", { date: fullDate(link.expire_date) }));
  }
  return said.join(" · ");
}
