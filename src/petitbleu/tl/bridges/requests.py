"""Old requests lifted to the newest form: what clients of older layers ask, said as it is said
today.
"""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from petitbleu.tl.adapt import renamed, upgrade
from petitbleu.tl.bridges.conversions import peer_of_channel, peer_of_user, stars

Old = dict[str, Any]


@upgrade(
    "messages.sendMessage",
    "messages.sendMedia",
    "messages.sendMultiMedia",
    "messages.sendInlineBotResult",
    "messages.saveDraft",
    "messages.requestWebView",
    "messages.prolongWebView",
    "messages.sendScreenshotNotification",
    "draftMessage",
    fields=("reply_to_msg_id", "top_msg_id"),
)
def _reply_to(obj: Any, old: Old) -> None:
    """Until layer 158 (drafts: 165) a reply was a message id, and its topic another."""
    topic = old.get("top_msg_id")
    message = old.get("reply_to_msg_id") or topic
    if message is not None:
        obj.reply_to = api.InputReplyToMessage(reply_to_msg_id=message, top_msg_id=topic)


@upgrade("messages.report", "stories.report", fields=("reason",))
def _report_reason(obj: Any, old: Old) -> None:
    """Until layer 188 the reason was an object; now it is an option that the server offered.

    ``inputReportReasonChildAbuse`` becomes the option ``childAbuse``.
    """
    tail = old["reason"].NAME.removeprefix("inputReportReason")
    obj.option = (tail[:1].lower() + tail[1:]).encode()


@upgrade("channels.toggleSignatures", fields=("enabled",))
def _signatures(obj: api.channels.ToggleSignatures, old: Old) -> None:
    obj.signatures_enabled = old["enabled"]


@upgrade("messages.sendBotRequestedPeer", fields=("requested_peer",))
def _requested_peer(obj: api.messages.SendBotRequestedPeer, old: Old) -> None:
    obj.requested_peers = [old["requested_peer"]]


@upgrade("messages.sendPaidReaction", "messages.togglePaidReactionPrivacy", fields=("private",))
def _paid_privacy(obj: Any, old: Old) -> None:
    private = old["private"]
    if private:
        obj.private = api.PaidReactionPrivacyAnonymous()
    elif isinstance(obj, api.messages.TogglePaidReactionPrivacy):
        obj.private = api.PaidReactionPrivacyDefault()


@upgrade("messages.setChatTheme", fields=("emoticon",))
def _chat_theme(obj: api.messages.SetChatTheme, old: Old) -> None:
    emoticon = old["emoticon"]
    obj.theme = api.InputChatTheme(emoticon=emoticon) if emoticon else api.InputChatThemeEmpty()


@upgrade("messages.composeMessageWithAI", fields=("change_tone",))
def _tone(obj: api.messages.ComposeMessageWithAI, old: Old) -> None:
    if old["change_tone"] is not None:
        obj.tone = api.InputAiComposeToneDefault(tone=old["change_tone"])


@upgrade("account.updateColor", fields=("color", "background_emoji_id"))
def _color(obj: api.account.UpdateColor, old: Old) -> None:
    """Until layer 214 a palette number and an emoji."""
    color, emoji = old.get("color"), old.get("background_emoji_id")
    if color is not None or emoji is not None:
        obj.color = api.PeerColor(color=color, background_emoji_id=emoji)


@upgrade("account.getUniqueGiftChatThemes", fields=("offset",))
def _themes_offset(obj: api.account.GetUniqueGiftChatThemes, old: Old) -> None:
    obj.offset = str(old["offset"]) if old["offset"] else ""


@upgrade("account.updateConnectedBot", fields=("can_reply", "recipients"))
def _connected_bot(obj: api.account.UpdateConnectedBot, old: Old) -> None:
    if old.get("can_reply"):
        obj.rights = api.BusinessBotRights(reply=True)
    named = old.get("recipients")
    if named is not None:
        obj.recipients = api.InputBusinessBotRecipients(
            existing_chats=named.existing_chats,
            new_chats=named.new_chats,
            contacts=named.contacts,
            non_contacts=named.non_contacts,
            exclude_selected=named.exclude_selected,
            users=named.users,
        )


@upgrade(
    "stats.getBroadcastRevenueStats",
    "stats.getBroadcastRevenueTransactions",
    "stats.getBroadcastRevenueWithdrawalUrl",
    fields=("channel",),
)
def _revenue_peer(obj: Any, old: Old) -> None:
    obj.peer = peer_of_channel(old["channel"])


@upgrade("stats.getMessagePublicForwards", fields=("offset_id",))
def _forwards_offset(obj: api.stats.GetMessagePublicForwards, old: Old) -> None:
    """The three numbers of the old offset in the one text of the new."""
    if old["offset_id"]:
        obj.offset = f"{old['offset_rate']}_{old['offset_id']}"


@upgrade(
    "stories.exportStoryLink",
    "stories.getPinnedStories",
    "stories.getStoriesByID",
    "stories.incrementStoryViews",
    "stories.readStories",
    "stories.report",
    "stories.sendReaction",
    "inputMediaStory",
    "inputReplyToStory",
    "inputInvoiceStarGift",
    fields=("user_id",),
)
def _peer_for_user(obj: Any, old: Old) -> None:
    """Only users had stories then (layers 160-161, replies up to 173)."""
    obj.peer = peer_of_user(old["user_id"])


@upgrade(
    "stories.canSendStory",
    "stories.deleteStories",
    "stories.editStory",
    "stories.getStoriesArchive",
    "stories.getStoriesViews",
    "stories.getStoryViewsList",
    "stories.sendStory",
    "stories.togglePinned",
    lacking=("peer",),
)
def _own_stories(obj: Any, old: Old) -> None:
    """Where no peer was named, one's own stories were meant."""
    obj.peer = api.InputPeerSelf()


@upgrade("stories.getStoryViewsList", fields=("offset_date", "offset_id"))
def _views_offset(obj: api.stories.GetStoryViewsList, old: Old) -> None:
    if old["offset_id"]:
        obj.offset = f"{old['offset_date']}_{old['offset_id']}"


@upgrade(
    "payments.convertStarGift",
    "payments.saveStarGift",
    "payments.transferStarGift",
    "payments.upgradeStarGift",
    "inputInvoiceStarGiftTransfer",
    "inputInvoiceStarGiftUpgrade",
    fields=("msg_id",),
)
def _saved_gift(obj: Any, old: Old) -> None:
    obj.stargift = api.InputSavedStarGiftUser(msg_id=old["msg_id"])


@upgrade("payments.transferStarGift", "inputInvoiceStarGiftTransfer", fields=("to_id",))
def _gift_to(obj: Any, old: Old) -> None:
    obj.to_id = peer_of_user(old["to_id"])


@upgrade("payments.updateStarGiftPrice", fields=("resell_stars",))
def _gift_price(obj: api.payments.UpdateStarGiftPrice, old: Old) -> None:
    obj.resell_amount = stars(old["resell_stars"])


@upgrade("payments.getStarsRevenueWithdrawalUrl", fields=("stars",))
def _withdrawn(obj: api.payments.GetStarsRevenueWithdrawalUrl, old: Old) -> None:
    obj.amount = old["stars"]


@upgrade("payments.getStarsTransactions", lacking=("limit",))
def _transactions_limit(obj: api.payments.GetStarsTransactions, old: Old) -> None:
    """Layer 181 had no limit: the usual page."""
    obj.limit = 100


@upgrade("inputInvoiceStars", fields=("option",))
def _stars_option(obj: api.InputInvoiceStars, old: Old) -> None:
    option = old["option"]
    obj.purpose = api.InputStorePaymentStarsTopup(
        stars=option.stars, currency=option.currency, amount=option.amount
    )


@renamed("inputStorePaymentStars")
def _stars_purpose(obj: api.InputStorePaymentStars) -> api.InputStorePaymentStarsTopup:
    return api.InputStorePaymentStarsTopup(
        stars=obj.stars, currency=obj.currency, amount=obj.amount
    )


@renamed("emojiStatusUntil")
def _emoji_until(obj: api.EmojiStatusUntil) -> api.EmojiStatus:
    """Until layer 196 a constructor of its own."""
    return api.EmojiStatus(document_id=obj.document_id, until=obj.until)


@renamed("phoneCallDiscardReasonAllowGroupCall")
def _discard_reason(obj: Any) -> api.PhoneCallDiscardReasonHangup:
    """Layers 196-201: the call goes on as a conference; the call itself has ended."""
    return api.PhoneCallDiscardReasonHangup()
