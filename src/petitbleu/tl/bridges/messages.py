"""Messages and what hangs on them: polls, drafts, actions, folders, media."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from petitbleu.tl.adapt import downgrade, upgrade
from petitbleu.tl.bridges.conversions import text_of, user_number, with_entities

Old = dict[str, Any]
DAYS_A_MONTH = 30


@upgrade("poll", fields=("question",))
def _question(obj: api.Poll, old: Old) -> None:
    """Plain text until layer 176."""
    obj.question = with_entities(old["question"])


@downgrade("poll", "question")
def _plain_question(obj: api.Poll) -> str:
    return text_of(obj.question)


@upgrade("pollAnswer", fields=("text",))
def _answer_text(obj: api.PollAnswer, old: Old) -> None:
    obj.text = with_entities(old["text"])


@downgrade("pollAnswer", "text")
def _plain_answer(obj: api.PollAnswer) -> str:
    return text_of(obj.text)


@upgrade("inputMediaPoll", fields=("correct_answers",))
def _correct_answers(obj: api.InputMediaPoll, old: Old) -> None:
    """Until layer 223 the options themselves, then their places in the list."""
    correct = old["correct_answers"]
    if correct is not None:
        options = [getattr(answer, "option", None) for answer in obj.poll.answers]
        obj.correct_answers = [options.index(option) for option in correct if option in options]


@downgrade("inputMediaPoll", "correct_answers")
def _correct_options(obj: api.InputMediaPoll) -> list[bytes] | None:
    if obj.correct_answers is None:
        return None
    options = [getattr(answer, "option", b"") for answer in obj.poll.answers]
    return [options[place] for place in obj.correct_answers if 0 <= place < len(options)]


@upgrade("pollResults", fields=("recent_voters",))
def _voters(obj: api.PollResults, old: Old) -> None:
    if old["recent_voters"] is not None:
        obj.recent_voters = [api.PeerUser(user_id=user) for user in old["recent_voters"]]


@downgrade("pollResults", "recent_voters")
def _voting_users(obj: api.PollResults) -> list[int] | None:
    if obj.recent_voters is None:
        return None
    return [peer.user_id for peer in obj.recent_voters if isinstance(peer, api.PeerUser)]


@upgrade("messages.votesList", fields=("votes",))
def _votes(obj: api.messages.VotesList, old: Old) -> None:
    """Only users voted then; the vote itself is spelled the same."""
    votes: list[Any] = []
    for vote in old["votes"]:
        peer = api.PeerUser(user_id=vote.user_id)
        if isinstance(vote, api.MessageUserVoteInputOption):
            votes.append(api.MessagePeerVoteInputOption(peer=peer, date=vote.date))
        elif isinstance(vote, api.MessageUserVoteMultiple):
            many = api.MessagePeerVoteMultiple(peer=peer, options=vote.options, date=vote.date)
            votes.append(many)
        else:
            votes.append(api.MessagePeerVote(peer=peer, option=vote.option, date=vote.date))
    obj.votes = votes


@downgrade("messages.votesList", "votes")
def _user_votes(obj: api.messages.VotesList) -> list[Any]:
    votes: list[Any] = []
    for vote in obj.votes:
        user = user_number(vote.peer)
        if not user:
            continue
        if isinstance(vote, api.MessagePeerVoteInputOption):
            votes.append(api.MessageUserVoteInputOption(user_id=user, date=vote.date))
        elif isinstance(vote, api.MessagePeerVoteMultiple):
            many = api.MessageUserVoteMultiple(user_id=user, options=vote.options, date=vote.date)
            votes.append(many)
        else:
            votes.append(api.MessageUserVote(user_id=user, option=vote.option, date=vote.date))
    return votes


@upgrade("updateMessagePollVote", fields=("user_id",))
def _vote_peer(obj: api.UpdateMessagePollVote, old: Old) -> None:
    obj.peer = api.PeerUser(user_id=old["user_id"])


@downgrade("updateMessagePollVote", "user_id")
def _vote_user(obj: api.UpdateMessagePollVote) -> int:
    return user_number(obj.peer)


@downgrade("draftMessage", "reply_to_msg_id")
def _draft_reply(obj: api.DraftMessage) -> int | None:
    reply = obj.reply_to
    return reply.reply_to_msg_id if isinstance(reply, api.InputReplyToMessage) else None


@upgrade("dialogFilter", "dialogFilterChatlist", "chatlists.chatlistInvite", fields=("title",))
def _title(obj: Any, old: Old) -> None:
    """Plain text until layer 195."""
    obj.title = with_entities(old["title"])


@downgrade("dialogFilter", "title")
@downgrade("dialogFilterChatlist", "title")
@downgrade("chatlists.chatlistInvite", "title")
def _plain_title(obj: Any) -> str:
    return text_of(obj.title)


@upgrade(
    "messageActionGiftCode",
    "messageActionGiftPremium",
    "payments.checkedGiftCode",
    fields=("months",),
)
def _days(obj: Any, old: Old) -> None:
    obj.days = old["months"] * DAYS_A_MONTH


@downgrade("messageActionGiftCode", "months")
@downgrade("messageActionGiftPremium", "months")
@downgrade("payments.checkedGiftCode", "months")
def _months(obj: Any) -> int:
    return int(obj.days) // DAYS_A_MONTH


@upgrade("messageActionRequestedPeer", fields=("peer",))
def _one_peer(obj: api.MessageActionRequestedPeer, old: Old) -> None:
    obj.peers = [old["peer"]]


@downgrade("messageActionRequestedPeer", "peer")
def _first_peer(obj: api.MessageActionRequestedPeer) -> Any:
    return next(iter(obj.peers), None)


@upgrade("messageActionSetChatTheme", fields=("emoticon",))
def _action_theme(obj: api.MessageActionSetChatTheme, old: Old) -> None:
    obj.theme = api.ChatTheme(emoticon=old["emoticon"])


@downgrade("messageActionSetChatTheme", "emoticon")
def _action_emoticon(obj: api.MessageActionSetChatTheme) -> str:
    return getattr(obj.theme, "emoticon", "")


@upgrade("messageMediaDocument", fields=("alt_document",))
def _alternative(obj: api.MessageMediaDocument, old: Old) -> None:
    if old["alt_document"] is not None:
        obj.alt_documents = [old["alt_document"]]


@downgrade("messageMediaDocument", "alt_document")
def _first_alternative(obj: api.MessageMediaDocument) -> Any:
    return next(iter(obj.alt_documents or ()), None)


@upgrade("updateMessageExtendedMedia", fields=("extended_media",))
def _one_extended(obj: api.UpdateMessageExtendedMedia, old: Old) -> None:
    obj.extended_media = [old["extended_media"]]


@downgrade("updateMessageExtendedMedia", "extended_media")
def _first_extended(obj: api.UpdateMessageExtendedMedia) -> Any:
    return next(iter(obj.extended_media), None)


@upgrade("todoCompletion", fields=("completed_by",))
def _completed_by(obj: api.TodoCompletion, old: Old) -> None:
    obj.completed_by = api.PeerUser(user_id=old["completed_by"])


@downgrade("todoCompletion", "completed_by")
def _completed_user(obj: api.TodoCompletion) -> int:
    return user_number(obj.completed_by)


@upgrade("invoice", fields=("recurring_terms_url",))
def _terms(obj: api.Invoice, old: Old) -> None:
    obj.terms_url = old["recurring_terms_url"]


@downgrade("invoice", "recurring_terms_url")
def _recurring_terms(obj: api.Invoice) -> str | None:
    return obj.terms_url if obj.recurring else None


@upgrade("messages.chatInviteJoinResultWebView", fields=("webview",))
def _join_query(obj: api.messages.ChatInviteJoinResultWebView, old: Old) -> None:
    obj.query_id = old["webview"].query_id or 0


@downgrade("messages.chatInviteJoinResultWebView", "webview")
def _join_webview(obj: api.messages.ChatInviteJoinResultWebView) -> api.WebViewResultUrl:
    return api.WebViewResultUrl(query_id=obj.query_id, url="")
