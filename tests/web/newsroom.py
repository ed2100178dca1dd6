"""A newsroom: articles as newspapers write them, in four scripts, with pictures, films, a byline,
an update and a correction."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, photograph, upload
from tests.kit.world import World
from tests.web.public import Channel, channel

HEADLINE = "Le port rouvre ses quais après dix-huit mois de travaux"
IN_PICTURES = "Les quais rouverts, en images"
LEDE = (
    "Les promeneurs retrouvent samedi les quais du centre, fermés depuis l’an dernier. La ville y"
    " a planté deux cents arbres et promet des terrasses pour le printemps."
)
_PARAGRAPH = (
    "Les équipes du port ont travaillé la nuit pour que les pêcheurs puissent rentrer le matin."
    " Le budget, dix-sept millions d’euros, est partagé entre la ville, la région et l’État, qui"
    " demande que les quais soient accessibles à tous. Les riverains, eux, attendent de voir."
)
CORRECTION = "Une première version de cet article donnait un autre budget."
ABOUT = "Suit le port et ses gens depuis 2019."
ARTICLE = "\n\n".join((
    HEADLINE, LEDE, *[_PARAGRAPH] * 13,
    "Ce qui change :\n• les voitures passent par l’arrière ;\n• les vélos ont une piste ;\n"
    "• les joutes reviennent en août.",
    "Le calendrier :\n1. mars, les arbres\n2. avril, les terrasses\n3. août, les joutes",
    "> Nous n’y croyions plus, dit une patronne de bar.",
    "#port #travaux",
))  # fmt: skip
RUSSIAN = "Порт снова открыт после восемнадцати месяцев работ, набережные ждут гостей города."
ARABIC = "أعيد فتح الميناء بعد ثمانية عشر شهرا من الأشغال والأرصفة تنتظر الزوار من جديد."
CHINESE = (
    "旧港码头在十八个月的施工之后重新开放\n\n"
    + (
        "施工队日夜赶工，好让渔民清晨归来。预算为一千七百万欧元，由市、大区和国家分担；国家要求码头对所有人无障碍。"
        "居民们则在观望。树木三月种下，露台四月开放，水上比武八月回归。"
    )
    * 12
)
THREE = f"Le port rouvre, et c’est dans toutes les langues de la ville.\n\n{RUSSIAN}\n\n{ARABIC}"
CAPTIONS = (
    "Les quais, samedi à l’aube. Photo : Léa Martin",
    "Les nouveaux arbres, quai de la Résistance. Photo : Noé Roux #arbres",
    "La grue de 1930, repeinte. Photo : Léa Martin",
)
WIDE = "Anticonstitutionnellement" * 12
_ROWS = "| Résistance | 340 m | 120 | terrasses, joutes |\n" * 4
CODE = f"| quai | longueur | arbres |\n|------|----------|--------|\n{_ROWS}"


async def newsroom(world: World) -> tuple[Channel, dict[str, int]]:
    """The channel of a newspaper; what each post is -> its id."""
    made = await channel(world, "lejournal", "Le Journal du port")
    about = "Les nouvelles du port, chaque matin."
    await made.owner.call(api.messages.EditChatAbout(peer=made.input_peer, about=about))
    posts = {"first": await made.say("Bienvenue. Le journal commence aujourd’hui #port")}
    await signatures(made, True)
    posts["article"] = await made.say(ARTICLE)
    await signatures(made, False)
    await made.owner.call(api.account.UpdateProfile(about=ABOUT))
    agreed = api.petitbleu.SetAuthor(channel=made.input, shown=True, about=True)
    await made.owner.call(agreed)
    await made.owner.call(api.petitbleu.SetPage(channel=made.input, name="history", value="on"))
    posts["album"] = await made.album([f"{IN_PICTURES}\n\n{LEDE}\n\n{_PARAGRAPH}", *CAPTIONS[1:]])
    posts["captions"] = await made.album(CAPTIONS)
    posts["three"] = await made.say(THREE)
    posts["arabic"] = await made.say(ARABIC)
    posts["video"] = await _film(made)
    posts["wide"] = await made.say(f"{WIDE}\n\n{CODE}", entities=[_code(f"{WIDE}\n\n", CODE)])
    posts["corrected"] = await made.say("Le budget est de seize millions.")
    world.clock.advance(600)
    await made.edit(posts["corrected"], f"Le budget est de dix-sept millions.\n\n{CORRECTION}")
    await made.owner.call(
        api.petitbleu.AddCorrection(
            channel=made.input, id=posts["corrected"], text="Le budget est de 17 millions, non 16."
        )
    )
    posts["chinese"] = await made.say(CHINESE)
    posts["last"] = await made.say("Demain, la météo. #port")
    return made, posts


async def signatures(made: Channel, wanted: bool) -> None:
    """Have posts signed from now on, or not."""
    await made.owner.call(
        api.channels.ToggleSignatures(channel=made.input, signatures_enabled=wanted)
    )


def _code(before: str, code: str) -> Any:
    return api.MessageEntityPre(offset=len(before), length=len(code), language="")


async def _film(made: Channel) -> int:
    """A film with a picture that stands for it."""
    said = api.DocumentAttributeVideo(duration=61.0, w=1280, h=720, supports_streaming=True)
    film = document_input(await upload(made.owner, b"\x00" * 4000), "video/mp4", said)
    film.thumb = await upload(made.owner, photograph(320, 180), "thumb.jpg")
    return await made.show(film, "La réouverture en images. Une minute sur les quais. #port")
