"""Small conversions that several bridges need."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from petitbleu.tl.adapt import taken_for


def text_of(value: Any) -> str:
    """The plain text of a textWithEntities."""
    return str(value.text) if value is not None else ""


def with_entities(text: str) -> api.TextWithEntities:
    """A textWithEntities without entities."""
    return api.TextWithEntities(text=text, entities=[])


def user_number(peer: Any) -> int:
    """The user id of a peer, for clients that know nothing but users there; 0 for a chat."""
    return int(peer.user_id) if isinstance(peer, api.PeerUser) else 0


def peer_of_user(user: Any) -> Any:
    """The inputPeer of an inputUser."""
    if isinstance(user, api.InputUser):
        return api.InputPeerUser(user_id=user.user_id, access_hash=user.access_hash)
    if isinstance(user, api.InputUserFromMessage):
        return api.InputPeerUserFromMessage(
            peer=user.peer, msg_id=user.msg_id, user_id=user.user_id
        )
    if isinstance(user, api.InputUserSelf):
        return api.InputPeerSelf()
    return api.InputPeerEmpty()


@taken_for("InputPeer", "InputUser")
def user_of_peer(peer: Any) -> Any:
    """The inputUser of an inputPeer: for layers that had only users there, and for Pyrogram and its
    kin, which give any method an inputPeer.
    """
    if isinstance(peer, api.InputPeerUser):
        return api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    if isinstance(peer, api.InputPeerUserFromMessage):
        return api.InputUserFromMessage(peer=peer.peer, msg_id=peer.msg_id, user_id=peer.user_id)
    return api.InputUserSelf() if isinstance(peer, api.InputPeerSelf) else api.InputUserEmpty()


def peer_of_channel(channel: Any) -> Any:
    """The inputPeer of an inputChannel."""
    if isinstance(channel, api.InputChannel):
        return api.InputPeerChannel(channel_id=channel.channel_id, access_hash=channel.access_hash)
    if isinstance(channel, api.InputChannelFromMessage):
        return api.InputPeerChannelFromMessage(
            peer=channel.peer, msg_id=channel.msg_id, channel_id=channel.channel_id
        )
    return api.InputPeerEmpty()


@taken_for("InputPeer", "InputChannel")
def channel_of_peer(peer: Any) -> Any:
    """The inputChannel of an inputPeer, for the same libraries."""
    if isinstance(peer, api.InputPeerChannel):
        return api.InputChannel(channel_id=peer.channel_id, access_hash=peer.access_hash)
    if isinstance(peer, api.InputPeerChannelFromMessage):
        return api.InputChannelFromMessage(
            peer=peer.peer, msg_id=peer.msg_id, channel_id=peer.channel_id
        )
    return api.InputChannelEmpty()


def whole_stars(amount: Any) -> int:
    """The stars of a StarsAmount; other currencies are nothing to clients that know only stars."""
    return int(amount.amount) if isinstance(amount, api.StarsAmount) else 0


def stars(amount: int) -> api.StarsAmount:
    """A whole number of stars."""
    return api.StarsAmount(amount=amount, nanos=0)
