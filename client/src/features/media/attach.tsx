/** Choosing files, and the rows of those on their way. */
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { size } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import { Icon } from "../../ui/icon.tsx";
import type { InputFile, InputMedia } from "../../wire/schema.d.ts";
import { describe, useClient } from "../app/index.tsx";
import { redrawn } from "./picture.ts";
import { randomFileId, upload } from "./upload.ts";

export interface Row {
  id: string;
  name: string;
  size: number;
  share: number;
  error: string;
  stop: AbortController;
  again: () => void;
}
export interface Uploads {
  rows: Signal<readonly Row[]>;
  add: (files: Iterable<File>) => void;
}

/** The files on their way to a chat. */
export function useUploads(chat: string): Uploads {
  const client = useClient();
  const rows = useSignal<readonly Row[]>([]);
  const change = (id: string, to: Partial<Row>) => {
    rows.value = rows.peek().map((one) => (one.id === id ? { ...one, ...to } : one));
  };
  const run = async (file: File, id: string, stop: AbortController) => {
    try {
      const picture = await redrawn(file);
      const sent = picture ?? file;
      const input = await upload(sent, id, client.config.limits, stop.signal, (share) => change(id, { share }));
      client.outbox.add({ chat, text: "", entities: [], media: mediaOf(input, sent, picture !== null) });
      rows.value = rows.peek().filter((one) => one.id !== id);
    } catch (error) {
      if (!stop.signal.aborted) change(id, { error: describe(error) });
    }
  };
  const add = (files: Iterable<File>) => {
    for (const file of files) {
      const id = randomFileId();
      const stop = new AbortController();
      const tooLarge = file.size > limitOf(client);
      const again = () => {
        change(id, { error: "" });
        void run(file, id, stop);
      };
      const error = tooLarge ? t("media.too_large", { limit: size(limitOf(client)) }) : file.size ? "" : t("media.empty");
      rows.value = [...rows.peek(), { id, name: file.name, size: file.size, share: 0, error, stop, again }];
      if (!error) void run(file, id, stop);
    }
  };
  return { rows, add };
}

function limitOf(client: Client): number {
  return client.config.limits.file;
}

function mediaOf(input: InputFile, file: File, photo: boolean): InputMedia {
  if (photo) return { _: "inputMediaUploadedPhoto", file: input };
  return {
    _: "inputMediaUploadedDocument",
    file: input,
    mime_type: file.type || "application/octet-stream",
    attributes: [{ _: "documentAttributeFilename", file_name: file.name }],
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
