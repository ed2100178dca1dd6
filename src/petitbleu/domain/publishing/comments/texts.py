"""What guests are told by mail, in French and English."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.typography import one_line, table

_WRITTEN = {
    "en": {
        "confirm.subject": "Confirm your comment at {name}",
        "confirm": (
            "Somebody, most likely you, wrote a comment at {name} and gave this address.\n\n"
            "To read and confirm it, open this address and press the button:\n{link}\n\n"
            "There you also see what becomes of it, and can change or delete it for 30 minutes."
            " The address is for you alone. If it was not you, ignore this mail: after two days"
            " everything is forgotten.\n"
        ),
        "restored.subject": "Your comment at {name} is no spam",
        "restored": (
            "You contested that your comment was taken for spam. Somebody looked at it, and you"
            " were right: it is published.\n\n{text}\n\nYour comment:\n{link}\n"
        ),
        "kept.subject": "Your comment at {name} stays unpublished",
        "kept": (
            "You contested that your comment was taken for spam. Somebody looked at it, and found"
            " that it is spam: it stays unpublished.\n\n{text}\n\nYour comment:\n{link}\n"
        ),
        "reply.subject": "An answer to your comment at {name}",
        "reply": (
            "Somebody answered your comment at {name}:\n\n{text}\n\n"
            "The answer on the page:\n{answer}\n\n"
            "To see your comment, or to get no more mail about it:\n{link}\n"
        ),
    },
    "fr": {
        "confirm.subject": "Confirmez votre commentaire sur {name}",
        "confirm": (
            "Quelqu’un, sans doute vous, a écrit un commentaire sur {name} en donnant cette"
            " adresse.\n\nPour le relire et le confirmer, ouvrez cette page et appuyez sur le"
            " bouton :\n{link}\n\n"
            "Vous y verrez aussi ce qu’il devient, et pourrez le modifier ou le supprimer pendant"
            " 30 minutes. Cette adresse n’est que pour vous. Si ce n’était pas vous, ignorez ce"
            " courriel : tout est oublié après deux jours.\n"
        ),
        "restored.subject": "Votre commentaire sur {name} n’est pas du spam",
        "restored": (
            "Vous avez contesté que votre commentaire soit pris pour du spam. Quelqu’un l’a relu,"
            " et vous aviez raison : il est publié.\n\n{text}\n\nVotre commentaire :\n{link}\n"
        ),
        "kept.subject": "Votre commentaire sur {name} reste non publié",
        "kept": (
            "Vous avez contesté que votre commentaire soit pris pour du spam. Quelqu’un l’a relu"
            " et confirme que c’en est : il reste non publié.\n\n{text}\n\n"
            "Votre commentaire :\n{link}\n"
        ),
        "reply.subject": "Une réponse à votre commentaire sur {name}",
        "reply": (
            "Quelqu’un a répondu à votre commentaire sur {name} :\n\n{text}\n\n"
            "La réponse sur la page :\n{answer}\n\n"
            "Pour voir votre commentaire, ou ne plus recevoir de courriel à son sujet :\n{link}\n"
        ),
    },
}
_TEXTS = table(_WRITTEN)


async def mail(app: App, to: str, lang: str, key: str, **values: str) -> None:
    """Send a text; with ``--dev`` and no mail server, print it, as codes are. Raises OSError where
    mail is not set up or not taken.

    ``text`` is somebody's words: each of its lines is marked as quoted. News of answers can be
    ended from the mail program with one click (RFC 8058).
    """
    words = _TEXTS.get(lang, _TEXTS["en"])
    if "text" in values:
        values["text"] = "\n".join(f"> {line}" for line in values["text"].splitlines())
    body = words[key].format(**values)
    if app.mail is None:
        if not app.config.dev:
            raise OSError("no mail server is set")
        print(f"Mail to {to}:\n{body}", flush=True)
        return
    # The subject is one line, whatever the instance is called.
    subject = one_line(words[f"{key}.subject"].format(**values))
    headers = {}
    if key == "reply":
        headers["List-Unsubscribe"] = f"<{values['link']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    await app.mail.send(to, subject, body, headers=headers)
