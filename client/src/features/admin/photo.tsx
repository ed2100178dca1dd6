/** The photo of a chat: chosen, cut to a square, sent, or taken away. */
import { useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { randomFileId, upload } from "../../wire/upload.ts";
import type { InputChatPhoto } from "../../wire/schema.d.ts";
import { PeerAvatar, useClient, useEntity } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import { CropDialog } from "./crop-dialog.tsx";
import type { Deed } from "./full.ts";
import { take } from "./full.ts";

/** A button that opens the files of the device; what was chosen is cut to a square before `onPhoto` gets it. */
export function PhotoButton({ label, onPhoto, children }: { label: string; onPhoto: (photo: File) => void; children?: ComponentChildren }) {
  const field = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const chosen = (input: HTMLInputElement) => {
    setFile(input.files?.[0] ?? null);
    input.value = "";
  };
  return (
    <>
      <button type="button" class="secondary" onClick={() => field.current?.click()}>{label}</button>
      {children}
      <input ref={field} class="photo-file" type="file" accept="image/*" hidden onChange={(event) => chosen(event.currentTarget)} />
      {file && <CropDialog file={file} onClose={() => setFile(null)} onDone={(photo) => (setFile(null), onPhoto(photo))} />}
    </>
  );
}

export function PhotoField({ chat, deed }: { chat: string; deed: Deed }) {
  const client = useClient();
  const entity = useEntity(chat);
  const [share, setShare] = useState<number | null>(null);
  const has = entity && "photo" in entity && entity.photo?._ === "chatPhoto";
  const send = (photo: File) => {
    setShare(0);
    void deed(() => sendPhoto(client, chat, photo, setShare), t("admin.saved")).finally(() => setShare(null));
  };
  return (
    <div class="photo-field">
      <PeerAvatar peer={chat} size="large" />
      <div class="panel-acts">
        <PhotoButton label={t(has ? "photo.change" : "photo.choose")} onPhoto={send}>
          {has && <button type="button" class="secondary danger" onClick={() => void deed(() => setPhoto(client, chat, { _: "inputChatPhotoEmpty" }), t("admin.saved"))}>{t("photo.remove")}</button>}
        </PhotoButton>
      </div>
      {share !== null && <progress max={1} value={share} aria-label={t("media.uploading", { name: t("media.photo") })} />}
    </div>
  );
}

/** Send a picture up and make it the photo. */
export async function sendPhoto(client: Client, chat: string, photo: File, progress: (share: number) => void): Promise<void> {
  const stop = new AbortController();
  const file = await upload(photo, randomFileId(), client.config.limits, { stop: stop.signal, progress });
  await setPhoto(client, chat, { _: "inputChatUploadedPhoto", file });
}

function setPhoto(client: Client, chat: string, photo: InputChatPhoto): Promise<void> {
  const { connection } = client;
  const answer = chat.startsWith("g")
    ? connection.call("messages.editChatPhoto", { chat_id: chat.slice(1), photo })
    : connection.call("channels.editPhoto", { channel: channelOf(client, chat), photo });
  return take(client, answer);
}
