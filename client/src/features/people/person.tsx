/** What there is to see of a person, and to do about them. */
import { useMemo, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { isService } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import { More } from "../../ui/more.tsx";
import type { photo } from "../../wire/schema.d.ts";
import { describe, PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { addressOf, sizeFor, viewed } from "../media/index.tsx";
import { commonChats, photosOf } from "./actions.ts";
import { CardDialog } from "./card.tsx";
import { itemsOf } from "./items.ts";

const TILE = 160;

export function Person({ person }: { person: string }) {
  const client = useClient();
  const entity = useEntity(person);
  const [editing, setEditing] = useState(false);
  if (entity?._ !== "user" || entity.deleted || isService(person)) return null;
  const items = itemsOf(client, person, () => setEditing(true)).slice(1);
  return (
    <section class="person" aria-label={t("people.about")}>
      {entity.phone && !entity.self && <p class="person-phone"><span class="hint">{t("people.phone")}</span> <bdi dir="ltr">+{entity.phone}</bdi></p>}
      {items.length > 0 && <ul class="pick">{items.map((one) => <li key={one.label}><button type="button" class={one.danger ? "pick-row danger" : "pick-row"} onClick={one.act}><Icon name={one.icon} /><span>{one.label}</span></button></li>)}</ul>}
      <Photos person={person} />
      {!entity.self && !entity.bot && <Common person={person} />}
      {editing && <CardDialog person={person} onClose={() => setEditing(false)} onDone={() => setEditing(false)} />}
    </section>
  );
}

function Photos({ person }: { person: string }) {
  const client = useClient();
  const entity = useEntity(person);
  const shown = entity?._ === "user" && entity.photo?._ === "userProfilePhoto" ? entity.photo.photo_id : "";
  const paged = useMemo(() => photosOf(client, person), [person, shown]);
  const items = paged.items.value;
  if (!shown) return null;
  return (
    <>
      {items.length > 0 && <h3>{t("people.photos", { n: paged.total.value ?? items.length })}</h3>}
      <ul class="shared-grid">{items.map((one) => <Tile key={one.id} person={person} photo={one} />)}</ul>
      <More paged={paged} failed={paged.state.value === "failed" ? describe(paged.error) : ""} retry={t("status.retry")} loading={t("search.looking")} />
    </>
  );
}

function Tile({ person, photo }: { person: string; photo: photo }) {
  const found = sizeFor(photo, TILE);
  // It is of no message: nothing stands beside it in the viewer.
  const open = () => (viewed.value = { chat: person, item: { id: 0, file: photo, spoiler: false, text: "", at: photo.date, out: false, from: person } });
  return found && <li><button type="button" class="tile" aria-label={t("media.open_photo")} onClick={open}><img src={addressOf(photo, found.label)} alt="" loading="lazy" /></button></li>;
}

function Common({ person }: { person: string }) {
  const client = useClient();
  const paged = useMemo(() => commonChats(client, person), [person]);
  const items = paged.items.value;
  return (
    <>
      {items.length > 0 && <h3>{t("people.common", { n: paged.total.value ?? items.length })}</h3>}
      {items.length > 0 && <ul class="pick common-chats">{items.map((key) => <Chat key={key} chat={key} />)}</ul>}
      <More paged={paged} failed={paged.state.value === "failed" ? describe(paged.error) : ""} retry={t("status.retry")} loading={t("search.looking")} />
    </>
  );
}

function Chat({ chat }: { chat: string }) {
  const name = useName(chat);
  return <li><a class="pick-row" href={`/app/c/${chat}`}><PeerAvatar peer={chat} size="small" /><bdi>{name}</bdi></a></li>;
}
