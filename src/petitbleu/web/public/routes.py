"""Which address of the public site is served by what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from petitbleu.app import App
from petitbleu.domain.publishing.newsletter import service as newsletter
from petitbleu.domain.publishing.websub import service as websub
from petitbleu.web.pages import Pages
from petitbleu.web.public import characters
from petitbleu.web.public.app_links import NAMED, AppLinks
from petitbleu.web.public.authors import AuthorPages
from petitbleu.web.public.channels import ChannelPages
from petitbleu.web.public.comments import CommentPages
from petitbleu.web.public.comments_view import TalkPages
from petitbleu.web.public.discovery import Machines
from petitbleu.web.public.door import PublicPages
from petitbleu.web.public.feed_pages import FeedPages
from petitbleu.web.public.files import FilePages
from petitbleu.web.public.history import HistoryPages
from petitbleu.web.public.hub import HubPages
from petitbleu.web.public.letters import LetterWriter
from petitbleu.web.public.newsletter import NewsletterPages
from petitbleu.web.public.newsletter_list import ListPages
from petitbleu.web.public.newspaper import NewspaperPages
from petitbleu.web.public.post_previews import PostPreviews
from petitbleu.web.public.posts import PostPages
from petitbleu.web.public.visits import VisitPages

TEMPLATES = Path(__file__).resolve().parent / "templates"


class Public:
    """The public pages of one instance: ``first`` comes before other routes, ``last`` behind all
    of them: its addresses begin with a channel's name."""

    __slots__ = ("first", "front", "last", "missing", "pages")

    def __init__(self, app: App) -> None:
        self.pages = Pages(app, TEMPLATES, shown=characters.clean_output)
        door = PublicPages(app, self.pages)
        channels, files, talk = ChannelPages(door), FilePages(door), TalkPages(door)
        feeds, apps = FeedPages(door), AppLinks(door)
        websub.write_with(app, feeds.sent)
        newsletter.write_with(app, LetterWriter(door).written)
        posts, machines, comments = PostPages(door, talk), Machines(door), CommentPages(door)
        letters, paper = NewsletterPages(door), NewspaperPages(door)
        authors, versions = AuthorPages(door), HistoryPages(door)
        previews = PostPreviews(door, files)
        self.front = channels.front
        """``front(request, developer=)``: the front page."""
        self.missing: Callable[[Request], Awaitable[Response]] = door.nothing
        self.first: list[BaseRoute] = [
            Route("/s/{name}", channels.channel),
            Route("/s/{name}/{id:int}", posts.elsewhere),
            Route("/s/{name}/{year:int}/{month:int}", channels.month),
            Route("/s/{name}/archive", channels.archive),
            Route("/s/{name}/tag/{tag}", channels.tag),
            Route("/s/{name}/section/{tag}", paper.section),
            Route("/s/{name}/about", paper.about),
            Route("/s/{name}/author/{slug}", authors.page),
            *_feeds(feeds),
            Route("/s/{name}/sitemap.xml", machines.channel_sitemap),
            Route("/s/{name}/sitemap-{part:int}.xml", machines.channel_sitemap),
            Route("/sitemap.xml", machines.sitemap),
            Route("/news-sitemap.xml", machines.news),
            Route("/robots.txt", machines.robots),
            Route("/comment/{token}", comments.mine, methods=["GET", "POST"]),
            Route("/newsletter/list/{token}", ListPages(door).page, methods=["GET", "POST"]),
            Route("/newsletter/{token}", letters.mine, methods=["GET", "POST"]),
            Route("/visits/{token}", VisitPages(door).page),
            Route("/preview/{token}", previews.page),
            Route("/m/preview/{token}/{id:int}/{label}", previews.file),
            Route("/oembed", machines.oembed),
            Route("/hub", HubPages(door).hub, methods=["POST"]),
            Route("/share/mastodon/{name}", machines.mastodon),
            Route("/share/mastodon/{name}/{id}", machines.mastodon),
            Route("/+{word}", apps.invite),
            Route("/joinchat/{word}", apps.invite),
            *(Route(f"/{name}/{{word}}", apps.named) for name in NAMED),
            Route("/c/{channel:int}/{post:int}", apps.private),
            Route("/tag/{tag}", channels.tag_everywhere),
            *_files(files, machines),
        ]
        self.last: list[BaseRoute] = [
            Route("/.well-known/petitbleu-{token}", paper.proof),
            Route("/{name}", channels.channel),
            Route("/{name}/{id:int}", posts.post),
            Route("/{name}/newsletter", letters.form, methods=["GET", "POST"]),
            Route("/{name}/{id:int}/history", versions.page),
            Route("/{name}/{id:int}/comment", comments.form, methods=["GET", "POST"]),
            Route("/{name}/{id:int}/comments", talk.page),
            Route("/{name}/{id:int}/comments.atom", talk.feed),
        ]


def _feeds(feeds: FeedPages) -> list[BaseRoute]:
    month = "{year:int}/{month:int}"
    return [
        Route("/s/{name}/feed.{form}", feeds.feed),
        Route("/s/{name}/tag/{tag}/feed.{form}", feeds.feed),
        Route(f"/s/{{name}}/{month}/feed.{{form}}", feeds.month),
        Route(f"/s/{{name}}/{month}/feed-{{block:int}}.{{form}}", feeds.archive),
        Route(f"/s/{{name}}/tag/{{tag}}/{month}/feed-{{block:int}}.{{form}}", feeds.archive),
        Route("/s/{name}/new", feeds.fresh),
    ]


def _files(files: FilePages, machines: Machines) -> list[BaseRoute]:
    return [
        Route("/m/{name}/photo/{label}", files.of_channel),
        Route("/m/{name}/logo/{label}", files.of_newspaper),
        Route("/m/{name}/card.png", machines.channel_card),
        Route("/m/{name}/{id}/card.png", machines.card),
        Route("/m/{name}/author/{slug}/{label}", files.of_author),
        Route("/m/{name}/{id:int}/comment/{comment:int}/{label}", files.of_comment),
        Route("/m/{name}/{id}/{label}", files.of_post),
    ]
