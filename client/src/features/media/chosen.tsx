/** What was chosen is looked at before it goes: with words, or without some of it. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { size } from "../../i18n/times.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useClient } from "../app/index.tsx";
import { isPicture } from "./attach.tsx";
import type { Uploads } from "./attach.tsx";

interface Given {
  uploads: Uploads;
  /** Of the words that go with it. */
  length: number;
  /** The field for them. */
  caption: (onSend: () => void) => ComponentChildren;
  onSend: (asFiles: boolean) => void;
}

export function ChosenFiles({ uploads, length, caption, onSend }: Given) {
  const [asFiles, setAsFiles] = useState(false);
  const limit = useClient().config.limits.caption;
  const { chosen } = uploads;
  if (!chosen.length) return null;
  const long = length > limit;
  const send = () => !long && onSend(asFiles);
  return (
    <Dialog title={t("media.chosen", { n: chosen.length })} closeLabel={t("dialog.close")} onClose={uploads.clear}>
      <ul class="chosen">{chosen.map((file, at) => <Chosen key={`${file.name}-${at}`} file={file} onRemove={() => uploads.remove(file)} />)}</ul>
      {chosen.some(isPicture) && (
        <label class="as-files"><input type="checkbox" checked={asFiles} onChange={(event) => setAsFiles(event.currentTarget.checked)} />{t("media.as_files")}</label>
      )}
      <div class="composer-line caption">
        {caption(send)}
        <button class="round send" type="button" aria-label={t("composer.send")} aria-disabled={long} onClick={send}><Icon name="send" /></button>
      </div>
      {long && <p class="wrong" role="alert">{t("media.caption_long", { n: length - limit })}</p>}
    </Dialog>
  );
}

function Chosen({ file, onRemove }: { file: File; onRemove: () => void }) {
  const picture = usePicture(file);
  return (
    <li>
      {picture ? <img src={picture} alt={t("media.photo")} /> : <span class="file-mark"><Icon name="file" /></span>}
      <span class="file-text"><bdi class="file-name">{file.name}</bdi><span class="hint">{size(file.size)}</span></span>
      <button class="round" type="button" aria-label={t("media.remove", { name: file.name })} onClick={onRemove}><Icon name="close" /></button>
    </li>
  );
}

/** An address of the picture while it is shown; empty for other files. */
function usePicture(file: File): string {
  const [address, setAddress] = useState("");
  useEffect(() => {
    if (!isPicture(file)) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
