"""Words of the public pages, by language; how dates, numbers and sizes are written."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from petitbleu import typography
from petitbleu.typography import spaced, table

_WRITTEN: dict[str, dict[str, str]] = {
    "en": {
        "public_channels": "Public channels",
        "search": "Search",
        "search_all": "Search in the public channels",
        "search_here": "Search in this channel",
        "search_words": "Words or #hashtag",
        "results": "Posts with “{}”",
        "no_results": "No post matches.",
        "tag_title": "Posts with #{}",
        "tag_of": "#{} in {}",
        "tag_everywhere": "The same hashtag in all public channels",
        "tag_channels": "The hashtag in each channel",
        "tag_empty": "No post carries this hashtag.",
        "empty": "This channel has not published anything yet.",
        "preview": "Preview: the page is not on the web. Only those who were given this address see"
        " it, for a day or two.",
        "month_empty": "Nothing was published in this month.",
        "subscribers": "{} subscribers",
        "subscriber": "{} subscriber",
        "open_app": "Open in the app",
        "invited": "You are invited",
        "invited_lead": "This link leads into a group or channel on {} that not everybody can read."
        " The app shows its name before you join.",
        "app_only": "This opens in the app",
        "app_only_lead": "What is at this address on {} is not on the web. The app shows it to"
        " whoever may see it.",
        "app_how": "Which app, and how it is set to this server",
        "feeds": "Feeds",
        "report": "Report",
        "report_channel": "Report this channel",
        "report_post": "Report this post of {}",
        "pinned": "Pinned post",
        "newer": "Newer posts",
        "newest": "Newest posts",
        "older": "Older posts",
        "pages": "Pages",
        "page_n": "Page {}",
        "related": "On the same subject",
        "official": "Official channel, vouched for by {}",
        "months": "Months",
        "month_before": "Earlier: {}",
        "month_after": "Later: {}",
        "archive": "Archive of this month",
        "archive_of": "Archive of {}",
        "edited": "edited on {}",
        "views": "{} views",
        "view": "{} view",
        "reactions": "Reactions",
        "comments": "Comments",
        "comments_n": "{} comments",
        "comments_1": "{} comment",
        "comments_none": "No comment yet.",
        "permalink": "Post of {}",
        "forwarded": "Forwarded from {}",
        "forwarded_someone": "Forwarded post",
        "answer_to": "In answer to an earlier post",
        "signed": "By {}",
        "hidden_text": "Hidden passage: show",
        "hidden_picture": "Hidden picture: show",
        "sensitive": "Sensitive content: {}",
        "no_alt": "Picture without description",
        "video": "Video",
        "audio": "Audio",
        "voice": "Voice message",
        "sticker": "Sticker {}",
        "right": "right answer",
        "download": "Download {}",
        "file": "File",
        "colon": ": ",
        "place": "Place",
        "place_live": "Live location",
        "map": "Map at OpenStreetMap",
        "contact": "Contact",
        "unknown": "This part of the post is shown by the app alone.",
        "poll": "Poll",
        "quiz": "Quiz",
        "poll_closed": "closed",
        "poll_many": "several answers",
        "votes": "{} votes",
        "vote": "{} vote",
        "votes_hidden": "The results are shown at the end.",
        "previous_post": "Previous post",
        "next_post": "Next post",
        "between": "Neighbouring posts",
        "back": "All posts of {}",
        "tags": "Hashtags",
        "withheld_post": "This post is not available in your country.",
        "withheld_post_all": "This post is not available.",
        "withheld_channel": "This channel is not available in your country.",
        "withheld_channel_all": "This channel is not available.",
        "withheld_comment": "This comment is not available in your country.",
        "withheld_comment_all": "This comment is not available.",
        "withheld_scope": "Where",
        "withheld_everywhere": "everywhere",
        "withheld_since": "Since",
        "withheld_by_law": "It is withheld because of a legal order or the rules of this service.",
        "withheld_why": "Why?",
        "withheld_contest": "How decisions are made and contested",
        "withheld_authority": "Ordered by",
        "withheld_decider": "Decided by",
        "withheld_ground": "Legal ground or rule",
        "decision": "Decision",
        "gone_read": "Read the decision",
        "gone_title": "This post is gone",
        "gone_author": "Its author has deleted it.",
        "gone_rule": "It was removed on {} by decision {}.",
        "gone_rules": "Rules of this service",
        "missing_title": "There is nothing at this address",
        "missing_lead": "The name may be misspelt, or the channel is private or has no"
        " public page.",
        "missing_near": "Did you mean…",
        "missing_post": "The channel {} has no post with this number.",
        "label_scam": "Labelled as a scam by the team of {} (decision {}).",
        "label_fake": "Labelled as impersonation by the team of {} (decision {}).",
        "home": "To the front page",
        "crowded": "Many people are reading this site right now. Try again in a few seconds.",
        "busy_title": "Too many requests",
        "busy_wait": "Much is being asked from your network. Try again in {}.",
        "second": "{} second",
        "seconds": "{} seconds",
        "share": "Share",
        "share_copy": "Copy the link",
        "share_copied": "Copied",
        "share_link": "Link to this post",
        "share_link_channel": "Link to this channel",
        "share_post": "Share this post of {}",
        "back_to_channel": "Back to the channel",
        "share_facebook": "Share on Facebook",
        "share_x": "Share on X",
        "share_linkedin": "Share on LinkedIn",
        "share_pinterest": "Share on Pinterest",
        "share_mastodon": "Share on Mastodon",
        "share_mail": "Send by e-mail",
        "share_app": "Send in the app",
        "share_mail_short": "E-mail",
        "share_app_short": "App",
        "share_native": "Share…",
        "share_embed": "Show this post on another site",
        "share_html": "HTML for the other site",
        "mastodon_title": "Share on Mastodon",
        "mastodon_server": "Your server, for example mastodon.social",
        "mastodon_note": "The name is only used to make the link below; it is kept nowhere.",
        "mastodon_go": "Go on",
        "mastodon_wrong": "“{}” is no server name. It looks like mastodon.social.",
        "mastodon_open": "Go to {} and share there",
        "back_to_post": "Back to the post",
        "new_1": "1 new post: show",
        "new_n": "{} new posts: show",
        "feed_atom": "Feed (Atom)",
        "feed_rss": "RSS",
        "feed_json": "JSON Feed",
        "new_window": "(new window)",
        "read_on": "Read on {}",
    },
    "fr": {
        "public_channels": "Canaux publics",
        "search": "Rechercher",
        "search_all": "Rechercher dans les canaux publics",
        "search_here": "Rechercher dans ce canal",
        "search_words": "Mots ou #mot-dièse",
        "results": "Publications avec « {} »",
        "no_results": "Aucune publication ne correspond.",
        "tag_title": "Publications avec #{}",
        "tag_of": "#{} dans {}",
        "tag_everywhere": "Le même mot-dièse dans tous les canaux publics",
        "tag_channels": "Le mot-dièse dans chaque canal",
        "tag_empty": "Aucune publication ne porte ce mot-dièse.",
        "empty": "Ce canal n’a encore rien publié.",
        "preview": "Aperçu : la page n’est pas sur le web. Seules les personnes qui ont reçu cette"
        " adresse la voient, pendant un jour ou deux.",
        "month_empty": "Rien n’a été publié ce mois-là.",
        "subscribers": "{} personnes abonnées",
        "subscriber": "{} personne abonnée",
        "open_app": "Ouvrir dans l’application",
        "invited": "Vous avez une invitation",
        "invited_lead": "Ce lien mène à un groupe ou à un canal de {} que tout le monde ne peut pas"
        " lire. L’application en montre le nom avant que vous n’y entriez.",
        "app_only": "Ceci s’ouvre dans l’application",
        "app_only_lead": "Ce qui se trouve à cette adresse de {} n’est pas sur le web."
        " L’application le montre à qui peut le voir.",
        "app_how": "Quelle application, et comment la régler sur ce serveur",
        "feeds": "Flux",
        "report": "Signaler",
        "report_channel": "Signaler ce canal",
        "report_post": "Signaler cette publication du {}",
        "pinned": "Publication épinglée",
        "newer": "Publications plus récentes",
        "newest": "Dernières publications",
        "older": "Publications plus anciennes",
        "pages": "Pages",
        "page_n": "Page {}",
        "related": "Sur le même sujet",
        "official": "Canal officiel, attesté par {}",
        "months": "Mois",
        "month_before": "Avant : {}",
        "month_after": "Après : {}",
        "archive": "Archives de ce mois",
        "archive_of": "Archives : {}",
        "edited": "modifié le {}",
        "views": "{} vues",
        "view": "{} vue",
        "reactions": "Réactions",
        "comments": "Commentaires",
        "comments_n": "{} commentaires",
        "comments_1": "{} commentaire",
        "comments_none": "Aucun commentaire pour le moment.",
        "permalink": "Publication du {}",
        "forwarded": "Transféré de {}",
        "forwarded_someone": "Publication transférée",
        "answer_to": "En réponse à une publication précédente",
        "signed": "Par {}",
        "hidden_text": "Passage masqué : afficher",
        "hidden_picture": "Image masquée : afficher",
        "sensitive": "Contenu sensible : {}",
        "no_alt": "Image sans description",
        "video": "Vidéo",
        "audio": "Audio",
        "voice": "Message vocal",
        "sticker": "Autocollant {}",
        "right": "bonne réponse",
        "download": "Télécharger {}",
        "file": "Fichier",
        "colon": " : ",
        "place": "Lieu",
        "place_live": "Position en direct",
        "map": "Carte chez OpenStreetMap",
        "contact": "Contact",
        "unknown": "Cette partie de la publication ne s’affiche que dans l’application.",
        "poll": "Sondage",
        "quiz": "Quiz",
        "poll_closed": "clos",
        "poll_many": "plusieurs réponses",
        "votes": "{} votes",
        "vote": "{} vote",
        "votes_hidden": "Les résultats seront affichés à la fin.",
        "previous_post": "Publication précédente",
        "next_post": "Publication suivante",
        "between": "Publications voisines",
        "back": "Toutes les publications de {}",
        "tags": "Mots-dièse",
        "withheld_post": "Cette publication n’est pas accessible dans votre pays.",
        "withheld_post_all": "Cette publication n’est pas accessible.",
        "withheld_channel": "Ce canal n’est pas accessible dans votre pays.",
        "withheld_channel_all": "Ce canal n’est pas accessible.",
        "withheld_comment": "Ce commentaire n’est pas accessible dans votre pays.",
        "withheld_comment_all": "Ce commentaire n’est pas accessible.",
        "withheld_scope": "Où",
        "withheld_everywhere": "partout",
        "withheld_since": "Depuis le",
        "withheld_by_law": "L’accès est bloqué en application d’une injonction ou des règles de ce"
        " service.",
        "withheld_why": "Pourquoi ?",
        "withheld_contest": "Comment les décisions sont prises et contestées",
        "withheld_authority": "Injonction de",
        "withheld_decider": "Décidé par",
        "withheld_ground": "Fondement juridique ou règle",
        "decision": "Décision",
        "gone_read": "Lire la décision",
        "gone_title": "Cette publication n’est plus là",
        "gone_author": "Son auteur l’a supprimée.",
        "gone_rule": "Retrait le {} par la décision {}.",
        "gone_rules": "Règles de ce service",
        "missing_title": "Il n’y a rien à cette adresse",
        "missing_lead": "Le nom est peut-être mal écrit, ou le canal est privé ou sans page"
        " publique.",
        "missing_near": "Vouliez-vous dire…",
        "missing_post": "Le canal {} n’a pas de publication portant ce numéro.",
        "label_scam": "Signalé comme arnaque par l’équipe de {} (décision {}).",
        "label_fake": "Signalé comme usurpation d’identité par l’équipe de {} (décision {}).",
        "home": "À la page d’accueil",
        "crowded": "Beaucoup de monde lit ce site en ce moment. Réessayez dans quelques secondes.",
        "busy_title": "Trop de demandes",
        "busy_wait": "Beaucoup de demandes viennent de votre réseau. Réessayez dans {}.",
        "second": "{} seconde",
        "seconds": "{} secondes",
        "share": "Partager",
        "share_copy": "Copier le lien",
        "share_copied": "Copié",
        "share_link": "Lien vers cette publication",
        "share_link_channel": "Lien vers ce canal",
        "share_post": "Partager cette publication du {}",
        "back_to_channel": "Retour au canal",
        "share_facebook": "Partager sur Facebook",
        "share_x": "Partager sur X",
        "share_linkedin": "Partager sur LinkedIn",
        "share_pinterest": "Partager sur Pinterest",
        "share_mastodon": "Partager sur Mastodon",
        "share_mail": "Envoyer par courriel",
        "share_app": "Envoyer dans l’application",
        "share_mail_short": "Courriel",
        "share_app_short": "Application",
        "share_native": "Partager…",
        "share_embed": "Montrer cette publication sur un autre site",
        "share_html": "HTML pour l’autre site",
        "mastodon_title": "Partager sur Mastodon",
        "mastodon_server": "Votre serveur, par exemple mastodon.social",
        "mastodon_note": "Le nom ne sert qu’à faire le lien ci-dessous ; il n’est conservé"
        " nulle part.",
        "mastodon_go": "Continuer",
        "mastodon_wrong": "« {} » n’est pas un nom de serveur. Il ressemble à mastodon.social.",
        "mastodon_open": "Aller sur {} pour y partager",
        "back_to_post": "Retour à la publication",
        "new_1": "1 nouvelle publication : afficher",
        "new_n": "{} nouvelles publications : afficher",
        "feed_atom": "Flux (Atom)",
        "feed_rss": "RSS",
        "feed_json": "JSON Feed",
        "new_window": "(nouvelle fenêtre)",
        "read_on": "Lire sur {}",
    },
}
TEXTS = table(_WRITTEN)
_UNITS = {"en": ("B", "KB", "MB", "GB"), "fr": ("o", "Ko", "Mo", "Go")}


class Writer:
    """Dates and figures as a language writes them, in one time zone."""

    __slots__ = ("_full", "lang", "t", "zone")

    def __init__(self, lang: str, zone: str) -> None:
        self.lang = lang
        self.zone = ZoneInfo(zone)
        self.t = TEXTS[lang]
        self._full: dict[int, str] = {}
        """Times of the page so far: each is said several times."""

    def at(self, when: int) -> datetime:
        """Unix seconds as a local time."""
        return datetime.fromtimestamp(when, self.zone)

    def iso(self, when: int) -> str:
        """For ``datetime=`` and machines."""
        return self.at(when).isoformat()

    def month(self, year: int, month: int) -> str:
        """November 2026"""
        return typography.month(self.lang, year, month)

    def date(self, when: int) -> str:
        """25 November 2026"""
        return typography.day(self.lang, self.at(when))

    def day(self, when: int) -> str:
        """Wednesday 25 November 2026"""
        return typography.weekday(self.lang, self.at(when))

    def time(self, when: int) -> str:
        """18:41 CET"""
        return typography.zoned(self.lang, self.at(when))

    def full(self, when: int) -> str:
        """25 November 2026, 18:41 CET"""
        found = self._full.get(when)
        if found is None:
            joined = " à " if self.lang == "fr" else ", "
            found = self._full[when] = f"{self.date(when)}{joined}{self.time(when)}"
        return found

    def number(self, value: int) -> str:
        """12,345"""
        return typography.number(self.lang, value)

    def percent(self, value: int) -> str:
        """42 %"""
        return spaced(self.lang, f"{value} %")

    def count(self, value: int, one: str, many: str) -> str:
        """The text ``one`` or ``many`` with the figure in it. French counts 0 as one."""
        single = value == 1 or (self.lang == "fr" and value == 0)
        return self.t[one if single else many].format(self.number(value))

    def size(self, value: int) -> str:
        """1.4 MB"""
        amount, unit = float(value), 0
        while amount >= 1000 and unit < 3:
            amount, unit = amount / 1000, unit + 1
        shown = f"{amount:.1f}" if unit and amount < 10 else f"{amount:.0f}"
        shown = shown.replace(".", ",") if self.lang == "fr" else shown
        return f"{shown}\u00a0{_UNITS[self.lang][unit]}"

    def seconds(self, value: int) -> str:
        """3:07"""
        hours, rest = divmod(value, 3600)
        minutes, seconds = divmod(rest, 60)
        if hours:
            return f"{hours}:{minutes:02}:{seconds:02}"
        return f"{minutes}:{seconds:02}"
