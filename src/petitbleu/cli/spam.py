"""``petitbleu admin spam`` and ``petitbleu admin akismet-key``."""

from __future__ import annotations

from pathlib import Path

import click

from petitbleu.cli.admin import day
from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, show
from petitbleu.desk.intake.danger import encoder
from petitbleu.domain.safety.antispam import measuring, sentences
from petitbleu.weighttables import Unusable


@click.group("akismet-key")
def akismet_key() -> None:
    """Keys with which other sites ask this server's spam filter (Akismet protocol)."""


@akismet_key.command("create")
@common
@click.argument("site_url")
@click.option("--limit", default=100_000, show_default=True, help="Calls a month; 0: any number.")
def key_create(data: Path, as_json: bool, site_url: str, limit: int) -> None:
    """Make a key for the site at SITE_URL and print it: it is not shown again."""
    params = {"site": site_url, "limit": limit}
    result = ask_instance(data, "akismet-key.create", params, as_json)
    show(result, str(result["key"]), as_json)


@akismet_key.command("list")
@common
def key_list(data: Path, as_json: bool) -> None:
    """List the keys: their last characters, sites and calls this month."""
    result = ask_instance(data, "akismet-key.list", {}, as_json)
    lines = [
        f"{key['id']:>16}  …{key['hint']}  {key['site']:<40} {key['calls']:>7} calls this month,"
        f" learnt {key['learnt']['ham']} good and {key['learnt']['spam']} spam,"
        f" {'revoked ' + day(key['revoked_at']) if key['revoked_at'] else 'valid'}"
        for key in result["keys"]
    ]
    show(result, "\n".join(lines) or "There is no key.", as_json)


@akismet_key.command("revoke")
@common
@click.argument("key")
def key_revoke(data: Path, as_json: bool, key: str) -> None:
    """End KEY (the key itself, or the number that `list` shows)."""
    result = ask_instance(data, "akismet-key.revoke", {"key": key}, as_json)
    show(result, "Revoked.", as_json)


@click.group()
def spam() -> None:
    """The spam filter: what it kept back, its words, what it has learnt."""


@spam.command("status")
@common
def status(data: Path, as_json: bool) -> None:
    """Show what the filter has learnt, and how the outside service is, if one is set."""
    result = ask_instance(data, "spam.status", {}, as_json)
    learnt, outside = result["learnt"], result["outside"]
    lines = [
        f"learnt from {learnt['ham']} good and {learnt['spam']} spam texts",
        f"{len(result['words'])} words on the list",
    ]
    if outside is None:
        lines.append("no outside service is asked")
    else:
        lines.append(f"outside service: {'ready' if outside['ok'] else outside['problem']}")
    show(result, "\n".join(lines), as_json)


@spam.command("waiting")
@common
@click.option("--limit", default=50, show_default=True, help="How many at most.")
def waiting(data: Path, as_json: bool, limit: int) -> None:
    """List texts that were kept back and that nobody has judged, with the reasons."""
    result = ask_instance(data, "spam.waiting", {"limit": limit}, as_json)
    lines = []
    for row in result["texts"]:
        why = " ".join(reason["said"] for reason in row["reasons"])
        lines.append(
            f"{row['id']}  {day(row['at'])}  {row['verdict']} {row['score']:.2f}  {row['author']}\n"
            f"    {' '.join(row['text'].split())[:160]}\n    {why}"
        )
    show(result, "\n".join(lines) or "Nothing waits.", as_json)


@spam.command("judge")
@common
@click.argument("number")
@click.argument("verdict", type=click.Choice(["spam", "ham"]))
def judge(data: Path, as_json: bool, number: str, verdict: str) -> None:
    """Say what text NUMBER was: the filter learns from it."""
    params = {"id": number, "spam": verdict == "spam"}
    result = ask_instance(data, "spam.judge", params, as_json)
    show(result, "Learnt." if result["changed"] else "That was known.", as_json)


@spam.command("measure")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def measure(as_json: bool, file: Path) -> None:
    """Say how a fresh filter does on the comments in FILE: one JSON object a line, with "text" and
    "is_spam"; "name", "email", "site", "seconds_on_form", "language" and "article" where known.

    No instance is asked and nothing is learnt. Where numpy is not installed, what is said is how
    the first model does alone, as on a server without it.
    """
    said = _encoder()
    with file.open("rb") as lines:
        try:
            rows = measuring.measure(lines, said)
        except measuring.Unreadable as problem:
            raise click.ClickException(f"{file}: {problem}") from None
    result = [
        {
            "language": row.language or "all",
            "spam": row.caught.of,
            "caught": row.caught.found,
            "comments": row.held.of,
            "held": row.held.found,
            "discarded": row.discarded,
        }
        for row in rows
    ]
    shown = [
        f"{row.language or 'all':<5} spam caught {_rate(row.caught)}"
        f"   comments held {_rate(row.held)}   thrown away {row.discarded}"
        for row in rows
    ]
    if said is None:
        shown.insert(0, "By the first model alone: numpy is not installed.")
    both = {"measured": result, "models": 1 if said is None else 2}
    show(both, "\n".join(shown), as_json)


def _encoder() -> measuring.Said | None:
    """What the encoder says for spam; None where it cannot run."""
    try:
        reader, second = encoder.for_comments(), sentences.shipped()
    except (ImportError, MemoryError, OSError, Unusable):
        return None
    return lambda text: second.say(reader.means(text))


def _rate(rate: measuring.Rate) -> str:
    """7/9 77.8 % [45.3..93.7]"""
    low, high = rate.interval
    share = 100 * rate.found / rate.of if rate.of else 0.0
    return f"{rate.found}/{rate.of} {share:.1f} % [{100 * low:.1f}..{100 * high:.1f}]"


@spam.command("word")
@common
@click.argument("word")
@click.option("--weight", default=90, show_default=True, help="1 to 100: 80 holds, 90 is spam.")
@click.option("--remove", is_flag=True, help="Take it off the list.")
def word(data: Path, as_json: bool, word: str, weight: int, remove: bool) -> None:
    """Put WORD (a word, a few words or a host name) on the list."""
    params = {"word": word, "weight": None if remove else weight}
    result = ask_instance(data, "spam.word", params, as_json)
    text = "Removed." if remove else "Added."
    show(result, text if result["changed"] else "It was not on the list.", as_json)
