"""What people do in chats, by TDLib's own functions: it has no raw calls."""

from __future__ import annotations

import asyncio
import math
import shutil
from pathlib import Path
from typing import Any

from reading import CHANNELS_FROM
from tdlib_link import Json, Proxy, TdError
from tdlib_reading import is_service, message, role, sender, server_id, td_id
from tdlib_state import State
from transfer import PIECE

PAGE = 100
RELOADED_SECONDS = 0.3
WHAT_IS_SENT = [
    "basic_messages",
    "audios",
    "documents",
    "photos",
    "videos",
    "video_notes",
    "voice_notes",
    "polls",
    "other_messages",
]
OTHER_PERMISSIONS = [
    "add_link_previews",
    "react_to_messages",
    "edit_tag",
    "change_info",
    "invite_users",
    "pin_messages",
    "create_topics",
]


def styled(text: str, entities: Any = None) -> Json:
    """A formattedText; entities as the test writes them."""
    made = []
    for kind, offset, length, url in entities or []:
        of: Json = {"@type": f"textEntityType{kind[:1].upper()}{kind[1:]}"}
        if url:
            of["url"] = url
        made.append({"@type": "textEntity", "offset": offset, "length": length, "type": of})
    return {"@type": "formattedText", "text": text, "entities": made}


def local(path: str) -> Json:
    """An InputFile."""
    return {"@type": "inputFileLocal", "path": path}


def photo_of(path: str, caption: str) -> Json:
    """An inputMessagePhoto."""
    photo = {"@type": "inputPhoto", "photo": local(path), "width": 1600, "height": 1000}
    return {"@type": "inputMessagePhoto", "photo": photo, "caption": styled(caption)}


def document_of(path: str, caption: str) -> Json:
    """An inputMessageDocument."""
    document = {"@type": "inputDocument", "document": local(path)}
    document["disable_content_type_detection"] = True
    return {"@type": "inputMessageDocument", "document": document, "caption": styled(caption)}


def text_of(text: str, entities: Any = None) -> Json:
    """An inputMessageText."""
    return {"@type": "inputMessageText", "text": styled(text, entities)}


def user_sender(user: int) -> Json:
    """A MessageSender."""
    return {"@type": "messageSenderUser", "user_id": user}


class Chats(State):
    """Commands about chats and messages."""

    folder: Path
    proxy: Proxy

    async def _known(self, peer: int) -> int:
        """The chat, made known to TDLib where it is not."""
        if peer > 0 and peer not in self.chats:
            await self.ask("createPrivateChat", user_id=peer, force=False)
        return peer

    # ── messages ──
    async def _mind_slow_mode(self, chat: int) -> None:
        """An app does not let people write before their turn; TDLib would keep it till then."""
        full = await self.ask("getSupergroupFullInfo", supergroup_id=CHANNELS_FROM - chat)
        wait = math.ceil(full["slow_mode_delay_expires_in"])
        if wait:
            error = TdError({"code": 420, "message": "SLOWMODE_WAIT"})
            error.seconds = wait
            raise error

    async def _send(self, peer: int, content: Json, **more: Any) -> Json:
        if peer < CHANNELS_FROM:
            await self._mind_slow_mode(peer)
        draft = await self.ask(
            "sendMessage",
            chat_id=await self._known(peer),
            input_message_content=content,
            **more,
        )
        return await self.sent(draft)

    async def send(
        self, peer: int, text: str, entities: Any = None, reply_to: int | None = None
    ) -> dict[str, Any]:
        more: Json = {}
        if reply_to is not None:
            answered = {"@type": "inputMessageReplyToMessage", "message_id": td_id(reply_to)}
            more["reply_to"] = answered
        return {"id": server_id((await self._send(peer, text_of(text, entities), **more))["id"])}

    async def bulk(self, peer: int, texts: list[str]) -> list[int]:
        chat = await self._known(peer)
        made = [
            await self.ask("sendMessage", chat_id=chat, input_message_content=text_of(text))
            for text in texts
        ]
        return [server_id((await self.sent(draft))["id"]) for draft in made]

    async def edit(self, peer: int, id: int, text: str) -> None:
        await self.ask(
            "editMessageText",
            chat_id=peer,
            message_id=td_id(id),
            input_message_content=text_of(text),
        )

    async def delete(self, peer: int, ids: list[int]) -> None:
        numbers = [td_id(id) for id in ids]
        await self.ask("deleteMessages", chat_id=peer, message_ids=numbers, revoke=True)

    async def read(self, peer: int, max_id: int) -> None:
        await self.ask("viewMessages", chat_id=peer, message_ids=[td_id(max_id)], force_read=True)

    async def typing(self, peer: int) -> None:
        await self.ask(
            "sendChatAction",
            chat_id=await self._known(peer),
            action={"@type": "chatActionTyping"},
        )

    async def forward(self, to: int, source: int, ids: list[int]) -> list[int]:
        made = await self.ask(
            "forwardMessages",
            chat_id=await self._known(to),
            from_chat_id=source,
            message_ids=[td_id(id) for id in ids],
        )
        return [server_id((await self.sent(one))["id"]) for one in made["messages"]]

    async def send_file(self, peer: int, path: str, caption: str, photo: bool) -> dict[str, Any]:
        content = (photo_of if photo else document_of)(path, caption)
        return {"id": server_id((await self._send(peer, content))["id"])}

    async def album(self, peer: int, paths: list[str], caption: str) -> list[int]:
        photos = [photo_of(path, caption if path == paths[0] else "") for path in paths]
        made = await self.ask("sendMessageAlbum", chat_id=peer, input_message_contents=photos)
        return [server_id((await self.sent(one))["id"]) for one in made["messages"]]

    async def _file_of(self, peer: int, id: int) -> Json:
        chat = await self._known(peer)
        content = (await self.ask("getMessage", chat_id=chat, message_id=td_id(id)))["content"]
        if "photo" in content:
            sizes = content["photo"]["sizes"]
            found: Json = max(sizes, key=lambda size: size["width"])["photo"]
        else:
            found = content["document"]["document"]
        return found

    async def download(self, peer: int, id: int, path: str) -> None:
        file = await self._file_of(peer, id)
        await self._fetch(file["id"], path)

    async def _fetch(self, file: int, path: str) -> None:
        got = await self.ask("downloadFile", file_id=file, priority=32, synchronous=True)
        shutil.copyfile(got["local"]["path"], path)

    async def uploaded(self, path: str, die_after: int) -> int:
        """Send a copy of a file to Saved Messages. TDLib keeps what is unsent and goes on with it
        by itself when it is started again; it starts the file anew.
        """
        copy = self.folder / "outgoing.bin"
        before = self.proxy.sent
        if die_after:
            shutil.copyfile(path, copy)
            content = document_of(str(copy), "")
            self.proxy.end_process(sent=die_after * PIECE)
            draft = await self.ask(
                "sendMessage", chat_id=await self._known(self.me), input_message_content=content
            )
            await self.sent(draft)
        await self.ask("createPrivateChat", user_id=self.me, force=False)
        while not self.succeeded:
            await asyncio.sleep(0.05)
        copy.unlink()
        return self.proxy.sent - before

    async def downloaded(self, id: int, path: str, die_after: int) -> int:
        """Fetch the file of a message of Saved Messages."""
        before = self.proxy.received
        file = await self._file_of(self.me, id)
        if die_after:
            self.proxy.end_process(received=die_after * PIECE)
        await self._fetch(file["id"], path)
        return self.proxy.received - before

    async def pin(self, peer: int, id: int) -> None:
        await self.ask("pinChatMessage", chat_id=peer, message_id=td_id(id))

    async def draft(self, peer: int, text: str) -> None:
        content = {"@type": "draftMessageContentText", "text": styled(text)}
        draft = {"@type": "draftMessage", "content": content}
        await self.ask("setChatDraftMessage", chat_id=peer, draft_message=draft)

    async def dialogs(self) -> list[int]:
        while True:
            try:
                await self.ask("loadChats", chat_list={"@type": "chatListMain"}, limit=PAGE)
            except TdError as error:
                if not str(error).startswith("404"):
                    raise
                break
        found = await self.ask("getChats", chat_list={"@type": "chatListMain"}, limit=1000)
        return list(found["chat_ids"])

    async def history(self, peer: int, limit: int) -> list[dict[str, Any]]:
        return await self._pages("getChatHistory", limit, chat_id=await self._known(peer))

    async def _pages(self, request: str, limit: int, **where: Any) -> list[dict[str, Any]]:
        """TDLib answers from its cache first: its pages may be of any length, the last is empty."""
        found: list[dict[str, Any]] = []
        oldest = 0
        while len(found) < limit:
            page = await self.ask(
                request, from_message_id=oldest, offset=0, limit=PAGE, only_local=False, **where
            )
            if not page["messages"]:
                break
            oldest = page["messages"][-1]["id"]
            found += [
                message(one)
                for one in page["messages"]
                if not is_service(one) and not one.get("sending_state")
            ]
        return found[:limit]

    async def message(self, peer: int, id: int) -> dict[str, Any]:
        found = await self.ask("getMessage", chat_id=peer, message_id=td_id(id))
        shown = message(found)
        if found["is_channel_post"]:  # TDLib does not ask again for a post that nobody looks at
            thread = await self.ask("getMessageThread", chat_id=peer, message_id=td_id(id))
            shown["replies"] = thread["reply_info"]["reply_count"]
        return shown

    async def search(self, query: str, peer: int | None = None) -> list[list[Any]]:
        if peer is None:
            found = await self.ask("searchMessages", query=query, offset="", limit=50)
        else:
            found = await self.ask(
                "searchChatMessages", chat_id=peer, query=query, from_message_id=0, limit=50
            )
        return [[one["chat_id"], message(one)["text"]] for one in found["messages"]]

    async def poll(self, peer: int, question: str, answers: list[str]) -> int:
        options = [{"@type": "inputPollOption", "text": styled(answer)} for answer in answers]
        content = {
            "@type": "inputMessagePoll",
            "question": styled(question),
            "options": options,
            "is_anonymous": True,
            "type": {"@type": "inputPollTypeRegular"},
        }
        return server_id((await self._send(peer, content))["id"])

    async def vote(self, peer: int, id: int, answer: int) -> None:
        await self.ask("setPollAnswer", chat_id=peer, message_id=td_id(id), option_ids=[answer])

    async def close_poll(self, peer: int, id: int) -> None:
        await self.ask("stopPoll", chat_id=peer, message_id=td_id(id))

    async def react(self, peer: int, id: int, emoji: str) -> None:
        reaction = {"@type": "reactionTypeEmoji", "emoji": emoji}
        await self.ask(
            "addMessageReaction", chat_id=peer, message_id=td_id(id), reaction_type=reaction
        )

    async def reactors(self, peer: int, id: int) -> list[list[Any]]:
        found = await self.ask(
            "getMessageAddedReactions", chat_id=peer, message_id=td_id(id), limit=PAGE
        )
        return [[sender(one["sender_id"]), one["type"]["emoji"]] for one in found["reactions"]]

    async def schedule(self, peer: int, text: str, at: int) -> int:
        when = {"@type": "messageSchedulingStateSendAtDate", "send_date": at}
        options = {"@type": "messageSendOptions", "scheduling_state": when}
        return int((await self._send(peer, text_of(text), options=options))["id"])

    async def scheduled(self, peer: int) -> list[list[Any]]:
        found = await self.ask("getChatScheduledMessages", chat_id=peer)
        return [
            [one["id"], message(one)["text"], one["scheduling_state"]["send_date"]]
            for one in found["messages"]
        ]

    async def send_scheduled(self, peer: int, id: int) -> None:
        await self.ask("editMessageSchedulingState", chat_id=peer, message_id=id)

    # ── groups and channels ──
    async def create_group(self, title: str, users: list[int]) -> int:
        made = await self.ask("createNewBasicGroupChat", user_ids=users, title=title)
        return int(made["chat_id"])

    async def create_channel(self, title: str, group: bool) -> int:
        made = await self.ask("createNewSupergroupChat", title=title, is_channel=not group)
        return int(made["id"])

    async def add(self, chat: int, user: int) -> list[int]:
        done = await self.ask("addChatMember", chat_id=chat, user_id=user, forward_limit=PAGE)
        return [one["user_id"] for one in done["failed_to_add_members"]]

    async def _set_status(self, chat: int, user: int, kind: str, **fields: Any) -> None:
        given = {"@type": f"chatMemberStatus{kind}", **fields}
        await self.ask(
            "setChatMemberStatus", chat_id=chat, member_id=user_sender(user), status=given
        )

    async def remove(self, chat: int, user: int) -> None:
        await self._set_status(chat, user, "Left")

    async def leave(self, chat: int) -> None:
        await self.ask("leaveChat", chat_id=chat)

    async def rename(self, chat: int, title: str) -> None:
        await self.ask("setChatTitle", chat_id=chat, title=title)

    async def describe(self, chat: int, about: str) -> None:
        await self.ask("setChatDescription", chat_id=chat, description=about)

    async def promote(self, chat: int, user: int, title: str | None) -> None:
        rights = ("manage_chat", "change_info", "delete_messages", "restrict_members")
        given: Json = {f"can_{right}": True for right in (*rights, "invite_users")}
        given["@type"] = "chatAdministratorRights"
        await self._set_status(chat, user, "Administrator", rights=given)
        if title is not None:
            await self.ask("setChatMemberTag", chat_id=chat, user_id=user, tag=title)

    async def forbid(self, chat: int, what: list[str]) -> None:
        allowed = {f"can_{name}": name not in what for name in OTHER_PERMISSIONS}
        for name in WHAT_IS_SENT:
            allowed[f"can_send_{name}"] = "send_messages" not in what
        await self.ask(
            "setChatPermissions", chat_id=chat, permissions={"@type": "chatPermissions", **allowed}
        )

    async def restrict(self, chat: int, user: int, until: int) -> None:
        nothing = {"@type": "chatPermissions"}
        await self._set_status(
            chat,
            user,
            "Restricted",
            is_member=True,
            restricted_until_date=until,
            permissions=nothing,
        )

    async def _full(self, chat: int) -> Json:
        if chat < CHANNELS_FROM:
            # TDLib answers with what it has and asks the server behind it: what came is told then.
            await self.ask("getSupergroupFullInfo", supergroup_id=CHANNELS_FROM - chat)
            await asyncio.sleep(RELOADED_SECONDS)
            return await self.ask("getSupergroupFullInfo", supergroup_id=CHANNELS_FROM - chat)
        return await self.ask("getBasicGroupFullInfo", basic_group_id=-chat)

    async def info(self, chat: int) -> dict[str, Any]:
        full = await self._full(chat)
        return {
            "title": self.chats[chat]["title"],
            "about": full["description"],
            "slow": full.get("slow_mode_delay", 0),
            "linked": full.get("linked_chat_id") or None,
        }

    async def members(self, chat: int) -> dict[str, str]:
        if chat < CHANNELS_FROM:
            found = await self.ask(
                "getSupergroupMembers", supergroup_id=CHANNELS_FROM - chat, limit=PAGE
            )
        else:
            found = await self._full(chat)
        return {str(sender(one["member_id"])): role(one["status"]) for one in found["members"]}

    async def standing(self, chat: int, user: int) -> dict[str, Any]:
        found = await self.ask("getChatMember", chat_id=chat, member_id=user_sender(user))
        return {
            "role": role(found["status"]),
            "title": found["tag"] or None,
            "until": found["status"].get("restricted_until_date", 0),
        }

    async def migrate(self, chat: int) -> int:
        done = await self.ask("upgradeBasicGroupChatToSupergroupChat", chat_id=chat)
        return int(done["id"])

    async def link_discussion(self, channel: int, group: int) -> None:
        await self.ask("setChatDiscussionGroup", chat_id=channel, discussion_chat_id=group)

    async def slow_mode(self, chat: int, seconds: int) -> None:
        await self.ask("setChatSlowModeDelay", chat_id=chat, slow_mode_delay=seconds)

    # ── links ──
    async def link(self, chat: int, limit: int, until: int, approve: bool) -> str:
        made = await self.ask(
            "createChatInviteLink",
            chat_id=chat,
            name="",
            expiration_date=until,
            member_limit=limit,
            creates_join_request=approve,
        )
        return str(made["invite_link"])

    async def preview(self, link: str) -> dict[str, Any]:
        found = await self.ask("checkChatInviteLink", invite_link=_as_theirs(link))
        return {"title": found["title"], "members": found["member_count"]}

    async def join(self, link: str) -> int:
        done = await self.ask("joinChatByInviteLink", invite_link=_as_theirs(link))
        if done["@type"] == "chatJoinResultRequestSent":  # TDLib's word for the error
            raise TdError({"code": 400, "message": "INVITE_REQUEST_SENT"})
        return int(done["chat_id"])

    async def joined_by(self, chat: int, link: str) -> list[int]:
        found = await self.ask(
            "getChatInviteLinkMembers", chat_id=chat, invite_link=link, limit=PAGE
        )
        return [one["user_id"] for one in found["members"]]

    async def requests(self, chat: int) -> list[int]:
        found = await self.ask("getChatJoinRequests", chat_id=chat, limit=PAGE)
        return [one["user_id"] for one in found["requests"]]

    async def approve(self, chat: int, user: int) -> None:
        await self.ask("processChatJoinRequest", chat_id=chat, user_id=user, approve=True)

    async def comment(self, channel: int, post: int, text: str) -> int:
        thread = await self.ask("getMessageThread", chat_id=channel, message_id=td_id(post))
        topic = {"@type": "messageTopicThread", "message_thread_id": thread["message_thread_id"]}
        sent = await self._send(thread["chat_id"], text_of(text), topic_id=topic)
        return server_id(sent["id"])

    async def comments(self, channel: int, post: int) -> list[str]:
        thread = await self.ask("getMessageThread", chat_id=channel, message_id=td_id(post))
        found = await self._pages(
            "getMessageThreadHistory",
            PAGE,
            chat_id=thread["chat_id"],
            message_id=thread["message_thread_id"],
        )
        return [one["text"] for one in found if one["forward"] != channel]


def _as_theirs(link: str) -> str:
    """A link as TDLib knows one: by Telegram's host name, and by no other."""
    return "https://t.me/" + link.rsplit("/", 1)[1]
