/** Rules of privacy as a choice and exceptions, and back. */
import type { Client } from "../../state/client.ts";
import type { Key } from "../../i18n/index.ts";
import type { account_PrivacyRules, GlobalPrivacySettings, InputPrivacyKey, InputPrivacyRule, InputUser, Long, PrivacyRule } from "../../wire/schema.d.ts";

export type Who = "everybody" | "contacts" | "nobody";
export interface Choice {
  who: Who;
  /** People, whatever the choice. */
  allow: readonly Long[];
  never: readonly Long[];
  /** What other programs have set and this page does not show: it stays. */
  kept: readonly PrivacyRule[];
}
export interface Setting {
  /** In the address. */
  id: string;
  key: InputPrivacyKey["_"];
  title: Key;
  hint: Key;
  who: readonly Who[];
}

const ALL: readonly Who[] = ["everybody", "contacts", "nobody"];

export const SETTINGS: readonly Setting[] = [
  { id: "phone", key: "inputPrivacyKeyPhoneNumber", title: "privacy.phone", hint: "privacy.phone_hint", who: ALL },
  { id: "found", key: "inputPrivacyKeyAddedByPhone", title: "privacy.found", hint: "privacy.found_hint", who: ["everybody", "contacts"] },
  { id: "seen", key: "inputPrivacyKeyStatusTimestamp", title: "privacy.seen", hint: "privacy.seen_hint", who: ALL },
  { id: "photo", key: "inputPrivacyKeyProfilePhoto", title: "privacy.photo", hint: "privacy.photo_hint", who: ALL },
  { id: "about", key: "inputPrivacyKeyAbout", title: "privacy.about", hint: "privacy.about_hint", who: ALL },
  { id: "birthday", key: "inputPrivacyKeyBirthday", title: "privacy.birthday", hint: "privacy.birthday_hint", who: ALL },
  { id: "forwards", key: "inputPrivacyKeyForwards", title: "privacy.forwards", hint: "privacy.forwards_hint", who: ALL },
  { id: "groups", key: "inputPrivacyKeyChatInvite", title: "privacy.groups", hint: "privacy.groups_hint", who: ALL },
  { id: "voice", key: "inputPrivacyKeyVoiceMessages", title: "privacy.voice", hint: "privacy.voice_hint", who: ALL },
];

/** What rules say. An exception by name weighs more than "contacts", and that more than "everybody". */
export function choiceOf(rules: readonly PrivacyRule[]): Choice {
  const has = (name: PrivacyRule["_"]) => rules.some((one) => one._ === name);
  const allow = rules.flatMap((one) => (one._ === "privacyValueAllowUsers" ? one.users : []));
  const never = rules.flatMap((one) => (one._ === "privacyValueDisallowUsers" ? one.users : []));
  const who: Who = has("privacyValueAllowAll") ? "everybody" : has("privacyValueAllowContacts") ? "contacts" : "nobody";
  return { who, allow, never, kept: rules.filter((one) => !SHOWN.has(one._)) };
}

const SHOWN = new Set<PrivacyRule["_"]>([
  "privacyValueAllowAll",
  "privacyValueAllowContacts",
  "privacyValueAllowUsers",
  "privacyValueDisallowAll",
  "privacyValueDisallowContacts",
  "privacyValueDisallowUsers",
]);

/** Rules that say it. `input`: how a call names somebody. */
export function rulesOf({ who, allow, never, kept }: Choice, input: (id: Long) => InputUser): InputPrivacyRule[] {
  const rules: InputPrivacyRule[] = [];
  if (allow.length) rules.push({ _: "inputPrivacyValueAllowUsers", users: allow.map(input) });
  if (never.length) rules.push({ _: "inputPrivacyValueDisallowUsers", users: never.map(input) });
  for (const one of kept) rules.push(keptRule(one));
  if (who === "everybody") rules.push({ _: "inputPrivacyValueAllowAll" });
  else if (who === "contacts") rules.push({ _: "inputPrivacyValueAllowContacts" }, { _: "inputPrivacyValueDisallowAll" });
  else rules.push({ _: "inputPrivacyValueDisallowAll" });
  return rules;
}

function keptRule(rule: PrivacyRule): InputPrivacyRule {
  const _ = `input${rule._[0]?.toUpperCase()}${rule._.slice(1)}`;
  return { ...rule, _ } as InputPrivacyRule;
}

/** Somebody is an exception of one kind only. */
export function withException(choice: Choice, kind: "allow" | "never", id: Long): Choice {
  const without = withoutException(choice, id);
  return { ...without, [kind]: [...without[kind], id] };
}

export function withoutException(choice: Choice, id: Long): Choice {
  const but = (all: readonly Long[]) => all.filter((one) => one !== id);
  return { ...choice, allow: but(choice.allow), never: but(choice.never) };
}

/** Which exceptions mean anything beside a choice. */
export function exceptionsOf(who: Who): readonly ("allow" | "never")[] {
  return who === "everybody" ? ["never"] : who === "nobody" ? ["allow"] : ["allow", "never"];
}

function taken(client: Client, found: account_PrivacyRules): Choice {
  client.store.putEntities(found.users, found.chats);
  return choiceOf(found.rules);
}

export async function loadPrivacy(client: Client, { key }: Setting): Promise<Choice> {
  return taken(client, await client.connection.call("account.getPrivacy", { key: { _: key } }));
}

export async function savePrivacy(client: Client, { key }: Setting, choice: Choice): Promise<Choice> {
  const rules = rulesOf(choice, (id) => inputUser(client, id));
  return taken(client, await client.connection.call("account.setPrivacy", { key: { _: key }, rules }));
}

function inputUser(client: Client, id: Long): InputUser {
  const peer = client.store.input(`u${id}`);
  return peer._ === "inputPeerUser" ? { ...peer, _: "inputUser" } : { _: "inputUserSelf" };
}

export async function loadGlobal(client: Client): Promise<GlobalPrivacySettings> {
  return client.connection.call("account.getGlobalPrivacySettings", {});
}

export async function saveGlobal(client: Client, settings: GlobalPrivacySettings): Promise<GlobalPrivacySettings> {
  return client.connection.call("account.setGlobalPrivacySettings", { settings });
}

export interface Blocked {
  keys: string[];
  count: number;
}
const PAGE = 100;

/** People whom I have blocked, from one on. */
export async function loadBlocked(client: Client, offset: number): Promise<Blocked> {
  const found = await client.connection.call("contacts.getBlocked", { offset, limit: PAGE });
  client.store.putEntities(found.users, found.chats);
  const keys = found.blocked.flatMap(({ peer_id }) => (peer_id._ === "peerUser" ? [`u${peer_id.user_id}`] : []));
  return { keys, count: found._ === "contacts.blockedSlice" ? found.count : offset + keys.length };
}
