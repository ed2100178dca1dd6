"""Configuration -> TL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.domain.client.config.addresses import Address
from petitbleu.domain.client.config.service import Country
from petitbleu.tl import api

DCS = range(1, 6)
"""Data centre numbers clients carry in code: all of them are this server."""
TEST_DC = 10_000
"""What clients add to the number of a test data centre."""


def this_dc(dialled: int, own: int) -> int:
    """The number to echo: the one the client dialled (media DCs are negative, test DCs above
    10,000).

    A client that finds another number here fetches its configuration again without pause.
    """
    bare = abs(dialled) % TEST_DC
    return bare if bare in DCS else own


def config(
    now: int, dc: int, test_mode: bool, addresses: Sequence[Address], url: str
) -> api.Config:
    """config: every data centre number is reachable at the given addresses."""
    options = [
        api.DcOption(
            id=number,
            ip_address=address.ip,
            port=address.port,
            ipv6=address.v6,
            this_port_only=True,
        )
        for number in DCS
        for address in addresses
    ]
    return api.Config(
        date=now,
        expires=now + 3600,
        test_mode=test_mode,
        this_dc=dc,
        dc_options=options,
        dc_txt_domain_name="",
        default_p2p_contacts=True,
        revoke_pm_inbox=True,
        chat_size_max=200,
        megagroup_size_max=200_000,
        forwarded_count_max=100,
        online_update_period_ms=210_000,
        offline_blur_timeout_ms=5_000,
        offline_idle_timeout_ms=30_000,
        online_cloud_timeout_ms=300_000,
        notify_cloud_delay_ms=30_000,
        notify_default_delay_ms=1_500,
        push_chat_period_ms=60_000,
        push_chat_limit=2,
        edit_time_limit=172_800,
        revoke_time_limit=2**31 - 1,
        revoke_pm_time_limit=2**31 - 1,
        rating_e_decay=2_419_200,
        stickers_recent_limit=200,
        channels_read_media_period=604_800,
        call_receive_timeout_ms=20_000,
        call_ring_timeout_ms=90_000,
        call_connect_timeout_ms=30_000,
        call_packet_timeout_ms=10_000,
        me_url_prefix=url,
        caption_length_max=1_024,
        message_length_max=4_096,
        webfile_dc_id=dc,
    )


def json_value(value: Any) -> Any:
    """A plain value as JSONValue."""
    if value is None:
        return api.JsonNull()
    if isinstance(value, bool):
        return api.JsonBool(value=value)
    if isinstance(value, int | float):
        return api.JsonNumber(value=float(value))
    if isinstance(value, str):
        return api.JsonString(value=value)
    if isinstance(value, list):
        return api.JsonArray(value=[json_value(item) for item in value])
    return api.JsonObject(
        value=[api.JsonObjectValue(key=key, value=json_value(one)) for key, one in value.items()]
    )


def country(one: Country) -> api.help.Country:
    """help.country"""
    return api.help.Country(
        iso2=one.iso2,
        default_name=one.default_name,
        name=one.name,
        country_codes=[
            api.help.CountryCode(
                country_code=code.code,
                prefixes=code.prefixes or None,
                patterns=code.patterns or None,
            )
            for code in one.codes
        ],
    )


_COLORS = (
    (0, 0xC6504A, 0xFF8A80),
    (1, 0xC9731A, 0xF2B05E),
    (2, 0x8E5BC8, 0xC7A2F2),
    (3, 0x3F9A2B, 0x8FD97A),
    (4, 0x2A93AD, 0x74D0E4),
    (5, 0x3580C2, 0x86BFF5),
    (6, 0xBD4C84, 0xF598C4),
)
"""The seven name colours: id, on a light ground, on a dark one."""
PEER_COLORS_HASH = 2025112503
PROFILE_COLORS_HASH = 2025112502


def peer_colors() -> api.help.PeerColors:
    """help.peerColors: the accents of names. Every client paints 0 to 6 in shades of its own and
    expects none here (TDLib reports them as an error).
    """
    return api.help.PeerColors(
        hash=PEER_COLORS_HASH,
        colors=[api.help.PeerColorOption(color_id=number) for number, _light, _dark in _COLORS],
    )


def profile_colors() -> api.help.PeerColors:
    """help.peerColors: the grounds of profiles."""
    return api.help.PeerColors(
        hash=PROFILE_COLORS_HASH,
        colors=[
            api.help.PeerColorOption(
                color_id=number, colors=_profile(light), dark_colors=_profile(dark)
            )
            for number, light, dark in _COLORS
        ],
    )


def _profile(color: int) -> api.help.PeerColorProfileSet:
    return api.help.PeerColorProfileSet(
        palette_colors=[color], bg_colors=[color], story_colors=[color, color]
    )
