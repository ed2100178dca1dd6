/** What can be named in a chat: its people, hashtags used before, emoji, commands of its bots. */
import { matches } from "../../../state/find.ts";
import type { Client } from "../../../state/client.ts";
import { keyOf } from "../../../state/keys.ts";
import { isBroadcast, nameOf, usernameOf } from "../../../state/names.ts";
import type { Rich } from "../../../ui/markdown.ts";
import type { BotInfo, channelParticipant } from "../../../wire/schema.d.ts";
import { keepEmoji, loadEmoji, findEmoji } from "../../emoji/index.tsx";
import { channelOf } from "../../info/index.tsx";
import { keptTags, tagsIn } from "../tags.ts";
import type { Trigger } from "./trigger.ts";

export interface Option {
  id: string;
  label: string;
  note: string;
  peer?: string;
  emoji?: string;
  /** What takes the place of what was typed. */
  put: Rich;
  chosen?: () => void;
}
interface People {
  keys: string[];
  bots: BotInfo[];
  /** There are more than were given: they are looked for by name. */
  more: boolean;
}

const SHOWN = 8;
const LISTED = 200;
const known = new WeakMap<Client, Map<string, Promise<People>>>();

/** What can stand in the place of the word, best first. */
export async function optionsFor(client: Client, chat: string, trigger: Trigger): Promise<Option[]> {
  const { kind, word } = trigger;
  if (kind === ":") return emojiOptions(word, client.trusted);
  if (kind === "#") return tagOptions(client, chat, word);
  const people = await peopleOf(client, chat);
  return kind === "@" ? await personOptions(client, chat, people, word) : commandOptions(client, chat, people, word);
}

async function emojiOptions(word: string, trusted: boolean): Promise<Option[]> {
  const found = findEmoji((await loadEmoji()).flat(), word, SHOWN);
  return found.map(({ emoji, name }) => ({ id: emoji, label: name, note: "", emoji, put: { text: emoji, entities: [] }, chosen: () => keepEmoji(emoji, trusted) }));
}

function tagOptions(client: Client, chat: string, word: string): Option[] {
  const { messages } = client.store.history(chat);
  const said = [...messages.values()].reverse().flatMap((one) => (one._ === "message" ? tagsIn(one.message) : []));
  const tags = [...new Set([...keptTags(client.trusted), ...said])].filter((tag) => tag.toLowerCase().startsWith(word.toLowerCase()) && tag !== word);
  return tags.slice(0, SHOWN).map((tag) => ({ id: tag, label: `#${tag}`, note: "", put: { text: `#${tag} `, entities: [] } }));
}

async function personOptions(client: Client, chat: string, people: People, word: string): Promise<Option[]> {
  const { store } = client;
  const option = (key: string): Option[] => {
    const entity = store.entity(key).peek();
    const [name, username] = [nameOf(entity), usernameOf(entity)];
    if (!name || entity?._ !== "user" || !matches(`${name} ${username}`, word)) return [];
    return [{ id: key, label: name, note: username && `@${username}`, peer: key, put: mention(entity.id, username, entity.first_name || name) }];
  };
  const here = people.keys.flatMap(option);
  if (here.length >= SHOWN || !people.more || !word) return here.slice(0, SHOWN);
  const others = await lookFor(client, chat, word).catch(() => []);
  return [...here, ...others.filter((key) => !people.keys.includes(key)).flatMap(option)].slice(0, SHOWN);
}

/** The username says who it is; without one an entity does. */
function mention(id: string, username: string, name: string): Rich {
  if (username) return { text: `@${username} `, entities: [] };
  return { text: `${name} `, entities: [{ _: "messageEntityMentionName", offset: 0, length: name.length, user_id: id }] };
}

function commandOptions(client: Client, chat: string, { bots }: People, word: string): Option[] {
  const all = bots.flatMap((bot) => {
    const username = usernameOf(client.store.entity(`u${bot.user_id ?? chat.slice(1)}`).peek());
    // In a group a command says whose it is.
    const suffix = chat.startsWith("u") || !username ? "" : `@${username}`;
    return (bot.commands ?? []).map(({ command, description }) => ({ id: `${command}${suffix}`, label: `/${command}${suffix}`, note: description, put: { text: `/${command}${suffix} `, entities: [] } }));
  });
  return all.filter((one) => one.label.startsWith(`/${word.toLowerCase()}`)).slice(0, LISTED);
}

/** Who is in a chat and which bots, asked for once; asked again after a failure. */
function peopleOf(client: Client, chat: string): Promise<People> {
  let chats = known.get(client);
  if (!chats) known.set(client, (chats = new Map()));
  const version = `${chat}/${client.store.membershipOf(chat).peek()}`;
  const found = chats.get(version) ?? loadPeople(client, chat);
  chats.set(version, found);
  found.catch(() => chats.delete(version));
  return found.then((people) => ({ ...people, keys: [...new Set([...writersIn(client, chat), ...people.keys])].filter((key) => key !== `u${client.store.me}`) }), () => ({ keys: writersIn(client, chat), bots: [], more: false }));
}

/** Who has written lately, newest first. */
function writersIn(client: Client, chat: string): string[] {
  const all = [...client.store.history(chat).messages.values()].sort((a, b) => b.id - a.id);
  return [...new Set(all.flatMap((one) => (one.from_id?._ === "peerUser" ? [keyOf(one.from_id)] : [])))].filter((key) => key !== `u${client.store.me}`);
}

async function loadPeople(client: Client, chat: string): Promise<People> {
  const { store, connection } = client;
  const peer = store.input(chat);
  if (peer._ === "inputPeerUser") {
    const entity = store.entity(chat).peek();
    if (entity?._ !== "user" || !entity.bot) return { keys: [chat], bots: [], more: false };
    const { full_user } = await connection.call("users.getFullUser", { id: { ...peer, _: "inputUser" } });
    return { keys: [chat], bots: full_user.bot_info ? [{ ...full_user.bot_info, user_id: entity.id }] : [], more: false };
  }
  if (peer._ === "inputPeerChat") {
    const { full_chat: full, users, chats } = await connection.call("messages.getFullChat", { chat_id: peer.chat_id });
    store.putEntities(users, chats);
    const list = full._ === "chatFull" && full.participants._ === "chatParticipants" ? full.participants.participants : [];
    return { keys: list.map((one) => `u${one.user_id}`), bots: full._ === "chatFull" ? (full.bot_info ?? []) : [], more: false };
  }
  if (peer._ !== "inputPeerChannel" || isBroadcast(store.entity(chat).peek())) return { keys: [], bots: [], more: false };
  const { full_chat: full, users, chats } = await connection.call("channels.getFullChannel", { channel: channelOf(client, chat) });
  store.putEntities(users, chats);
  const bots = full._ === "channelFull" ? full.bot_info : [];
  const { keys, count } = await participants(client, chat, { _: "channelParticipantsRecent" });
  return { keys, bots, more: count > keys.length };
}

async function lookFor(client: Client, chat: string, q: string): Promise<string[]> {
  return (await participants(client, chat, { _: "channelParticipantsSearch", q })).keys;
}

async function participants(client: Client, chat: string, filter: { _: "channelParticipantsRecent" } | { _: "channelParticipantsSearch"; q: string }) {
  const found = await client.connection.call("channels.getParticipants", { channel: channelOf(client, chat), filter, offset: 0, limit: LISTED, hash: "0" });
  if (found._ !== "channels.channelParticipants") return { keys: [], count: 0 };
  client.store.putEntities(found.users, found.chats);
  return { keys: found.participants.flatMap((one) => ("user_id" in one ? [`u${(one as channelParticipant).user_id}`] : [])), count: found.count };
}
