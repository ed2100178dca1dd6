/** What each update changes in the store. Counters are looked after by `updates.ts`. */
import { batch } from "@preact/signals";
import type { DialogFilter, Message, PollResults, Update, WebPage } from "../wire/schema.d.ts";
import type { PeerKey } from "./keys.ts";
import { keyOf } from "./keys.ts";
import { addNewest, remove } from "./slices.ts";
import { keyOfThread, topOf } from "./threads.ts";
import type { Store } from "./store.ts";
import { mutedUntil } from "./store.ts";

type Apply<U> = (store: Store, update: U) => void;
type Table = { [K in Update["_"]]?: Apply<Extract<Update, { _: K }>> };

const TYPING_SECONDS = 6;

/** Change the store as the updates say, in one batch. */
export function applyAll(store: Store, updates: readonly Update[]): void {
  batch(() => {
    for (const update of updates) {
      const apply = TABLE[update._] as Apply<Update> | undefined;
      apply?.(store, update);
    }
    store.sort();
  });
}

const TABLE: Table = {
  updateNewMessage: (store, update) => arrived(store, update.message),
  updateNewChannelMessage: (store, update) => arrived(store, update.message),
  updateEditMessage: (store, update) => edited(store, update.message),
  updateEditChannelMessage: (store, update) => edited(store, update.message),
  updateDeleteMessages: (store, update) => {
    const places = Map.groupBy(update.messages, (id) => store.placeOf(id) ?? "");
    for (const [key, ids] of places) deleted(store, key, ids);
  },
  updateDeleteChannelMessages: (store, update) =>
    deleted(store, `c${update.channel_id}`, update.messages),
  updateReadHistoryInbox: (store, update) =>
    readByMe(store, keyOf(update.peer), update.max_id, update.still_unread_count),
  updateReadChannelInbox: (store, update) =>
    readByMe(store, `c${update.channel_id}`, update.max_id, update.still_unread_count),
  updateReadHistoryOutbox: (store, update) =>
    readByOthers(store, keyOf(update.peer), update.max_id),
  updateReadChannelOutbox: (store, update) =>
    readByOthers(store, `c${update.channel_id}`, update.max_id),
  updateUserTyping: (store, update) =>
    typing(store, `u${update.user_id}`, `u${update.user_id}`, update.action._),
  updateChatUserTyping: (store, update) =>
    typing(store, `g${update.chat_id}`, keyOf(update.from_id), update.action._),
  updateChannelUserTyping: (store, update) =>
    typing(store, `c${update.channel_id}`, keyOf(update.from_id), update.action._),
  updateUserStatus: (store, update) => {
    const cell = store.entity(`u${update.user_id}`);
    const user = cell.peek();
    if (user?._ === "user") cell.value = { ...user, status: update.status };
  },
  updateUserName: (store, update) => {
    const cell = store.entity(`u${update.user_id}`);
    const user = cell.peek();
    if (user?._ !== "user") return;
    const { first_name, last_name, usernames } = update;
    cell.value = { ...user, first_name, last_name, usernames, username: usernames[0]?.username };
  },
  updateMessageReactions: (store, update) => {
    const key = keyOf(update.peer);
    store.replaceMessage(key, update.msg_id, (message) => ({ ...message, reactions: update.reactions }));
    // How many there are that I have not seen, the row says.
    if (update.reactions.recent_reactions?.some((one) => one.unread)) store.stale.add(key);
  },
  updateChannelReadMessagesContents: (store, update) => void store.stale.add(`c${update.channel_id}`),
  updateReadMessagesContents: (store, update) => {
    for (const id of update.messages) {
      const key = store.placeOf(id);
      if (key) store.stale.add(key);
    }
  },
  updateMessagePoll: (store, update) => {
    for (const [key] of store.talks) pollChanged(store, key, update.poll_id, update.results);
  },
  updateDialogPinned: (store, update) => {
    if (update.peer._ !== "dialogPeer") return;
    const key = keyOf(update.peer.peer);
    const folder = update.folder_id ?? 0;
    const others = (store.pinned.get(folder) ?? []).filter((one) => one !== key);
    store.pinned.set(folder, update.pinned ? [key, ...others] : others);
    store.setTalk(key, { pinned: update.pinned ?? false });
  },
  updatePinnedDialogs: (store, update) => {
    const folder = update.folder_id ?? 0;
    const keys = (update.order ?? []).flatMap((one) =>
      one._ === "dialogPeer" ? keyOf(one.peer) : [],
    );
    store.pinned.set(folder, keys);
    for (const [key, cell] of store.talks) {
      const talk = cell.peek();
      if (talk?.folder !== folder || talk.pinned === keys.includes(key)) continue;
      cell.value = { ...talk, pinned: keys.includes(key) };
    }
  },
  updateDialogUnreadMark: (store, update) => {
    if (update.peer._ !== "dialogPeer") return;
    store.setTalk(keyOf(update.peer.peer), { mark: update.unread ?? false });
  },
  updateFolderPeers: (store, update) => {
    for (const { peer, folder_id } of update.folder_peers) {
      store.setTalk(keyOf(peer), { folder: folder_id, pinned: false });
    }
  },
  updateDraftMessage: (store, update) => {
    if (update.top_msg_id) return;
    store.setTalk(keyOf(update.peer), { draft: update.draft });
  },
  updateDialogFilter: (store, { id, filter }) => {
    const known = store.filters.peek();
    const at = known.findIndex((one) => "id" in one && one.id === id);
    const others = known.filter((_, n) => n !== at);
    if (!filter) store.filters.value = others;
    else store.filters.value = at < 0 ? [...known, filter] : known.with(at, filter);
  },
  updateDialogFilterOrder: (store, { order }) => {
    const place = (one: DialogFilter) => order.indexOf("id" in one ? one.id : 0);
    store.filters.value = store.filters.peek().toSorted((a, b) => place(a) - place(b));
  },
  updateNewScheduledMessage: (store, { message }) => {
    if (message._ !== "messageEmpty") store.scheduledIn(keyOf(message.peer_id)).value++;
  },
  updateDeleteScheduledMessages: (store, update) => void store.scheduledIn(keyOf(update.peer)).value++,
  updateNotifySettings: (store, update) => {
    if (update.peer._ !== "notifyPeer") return;
    const until = mutedUntil(update.notify_settings);
    store.setTalk(keyOf(update.peer.peer), { mutedUntil: until });
  },
  updatePinnedMessages: (store, update) =>
    pinnedChanged(store, keyOf(update.peer), update.messages, update.pinned ?? false),
  updatePinnedChannelMessages: (store, update) =>
    pinnedChanged(store, `c${update.channel_id}`, update.messages, update.pinned ?? false),
  updateChannel: (store, update) => membershipChanged(store, `c${update.channel_id}`),
  updateChat: (store, update) => membershipChanged(store, `g${update.chat_id}`),
  updateChatParticipants: (store, update) => void store.membershipOf(`g${update.participants.chat_id}`).value++,
  updateChatParticipantAdmin: (store, update) => void store.membershipOf(`g${update.chat_id}`).value++,
  updatePendingJoinRequests: (store, update) => void (store.requestsOf(keyOf(update.peer)).value = update.requests_pending),
  updatePeerBlocked: (store, update) => {
    if (!update.blocked_my_stories_from) store.isBlocked(keyOf(update.peer_id)).value = update.blocked ?? false;
  },
  updateChannelMessageViews: (store, update) =>
    store.replaceMessage(`c${update.channel_id}`, update.id, (message) =>
      message._ === "message" ? { ...message, views: update.views } : message,
    ),
  updateWebPage: (store, update) => webPageChanged(store, update.webpage),
  updateChannelWebPage: (store, update) => webPageChanged(store, update.webpage),
};

/** What is said in a chat when somebody comes or goes. */
const MEMBERSHIP: ReadonlySet<string> = new Set([
  "messageActionChatAddUser",
  "messageActionChatDeleteUser",
  "messageActionChatJoinedByLink",
  "messageActionChatJoinedByRequest",
]);

/** A new message: into the history, the list and the counts. */
function arrived(store: Store, message: Message): void {
  const [shown] = store.putMessages([message]);
  if (!shown) return;
  const key = keyOf(shown.peer_id);
  store.journal.note(key, shown.id, "arrived");
  store.journal.note(key, 0, "row");
  if (!store.restored.has(key)) store.setSlices(key, (slices) => addNewest(slices, shown.id));
  const thread = keyOfThread({ chat: key, top: topOf(shown) });
  if (store.threadsOf(key).includes(thread)) {
    store.journal.note(thread, shown.id, "arrived");
    store.setSlices(thread, (slices) => addNewest(slices, shown.id));
  }
  if (shown._ === "messageService" && MEMBERSHIP.has(shown.action._)) store.membershipOf(key).value++;
  const talk = store.talk(key).peek();
  const from = shown.from_id ? keyOf(shown.from_id) : "";
  if (from) store.typingIn(key).value = store.typingIn(key).peek().filter((one) => one.who !== from);
  if (!talk) {
    store.stale.add(key);
    return;
  }
  if (shown.id <= talk.top) return;
  const news = !shown.out && shown.id > talk.readIn;
  store.setTalk(key, {
    top: shown.id,
    date: shown.date,
    unread: talk.unread + Number(news),
    mentions: talk.mentions + Number(news && (shown.mentioned ?? false)),
  });
}

function edited(store: Store, message: Message): void {
  if (message._ === "messageEmpty") return;
  const key = keyOf(message.peer_id);
  store.journal.note(key, message.id, "edited");
  if (!store.message(key, message.id)) return;
  store.putMessages([message]);
  store.history(key).version.value++;
}

/** `key` is "" where the chat is not known: then the messages are not either. */
function deleted(store: Store, key: PeerKey, ids: readonly number[]): void {
  for (const id of ids) store.journal.note(key, id, "deleted");
  if (!ids.length || !key) return;
  store.journal.note(key, 0, "row");
  const gone = new Set(ids);
  store.dropMessages(key, gone);
  for (const one of [key, ...store.threadsOf(key)]) store.setSlices(one, (slices) => remove(slices, gone));
  const talk = store.talk(key).peek();
  if (talk && ids.some((id) => id === talk.top || id > talk.readIn)) store.stale.add(key);
}

function readByMe(store: Store, key: PeerKey, upTo: number, left: number): void {
  const talk = store.talk(key).peek();
  if (!talk || upTo < talk.readIn) return;
  store.setTalk(key, { readIn: upTo, unread: left });
}

function readByOthers(store: Store, key: PeerKey, upTo: number): void {
  const talk = store.talk(key).peek();
  if (talk && upTo > talk.readOut) store.setTalk(key, { readOut: upTo });
}

function typing(store: Store, key: PeerKey, who: PeerKey, action: string): void {
  const cell = store.typingIn(key);
  const others = cell.peek().filter((one) => one.who !== who && one.until > store.now());
  const more = action === "sendMessageCancelAction" ? [] : [{ who, until: store.now() + TYPING_SECONDS }];
  cell.value = [...others, ...more];
}

function pollChanged(store: Store, key: PeerKey, poll: string, results: PollResults): void {
  for (const [id, message] of store.history(key).messages) {
    if (message._ !== "message" || message.media?._ !== "messageMediaPoll") continue;
    if (message.media.poll.id !== poll) continue;
    const media = { ...message.media, results: mergeResults(message.media.results, results) };
    store.replaceMessage(key, id, () => ({ ...message, media }));
  }
}

/** Short results (`min`) do not say what the reader chose. */
function mergeResults(known: PollResults, news: PollResults): PollResults {
  if (!news.min || !known.results) return news;
  const results = news.results?.map((one) => {
    const mine = known.results?.find((old) => old.option === one.option);
    return { ...one, chosen: mine?.chosen, correct: mine?.correct };
  });
  return { ...news, min: false, results };
}

function pinnedChanged(store: Store, key: PeerKey, ids: readonly number[], pinned: boolean): void {
  for (const id of ids) store.replaceMessage(key, id, (message) =>
    message._ === "message" ? { ...message, pinned } : message,
  );
}

function membershipChanged(store: Store, key: PeerKey): void {
  store.membershipOf(key).value++;
  const chat = store.entity(key).peek();
  const away =
    chat?._ === "channelForbidden" || chat?._ === "chatForbidden" || (chat && "left" in chat && chat.left);
  if (away) {
    store.forget(key);
    store.removeTalk(key);
  } else store.stale.add(key);
}

function webPageChanged(store: Store, webpage: WebPage): void {
  if (webpage._ === "webPageNotModified") return;
  for (const [key] of store.talks) {
    for (const [id, message] of store.history(key).messages) {
      if (message._ !== "message" || message.media?._ !== "messageMediaWebPage") continue;
      const known = message.media.webpage;
      if (known._ === "webPageNotModified" || known.id !== webpage.id) continue;
      const media = { ...message.media, webpage };
      store.replaceMessage(key, id, () => ({ ...message, media }));
    }
  }
}

