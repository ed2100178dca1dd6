"""What neither family of Python libraries has words for, by raw calls written once.

A driver mixes :class:`Community` in and overrides what its library can say by itself. The names
of requests and constructors are those of the schema; a field that the library's layer does not
have is left out.
"""

from __future__ import annotations

import inspect
from typing import Any

from reading import CHANNELS_FROM, chat_number, lower, marked, message, plain, seconds

PAGE = 100
STYLED_TITLES_FROM = 195
"""The layer from which a folder's title is a TextWithEntities and no string."""


def fill(make: Any, fields: dict[str, Any]) -> Any:
    """``make(**fields)`` without the fields it does not know."""
    known = inspect.signature(make.__init__).parameters
    return make(**{name: value for name, value in fields.items() if name in known})


def _role(participant: Any) -> str:
    """creator, admin, banned, left or member."""
    name = type(participant).__name__
    for role in ("Creator", "Admin", "Banned", "Left"):
        if role in name:
            return role.lower()
    return "member"


def _first_chat(found: Any) -> int:
    """The chat that an answer with updates is about."""
    return (
        chat_number(getattr(found, "updates", found).chats[0])
        if hasattr(getattr(found, "updates", None), "chats")
        else chat_number(found.chats[0])
    )


class Community:
    """Commands about chats, with numbers as peers."""

    layer: int
    """What the library speaks."""

    async def ask(self, name: str, **fields: Any) -> Any:
        """Call the method ``name`` of the schema."""
        raise NotImplementedError

    def make(self, constructor: str, /, **fields: Any) -> Any:
        """The constructor of that name of the schema."""
        raise NotImplementedError

    async def peer_of(self, number: int) -> Any:
        """An InputPeer."""
        raise NotImplementedError

    async def user_of(self, number: int) -> Any:
        """An InputUser."""
        peer = await self.peer_of(number)
        if type(peer).__name__ == "InputPeerSelf":
            return self.make("InputUserSelf")
        return self.make("InputUser", user_id=peer.user_id, access_hash=peer.access_hash)

    async def channel_of(self, number: int) -> Any:
        """An InputChannel."""
        peer = await self.peer_of(number)
        return self.make("InputChannel", channel_id=peer.channel_id, access_hash=peer.access_hash)

    def words(self, text: str) -> Any:
        """A folder's title as the layer wants it."""
        if self.layer < STYLED_TITLES_FROM:
            return text
        return self.make("TextWithEntities", text=text, entities=[])

    # ── chats ──
    async def create_group(self, title: str, users: list[int]) -> int:
        invited = [await self.user_of(user) for user in users]
        return _first_chat(await self.ask("messages.createChat", title=title, users=invited))

    async def create_channel(self, title: str, group: bool) -> int:
        kind = {"megagroup": True} if group else {"broadcast": True}
        return _first_chat(await self.ask("channels.createChannel", title=title, about="", **kind))

    async def add(self, chat: int, user: int) -> list[int]:
        """Who could not be added."""
        if chat < CHANNELS_FROM:
            done = await self.ask(
                "channels.inviteToChannel",
                channel=await self.channel_of(chat),
                users=[await self.user_of(user)],
            )
        else:
            done = await self.ask(
                "messages.addChatUser",
                chat_id=-chat,
                user_id=await self.user_of(user),
                fwd_limit=PAGE,
            )
        return [one.user_id for one in getattr(done, "missing_invitees", [])]

    async def rename(self, chat: int, title: str) -> None:
        await self.ask("messages.editChatTitle", chat_id=-chat, title=title)

    async def publish(self, chat: int, name: str) -> None:
        """Give a channel a public name."""
        await self.ask(
            "channels.updateUsername", channel=await self.channel_of(chat), username=name
        )

    async def describe(self, chat: int, about: str) -> None:
        await self.ask("messages.editChatAbout", peer=await self.peer_of(chat), about=about)

    async def info(self, chat: int) -> dict[str, Any]:
        if chat < CHANNELS_FROM:
            found = await self.ask("channels.getFullChannel", channel=await self.channel_of(chat))
        else:
            found = await self.ask("messages.getFullChat", chat_id=-chat)
        full = found.full_chat
        linked = getattr(full, "linked_chat_id", None)
        (title,) = [one.title for one in found.chats if chat_number(one) == chat]
        return {
            "title": title,
            "about": full.about,
            "slow": getattr(full, "slowmode_seconds", None) or 0,
            "linked": CHANNELS_FROM - linked if linked else None,
        }

    async def members(self, chat: int) -> dict[str, str]:
        """User (as text: JSON's keys are) -> role."""
        if chat < CHANNELS_FROM:
            found = await self.ask(
                "channels.getParticipants",
                channel=await self.channel_of(chat),
                filter=self.make("ChannelParticipantsRecent"),
                offset=0,
                limit=PAGE,
                hash=0,
            )
            all_of_them = found.participants
        else:
            found = await self.ask("messages.getFullChat", chat_id=-chat)
            all_of_them = found.full_chat.participants.participants
        return {str(one.user_id): _role(one) for one in all_of_them}

    async def standing(self, chat: int, user: int) -> dict[str, Any]:
        """How a member of a channel stands there: role, title, end of a restriction."""
        found = await self.ask(
            "channels.getParticipant",
            channel=await self.channel_of(chat),
            participant=await self.peer_of(user),
        )
        one = found.participant
        rights = getattr(one, "banned_rights", None)
        return {
            "role": _role(one),
            "title": getattr(one, "rank", None),
            "until": seconds(rights.until_date) if rights else 0,
        }

    async def migrate(self, chat: int) -> int:
        done = await self.ask("messages.migrateChat", chat_id=-chat)
        (made,) = [one for one in done.chats if "Channel" in type(one).__name__]
        return chat_number(made)

    async def link_discussion(self, channel: int, group: int) -> None:
        await self.ask(
            "channels.setDiscussionGroup",
            broadcast=await self.channel_of(channel),
            group=await self.channel_of(group),
        )

    # ── links ──
    async def link(self, chat: int, limit: int, until: int, approve: bool) -> str:
        made = await self.ask(
            "messages.exportChatInvite",
            peer=await self.peer_of(chat),
            usage_limit=limit or None,
            expire_date=until or None,
            request_needed=approve or None,
        )
        return str(made.link)

    async def preview(self, link: str) -> dict[str, Any]:
        found = await self.ask("messages.checkChatInvite", hash=link.rsplit("/", 1)[1].lstrip("+"))
        return {"title": found.title, "members": found.participants_count}

    async def join(self, link: str) -> int:
        digest = link.rsplit("/", 1)[1].lstrip("+")
        return _first_chat(await self.ask("messages.importChatInvite", hash=digest))

    async def joined_by(self, chat: int, link: str) -> list[int]:
        return await self._importers(chat, link=link)

    async def requests(self, chat: int) -> list[int]:
        return await self._importers(chat, requested=True)

    async def _importers(self, chat: int, **which: Any) -> list[int]:
        found = await self.ask(
            "messages.getChatInviteImporters",
            peer=await self.peer_of(chat),
            offset_date=0,
            offset_user=self.make("InputUserEmpty"),
            limit=PAGE,
            **which,
        )
        return [one.user_id for one in found.importers]

    async def approve(self, chat: int, user: int) -> None:
        await self.ask(
            "messages.hideChatJoinRequest",
            peer=await self.peer_of(chat),
            user_id=await self.user_of(user),
            approved=True,
        )

    # ── messages ──
    async def message(self, peer: int, id: int) -> dict[str, Any]:
        return message(await self._message(peer, id))

    async def _message(self, peer: int, id: int) -> Any:
        wanted = [self.make("InputMessageID", id=id)]
        if peer < CHANNELS_FROM:
            found = await self.ask(
                "channels.getMessages", channel=await self.channel_of(peer), id=wanted
            )
        else:
            found = await self.ask("messages.getMessages", id=wanted)
        return found.messages[0]

    async def vote(self, peer: int, id: int, answer: int) -> None:
        poll = (await self._message(peer, id)).media.poll
        await self.ask(
            "messages.sendVote",
            peer=await self.peer_of(peer),
            msg_id=id,
            options=[poll.answers[answer].option],
        )

    async def react(self, peer: int, id: int, emoji: str) -> None:
        await self.ask(
            "messages.sendReaction",
            peer=await self.peer_of(peer),
            msg_id=id,
            reaction=[self.make("ReactionEmoji", emoticon=emoji)],
        )

    async def reactors(self, peer: int, id: int) -> list[list[Any]]:
        """Who reacted, and how: ``[[user, emoji]]``."""
        found = await self.ask(
            "messages.getMessageReactionsList",
            peer=await self.peer_of(peer),
            id=id,
            limit=PAGE,
        )
        return [[marked(one.peer_id), one.reaction.emoticon] for one in found.reactions]

    async def scheduled(self, peer: int) -> list[list[Any]]:
        """``[[id, text, date]]``"""
        found = await self.ask(
            "messages.getScheduledHistory", peer=await self.peer_of(peer), hash=0
        )
        return [[one.id, one.message, seconds(one.date)] for one in found.messages]

    async def send_scheduled(self, peer: int, id: int) -> None:
        await self.ask("messages.sendScheduledMessages", peer=await self.peer_of(peer), id=[id])

    # ── the account ──
    async def set_folder(self, id: int, title: str, peers: list[int]) -> None:
        await self.ask(
            "messages.updateDialogFilter",
            id=id,
            filter=self.make(
                "DialogFilter",
                id=id,
                title=self.words(title),
                pinned_peers=[],
                include_peers=[await self.peer_of(peer) for peer in peers],
                exclude_peers=[],
            ),
        )

    async def drop_folder(self, id: int) -> None:
        await self.ask("messages.updateDialogFilter", id=id)

    async def folders(self) -> list[dict[str, Any]]:
        found = await self.ask("messages.getDialogFilters")
        return [
            {
                "id": one.id,
                "title": plain(one.title),
                "peers": [marked(peer) for peer in one.include_peers],
            }
            for one in getattr(found, "filters", found)
            if type(one).__name__ == "DialogFilter"
        ]

    async def privacy(self, key: str, allow: list[int] | None) -> list[str]:
        """Only ``allow`` may (everybody for None); the rules as the server then tells them."""
        rules = [self.make("InputPrivacyValueAllowAll")]
        if allow is not None:
            users = [await self.user_of(user) for user in allow]
            rules = [
                self.make("InputPrivacyValueAllowUsers", users=users),
                self.make("InputPrivacyValueDisallowAll"),
            ]
        done = await self.ask(
            "account.setPrivacy", key=self.make(f"InputPrivacyKey{key}"), rules=rules
        )
        return [lower(type(rule).__name__.removeprefix("PrivacyValue")) for rule in done.rules]

    async def status(self, user: int) -> str:
        """online, offline (both exact), or recently, lastWeek, lastMonth, empty."""
        (found,) = await self.ask("users.getUsers", id=[await self.user_of(user)])
        return lower(type(found.status).__name__.removeprefix("UserStatus"))

    async def resolve(self, name: str) -> int:
        """The account behind a username."""
        found = await self.ask("contacts.resolveUsername", username=name)
        return int(found.users[0].id)
