"""Stars and gifts: amounts that were whole stars, owners that were users."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from petitbleu.tl.adapt import downgrade, upgrade
from petitbleu.tl.bridges.conversions import stars, user_number, whole_stars

Old = dict[str, Any]
AMOUNTS = {
    "starsRevenueStatus": ("current_balance", "available_balance", "overall_revenue"),
    "payments.starsStatus": ("balance",),
    "updateStarsBalance": ("balance",),
}
"""Whole stars until layer 194, under the same name."""


def _register_amount(name: str, field: str) -> None:
    @upgrade(name, fields=(field,))
    def lift(obj: Any, old: Old) -> None:
        setattr(obj, field, stars(old[field]))

    @downgrade(name, field)
    def lower(obj: Any) -> int:
        return whole_stars(getattr(obj, field))


for _name, _fields in AMOUNTS.items():
    for _field in _fields:
        _register_amount(_name, _field)


@upgrade("starsTransaction", fields=("stars",))
def _transaction(obj: api.StarsTransaction, old: Old) -> None:
    """A number until layer 194, an amount until 204, both called stars."""
    amount = old["stars"]
    obj.amount = stars(amount) if isinstance(amount, int) else amount


@downgrade("starsTransaction", "stars:long")
def _transaction_stars(obj: api.StarsTransaction) -> int:
    return whole_stars(obj.amount)


@downgrade("starsTransaction", "stars:StarsAmount")
def _transaction_amount(obj: api.StarsTransaction) -> Any:
    return obj.amount


@upgrade(
    "starGiftAttributeModel",
    "starGiftAttributePattern",
    "starGiftAttributeBackdrop",
    fields=("rarity_permille",),
)
def _rarity(obj: Any, old: Old) -> None:
    obj.rarity = api.StarGiftAttributeRarity(permille=old["rarity_permille"])


@downgrade("starGiftAttributeModel", "rarity_permille")
@downgrade("starGiftAttributePattern", "rarity_permille")
@downgrade("starGiftAttributeBackdrop", "rarity_permille")
def _permille(obj: Any) -> int:
    return getattr(obj.rarity, "permille", 0)


@upgrade("starGiftAttributeOriginalDetails", fields=("sender_id", "recipient_id"))
def _details(obj: api.StarGiftAttributeOriginalDetails, old: Old) -> None:
    obj.recipient_id = api.PeerUser(user_id=old["recipient_id"])
    if old["sender_id"] is not None:
        obj.sender_id = api.PeerUser(user_id=old["sender_id"])


@downgrade("starGiftAttributeOriginalDetails", "recipient_id")
def _recipient(obj: api.StarGiftAttributeOriginalDetails) -> int:
    return user_number(obj.recipient_id)


@downgrade("starGiftAttributeOriginalDetails", "sender_id")
def _sender(obj: api.StarGiftAttributeOriginalDetails) -> int | None:
    return user_number(obj.sender_id) or None


@upgrade("starGiftUnique", fields=("owner_id",))
def _owner(obj: api.StarGiftUnique, old: Old) -> None:
    obj.owner_id = api.PeerUser(user_id=old["owner_id"])


@downgrade("starGiftUnique", "owner_id")
def _owning_user(obj: api.StarGiftUnique) -> int:
    return user_number(obj.owner_id)


@upgrade("starGiftUnique", fields=("resell_stars",))
def _resell_amount(obj: api.StarGiftUnique, old: Old) -> None:
    if old["resell_stars"] is not None:
        obj.resell_amount = [stars(old["resell_stars"])]


@downgrade("starGiftUnique", "resell_stars")
def _resell_stars(obj: api.StarGiftUnique) -> int | None:
    return next((whole_stars(a) for a in obj.resell_amount or () if whole_stars(a)), None)


@upgrade("messageActionStarGiftUnique", fields=("resale_stars",))
def _resale_amount(obj: api.MessageActionStarGiftUnique, old: Old) -> None:
    if old["resale_stars"] is not None:
        obj.resale_amount = stars(old["resale_stars"])


@downgrade("messageActionStarGiftUnique", "resale_stars")
def _resale_stars(obj: api.MessageActionStarGiftUnique) -> int | None:
    return whole_stars(obj.resale_amount) or None
