"""What owners of channels are told about their page, in French and English."""

from __future__ import annotations

from petitbleu.typography import table

LANGUAGES = ("en", "fr")

_WRITTEN = {
    "en": {
        "no_channel": "only a channel can have a public page",
        "no_name": "the channel needs a public name first: it is the address of its page",
        "not_waiting": "no page of that name waits for an answer",
        "state.0": "off",
        "state.1": "on",
        "state.2": "waiting for approval",
        "logged": "Public page: {what}",
        "agreed": "The public page of “{title}” was agreed to. Everybody can read it now:\n"
        "{address}\n\n“page @{name} off” takes it off the web again.",
        "refused": "The public page of “{title}” was not agreed to. The channel itself stays as it"
        " is.",
        "refused_why": "The public page of “{title}” was not agreed to: {reason}\n\nThe channel"
        " itself stays as it is.",
        "none": "You are in charge of no channel. Make one, give it a public name, and write"
        " “page” again.",
        "list": "Your channels:\n\n{channels}\n\n“page @name” shows how one stands, “page @name on”"
        " puts it on the web.",
        "listed": "“{title}” @{name}: {state}\n{address}",
        "nameless": "“{title}”: has no public name, so it cannot have a page",
        "more": "… and more.",
        "not_yours": "You are in charge of no channel called @{name}. “page” lists those you are.",
        "not_owner": "Only the person who made the channel switches its page on or off.",
        "now.1": "The page of “{title}” is on: everybody can read it, with no account.\n{address}",
        "now.0": "The page of “{title}” is off. The channel goes on as before.",
        "now.2": "The page of “{title}” waits for the people who run this server: they look at new"
        " pages first. You are told here what they decide.",
        "stands": "“{title}” @{name}: {state}\n{address}\n\n{switches}\n\nTo change one:"
        " page @{name} SWITCH VALUE",
        "preview": "How it would look (the link is good for a day or two):\n{address}",
        "switch": "{name} = {value}\n    {values}",
        "official": "official: {who} vouches for it (set by those who run this server)",
        "posts": "Posts with a rule of their own for comments: {posts}",
        "no_switch": "There is no switch “{name}”. There are: {names}.",
        "bad_value": "“{value}” does not do for {name} ({values}).",
        "set": "“{title}”: {name} = {value}",
        "how": "Write it like this: page @{name} SWITCH VALUE, or page @{name} post NUMBER RULE.",
        "bad_rule": "“{value}” does not do for one post. It can be: usual, open, closed, members,"
        " held, direct.",
        "no_post": "“{title}” has no post {post}.",
        "ruled": "“{title}”, post {post}: comments {rule}",
        "alt_missing": "Pictures without a description for people who cannot see them: {posts}."
        " Describe one: page @{name} alt {one} WHAT IS TO BE SEEN",
        "alt_all": "All pictures in the newest posts of “{title}” are described.",
        "alt_how": "Say what is to be seen: page @{name} alt {post} The port at dawn, boats at the"
        " quay",
        "alt_long": "A description has at most {most} characters; this one has {size}.",
        "alt_set": "“{title}”, picture {post}: described.",
        "alt_off": "“{title}”, picture {post}: no description any more.",
        "no_picture": "“{title}” has no picture {post}. Each picture of an album has a number of"
        " its own.",
    },
    "fr": {
        "no_channel": "seul un canal peut avoir une page publique",
        "no_name": "il faut d’abord donner un nom public au canal : c’est l’adresse de sa page",
        "not_waiting": "aucune page de ce nom n’attend de réponse",
        "state.0": "désactivée",
        "state.1": "activée",
        "state.2": "en attente d’accord",
        "logged": "Page publique : {what}",
        "agreed": "La page publique de « {title} » a été acceptée. Tout le monde peut la lire :\n"
        "{address}\n\n« page @{name} off » la retire du web.",
        "refused": "La page publique de « {title} » n’a pas été acceptée. Le canal lui-même ne"
        " change pas.",
        "refused_why": "La page publique de « {title} » n’a pas été acceptée : {reason}\n\nLe canal"
        " lui-même ne change pas.",
        "none": "Vous ne gérez aucun canal. Créez-en un, donnez-lui un nom public, puis écrivez"
        " « page » à nouveau.",
        "list": "Vos canaux :\n\n{channels}\n\n« page @nom » montre les réglages, « page @nom on »"
        " met le canal sur le web.",
        "listed": "« {title} » @{name} : {state}\n{address}",
        "nameless": "« {title} » : n’a pas de nom public, donc pas de page possible",
        "more": "… et d’autres.",
        "not_yours": "Vous ne gérez aucun canal du nom de @{name}. « page » donne la liste des"
        " vôtres.",
        "not_owner": "Seule la personne qui a créé le canal active ou désactive sa page.",
        "now.1": "La page de « {title} » est activée : tout le monde peut la lire, sans compte.\n"
        "{address}",
        "now.0": "La page de « {title} » est désactivée. Le canal continue comme avant.",
        "now.2": "La page de « {title} » attend les responsables de ce serveur, qui regardent"
        " d’abord les nouvelles pages. Leur décision vous sera dite ici.",
        "stands": "« {title} » @{name} : {state}\n{address}\n\n{switches}\n\nPour changer un"
        " réglage : page @{name} RÉGLAGE VALEUR",
        "preview": "Ce que cela donnerait (lien valable un jour ou deux) :\n{address}",
        "switch": "{name} = {value}\n    {values}",
        "official": "officiel : {who} s’en porte garant (réglé par les responsables du serveur)",
        "posts": "Publications avec leur propre règle pour les commentaires : {posts}",
        "no_switch": "Il n’y a pas de réglage « {name} ». Il y a : {names}.",
        "bad_value": "« {value} » ne va pas pour {name} ({values}).",
        "set": "« {title} » : {name} = {value}",
        "how": "Écrivez par exemple : page @{name} RÉGLAGE VALEUR, ou page @{name} post NUMÉRO"
        " RÈGLE.",
        "bad_rule": "« {value} » ne va pas pour une publication. Valeurs possibles : usual, open,"
        " closed, members, held, direct.",
        "no_post": "« {title} » n’a pas de publication {post}.",
        "ruled": "« {title} », publication {post} : commentaires {rule}",
        "alt_missing": "Images sans description pour les personnes qui ne les voient pas : {posts}."
        " Pour en décrire une : page @{name} image {one} CE QU’ON Y VOIT",
        "alt_all": "Toutes les images des dernières publications de « {title} » sont décrites.",
        "alt_how": "Dites ce qu’on y voit : page @{name} image {post} Le port à l’aube, des barques"
        " à quai",
        "alt_long": "Une description a {most} caractères au plus ; celle-ci en a {size}.",
        "alt_set": "« {title} », image {post} : décrite.",
        "alt_off": "« {title} », image {post} : plus de description.",
        "no_picture": "« {title} » n’a pas d’image {post}. Dans un album, chaque image a son propre"
        " numéro.",
    },
}
_TEXTS = table(_WRITTEN)

_VALUES = {
    "en": {
        "robots": "search engines: index, noarchive or noindex",
        "ai": "programs that train on texts: on or off",
        "frames": "sites that may show posts: any, none, or addresses like https://www.example.org",
        "share": "links under a post: all, none, or of copy,facebook,x,linkedin,pinterest,mastodon,"
        "mail,app in your order",
        "comments": "who writes: closed, members, held (guests too, after approval) or direct",
        "comments_days": "days until guests cannot comment any more: a number, or never",
        "charter": "a line above the form for comments: up to 300 characters, or off",
        "members": "show the number of subscribers: on or off",
        "press": "posts are news articles: on or off",
        "language": "of the posts: fr, en, …, or auto",
    },
    "fr": {
        "robots": "moteurs de recherche : index, noarchive ou noindex",
        "ai": "programmes qui s’entraînent sur des textes : on ou off",
        "frames": "sites qui peuvent montrer les publications : any, none, ou des adresses comme"
        " https://www.example.org",
        "share": "liens sous une publication : all, none, ou parmi copy,facebook,x,linkedin,"
        "pinterest,mastodon,mail,app dans votre ordre",
        "comments": "qui écrit : closed, members, held (les invités aussi, après accord) ou direct",
        "comments_days": "jours au bout desquels les invités ne peuvent plus commenter : un nombre,"
        " ou jamais",
        "charter": "une ligne au-dessus du formulaire de commentaire : jusqu’à 300 caractères, ou"
        " off",
        "members": "montrer le nombre d’abonnés : on ou off",
        "press": "les publications sont des articles de presse : on ou off",
        "language": "des publications : fr, en, …, ou auto",
    },
}
VALUES = table(_VALUES)
"""What each switch can be."""


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", ...) these texts are written in, else English."""
    return next((wish[:2] for wish in wishes if wish[:2] in LANGUAGES), "en")


def say(lang: str, key: str) -> str:
    """One of the texts, with places to be filled."""
    return _TEXTS[lang][key]


def state(lang: str, shown: int) -> str:
    """How a page stands, in a word or a few."""
    return _TEXTS[lang][f"state.{shown}"]
