"""SQL of ``profile_photo`` and ``personal_photo``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class PhotoRow(NamedTuple):
    """One photo of somebody. ``data`` is in the form of ``body.media``."""

    owner: int
    list: int
    position: int
    media: int
    data: bytes


class PersonalRow(NamedTuple):
    """How ``viewer`` sees ``target``."""

    target: int
    data: bytes


class Position(NamedTuple):
    """The highest position of a list."""

    position: int


class Count(NamedTuple):
    """A number of rows."""

    n: int


_COLUMNS = "owner, list, position, media, data"

SHOWN = query(
    "select p.owner, p.list, p.position, p.media, p.data from profile_photo p"
    " where p.owner in (:owners) and p.position = (select max(q.position) from profile_photo q"
    " where q.owner = p.owner and q.list = p.list)",
    PhotoRow,
)
PERSONAL = query(
    "select target, data from personal_photo where viewer = :viewer and target in (:targets)",
    PersonalRow,
)
LIST = query(
    f"select {_COLUMNS} from profile_photo where owner = :owner and list = 0"
    " and media < :below order by position desc limit :limit offset :skip",
    PhotoRow,
)
COUNT = query("select count(*) as n from profile_photo where owner = :owner and list = 0", Count)
OF_MEDIA = query(
    f"select {_COLUMNS} from profile_photo where owner = :owner and media = :media", PhotoRow
)
ALL = query(f"select {_COLUMNS} from profile_photo where owner = :owner", PhotoRow)
LAST_POSITION = query(
    "select coalesce(max(position), 0) as position from profile_photo"
    " where owner = :owner and list = :list",
    Position,
)
ADD = query(
    "insert into profile_photo (owner, list, position, media, data)"
    " values (:owner, :list, :position, :media, :data)",
    stamps=(("accounts", "owner"),),
)
DROP = query(
    "delete from profile_photo where owner = :owner and list = :list and position = :position",
    stamps=(("accounts", "owner"),),
)
SET_PERSONAL = query(
    "insert into personal_photo (viewer, target, media, data)"
    " values (:viewer, :target, :media, :data)"
    " on conflict (viewer, target) do update set media = excluded.media, data = excluded.data",
    stamps=(("accounts", "target"),),
)
DROP_PERSONAL = query(
    "delete from personal_photo where viewer = :viewer and target = :target",
    stamps=(("accounts", "target"),),
)
ALL_PERSONAL = query("select target, data from personal_photo where viewer = :viewer", PersonalRow)
