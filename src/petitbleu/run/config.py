"""Reading the configuration: ``DIR/petitbleu.toml``, environment, command-line flags (later wins).

What the settings are stands in ``petitbleu/config.py``; here they are gathered, converted and
checked. A wrong name or value is one sentence that says where it stands and what was expected.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
import tomllib
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

import msgspec

from petitbleu import limitrules
from petitbleu.config import Config

FILE = "petitbleu.toml"
PREFIX = "PETITBLEU_"
_FOREIGN = frozenset({"PETITBLEU_TEST_DATABASE"})
"""Variables of the test suite that share the prefix."""


class ConfigError(Exception):
    """The configuration is wrong; the text is one sentence for the operator."""


class Setting(msgspec.Struct, frozen=True):
    """One setting, as the generated table and the environment reader need it."""

    path: tuple[str, ...]
    kind: Any
    text: str
    default: Any


def settings(
    struct: type[msgspec.Struct] = Config, path: tuple[str, ...] = ()
) -> Iterator[Setting]:
    """All settings, nested ones by their path."""
    hints = get_type_hints(struct, include_extras=True)
    for field in msgspec.structs.fields(struct):
        hint = hints[field.name]
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            yield from settings(hint, (*path, field.name))
            continue
        kind, text = hint, ""
        if get_origin(hint) is Annotated:
            kind, *notes = get_args(hint)
            text = next((n.description or "" for n in notes if isinstance(n, msgspec.Meta)), "")
        default = field.default
        if default is msgspec.NODEFAULT and callable(field.default_factory):
            default = field.default_factory()
        yield Setting((*path, field.name), kind, text, default)


def load(
    data: Path,
    flags: Mapping[str, Any],
    environ: Mapping[str, str] = os.environ,
    *,
    roles: str | None = None,
) -> Config:
    """The configuration of the instance in ``data``. ``flags``: the ones given, by setting name;
    ``roles``: those of ``[cluster]``, with commas between.
    """
    gathered: dict[str, Any] = {}
    file = data / FILE
    if file.is_file():
        try:
            gathered = tomllib.loads(file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{file} is not valid TOML: {error}") from None
        except OSError as error:
            raise ConfigError(f"{file} cannot be read: {error.strerror}") from None
        gathered.pop("data", None)
        _convert(gathered, str(file))
        _from_folder(gathered, data)
    for path, value in _environment(environ):
        _put(gathered, path, value)
    gathered.update(flags)
    if roles is not None:
        _put(gathered, ("cluster", "roles"), [one.strip() for one in roles.split(",") if one])
    gathered["data"] = str(data)
    config = _convert(gathered, "the configuration")
    check(config)
    return config


def _from_folder(gathered: dict[str, Any], folder: Path) -> None:
    """Relative paths in the file are meant from the folder of the file."""
    for name in ("tls_cert", "tls_key"):
        if gathered.get(name):
            gathered[name] = str(folder / gathered[name])
    moderation = gathered.get("moderation", {})
    if moderation.get("country_database"):
        moderation["country_database"] = str(folder / moderation["country_database"])
    cluster = gathered.get("cluster", {})
    if cluster.get("keys"):
        cluster["keys"] = str(folder / cluster["keys"])


def _environment(environ: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], Any]]:
    known = {setting.path: setting for setting in settings()}
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name in _FOREIGN:
            continue
        path = tuple(name[len(PREFIX) :].lower().split("__"))
        if path == ("data",):
            continue
        kind = _kind(known, path)
        if kind is None:
            raise ConfigError(f"environment variable {name}: no such setting{_near(path)}")
        text = environ[name]
        if get_origin(kind) is tuple:
            yield path, [part.strip() for part in text.split(",") if part.strip()]
            continue
        try:
            yield path, msgspec.convert(text, kind, strict=False)
        except msgspec.ValidationError as error:
            raise ConfigError(f"environment variable {name}: {_plain(str(error))}") from None


def _kind(known: Mapping[tuple[str, ...], Setting], path: tuple[str, ...]) -> Any:
    """The type of the setting at ``path``, also inside a named entry of a table; None: there is
    none.
    """
    if (setting := known.get(path)) is not None:
        return None if get_origin(setting.kind) is dict else setting.kind
    table = known.get(path[:-2])
    if table is None or get_origin(table.kind) is not dict:
        return None
    entry = get_args(table.kind)[1]
    return get_type_hints(entry, include_extras=True).get(path[-1])


def _put(tree: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for part in path[:-1]:
        tree = tree.setdefault(part, {})
    tree[path[-1]] = value


def _convert(gathered: Mapping[str, Any], where: str) -> Config:
    for setting in settings():
        if get_origin(setting.kind) is dict:
            _check_entries(gathered, setting, where)
    try:
        return msgspec.convert(gathered, Config, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {_plain(str(error))}") from None


def _check_entries(gathered: Mapping[str, Any], setting: Setting, where: str) -> None:
    """Convert each named entry of a table by itself: msgspec does not tell which is wrong."""
    table: Any = gathered
    for part in setting.path:
        table = table.get(part, {}) if isinstance(table, Mapping) else {}
    if not isinstance(table, Mapping):
        return
    for name, entry in table.items():
        try:
            msgspec.convert(entry, get_args(setting.kind)[1])
        except msgspec.ValidationError as error:
            said = _plain(str(error), (*setting.path, str(name)))
            raise ConfigError(f"{where}: {said}") from None


def _path(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(f"expected {kind.__name__}")


def _plain(message: str, above: tuple[str, ...] = ()) -> str:
    """msgspec's sentence in the operator's words: ``limits.connections: expected int, got str``.

    ``above``: where the converted value stands.
    """
    what, _, at = message.partition(" - at `$.")
    path = above + (tuple(re.sub(r"\[.*?\]", "", at.rstrip("`")).split(".")) if at else ())
    unknown = re.search(r"unknown field `(.+)`", what)
    if unknown:
        path = (*path, unknown[1])
        return f"{'.'.join(path)}: no such setting{_near(path)}"
    what = what.replace("`", "")
    what = what[0].lower() + what[1:]
    return f"{'.'.join(path)}: {what}" if path else what


def _near(path: tuple[str, ...]) -> str:
    names = [".".join(setting.path) for setting in settings()]
    close = difflib.get_close_matches(".".join(path), names, n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def check(config: Config) -> None:
    """What types cannot say. Raises ConfigError."""
    for address in config.listen:
        _checked("listen", address, _address)
    for address in config.public_address:
        _checked("public_address", address, _public)
    if config.metrics_listen:
        _checked("metrics_listen", config.metrics_listen, _address)
    if config.domains_listen:
        _checked("domains_listen", config.domains_listen, _loopback)
    for name in config.metrics_hosts:
        _checked("metrics_hosts", name, _host_name)
    for network in config.trusted_proxies:
        _checked("trusted_proxies", network, lambda n: ipaddress.ip_network(n, strict=False))
    if bool(config.tls_cert) != bool(config.tls_key):
        raise ConfigError("tls_cert and tls_key belong together: set both or neither")
    for name in ("tls_cert", "tls_key"):
        path = getattr(config, name)
        if path and not Path(path).is_file():
            raise ConfigError(f"{name}: there is no file {path}")
    database = config.moderation.country_database
    if database:
        _checked("moderation.country_database", database, _country_database)
    if not (len(config.country) == 2 and config.country.isalpha() and config.country.isupper()):
        raise ConfigError("country: expected two capital letters, as in FR")
    if config.database != "sqlite" and not config.database.startswith(
        ("postgresql://", "postgres://")
    ):
        raise ConfigError("database: expected sqlite or postgresql://user:password@host/name")
    if config.public_url and not config.public_url.startswith(("https://", "http://")):
        raise ConfigError("public_url: expected an address that begins with https://")
    for name in ("purge_url", "media_url"):
        given = getattr(config.web, name)
        if given and not given.startswith(("https://", "http://")):
            raise ConfigError(f"web.{name}: expected an address that begins with https://")
    _check_cluster(config)
    _check_sso(config)
    for entry in config.desk.witnesses:
        _checked("desk.witnesses", entry, _witness)
    _checked("timezone", config.timezone, zoneinfo.ZoneInfo)
    try:
        limitrules.check(config.limits)
    except ValueError as error:
        raise ConfigError(str(error)) from None
    if not config.listen:
        raise ConfigError("listen: at least one HOST:PORT is needed")


_MOVE = (
    "`petitbleu move` brings the data from SQLite to PostgreSQL (docs/operate/moving.md); then set"
    " database = postgresql://user:password@host/name"
)


def _check_sso(config: Config) -> None:
    sso = config.sso
    if not sso.issuer:
        return
    where = urlsplit(sso.issuer)
    local = where.scheme == "http" and where.hostname in ("localhost", "127.0.0.1", "::1")
    if (
        not where.hostname
        or where.query
        or where.fragment
        or not (where.scheme == "https" or local)
    ):
        raise ConfigError("sso.issuer: expected an address that begins with https://")
    if not sso.client_id:
        raise ConfigError("sso.client_id: the provider's name for this desk is needed")
    if sso.client_secret and sso.client_secret_file:
        raise ConfigError("sso: set client_secret or client_secret_file, not both")
    if sso.client_secret_file and not Path(sso.client_secret_file).is_file():
        raise ConfigError(f"sso.client_secret_file: there is no file {sso.client_secret_file}")


def _check_cluster(config: Config) -> None:
    cluster = config.cluster
    if config.database == "sqlite":
        for name in ("bus", "keys", "blobs"):
            if getattr(cluster, name):
                raise ConfigError(
                    f"cluster.{name}: several workers need PostgreSQL, and database is sqlite."
                    f" Leave cluster.{name} empty, or: {_MOVE}"
                )
    if cluster.bus and not _is_bus(cluster.bus):
        raise ConfigError("cluster.bus: expected nats://user:password@host:4222,host2:4222")
    if cluster.blobs and not re.match(r"s3://[a-z0-9][a-z0-9.-]*[a-z0-9](/|\?|$)", cluster.blobs):
        raise ConfigError(
            "cluster.blobs: expected s3://bucket/prefix?endpoint=https://host&region=name"
        )
    if not cluster.roles:
        raise ConfigError("cluster.roles: name at least one of gateway, web, desk, jobs")


def check_workers(config: Config) -> None:
    """What several workers on one machine need. Raises ConfigError."""
    if config.database == "sqlite":
        raise ConfigError(
            f"--workers: several workers need PostgreSQL, and database is sqlite. {_MOVE}"
            " and [cluster] bus, or serve without --workers"
        )
    if not config.cluster.bus:
        raise ConfigError(
            "--workers: several workers hear of one another by a bus. Start a NATS server (on this"
            " machine will do) and set [cluster] bus = nats://127.0.0.1:4222, or serve without"
            " --workers"
        )


def _is_bus(url: str) -> bool:
    """``nats://`` or ``tls://``, then servers with commas between, each HOST or HOST:PORT."""
    found = re.fullmatch(r"(nats|tls)://([^@/]*@)?([^/]+)/?", url)
    if found is None:
        return False
    try:
        for server in found[3].split(","):
            _public(server)
    except ValueError:
        return False
    return True


def _checked(name: str, value: str, parse: Callable[[str], Any]) -> None:
    try:
        parse(value)
    except (ValueError, zoneinfo.ZoneInfoNotFoundError) as error:
        raise ConfigError(f"{name}: {str(error).replace(chr(39), '')}") from None


def _address(text: str) -> tuple[str, int]:
    from petitbleu.gateway.listener import parse_address

    return parse_address(text)


def _loopback(text: str) -> None:
    """An address that only programs of this machine reach."""
    from petitbleu.networks import is_loopback

    host, _ = _address(text)
    if host != "localhost" and not is_loopback(host):
        raise ValueError(f"“{text}” can be reached from elsewhere; use 127.0.0.1 or [::1]")


def _witness(text: str) -> None:
    from petitbleu.desk.records.witnesses import service

    service.read(text)


def _host_name(text: str) -> None:
    """``NAME``, an IPv4 address or ``[V6]``, without a port."""
    from petitbleu.web.hosts import host_of, host_of_setting

    if host_of([text]) is None or host_of([text]) != host_of_setting(text) or _has_port(text):
        raise ValueError(f"{text!r} is no name or address without a port")


def _has_port(text: str) -> bool:
    return ":" in text.rpartition("]")[2]


def _country_database(path: str) -> None:
    import maxminddb

    if not Path(path).is_file():
        raise ValueError(f"there is no file {path}")
    try:
        maxminddb.open_database(path).close()
    except maxminddb.InvalidDatabaseError:
        raise ValueError(f"{path} is no MMDB file") from None


def _public(text: str) -> tuple[str, int]:
    """``HOST``, ``HOST:PORT``, ``[V6]`` or ``[V6]:PORT``."""
    bare = text.startswith("[") and text.endswith("]")
    return _address(text + ":0" if bare or (text.count(":") != 1 and "]" not in text) else text)


def table() -> str:
    """The settings as a Markdown table, for ``docs/operate/configuration.md``."""
    lines = ["| Setting | Default | Meaning |", "|---|---|---|"]
    for setting in settings():
        lines.append(
            f"| `{'.'.join(setting.path)}` | {_default(setting.default)} |"
            f" {setting.text}{_choices(setting.kind)} |"
        )
    return "\n".join(lines) + "\n"


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple):
        parts = (str(part) if isinstance(part, int) else f'"{part}"' for part in value)
        return f"`[{', '.join(parts)}]`"
    if isinstance(value, int):
        return f"`{value}`"
    if isinstance(value, dict):
        return "none"
    return f'`"{value}"`'


def _choices(kind: Any) -> str:
    if get_origin(kind) is not Literal:
        return ""
    return " (" + ", ".join(f"`{choice}`" for choice in get_args(kind) if choice) + ")"
