import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { size } from "../../i18n/times.ts";
import { brief, calm } from "../../ui/calm.ts";
import { Icon } from "../../ui/icon.tsx";
import type { MessageMedia, document, message, photo, webPage } from "../../wire/schema.d.ts";
import { useClient } from "../app/index.tsx";
import { autoplay } from "../settings/index.tsx";
import { addressOf, forget, sizeFor } from "./address.ts";
import { itemOf } from "./gallery.ts";
import { viewed } from "./viewer.tsx";
import "./media.css";

const BOX = 420;

/** What a message holds besides its text. */
export function Media({ chat, message }: { chat: string; message: message }) {
  const { media } = message;
  const client = useClient();
  if (!media) return null;
  const renew = () => void client.load.messages(chat, [message.id]).catch(() => {});
  const open = () => {
    const item = itemOf(message);
    if (item) viewed.value = { chat, item };
  };
  switch (media._) {
    case "messageMediaPhoto":
      return media.photo?._ === "photo" ? <Picture photo={media.photo} spoiler={media.spoiler ?? false} open={open} renew={renew} /> : <Gone />;
    case "messageMediaDocument":
      return media.document?._ === "document" ? <Document document={media.document} renew={renew} /> : <Gone />;
    case "messageMediaWebPage":
      return media.webpage._ === "webPage" ? <Preview chat={chat} page={media.webpage} renew={renew} /> : null;
    case "messageMediaGeo":
    case "messageMediaVenue":
    case "messageMediaGeoLive":
      return <Location media={media} />;
    case "messageMediaContact":
      return <p class="file-name">{t("media.contact")} <bdi>{brief(`${media.first_name} ${media.last_name}`)}</bdi> <bdi dir="ltr">{brief(media.phone_number)}</bdi></p>;
    case "messageMediaPoll":
      return null;
    default:
      return <p class="hint">{t("media.other")}</p>;
  }
}

function Gone() {
  return <p class="hint">{t("media.gone")}</p>;
}

function Picture({ photo, spoiler, open, renew }: { photo: photo; spoiler: boolean; open: () => void; renew: () => void }) {
  const [tries, setTries] = useState(0);
  const [hidden, setHidden] = useState(spoiler);
  const found = sizeFor(photo, BOX * Math.min(2, devicePixelRatio));
  if (!found) return <Gone />;
  const fault = () => {
    forget(photo);
    if (tries === 0) renew();
    setTries(tries + 1);
  };
  const style = { aspectRatio: `${found.width} / ${found.height}`, inlineSize: `${Math.min(BOX, found.width, (BOX * found.width) / found.height)}px` };
  if (tries > 1) {
    return <button type="button" class="picture broken" style={style} onClick={() => setTries(0)}>{t("media.failed")}</button>;
  }
  const press = () => (hidden ? setHidden(false) : open());
  return (
    <button type="button" class={hidden ? "picture blurred" : "picture"} style={style} onClick={press} aria-label={hidden ? t("media.show") : t("media.open_photo")}>
      <img src={addressOf(photo, found.label)} alt="" width={found.width} height={found.height} loading="lazy" onError={fault} />
    </button>
  );
}

function Document({ document, renew }: { document: document; renew: () => void }) {
  const named = document.attributes.find((one) => one._ === "documentAttributeFilename");
  const audio = document.attributes.find((one) => one._ === "documentAttributeAudio");
  const video = document.attributes.find((one) => one._ === "documentAttributeVideo");
  const sticker = document.attributes.find((one) => one._ === "documentAttributeSticker");
  const name = named?._ === "documentAttributeFilename" ? named.file_name : "";
  const href = addressOf(document, "-");
  const fault = () => {
    forget(document);
    renew();
  };
  if (sticker?._ === "documentAttributeSticker") {
    return /^image\//.test(document.mime_type) ? <img class="sticker" src={href} alt={sticker.alt} loading="lazy" onError={fault} /> : <bdi class="sticker-emoji">{brief(sticker.alt)}</bdi>;
  }
  if (audio?._ === "documentAttributeAudio") {
    const label = audio.voice ? t("media.voice") : [audio.performer, audio.title].filter(Boolean).join(" – ") || name || t("media.audio");
    return <figure class="sound"><figcaption><bdi>{brief(label)}</bdi></figcaption><audio controls preload="none" src={href} aria-label={label} onError={fault} /></figure>;
  }
  if (video?._ === "documentAttributeVideo") {
    const style = video.w && video.h ? { aspectRatio: `${video.w} / ${video.h}`, inlineSize: `${Math.min(BOX, (BOX * video.w) / video.h)}px` } : {};
    const moves = document.attributes.some((one) => one._ === "documentAttributeAnimated") && autoplay();
    return <video class="video" controls autoplay={moves} muted={moves} loop={moves} preload="metadata" playsInline style={style} src={href} aria-label={name || t("media.video")} onError={fault} />;
  }
  const shownName = name || t("media.file");
  return (
    <a class="file" href={addressOf(document, "-", name)} download={name}>
      <span class="unseen">{t("media.save")} </span>
      <span class="file-mark"><Icon name="file" /></span>
      <span class="file-text">
        <bdi class="file-name">{brief(shownName)}</bdi>
        <span class="hint">{size(Number(document.size))}</span>
      </span>
    </a>
  );
}

function Preview({ chat, page, renew }: { chat: string; page: webPage; renew: () => void }) {
  const photo = page.photo?._ === "photo" ? page.photo : null;
  // It is of no message of its own: nothing stands beside it.
  const open = () => photo && (viewed.value = { chat, item: { id: 0, file: photo, spoiler: false, text: "", at: photo.date, from: "", out: true } });
  return (
    <div class="preview">
      {page.site_name && <span class="preview-site"><bdi>{brief(page.site_name)}</bdi></span>}
      {page.title && <strong dir="auto">{brief(page.title)}</strong>}
      {page.description && <p dir="auto">{calm(page.description)}</p>}
      {photo && <Picture photo={photo} spoiler={false} open={open} renew={renew} />}
    </div>
  );
}

function Location({ media }: { media: Extract<MessageMedia, { geo: unknown }> }) {
  const { geo } = media;
  if (geo._ !== "geoPoint") return <Gone />;
  const place = media._ === "messageMediaVenue" ? `${media.title}, ${media.address}` : "";
  return <p class="file-name">{t("media.place")} <bdi>{brief(place) || `${geo.lat.toFixed(5)}, ${geo.long.toFixed(5)}`}</bdi></p>;
}
