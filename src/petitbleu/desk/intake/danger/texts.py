"""What somebody who writes of danger is told, in the languages the reader of danger knows."""

from __future__ import annotations

from petitbleu.typography import table

_WRITTEN = {
    "en": {
        "help": "If somebody is in danger now, call the emergency services yourself, at once:"
        " {numbers}.\n\n"
        "The desk of {name} is not the police and cannot send help. A person reads what you wrote"
        " as soon as possible and may inform the authorities.\n\n"
        "Please do not send intimate pictures or videos, or any of abused children, not even as"
        " proof: a link is enough. Do not send passwords or identity papers. Do not tell the person"
        " you write about, and do not go there alone.\n\n"
        "If others can read your messages, delete this one once you have read it.",
        "chat": "We have what you wrote. A person reads it. You need not answer this message, which"
        " was sent automatically; some general information follows, for all who write to"
        " us.\n\n— — —\n\n{help}",
        "page": "If somebody is in danger",
    },
    "fr": {
        "help": "Si quelqu’un est en danger maintenant, appelez vous-même les secours, tout de"
        " suite : {numbers}.\n\n"
        "Le guichet de {name} n’est pas la police et ne peut pas envoyer de secours. Une personne"
        " lit votre message dès que possible et peut prévenir les autorités.\n\n"
        "N’envoyez ni images ni vidéos intimes, ni d’enfants victimes d’abus, même comme preuve :"
        " un lien suffit. N’envoyez ni mots de passe ni pièces d’identité. Ne prévenez pas la"
        " personne dont vous parlez et n’y allez pas sans aide.\n\n"
        "Si d’autres peuvent lire vos messages, supprimez celui-ci après l’avoir lu.",
        "chat": "Nous avons reçu ce que vous avez écrit. Une personne le lit. Il n’est pas"
        " nécessaire de répondre à ce message automatique ; voici des informations générales,"
        " destinées à toutes les personnes qui nous écrivent.\n\n— — —\n\n{help}",
        "page": "Si quelqu’un est en danger",
    },
    "de": {
        "help": "Ist gerade jemand in Gefahr, rufen Sie sofort selbst den Notruf: {numbers}.\n\n"
        "Die Meldestelle von {name} ist nicht die Polizei und kann keine Hilfe schicken. Ein Mensch"
        " liest Ihre Nachricht so bald wie möglich und kann die Behörden verständigen.\n\n"
        "Bitte senden Sie keine intimen Bilder oder Videos und keine von missbrauchten Kindern,"
        " auch nicht als Beweis: ein Link genügt. Senden Sie keine Passwörter und keine Ausweise."
        " Warnen Sie die Person nicht, über die Sie schreiben, und gehen Sie nicht allein"
        " hin.\n\n"
        "Können andere Ihre Nachrichten lesen, löschen Sie diese, sobald Sie sie gelesen haben.",
        "chat": "Wir haben Ihre Nachricht erhalten. Ein Mensch liest sie. Auf diese automatische"
        " Nachricht müssen Sie nicht antworten; es folgen allgemeine Hinweise für alle, die uns"
        " schreiben.\n\n— — —\n\n{help}",
        "page": "Wenn jemand in Gefahr ist",
    },
    "es": {
        "help": "Si alguien está en peligro ahora, llame usted mismo a emergencias, enseguida:"
        " {numbers}.\n\n"
        "El equipo de {name} no es la policía y no puede enviar ayuda. Una persona lee su mensaje"
        " lo antes posible y puede avisar a las autoridades.\n\n"
        "No envíe imágenes ni vídeos íntimos, ni de menores víctimas de abusos, ni siquiera como"
        " prueba: basta un enlace. No envíe contraseñas ni documentos de identidad. No avise a la"
        " persona de la que habla y no vaya allí a solas.\n\n"
        "Si otras personas pueden leer sus mensajes, borre este después de leerlo.",
        "chat": "Hemos recibido lo que ha escrito. Una persona lo lee. No hace falta responder a"
        " este mensaje automático; siguen informaciones generales para todas las personas que nos"
        " escriben.\n\n— — —\n\n{help}",
        "page": "Si alguien está en peligro",
    },
    "it": {
        "help": "Se qualcuno è in pericolo adesso, chiami subito i soccorsi: {numbers}.\n\n"
        "Il servizio di {name} non è la polizia e non può inviare soccorsi. Una persona legge il"
        " Suo messaggio appena possibile e può avvisare le autorità.\n\n"
        "Non invii immagini o video intimi, né di minori vittime di abusi, neppure come prova:"
        " basta un link. Non invii password o documenti d’identità. Non avvisi la persona di cui"
        " scrive e non ci vada senza aiuto.\n\n"
        "Se altri possono leggere i Suoi messaggi, cancelli questo dopo averlo letto.",
        "chat": "Abbiamo ricevuto ciò che ha scritto. Una persona lo legge. Non occorre rispondere"
        " a questo messaggio automatico; seguono informazioni generali per tutte le persone che ci"
        " scrivono.\n\n— — —\n\n{help}",
        "page": "Se qualcuno è in pericolo",
    },
    "nl": {
        "help": "Is er nu iemand in gevaar, bel dan zelf meteen het alarmnummer: {numbers}.\n\n"
        "Het meldpunt van {name} is niet de politie en kan geen hulp sturen. Een mens leest uw"
        " bericht zo snel mogelijk en kan de autoriteiten waarschuwen.\n\n"
        "Stuur geen intieme foto’s of video’s en geen beelden van misbruikte kinderen, ook niet als"
        " bewijs: een link is genoeg. Stuur geen wachtwoorden of identiteitsbewijzen. Waarschuw de"
        " persoon over wie u schrijft niet en ga er niet alleen heen.\n\n"
        "Kunnen anderen uw berichten lezen, verwijder dit bericht dan nadat u het gelezen hebt.",
        "chat": "Wij hebben ontvangen wat u schreef. Een mens leest het. U hoeft dit automatische"
        " bericht niet te beantwoorden; hieronder staat algemene informatie voor iedereen die ons"
        " schrijft.\n\n— — —\n\n{help}",
        "page": "Als iemand in gevaar is",
    },
    "pl": {
        "help": "Jeśli ktoś jest teraz w niebezpieczeństwie, proszę natychmiast samodzielnie"
        " zadzwonić pod numer alarmowy: {numbers}.\n\n"
        "Zespół {name} nie jest policją i nie może wysłać pomocy. Człowiek przeczyta tę wiadomość"
        " najszybciej, jak to możliwe, i może zawiadomić służby.\n\n"
        "Prosimy nie przesyłać zdjęć ani nagrań intymnych ani przedstawiających krzywdzone dzieci,"
        " nawet jako dowodu: wystarczy link. Prosimy nie przesyłać haseł ani dokumentów tożsamości."
        " Proszę nie uprzedzać osoby, o której mowa, i nie iść tam bez pomocy.\n\n"
        "Jeśli inni mogą czytać te wiadomości, proszę usunąć tę po przeczytaniu.",
        "chat": "Otrzymaliśmy wiadomość. Czyta ją człowiek. Na tę automatyczną wiadomość nie trzeba"
        " odpowiadać; poniżej są informacje ogólne dla wszystkich, którzy do nas piszą."
        "\n\n— — —\n\n{help}",
        "page": "Jeśli ktoś jest w niebezpieczeństwie",
    },
    "ar": {
        "help": "إذا كان شخص ما في خطر الآن، فاتصل بنفسك بالطوارئ فورًا: {numbers}.\n\n"
        "فريق {name} ليس الشرطة ولا يستطيع إرسال النجدة. سيقرأ شخص رسالتك في أقرب وقت ممكن، وقد"
        " يبلغ السلطات.\n\n"
        "من فضلك لا ترسل صورًا أو مقاطع حميمة، ولا صورًا لأطفال تعرضوا للإساءة، حتى كدليل: الرابط"
        " يكفي. لا ترسل كلمات السر ولا وثائق الهوية. لا تخبر الشخص الذي تكتب عنه، ولا تذهب إلى هناك"
        " وحدك.\n\n"
        "إذا كان بإمكان غيرك قراءة رسائلك، فاحذف هذه الرسالة بعد قراءتها.",
        "chat": "وصلنا ما كتبته، وسيقرؤه شخص. لا حاجة إلى الرد على هذه الرسالة الآلية؛ فيما يلي"
        " معلومات عامة لكل من يكتب إلينا.\n\n— — —\n\n{help}",
        "page": "إذا كان شخص ما في خطر",
    },
}
_TEXTS = table(_WRITTEN)
LANGUAGES = tuple(_WRITTEN)


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", …) in which help is written; else English."""
    return next((wish[:2] for wish in wishes if wish[:2] in _WRITTEN), "en")


def text(wished: str, key: str, **values: str) -> str:
    """One text in a language; in English where it is written in no such."""
    return _TEXTS[language(wished)][key].format(**values)
