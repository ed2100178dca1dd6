/** Choosing files, and the rows of those on their way. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { percent, size } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import { Icon } from "../../ui/icon.tsx";
import { RpcError } from "../../wire/errors.ts";
import { withHashes } from "../../state/mentions.ts";
import { randomLong } from "../../state/outbox.ts";
import { documentOf, NO_WORDS } from "../../state/uploads.ts";
import type { Fault, Row, Words } from "../../state/uploads.ts";
import type { DocumentAttribute, InputFile, InputMedia, InputSingleMedia } from "../../wire/schema.d.ts";
import { describe, useClient } from "../app/index.tsx";
import { redrawn } from "./picture.ts";

const ALBUM = 10;

/** What a document is said to be; null: found out from the file. */
type Attributes = DocumentAttribute[] | null;
export interface Uploads {
  rows: readonly Row[];
  /** What was chosen, pasted or dropped, and is looked at before it goes. */
  chosen: readonly File[];
  choose: (files: Iterable<File>) => void;
  /** Take one of them out; all of them. */
  remove: (file: File) => void;
  clear: () => void;
  /** Send what was chosen; `asFiles`: pictures too, as they are. */
  send: (words: Words, asFiles: boolean) => void;
  /** A file of a known kind, as it is, at once. */
  addAs: (file: File, attributes: DocumentAttribute[]) => void;
}

/** A file in a chat. */
interface Going {
  file: File;
  words: Words;
  attributes: Attributes;
  /** It is a message of its own, not part of an album. */
  alone: boolean;
  asFile: boolean;
}

/** The files on their way to a chat. */
export function useUploads(chat: string): Uploads {
  const client = useClient();
  const [chosen, setChosen] = useState<readonly File[]>([]);
  /** A row for a file; gives what its upload comes to, and sends it unless it is part of an album. */
  const begin = ({ file, words, attributes, alone, asFile }: Going, sent: Promise<void>): Promise<InputMedia | null> =>
    new Promise((resolve) => {
      let byItself = alone;
      const asIs = asFile || attributes !== null;
      // What is not sent as it is cannot be compared with the file that is chosen again.
      const prepare = async (given: File) => (attributes ? new File([given], given.name, { type: given.type }) : asFile ? given : ((await redrawn(given)) ?? given));
      const finish = (input: InputFile, ready: File) => {
        const media = mediaOf(input, ready, !asIs && ready !== file, attributes);
        if (byItself) client.outbox.add({ chat, ...words, media, randomId: id });
        resolve(media);
        return byItself ? undefined : sent;
      };
      // An album goes without it; what becomes of it later is a message by itself.
      const fail = () => {
        byItself = true;
        resolve(null);
      };
      const id = client.uploads.add({ chat, file, words, prepare, finish, fail }, faultOf(client, file));
    });
  const send = (words: Words, asFile: boolean) => {
    const album = chosen.length > 1 && chosen.length <= ALBUM && !asFile && chosen.every(isPicture);
    let sent = () => {};
    const whole = new Promise<void>((resolve) => (sent = resolve));
    // The words stand with the first.
    const made = chosen.map((file, at) => begin({ file, words: at ? NO_WORDS : words, attributes: null, alone: !album, asFile }, whole));
    if (album) void sendAlbum(client, chat, made, words).finally(sent);
    setChosen([]);
  };
  const addAs = (file: File, attributes: DocumentAttribute[]) => void begin({ file, words: NO_WORDS, attributes, alone: true, asFile: true }, Promise.resolve());
  const choose = (files: Iterable<File>) => setChosen((before) => [...before, ...files]);
  useDropped(choose);
  return {
    rows: client.uploads.rows.value.filter((row) => row.chat === chat),
    chosen,
    choose,
    remove: (file) => setChosen((before) => before.filter((one) => one !== file)),
    clear: () => setChosen([]),
    send,
    addAs,
  };
}

export function isPicture(file: File): boolean {
  return file.type.startsWith("image/");
}

/** Pictures chosen together arrive together; those that failed are left out. */
async function sendAlbum(client: Client, chat: string, made: readonly Promise<InputMedia | null>[], words: Words): Promise<void> {
  const all = (await Promise.all(made)).filter((one) => one !== null);
  const peer = client.store.input(chat);
  try {
    const multi_media: InputSingleMedia[] = [];
    for (const media of all) {
      const kept = await client.connection.call("messages.uploadMedia", { peer, media });
      if (kept._ !== "messageMediaPhoto" || kept.photo?._ !== "photo") throw new RpcError("MEDIA_INVALID", 400);
      const { id, access_hash, file_reference } = kept.photo;
      const said = multi_media.length ? NO_WORDS : words;
      multi_media.push({ _: "inputSingleMedia", media: { _: "inputMediaPhoto", id: { _: "inputPhoto", id, access_hash, file_reference } }, random_id: randomLong(), message: said.text, ...(said.entities.length ? { entities: withHashes(client.store, said.entities) } : {}) });
    }
    const to = words.replyTo || client.outbox.topIn(chat);
    const replying = to ? { reply_to: { _: "inputReplyToMessage" as const, reply_to_msg_id: to } } : {};
    if (multi_media.length) client.sync.take(await client.connection.call("messages.sendMultiMedia", { peer, multi_media, ...replying }));
  } catch {
    // One by one, then: each has its row, its order and its way on.
    for (const [at, media] of all.entries()) client.outbox.add({ chat, ...(at ? NO_WORDS : words), media });
  }
}

/** Files dropped anywhere on the page are chosen. */
function useDropped(add: (files: Iterable<File>) => void): void {
  useEffect(() => {
    const over = (event: DragEvent) => event.dataTransfer?.types.includes("Files") && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      add(event.dataTransfer.files);
    };
    addEventListener("dragover", over);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("drop", drop);
    };
  });
}

/** Why a file cannot go up, or null. */
function faultOf(client: Client, file: File): Fault | null {
  if (file.size > client.config.limits.file) return new RpcError(TOO_LARGE, 0);
  return file.size ? null : new RpcError(EMPTY, 0);
}

const [TOO_LARGE, EMPTY] = ["TOO_LARGE", "EMPTY"];

function sentence(client: Client, error: Fault): string {
  if (error.kind === TOO_LARGE) return t("media.too_large", { limit: size(client.config.limits.file) });
  return error.kind === EMPTY ? t("media.empty") : describe(error);
}

function mediaOf(input: InputFile, file: File, photo: boolean, attributes: Attributes): InputMedia {
  if (photo) return { _: "inputMediaUploadedPhoto", file: input };
  const document = documentOf(input, file);
  return attributes ? { ...document, attributes } as InputMedia : document;
}

export function AttachButton({ uploads }: { uploads: Uploads }) {
  const field = useRef<HTMLInputElement>(null);
  const chosen = () => {
    uploads.choose(field.current?.files ?? []);
    if (field.current) field.current.value = "";
  };
  return (
    <>
      <input ref={field} type="file" multiple hidden onChange={chosen} />
      <button class="round" type="button" aria-label={t("composer.attach")} onClick={() => field.current?.click()}><Icon name="attach" /></button>
    </>
  );
}

/** Files pasted into the field are chosen. */
export function pastedFiles(event: ClipboardEvent, uploads: Uploads): void {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  uploads.choose(files);
}

export function UploadRows({ uploads }: { uploads: Uploads }) {
  if (!uploads.rows.length) return null;
  return <ul class="uploads">{uploads.rows.map((row) => <UploadRow key={row.id} row={row} />)}</ul>;
}

function UploadRow({ row }: { row: Row }) {
  const client = useClient();
  const again = (event: Event & { currentTarget: HTMLInputElement }) => {
    const [file] = event.currentTarget.files ?? [];
    if (file) client.uploads.choose(row.id, file);
    event.currentTarget.value = "";
  };
  return (
    <li>
      <span class="file-text">
        <bdi class="file-name">{row.name}</bdi>
        {row.error ? <span class="wrong" role="alert">{sentence(client, row.error)}</span> : row.lost ? <span class="hint">{t("media.choose_again", { share: percent(Math.floor(row.share * 100) / 100) })}</span> : row.arrived ? <span class="hint">{t("message.sending")}</span> : <progress max={1} value={row.share} aria-label={t("media.uploading", { name: row.name })} />}
      </span>
      {row.lost && <label class="plain choose"><input type="file" class="unseen" onChange={again} />{t("media.choose")}</label>}
      {row.error && !row.lost && <button type="button" class="plain" onClick={() => client.uploads.retry(row.id)}>{t("message.retry")}</button>}
      {!row.arrived && <button type="button" class="round" aria-label={t("media.cancel", { name: row.name })} onClick={() => client.uploads.cancel(row.id)}><Icon name="close" /></button>}
    </li>
  );
}
