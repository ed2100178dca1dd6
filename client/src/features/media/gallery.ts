/** The pictures and videos of a chat, one after another. */
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import type { Message, MessageMedia, document, photo } from "../../wire/schema.d.ts";

export interface Item {
  /** Of the message; 0: it stands in none of its own, as the picture of a link. */
  id: number;
  file: photo | document;
  spoiler: boolean;
  text: string;
  at: number;
  /** Who sent it, or "". */
  from: string;
  /** By me. */
  out: boolean;
}

const PAGE = 40;

/** What a message shows, if it is a picture or video. */
export function itemOf(message: Message): Item | null {
  if (message._ !== "message" || !message.media) return null;
  const found = fileOf(message.media);
  if (!found) return null;
  const from = keyOf(message.from_id ?? message.peer_id);
  return { id: message.id, ...found, text: message.message, at: message.date, from, out: message.out ?? false };
}

function fileOf(media: MessageMedia): Pick<Item, "file" | "spoiler"> | null {
  if (media._ === "messageMediaPhoto" && media.photo?._ === "photo") return { file: media.photo, spoiler: media.spoiler ?? false };
  if (media._ !== "messageMediaDocument" || media.document?._ !== "document") return null;
  const video = media.document.attributes.some((one) => one._ === "documentAttributeVideo");
  return video ? { file: media.document, spoiler: media.spoiler ?? false } : null;
}

export interface Part {
  items: Item[];
  /** There is nothing further on that side. */
  end: boolean;
}

/** Those next to a message: older or newer ones, oldest first. */
export async function neighbours(client: Client, chat: string, id: number, newer: boolean): Promise<Part> {
  const found = await client.connection.call("messages.search", {
    peer: client.store.input(chat),
    q: "",
    filter: { _: "inputMessagesFilterPhotoVideo" },
    min_date: 0,
    max_date: 0,
    offset_id: id,
    add_offset: newer ? -PAGE : 0,
    limit: PAGE,
    max_id: 0,
    min_id: 0,
    hash: "0",
  });
  if (found._ === "messages.messagesNotModified") return { items: [], end: true };
  client.store.putEntities(found.users, found.chats);
  const next = found.messages.filter((one) => (newer ? one.id > id : one.id < id));
  // Those towards the newer end are told with the one that was asked from.
  const end = next.length < (newer ? PAGE - 1 : PAGE);
  const items = next.flatMap((one) => itemOf(one) ?? []);
  return { items: items.sort((a, b) => a.id - b.id), end };
}
