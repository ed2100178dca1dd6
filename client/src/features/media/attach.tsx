/** Choosing files, and the rows of those on their way. */
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { size } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import { Icon } from "../../ui/icon.tsx";
import { RpcError } from "../../wire/errors.ts";
import { randomLong } from "../../state/outbox.ts";
import type { DocumentAttribute, InputFile, InputMedia, InputSingleMedia } from "../../wire/schema.d.ts";
import { describe, useClient } from "../app/index.tsx";
import { redrawn } from "./picture.ts";
import { randomFileId, upload } from "./upload.ts";

const ALBUM = 10;

export interface Row {
  id: string;
  name: string;
  size: number;
  share: number;
  error: string;
  stop: AbortController;
  again: () => void;
}
/** What a document is said to be; null: found out from the file. */
type Attributes = DocumentAttribute[] | null;
export interface Uploads {
  rows: Signal<readonly Row[]>;
  add: (files: Iterable<File>) => void;
  /** A file of a known kind, as it is. */
  addAs: (file: File, attributes: DocumentAttribute[]) => void;
}

/** The files on their way to a chat. */
export function useUploads(chat: string): Uploads {
  const client = useClient();
  const rows = useSignal<readonly Row[]>([]);
  const change = (id: string, to: Partial<Row>) => {
    rows.value = rows.peek().map((one) => (one.id === id ? { ...one, ...to } : one));
  };
  const send = async (file: File, id: string, stop: AbortController, attributes: Attributes) => {
    try {
      const picture = attributes ? null : await redrawn(file);
      const sent = picture ?? file;
      const input = await upload(sent, id, client.config.limits, stop.signal, (share) => change(id, { share }));
      rows.value = rows.peek().filter((one) => one.id !== id);
      return mediaOf(input, sent, picture !== null, attributes);
    } catch (error) {
      if (!stop.signal.aborted) change(id, { error: describe(error) });
      return null;
    }
  };
  /** A row for a file; gives what its upload comes to. */
  const begin = (file: File, attributes: Attributes, alone: boolean): Promise<InputMedia | null> => {
    const id = randomFileId();
    const stop = new AbortController();
    const run = async (byItself: boolean) => {
      const media = await send(file, id, stop, attributes);
      if (media && byItself) client.outbox.add({ chat, text: "", entities: [], media });
      return media;
    };
    const again = () => {
      change(id, { error: "" });
      void run(true);
    };
    const error = faultOf(client, file);
    rows.value = [...rows.peek(), { id, name: file.name, size: file.size, share: 0, error, stop, again }];
    return error ? Promise.resolve(null) : run(alone);
  };
  const add = (files: Iterable<File>) => {
    const all = [...files];
    const album = all.length > 1 && all.length <= ALBUM && all.every((one) => one.type.startsWith("image/"));
    const made = all.map((file) => begin(file, null, !album));
    if (album) void sendAlbum(client, chat, made);
  };
  const addAs = (file: File, attributes: DocumentAttribute[]) => void begin(file, attributes, true);
  useDropped(add);
  return { rows, add, addAs };
}

/** Pictures chosen together arrive together; those that failed are left out. */
async function sendAlbum(client: Client, chat: string, made: readonly Promise<InputMedia | null>[]): Promise<void> {
  const all = (await Promise.all(made)).filter((one) => one !== null);
  const peer = client.store.input(chat);
  try {
    const multi_media: InputSingleMedia[] = [];
    for (const media of all) {
      const kept = await client.connection.call("messages.uploadMedia", { peer, media });
      if (kept._ !== "messageMediaPhoto" || kept.photo?._ !== "photo") throw new RpcError("MEDIA_INVALID", 400);
      const { id, access_hash, file_reference } = kept.photo;
      multi_media.push({ _: "inputSingleMedia", media: { _: "inputMediaPhoto", id: { _: "inputPhoto", id, access_hash, file_reference } }, random_id: randomLong(), message: "" });
    }
    if (multi_media.length) client.sync.take(await client.connection.call("messages.sendMultiMedia", { peer, multi_media }));
  } catch {
    // One by one, then: each has its row, its order and its way on.
    for (const media of all) client.outbox.add({ chat, text: "", entities: [], media });
  }
}

/** Files dropped anywhere on the page go up. */
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

/** Why a file cannot go up, or "". */
function faultOf(client: Client, file: File): string {
  const limit = client.config.limits.file;
  if (file.size > limit) return t("media.too_large", { limit: size(limit) });
  return file.size ? "" : t("media.empty");
}

function mediaOf(input: InputFile, file: File, photo: boolean, attributes: Attributes): InputMedia {
  if (photo) return { _: "inputMediaUploadedPhoto", file: input };
  return {
    _: "inputMediaUploadedDocument",
    file: input,
    mime_type: file.type || "application/octet-stream",
    attributes: attributes ?? [{ _: "documentAttributeFilename", file_name: file.name }],
  };
}

export function AttachButton({ uploads }: { uploads: Uploads }) {
  const field = useRef<HTMLInputElement>(null);
  const chosen = () => {
    uploads.add(field.current?.files ?? []);
    if (field.current) field.current.value = "";
  };
  return (
    <>
      <input ref={field} type="file" multiple hidden onChange={chosen} />
      <button class="round" type="button" aria-label={t("composer.attach")} onClick={() => field.current?.click()}><Icon name="attach" /></button>
    </>
  );
}

/** Files pasted into the field go up. */
export function pastedFiles(event: ClipboardEvent, uploads: Uploads): void {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  uploads.add(files);
}

export function UploadRows({ uploads }: { uploads: Uploads }) {
  if (!uploads.rows.value.length) return null;
  return (
    <ul class="uploads">
      {uploads.rows.value.map((row) => (
        <li key={row.id}>
          <span class="file-text">
            <bdi class="file-name">{row.name}</bdi>
            {row.error ? <span class="wrong" role="alert">{row.error}</span> : <progress max={1} value={row.share} aria-label={t("media.uploading", { name: row.name })} />}
          </span>
          {row.error && <button type="button" class="plain" onClick={row.again}>{t("message.retry")}</button>}
          <button type="button" class="round" aria-label={t("media.cancel", { name: row.name })} onClick={() => {
            row.stop.abort();
            uploads.rows.value = uploads.rows.peek().filter((one) => one.id !== row.id);
          }}><Icon name="close" /></button>
        </li>
      ))}
    </ul>
  );
}
