"""Settings: where they come from, who wins, and how a wrong one is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from petitbleu.cli.dev_config import DOCUMENT, renewed
from petitbleu.cli.main import cli
from petitbleu.config import Cluster
from petitbleu.run.config import FILE, ConfigError, load, settings


def loaded(tmp_path: Path, toml: str = "", flags: dict[str, Any] | None = None, **env: str) -> Any:
    if toml:
        (tmp_path / FILE).write_text(toml)
    return load(tmp_path, flags or {}, env)


def test_later_sources_win(tmp_path: Path) -> None:
    toml = 'name = "file"\ncountry = "BE"\n[limits]\nconnections = 5\nidle_seconds = 7\n'
    config = loaded(
        tmp_path,
        toml,
        {"country": "LU", "listen": ["127.0.0.1:1"]},
        PETITBLEU_COUNTRY="NL",
        PETITBLEU_LIMITS__CONNECTIONS="6",
        PETITBLEU_LISTEN="a:1, b:2",
        PETITBLEU_DEV="true",
    )
    assert (config.name, config.country, config.dev) == ("file", "LU", True)
    assert config.limits.connections == 6
    assert config.limits.idle_seconds == 7
    assert config.listen == ("127.0.0.1:1",)
    assert config.data == tmp_path


def test_lists_in_the_environment_are_separated_by_commas(tmp_path: Path) -> None:
    config = loaded(tmp_path, PETITBLEU_TRUSTED_PROXIES="10.0.0.0/8, ::1")
    assert config.trusted_proxies == ("10.0.0.0/8", "::1")


def test_paths_in_the_file_are_meant_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "c.pem").touch()
    config = loaded(tmp_path, 'tls_cert = "c.pem"\ntls_key = "c.pem"\n')
    assert config.tls_cert == str(tmp_path / "c.pem")


PG = "database = 'postgresql://pb@db/pb'\n[cluster]\n"


def test_a_cluster(tmp_path: Path) -> None:
    toml = f"{PG}bus = 'nats://pb:word@n1:4222,n2:4222,[::1]:4222'\nkeys = 'secrets/pb'\n"
    config = loaded(tmp_path, toml + "blobs = 's3://bucket/prefix?endpoint=https://s3.example'\n")
    assert config.cluster.name == "main"
    assert config.cluster.roles == ("gateway", "web", "desk", "jobs")
    assert config.keys_folder == tmp_path / "secrets" / "pb"
    assert loaded(tmp_path, PETITBLEU_CLUSTER__ROLES="web, jobs").cluster.roles == ("web", "jobs")


@pytest.mark.parametrize(
    ("text", "size"), [("2 GiB", 2 << 30), ("512MiB", 512 << 20), ("0", 0), ("4096", 4096)]
)
def test_room_for_a_cache_is_told_in_units(text: str, size: int) -> None:
    assert Cluster(disk_cache=text).disk_cache_bytes == size


def test_without_a_cluster_the_keys_are_in_the_data_folder(tmp_path: Path) -> None:
    assert loaded(tmp_path).keys_folder == tmp_path / "keys"
    assert loaded(tmp_path).cluster.bus == ""


@pytest.mark.parametrize(
    ("toml", "env", "said"),
    [
        ("nam = 1", {}, "nam: no such setting (did you mean name?)"),
        ("[limits]\nconnection = 1", {}, "limits.connection: no such setting (did you mean"),
        ("dc = 'two'", {}, "dc: expected int, got str"),
        ("[cluster]\nbus = 'nats://n1:4222'", {}, "cluster.bus: several workers need PostgreSQL"),
        ("[cluster]\nblobs = 's3://b/p'", {}, "cluster.blobs: several workers need PostgreSQL"),
        (
            "[cluster]\nbus = 'nats://n1:4222'",
            {},
            "Leave cluster.bus empty, or: `petitbleu move` brings",
        ),
        (f"{PG}bus = 'http://n1'", {}, "cluster.bus: expected nats://user:password@host:4222"),
        (f"{PG}bus = 'nats://n1:4222,n2:x'", {}, "cluster.bus: expected nats://"),
        (f"{PG}blobs = 'https://bucket'", {}, "cluster.blobs: expected s3://bucket/prefix"),
        (f"{PG}roles = []", {}, "cluster.roles: name at least one of gateway, web, desk, jobs"),
        (f"{PG}roles = ['gate']", {}, "cluster.roles: invalid enum value 'gate'"),
        (f"{PG}name = 'Main Street'", {}, "cluster.name: expected str matching regex"),
        (f"{PG}disk_cache = '2 GB'", {}, "cluster.disk_cache: expected str matching regex"),
        (f"{PG}drain_seconds = -1", {}, "cluster.drain_seconds: expected int >= 0"),
        ("country = 'France'", {}, "country: expected two capital letters"),
        (
            "[moderation]\ncountry_database = 'none.mmdb'",
            {},
            "moderation.country_database: there is no file",
        ),
        (
            f"[moderation]\ncountry_database = '{FILE}'",
            {},
            "petitbleu.toml is no MMDB file",
        ),
        ("log_level = 'loud'", {}, "log_level: invalid enum value 'loud'"),
        ("name = ", {}, "is not valid TOML"),
        ("", {"PETITBLEU_PORT": "1"}, "environment variable PETITBLEU_PORT: no such setting"),
        ("", {"PETITBLEU_DC": "x"}, "environment variable PETITBLEU_DC: expected int"),
        ("listen = ['localhost']", {}, "listen: “localhost” is not HOST:PORT"),
        ("domains_listen = '0.0.0.0:9101'", {}, "domains_listen: “0.0.0.0:9101” can be reached"),
        ("domains_listen = 'door.example:1'", {}, "domains_listen: “door.example:1” can be"),
        ("listen = []", {}, "listen: at least one HOST:PORT is needed"),
        ("trusted_proxies = ['me']", {}, "trusted_proxies: me"),
        ("tls_cert = 'x.pem'", {}, "tls_cert and tls_key belong together"),
        ("tls_cert = 'x'\ntls_key = 'x'", {}, "tls_cert: there is no file"),
        ("database = 'mysql://x'", {}, "database: expected sqlite or postgresql://"),
        ("timezone = 'Mars/Base'", {}, "timezone: No time zone found"),
        ("public_url = 'x.example'", {}, "public_url: expected an address"),
        ("public_address = ['a:b:c']", {}, "public_address: “a:b:c"),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    tmp_path: Path, toml: str, env: dict[str, str], said: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        loaded(tmp_path, toml, None, **env)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value).strip()


@pytest.mark.parametrize("good", ["a.example", "a.example:443", "192.0.2.1", "[::1]", "[::1]:80"])
def test_public_addresses(tmp_path: Path, good: str) -> None:
    assert loaded(tmp_path, flags={"public_address": [good]}).public_address == (good,)


def test_serve_ends_with_code_2_on_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("nonsense = 1\n")
    result = CliRunner().invoke(cli, ["serve", "--data", str(tmp_path)])
    assert result.exit_code == 2
    assert "nonsense: no such setting" in result.output


def test_every_setting_says_what_it_means() -> None:
    assert [setting.path for setting in settings() if not setting.text] == []


def test_the_documented_table_is_fresh() -> None:
    document = DOCUMENT.read_text("utf-8")
    assert renewed(document) == document, "run petitbleu dev config-table --write"
