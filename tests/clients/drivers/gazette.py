"""Fills a public channel with posts of every sort, by Telethon: ``gazette.py SETTINGS`` (JSON).

SETTINGS: ``host``, ``port``, ``key`` of the server, ``folder`` for sessions, ``files`` with what is
sent, ``posts`` (how many in all). Prints ``{"posts": {what: id}, "refused": {what: error}}``.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from gazette_texts import PLAIN, rich, rich_posts
from telethon import TelegramClient, errors, functions, types
from telethon.crypto import rsa

f, t = functions, types
REACTIONS = ("👍", "❤", "🔥", "🎉", "😢")
GONE = 3
"""Posts that are deleted again."""


class Gazette:
    """The channel, its owner and its readers."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.files = Path(settings["files"])
        self.posts: dict[str, int] = {}
        self.refused: dict[str, str] = {}
        self.people: list[TelegramClient] = []
        rsa._server_keys.clear()
        rsa.add_key(settings["key"], old=False)

    async def person(self, number: int, first: str, last: str = "") -> TelegramClient:
        """Somebody who has just signed up (numbers 99966NXXXX get the code NNNNN)."""
        client = TelegramClient(str(Path(self.settings["folder"]) / first), 1, "0" * 32)
        client.session.set_dc(2, self.settings["host"], self.settings["port"])
        client.parse_mode = None
        client.flood_sleep_threshold = 0
        await client.connect()
        self.people.append(client)
        phone, code = f"99966{number}430{number}", str(number) * 5
        sent = await client.send_code_request(phone)
        await client(f.auth.SignInRequest(phone, sent.phone_code_hash, code))
        done = await client(f.auth.SignUpRequest(phone, sent.phone_code_hash, first, last))
        await client._on_login(done.user)
        return client

    async def channel(
        self, owner: TelegramClient, title: str, name: str, about: str = "", **more: Any
    ) -> Any:
        made = await owner(f.channels.CreateChannelRequest(title, about, **more))
        channel = await owner.get_input_entity(made.chats[0])
        if name:
            await owner(f.channels.UpdateUsernameRequest(channel, name))
        return channel

    async def fill(self) -> None:
        """Everything, in order."""
        self.owner = await self.person(1, "Zoé", "Martin")
        self.readers = [await self.person(n, f"Lecteur{n}") for n in (2, 3)]
        self.at = await self.channel(
            self.owner, "Ville de Sète", "villedesete", broadcast=True,
            about="Actualités, travaux, culture et alertes de la ville. Le service communication "
            "répond ici du lundi au vendredi.",
        )  # fmt: skip
        avatar = await self.owner.upload_file(self.files / "avatar.jpg")
        await self.owner(
            f.channels.EditPhotoRequest(self.at, t.InputChatUploadedPhoto(file=avatar))
        )
        group = await self.channel(self.owner, "Discussions", "", megagroup=True)
        await self.owner(f.channels.SetDiscussionGroupRequest(self.at, group))
        for reader in self.readers:
            found = await reader.get_input_entity("villedesete")
            await reader(f.channels.JoinChannelRequest(found))
        await self.plain(max(0, (self.settings["posts"] - 60) // 2))
        await self.texts()
        await self.pictures()
        await self.documents()
        await self.places()
        await self.polls()
        await self.relations()
        await self.plain(self.settings["posts"] - await self.count())
        await self.afterwards()

    async def count(self) -> int:
        return (await self.owner.get_messages(self.at, limit=1))[0].id

    async def plain(self, count: int) -> None:
        for n in range(count):
            sent = await self.owner.send_message(self.at, PLAIN[n % len(PLAIN)])
            self.posts["plain"] = sent.id

    async def media(self, name: str, media: Any, text: str = "", entities: Any = None) -> int:
        """Send raw media; its id, and 0 where the server refuses it."""
        request = f.messages.SendMediaRequest(self.at, media, text, entities=entities)
        try:
            answer = await self.owner(request)
        except errors.RPCError as refusal:
            self.refused[name] = getattr(refusal, "message", "") or type(refusal).__name__
            return 0
        self.posts[name] = next(u.id for u in answer.updates if isinstance(u, t.UpdateMessageID))
        return self.posts[name]

    async def texts(self) -> None:
        me = t.InputUserSelf()
        for name, (text, entities) in rich_posts(me, 5368324170671202286).items():
            sent = await self.owner.send_message(self.at, text, formatting_entities=entities)
            self.posts[name] = sent.id
        sent = await self.owner.send_message(
            self.at, "Notre dossier sur le port : http://journal.example/dossier", link_preview=True
        )
        self.posts["preview"] = sent.id

    async def upload(self, file: str) -> Any:
        return await self.owner.upload_file(self.files / file)

    async def pictures(self) -> None:
        async def photo(name: str, file: str, text: str = "", **more: Any) -> None:
            await self.media(name, t.InputMediaUploadedPhoto(await self.upload(file), **more), text)

        await photo("photo", "wide.jpg", "Le port ce matin, vu du mont Saint-Clair. #Photo")
        await photo("tall", "tall.jpg")
        await photo("small", "small.jpg", "Le nouveau logo de la régie.")
        await photo("covered", "square.jpg", "Attention, image choc.", spoiler=True)
        for name, files in {
            "album": ["wide.jpg", "square.jpg", "tall.jpg"],
            "pair": ["square.jpg", "wide.jpg"],
            "seven": ["wide.jpg", "square.jpg", "tall.jpg", "wide.jpg", "square.jpg", "wide.jpg",
                      "tall.jpg"],
        }.items():  # fmt: skip
            sent = await self.owner.send_file(
                self.at, [self.files / one for one in files],
                caption="La fête de la Saint-Pierre en images. #Fêtes",
            )  # fmt: skip
            self.posts[name] = sent[0].id

    async def documents(self) -> None:
        async def file(name: str, path: str, mime: str, *attributes: Any, **more: Any) -> None:
            thumb = await self.upload("thumb.jpg") if more.pop("pictured", False) else None
            text = more.pop("text", "")
            await self.media(
                name,
                t.InputMediaUploadedDocument(
                    await self.upload(path), mime, list(attributes), thumb=thumb, **more
                ),
                text,
            )

        film = t.DocumentAttributeVideo(61, 1280, 720, supports_streaming=True)
        await file("video", "film.mp4", "video/mp4", film, pictured=True,
                   text="Les joutes du quai, en une minute.")  # fmt: skip
        round_ = t.DocumentAttributeVideo(12, 384, 384, round_message=True)
        await file("round", "film.mp4", "video/mp4", round_, pictured=True)
        still = t.DocumentAttributeVideo(3, 480, 270, nosound=True)
        await file("gif", "film.mp4", "video/mp4", still, t.DocumentAttributeAnimated(),
                   pictured=True)  # fmt: skip
        await file("voice", "voice.ogg", "audio/ogg", t.DocumentAttributeAudio(42, voice=True))
        music = t.DocumentAttributeAudio(187, title="La Sétoise", performer="L’Harmonie du port")
        await file("audio", "music.mp3", "audio/mpeg", music)
        nasty = t.DocumentAttributeFilename("../../etc/Compte <b>rendu</b> \u202ecod.exe")
        await file("file", "paper.pdf", "application/pdf", nasty, force_file=True)
        await file("drawing", "drawing.svg", "image/svg+xml",
                   t.DocumentAttributeFilename("plan.svg"), force_file=True)  # fmt: skip
        sticker = t.DocumentAttributeSticker("🦀", t.InputStickerSetEmpty())
        size = t.DocumentAttributeImageSize(512, 512)
        await file("sticker", "sticker.webp", "image/webp", size, sticker)
        await file("animated", "sticker.tgs", "application/x-tgsticker", size, sticker)
        moving = t.DocumentAttributeVideo(2, 512, 512, nosound=True)
        await file("moving", "film.mp4", "video/webm", moving, sticker)

    async def places(self) -> None:
        port = t.InputGeoPoint(43.3965, 3.6967)
        await self.media("place", t.InputMediaGeoPoint(port))
        await self.media("venue", t.InputMediaVenue(
            port, "Halles de Sète", "Rue Gambetta, 34200 Sète", "", "", ""))  # fmt: skip
        await self.media("live", t.InputMediaGeoLive(port, period=900))
        await self.media("contact", t.InputMediaContact("+33467000000", "Accueil", "Mairie", ""))
        await self.media("dice", t.InputMediaDice("🎲"))
        await self.media("story", t.InputMediaStory(t.InputPeerSelf(), 1))
        task = t.TodoItem(1, t.TextWithEntities("Peindre le phare", []))
        todo = t.TodoList(t.TextWithEntities("À faire", []), [task])
        await self.media("tasks", t.InputMediaTodo(todo))
        await self.media("game", t.InputMediaGame(t.InputGameShortName(t.InputUserSelf(), "g")))

    async def polls(self) -> None:
        def words(text: str) -> Any:
            return t.TextWithEntities(*rich(text))

        def poll(question: str, *answers: str, correct: Any = None, **more: Any) -> Any:
            options = [t.PollAnswer(words(one), bytes([n])) for n, one in enumerate(answers)]
            asked = t.Poll(id=0, question=words(question), answers=options, hash=0, **more)
            if correct is None:
                return t.InputMediaPoll(asked)
            return t.InputMediaPoll(asked, correct_answers=[correct], solution="Depuis 1666.",
                                    solution_entities=[])  # fmt: skip

        await self.media("poll", poll(
            "Quel nom pour la nouvelle place ?", "Place Georges-Brassens",
            "Place de la Marine", "Place des Joutes, au nom bien trop long"))  # fmt: skip
        await self.media("many", poll("Quels jours vous conviennent ?", "Lundi", "Mardi", "Samedi",
                                      multiple_choice=True))  # fmt: skip
        await self.media("quiz", poll("De quand date le port ?", "1566", "1666", "1766", quiz=True,
                                      correct=1))  # fmt: skip
        await self.media("unvoted", poll("Et demain ?", "Oui", "Non"))
        for n, reader in enumerate([*self.readers, self.owner]):
            at = await reader.get_input_entity("villedesete")
            await reader(f.messages.SendVoteRequest(at, self.posts["poll"], [bytes([n % 2])]))
            many = [b"\0", b"\2"] if n else [b"\1"]
            await reader(f.messages.SendVoteRequest(at, self.posts["many"], many))
            await reader(f.messages.SendVoteRequest(at, self.posts["quiz"], [bytes([n])]))

    async def relations(self) -> None:
        """Forwards, answers, edits, signatures."""
        region = await self.channel(self.owner, "Région Sud", "region_sud", broadcast=True)
        said = await self.owner.send_message(region, "Les TER roulent de nouveau. #Transports")
        closed = await self.channel(self.owner, "Réservé", "", broadcast=True)
        secret = await self.owner.send_message(closed, "Venu d’un canal fermé.")
        note = await self.owner.send_message("me", "Une note de moi à tous.")
        for name, source in (("forward", said), ("closed", secret), ("person", note)):
            sent = await self.owner.forward_messages(self.at, source)
            self.posts[name] = sent.id
        sent = await self.owner.send_message(
            self.at, "Suite de notre annonce : la ligne 3 reprend.", reply_to=self.posts["styles"]
        )
        self.posts["answer"] = sent.id
        quoted = t.InputReplyToMessage(
            self.posts["quote"], quote_text="Ce port est notre histoire."
        )
        answer = await self.owner(
            f.messages.SendMessageRequest(self.at, "Nous y reviendrons.", reply_to=quoted)
        )
        self.posts["quoting"] = next(u.id for u in answer.updates if hasattr(u, "id"))
        await self.owner(f.channels.ToggleSignaturesRequest(self.at, signatures_enabled=True))
        sent = await self.owner.send_message(self.at, "Un mot de la rédaction. #Édito")
        self.posts["signed"] = sent.id
        await self.owner.edit_message(self.at, sent, "Un mot de la rédaction, corrigé. #Édito")
        await self.owner(f.channels.ToggleSignaturesRequest(self.at))

    async def afterwards(self) -> None:
        """Pin, reactions, comments, deletions; the page is switched on by the operator."""
        await self.owner(f.messages.UpdatePinnedMessageRequest(self.at, self.posts["styles"]))
        for n, reader in enumerate([self.owner, *self.readers]):
            at = await reader.get_input_entity("villedesete")
            for name in ("styles", "photo", "album"):
                face = [t.ReactionEmoji(REACTIONS[(n + len(name)) % len(REACTIONS)])]
                await reader(f.messages.SendReactionRequest(at, self.posts[name], reaction=face))
        for reader in self.readers:
            await reader.send_message("villedesete", "Merci !", comment_to=self.posts["styles"])
        doomed = [await self.owner.send_message(self.at, "Erreur") for _ in range(GONE)]
        await self.owner.delete_messages(self.at, doomed)
        self.posts["deleted"] = doomed[0].id

    async def close(self) -> None:
        for one in self.people:
            await one.disconnect()


async def main() -> None:
    made = Gazette(json.loads(sys.argv[1]))
    try:
        await made.fill()
    finally:
        await made.close()
    print(json.dumps({"posts": made.posts, "refused": made.refused}))


asyncio.run(main())
