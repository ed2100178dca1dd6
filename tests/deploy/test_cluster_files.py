"""The compose file, the chart and the files of HAProxy and NATS agree with each other and with the
configuration that petitbleu reads.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from petitbleu.bus.frames import MAX_BYTES
from petitbleu.cli.main import cli
from petitbleu.run.config import load, settings
from tests.kit.waiting import GUARD

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CHART = DEPLOY / "helm" / "petitbleu"
VARIABLE = re.compile(r"\$\{(\w+)(?::[?-][^}]*)?\}")
HELM = shutil.which("helm") or os.environ.get("TESTS_HELM")


def compose() -> dict[str, Any]:
    """The file as it is with every variable of the example set to ``secret``."""
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    given = {"PUBLIC_URL": "https://chat.example.org", "PUBLIC_ADDRESS": "chat.example.org:443"}
    text = re.sub(r"(?<!\$)" + VARIABLE.pattern, lambda one: given.get(one[1], "secret"), text)
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def options_of(command: str) -> set[str]:
    found = cli.get_command(None, command)  # type: ignore[arg-type]
    assert found is not None, command
    return {name for parameter in found.params for name in parameter.opts}


def haproxy_servers() -> dict[str, str]:
    text = (DEPLOY / "haproxy.cfg").read_text("utf-8")
    return dict(re.findall(r"^    server (\w+) (\S+)$", text, re.MULTILINE))


def test_the_workers_of_the_compose_file_start_with_its_settings(tmp_path: Path) -> None:
    services = compose()["services"]
    for name in ("worker1", "worker2", "jobs", "migrate"):
        config = load(tmp_path, {}, services[name]["environment"])
        assert config.cluster.bus == "nats://petitbleu:secret@nats:4222"
        assert config.database.startswith("postgresql://petitbleu:secret@primary,standby/")
        assert config.cluster.blobs.startswith("s3://petitbleu/") and "http://s3:7070" in str(
            config.cluster.blobs
        )
        assert str(config.keys_folder) == "/shared/keys"
        proxy = services["haproxy"]["networks"]["inside"]["ipv4_address"]
        assert config.trusted_proxies == (proxy,)
        assert config.metrics_hosts == ("workers",)


def test_the_services_of_the_compose_file_name_each_other() -> None:
    found = compose()
    services = found["services"]
    assert set(services) == {
        *("primary", "standby", "nats", "s3", "bucket", "keys", "migrate", "haproxy"),
        *("worker1", "worker2", "jobs"),
    }
    for name, service in services.items():
        assert set(service.get("depends_on", [])) <= set(services), name
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            known = source in found["volumes"] or (DEPLOY / source).is_file()
            assert known, f"{name}: {source}"
        for config in service.get("configs", []):
            assert config["source"] in found["configs"], name
        for once in service.get("depends_on", []):
            condition = dict(service["depends_on"])[once] if isinstance(
                service["depends_on"], dict
            ) else {}  # fmt: skip
            if condition.get("condition") == "service_completed_successfully":
                assert "restart" not in services[once], f"{once} is to run once"
    for name in ("worker1", "worker2", "jobs", "migrate", "keys"):
        command, *words = services[name]["command"]
        flags = {word for word in words if word.startswith("--")}
        assert flags <= options_of(command), name
    served = {
        name for name in ("worker1", "worker2", "jobs") if "gateway" in services[name]["command"][4]
    }
    roles = ",".join(services[name]["command"][4] for name in ("worker1", "jobs"))
    assert sorted(roles.split(",")) == ["desk", "gateway", "jobs", "web"]
    assert set(haproxy_servers()) == served
    for name, address in haproxy_servers().items():
        assert address == f"{name}:{services[name]['command'][2].rpartition(':')[2]}"


def test_the_example_of_variables_has_each_of_the_compose_file() -> None:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    used = {one[1] for one in re.finditer(r"(?<!\$)" + VARIABLE.pattern, text)}
    lines = (DEPLOY / "compose.env.example").read_text("utf-8").splitlines()
    named = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert used - {"VERSITYGW_TAG"} == named


def test_haproxy_asks_workers_how_they_are_where_they_say_it() -> None:
    text = (DEPLOY / "haproxy.cfg").read_text("utf-8")
    environment = compose()["services"]["worker1"]["environment"]
    port = environment["PETITBLEU_METRICS_LISTEN"].rpartition(":")[2]
    assert f"check port {port} " in text and "send-proxy-v2" in text
    assert f"uri /readyz ver HTTP/1.1 hdr Host {environment['PETITBLEU_METRICS_HOSTS']}" in text
    for line in ("balance source", "hash-type consistent", "mode tcp", "bind :443"):
        assert f"    {line}\n" in text
    assert compose()["services"]["haproxy"]["ports"] == ["443:443"]


def test_nats_takes_the_example_alone_and_as_three(tmp_path: Path) -> None:
    text = (DEPLOY / "nats.conf").read_text("utf-8")
    assert 'publish: "pb.>", subscribe: "pb.>"' in text and text.count("user: ") == 2
    assert MAX_BYTES <= 1 << 20, "max_payload"
    assert "max_payload: 1MB" in text
    three = text.replace("\n#cluster", "\ncluster").replace("\n#}", "\n}").replace("\n#  ", "\n  ")
    assert three.count("6222") == 4
    for number, settings_ in enumerate((text, three)):
        file = tmp_path / f"{number}.conf"
        file.write_text(settings_, "utf-8")
        done = subprocess.run(
            [str(Path(sys.executable).parent / "nats-server"), "-t", "-c", str(file)],
            env={**os.environ, "NATS_PASSWORD": "a", "NATS_ROUTE_PASSWORD": "b"},
            capture_output=True,
            text=True,
            timeout=GUARD,
        )
        assert done.returncode == 0, done.stderr


KNOWN = {"PETITBLEU_" + "__".join(setting.path).upper() for setting in settings()}


def test_settings_named_in_the_chart_and_in_the_walk_exist() -> None:
    pages = (ROOT / "docs/operate/cluster.md", DEPLOY / "README.md", DEPLOY / "patroni.md")
    files = [*CHART.rglob("*.*"), *pages, DEPLOY / "petitbleu@.service"]
    for file in files:
        named = set(re.findall(r"PETITBLEU_[A-Z_]+", file.read_text("utf-8")))
        assert named <= KNOWN | {"PETITBLEU_DATA"}, file
    walk = pages[0].read_text("utf-8")
    for block in re.findall(r"```toml\n(.*?)```", walk, re.DOTALL):
        section = ""
        for line in block.splitlines():
            if line.startswith("["):
                section = line.strip("[] ").upper() + "__"
            elif key := re.match(r"([a-z_]+) =", line):
                assert f"PETITBLEU_{section}{key[1].upper()}" in KNOWN, line


def _leaves(tree: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    if not isinstance(tree, dict):
        return {path}
    return set().union(*(_leaves(value, (*path, key)) for key, value in tree.items()))


def test_values_of_the_chart_are_those_its_templates_ask_for(tmp_path: Path) -> None:
    values = yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))
    text = "".join(file.read_text("utf-8") for file in (CHART / "templates").iterdir())
    asked = {tuple(one.split(".")) for one in re.findall(r"\.Values\.([\w.]+)", text)}
    of_sets = {tuple(one.split(".")) for one in re.findall(r"\$set\.([\w.]+)", text)}
    tree = {key: value for key, value in values.items() if key not in ("settings", "roleSets")}
    assert asked == _leaves(tree) | {("settings",), ("roleSets",)}
    for name, one in values["roleSets"].items():
        resources = {path for path in _leaves(one) if path[0] != "resources"} | {("resources",)}
        assert of_sets == resources, name
    roles = ",".join(one["roles"] for one in values["roleSets"].values())
    assert sorted(roles.split(",")) == ["desk", "gateway", "jobs", "web"]
    given = {"PETITBLEU_DATABASE": "postgresql://pb@db/pb"}  # of the Secret
    config = load(tmp_path, {}, {**values["settings"], **given})
    assert config.cluster.drain_seconds < 60, "terminationGracePeriodSeconds"


def test_the_chart_drains_probes_and_migrates() -> None:
    workers = (CHART / "templates/workers.yaml").read_text("utf-8")
    for line in (
        "maxUnavailable: 1",
        "terminationGracePeriodSeconds: 60",
        "httpGet: { path: /readyz, port: metrics }",
        "name: petitbleu_sessions",
    ):
        assert line in workers
    migrate = (CHART / "templates/migrate.yaml").read_text("utf-8")
    assert '"helm.sh/hook": pre-install,pre-upgrade' in migrate and 'args: ["migrate"]' in migrate


if HELM:

    @pytest.mark.parametrize("autoscale", [False, True])
    def test_helm_renders_the_chart(autoscale: bool) -> None:
        words = ["template", "pb", str(CHART)]
        if autoscale:
            words += ["--set", "roleSets.doors.autoscale.enabled=true"]
        done = subprocess.run([str(HELM), *words], capture_output=True, text=True, timeout=GUARD)
        assert done.returncode == 0, done.stderr
        made = [one for one in yaml.safe_load_all(done.stdout) if one]
        kinds = sorted(one["kind"] for one in made)
        assert kinds == sorted(
            ["ConfigMap", "Job", "Service", *["Deployment"] * 2, *["PodDisruptionBudget"] * 2]
            + ["HorizontalPodAutoscaler"] * autoscale
        )
        for one in (one for one in made if one["kind"] == "Deployment"):
            pod = one["spec"]["template"]["spec"]
            assert pod["terminationGracePeriodSeconds"] == 60
            assert pod["containers"][0]["args"][:3] == ["serve", "--listen", "0.0.0.0:8443"]
        settings_ = next(one for one in made if one["kind"] == "ConfigMap")["data"]
        assert set(settings_) <= KNOWN
