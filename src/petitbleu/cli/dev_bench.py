"""``petitbleu dev bench``: measure this tree on this machine (needs a checkout's dev packages)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import click

ENGINES = ("sqlite", "postgres")
SIZES: dict[str, dict[str, dict[str, Any]]] = {
    "send": {"quick": {"messages": 4000, "alone": 300}},
    "fanout": {"quick": {"messages": 60, "groups": (100,), "deliveries": 10_000}},
    "post": {"quick": {"members": 2000, "sessions": 200, "messages": 40}},
    "idle": {"quick": {"sessions": 1000, "accounts": 100, "seconds": 5.0}},
    "handshake": {"quick": {"exchanges": 50, "messages": 1500}},
    "resume": {"quick": {"rounds": 200}},
    "history": {"quick": {"messages": 2000}},
    "paging": {"quick": {"stored": 20_000, "rounds": 10}},
    "dialogs": {"quick": {"chats": 500, "rounds": 2}},
    "catchup": {"quick": {"rounds": 3}},
    "growth": {"quick": {"stored": 50_000, "messages": 5000}},
    "search": {"quick": {"stored": 20_000, "questions": 120}},
    "files": {"quick": {"parts": 100, "seconds": 2.0}},
    "desk": {"quick": {"stored": 10_000, "questions": 100, "seconds": 8.0}},
    "verify": {"quick": {"stored": 3000, "seconds": 4.0}},
    "public": {"quick": {"posts": 600, "seconds": 3.0}},
    "spam": {"quick": {"left": 50}},
    "letters": {"quick": {}},
    "web": {"quick": {"small": True}},
    "start": {"quick": {"rounds": 1}},
    "cluster": {
        "quick": {
            "messages": 3000,
            "rounds": 1,
            "alone": 200,
            "shared": 600,
            "shared_rounds": 1,
            "members": 2000,
            "online": 200,
            "posts": 40,
            "idle": 1000,
            "seconds": 5.0,
            "pieces": 60,
        }
    },
}
"""Work -> what ``--quick`` makes smaller; the full sizes are the works' own defaults."""
WEB_PARTS = ("built", "sockets", "start", "chats", "scroll", "burden", "hours")
"""What the work ``web`` is made of; each can be measured alone."""
CLUSTER_PARTS = ("messages", "shares", "posts", "idle", "files")
PARTS = {"web": WEB_PARTS, "cluster": CLUSTER_PARTS}
ONLY = {"cluster": "postgres"}
"""Works that one engine alone can do."""


@click.command("bench")
@click.argument("work", type=click.Choice([*SIZES, "all"]))
@click.option("--engine", type=click.Choice([*ENGINES, "both"]), default="both")
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice([*WEB_PARTS, *CLUSTER_PARTS]),
    help="web, cluster: only this.",
)
@click.option("--quick", is_flag=True, help="Smaller sizes: does it run, roughly how fast.")
@click.option("--profile", is_flag=True, help="send: also where the event loop spends its time.")
@click.option("--json", "as_json", is_flag=True, help="Only the JSON document.")
def bench(
    work: str, engine: str, parts: tuple[str, ...], quick: bool, profile: bool, as_json: bool
) -> None:
    """Measure a fresh server of this tree; every figure stands beside its goal."""
    import uvloop

    if unknown := [part for part in parts if part not in PARTS.get(work, ())]:
        raise click.UsageError(f"the work {work!r} has no part {unknown[0]!r}")

    works = list(SIZES) if work == "all" else [work]
    engines = list(ENGINES) if engine == "both" else [engine]
    uvloop.run(_all(works, engines, parts, quick, as_json))
    if profile and "send" in works:
        uvloop.run(_profile(engines[0], quick))


async def _all(
    works: list[str], engines: list[str], parts: tuple[str, ...], quick: bool, as_json: bool
) -> None:
    from petitbleu.bench import report

    runs = []
    for engine in engines:
        for work in works:
            if ONLY.get(work, engine) != engine:
                continue
            if not as_json:
                click.echo(f"{work} on {engine} …", err=True)
            runs.append(await _one(work, engine, quick, parts))
    if not as_json:
        click.echo(report.table(runs))
        if "spam" in works:
            from petitbleu.bench import spam

            click.echo(f"\nspam, a fresh instance\n{spam.tables()}")
        if "letters" in works:
            from petitbleu.bench import sorting

            click.echo(f"\nletters, by kind\n{sorting.report()}")
        if quick:
            click.echo("\n--quick: smaller than the goals mean; ratios and rates may differ.")
        click.echo()
    click.echo(json.dumps(report.document(runs), indent=2))


async def _one(work: str, engine: str, quick: bool, parts: tuple[str, ...]) -> Any:
    from petitbleu.bench import report
    from petitbleu.bench.rig import rig

    sizes = SIZES[work]["quick"] if quick else {}
    figures: dict[str, float] = {}
    # Each part has a server and people of its own.
    turns: list[dict[str, Any]] = [{}]
    if work in PARTS:
        turns = [{"parts": (part,)} for part in parts or PARTS[work]]
    for turn in turns:
        with tempfile.TemporaryDirectory(prefix="petitbleu-bench-") as folder:
            async with rig(engine, Path(folder)) as made:
                figures |= await _works()[work](made, **sizes, **turn)
    return report.Run(work, engine, figures)


def _works() -> dict[str, Callable[..., Awaitable[dict[str, float]]]]:
    from petitbleu.bench import (
        cluster,
        crowds,
        desk,
        files,
        groups,
        lists,
        messages,
        public,
        search,
        sessions,
        sorting,
        spam,
        verify,
        web,
    )

    return {
        "send": messages.send,
        "fanout": groups.fanout,
        "post": crowds.post,
        "idle": sessions.idle,
        "handshake": sessions.handshake,
        "resume": sessions.resume,
        "history": messages.history,
        "paging": lists.paging,
        "dialogs": lists.dialogs,
        "catchup": messages.catchup,
        "growth": messages.growth,
        "search": search.search,
        "files": files.files,
        "desk": desk.desk,
        "verify": verify.verify,
        "public": public.public,
        "spam": spam.spam,
        "letters": sorting.letters,
        "web": web.web,
        "start": sessions.start,
        "cluster": cluster.cluster,
    }


async def _profile(engine: str, quick: bool) -> None:
    from petitbleu.bench import messages
    from petitbleu.bench.profile import stages
    from petitbleu.bench.rig import rig

    with tempfile.TemporaryDirectory(prefix="petitbleu-bench-") as folder:
        output = Path(folder) / "profile"
        async with rig(engine, Path(folder), profile=output) as made:
            await messages.send(made, messages=2000 if quick else 10000, alone=0)
        click.echo(f"\nsend on {engine}: shares of the event loop's time")
        for stage, share in stages(output):
            click.echo(f"  {stage:<32}{share:>6.1f} %")
