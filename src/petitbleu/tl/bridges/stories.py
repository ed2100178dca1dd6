"""Stories, which only users had in layers 160 and 161."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from petitbleu.tl.adapt import downgrade, upgrade
from petitbleu.tl.bridges.conversions import user_number, user_of_peer

Old = dict[str, Any]


@upgrade(
    "messageMediaStory",
    "messageReplyStoryHeader",
    "webPageAttributeStory",
    "updateReadStories",
    "updateSentStoryReaction",
    "updateStory",
    fields=("user_id",),
)
def _peer(obj: Any, old: Old) -> None:
    obj.peer = api.PeerUser(user_id=old["user_id"])


@downgrade("messageMediaStory", "user_id")
@downgrade("messageReplyStoryHeader", "user_id")
@downgrade("webPageAttributeStory", "user_id")
@downgrade("updateReadStories", "user_id")
@downgrade("updateSentStoryReaction", "user_id")
@downgrade("updateStory", "user_id")
def _user(obj: Any) -> int:
    return user_number(obj.peer)


@downgrade("inputMediaStory", "user_id")
@downgrade("inputReplyToStory", "user_id")
def _input_user(obj: Any) -> Any:
    """In drafts."""
    return user_of_peer(obj.peer)


def _of_user(stories: Any) -> api.UserStories:
    return api.UserStories(
        user_id=user_number(stories.peer),
        max_read_id=stories.max_read_id,
        stories=stories.stories,
    )


def _of_peer(stories: Any) -> api.PeerStories:
    return api.PeerStories(
        peer=api.PeerUser(user_id=stories.user_id),
        max_read_id=stories.max_read_id,
        stories=stories.stories,
    )


@upgrade("stories.allStories", fields=("user_stories",))
def _all_of_peers(obj: api.stories.AllStories, old: Old) -> None:
    obj.peer_stories = [_of_peer(stories) for stories in old["user_stories"]]


@downgrade("stories.allStories", "user_stories")
def _all_of_users(obj: api.stories.AllStories) -> list[api.UserStories]:
    return [_of_user(s) for s in obj.peer_stories if isinstance(s.peer, api.PeerUser)]


@upgrade("userFull", fields=("stories",))
def _full_stories(obj: api.UserFull, old: Old) -> None:
    if old["stories"] is not None:
        obj.stories = _of_peer(old["stories"])


@downgrade("userFull", "stories")
def _full_user_stories(obj: api.UserFull) -> api.UserStories | None:
    return None if obj.stories is None else _of_user(obj.stories)


@upgrade("updatePaidReactionPrivacy", fields=("private",))
def _paid_privacy(obj: api.UpdatePaidReactionPrivacy, old: Old) -> None:
    private = api.PaidReactionPrivacyAnonymous() if old["private"] else None
    obj.private = private or api.PaidReactionPrivacyDefault()


@downgrade("updatePaidReactionPrivacy", "private")
def _paid_private(obj: api.UpdatePaidReactionPrivacy) -> bool:
    return isinstance(obj.private, api.PaidReactionPrivacyAnonymous)
