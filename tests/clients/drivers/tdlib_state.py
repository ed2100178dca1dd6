"""What TDLib told so far: its chats, messages, folders; and the events the test is to see."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from reading import CHANNELS_FROM
from tdlib_link import Json, Link, TdError
from tdlib_reading import is_service, message, new_message, reactions, sender, server_id, votes

Sent = asyncio.Future[Json]


class State:
    """One TDLib instance, kept up to date by its updates."""

    tdlib: Link | None

    def __init__(self) -> None:
        self.client = 0
        self.me = 0
        self.events_seen: list[Json] = []
        self.forget_all()

    def forget_all(self) -> None:
        """A new instance knows nothing yet."""
        self.chats: dict[int, Json] = {}
        self.folder_titles: dict[int, str] = {}
        self.succeeded: list[Json] = []
        """Messages that were sent although this process never asked for it."""
        self._messages: dict[tuple[int, int], Json] = {}
        self._sent: dict[tuple[int, int], Sent] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, request: str, /, **fields: Any) -> Json:
        """Call a function of TDLib."""
        assert self.tdlib is not None
        return await self.tdlib.ask(self.client, {"@type": request, **fields})

    async def events(self) -> list[Json]:
        taken, self.events_seen = self.events_seen, []
        return taken

    async def sent(self, draft: Json) -> Json:
        """The message that came of TDLib's draft, as the server numbered it."""
        found = await self._outcome(draft["chat_id"], draft["id"])
        del self._sent[draft["chat_id"], draft["id"]]  # TDLib uses such numbers again
        return found

    def _outcome(self, chat: int, id: int) -> Sent:
        return self._sent.setdefault((chat, id), asyncio.get_running_loop().create_future())

    def on_state(self, state: Json) -> None:
        """The authorization state changed."""
        raise NotImplementedError

    def on_update(self, update: Json) -> None:
        """TDLib's updates, one after the other."""
        name = re.sub("([A-Z])", lambda letter: "_" + letter[1].lower(), update["@type"])
        handler = getattr(self, "_" + name, None)
        if handler is not None:
            handler(update)

    def _tell(self, kind: str, **what: Any) -> None:
        self.events_seen.append({"kind": kind, **what})

    def _update_authorization_state(self, update: Json) -> None:
        self.on_state(update["authorization_state"])

    def _update_new_chat(self, update: Json) -> None:
        self.chats[update["chat"]["id"]] = update["chat"]

    def _update_chat_title(self, update: Json) -> None:
        self.chats[update["chat_id"]]["title"] = update["title"]

    # ── messages ──
    def _update_new_message(self, update: Json) -> None:
        found = update["message"]
        known = (found["chat_id"], found["id"]) in self._messages
        self._messages[found["chat_id"], found["id"]] = found
        if not found.get("sending_state") and not known:
            self.events_seen.append(new_message(found))

    def _update_chat_last_message(self, update: Json) -> None:
        """Of a chat that is new to it TDLib may fetch the first message instead of hearing it."""
        found = update.get("last_message")
        if not found or (found["chat_id"], found["id"]) in self._messages:
            return
        first = all(chat != found["chat_id"] for chat, _ in self._messages)
        post = found["is_channel_post"] and not found["is_outgoing"]
        if is_service(found) or (first and post):
            self._messages[found["chat_id"], found["id"]] = found
            self.events_seen.append(new_message(found))

    def _update_message_send_succeeded(self, update: Json) -> None:
        found = update["message"]
        self._messages[found["chat_id"], found["id"]] = found
        self.succeeded.append(found)
        self._outcome(found["chat_id"], update["old_message_id"]).set_result(found)

    def _update_message_send_failed(self, update: Json) -> None:
        outcome = self._outcome(update["message"]["chat_id"], update["old_message_id"])
        outcome.set_exception(TdError(update["error"]))

    def _update_message_content(self, update: Json) -> None:
        found = self._messages.get((update["chat_id"], update["message_id"]))
        if found is not None:
            found["content"] = update["new_content"]
        poll = update["new_content"].get("poll")
        if poll:
            self._tell("poll", closed=poll["is_closed"], votes=votes(poll))

    def _update_message_edited(self, update: Json) -> None:
        place = update["chat_id"], update["message_id"]
        found = self._messages.get(place)
        if found is not None:
            found["edit_date"] = update["edit_date"]
            self._edited(found)
        else:
            self._later(self._look_up(*place))

    async def _look_up(self, chat: int, id: int) -> None:
        self._edited(await self.ask("getMessage", chat_id=chat, message_id=id))

    def _edited(self, found: Json) -> None:
        if not is_service(found):
            self._tell("edit", **message(found))

    def _later(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _update_message_interaction_info(self, update: Json) -> None:
        info = update.get("interaction_info")
        self._tell("reactions", id=server_id(update["message_id"]), counts=reactions(info))

    def _update_message_is_pinned(self, update: Json) -> None:
        self._tell("pin", ids=[server_id(update["message_id"])], on=update["is_pinned"])

    def _update_delete_messages(self, update: Json) -> None:
        if update["is_permanent"] and not update["from_cache"]:
            self._tell("delete", ids=[server_id(id) for id in update["message_ids"]])

    # ── chats ──
    def _update_chat_read_inbox(self, update: Json) -> None:
        self._tell("read_in", max=server_id(update["last_read_inbox_message_id"]))

    def _update_chat_read_outbox(self, update: Json) -> None:
        self._tell("read_out", max=server_id(update["last_read_outbox_message_id"]))

    def _update_chat_draft_message(self, update: Json) -> None:
        content = (update.get("draft_message") or {}).get("content") or {}
        self._tell("draft", text=(content.get("text") or {}).get("text", ""))

    def _update_chat_permissions(self, update: Json) -> None:
        may = update["permissions"]["can_send_basic_messages"]
        self._tell("rights", peer=update["chat_id"], write=may)

    def _update_chat_action(self, update: Json) -> None:
        if update["action"]["@type"] == "chatActionTyping":
            self._tell("typing", user=sender(update["sender_id"]))

    def _update_chat_pending_join_requests(self, update: Json) -> None:
        asked = update.get("pending_join_requests") or {}
        self._tell("requests", count=asked.get("total_count", 0))

    def _update_supergroup(self, update: Json) -> None:
        self._tell("channel", peer=CHANNELS_FROM - update["supergroup"]["id"])

    def _update_chat_folders(self, update: Json) -> None:
        now = {one["id"]: one["name"]["text"]["text"] for one in update["chat_folders"]}
        for id in {**self.folder_titles, **now}:
            if self.folder_titles.get(id) != now.get(id):
                self._tell("folder", id=id, title=now.get(id))
        self.folder_titles = now

    def _update_user_privacy_setting_rules(self, update: Json) -> None:
        self._tell("privacy")
