"""Each key of the sheet is pressed, and does what the sheet says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.appdoor.browser.filling import fill
from tests.appdoor.browser.site import ADA, BEN, Member, Site
from tests.appdoor.browser.viewer_keys import VIEWER_WAYS
from tests.kit.chromium import axe
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

Way = Callable[[Member, Site], Awaitable[None]]
WAYS: dict[tuple[str, str], Way] = dict(VIEWER_WAYS)
"""Group and first key of a row of the sheet -> what presses it."""


def key(group: str, name: str) -> Callable[[Way], Way]:
    def kept(way: Way) -> Way:
        WAYS[group, name] = way
        return way

    return kept


async def _ada(member: Member, site: Site) -> None:
    """The chat with Ada, with the focus on what was said last."""
    await member.page.click(f'.rows a[href="/app/c/u{site.telegram.ids[ADA]}"]')
    await member.page.wait_for_selector(".message:has-text('Last of Ada')")
    await member.page.locator(".message", has_text="Last of Ada").last.focus()


async def _mine(member: Member, text: str) -> None:
    """The focus on a fresh message of one's own."""
    await member.write(text)
    await member.sees(text)
    await member.page.locator(".message:not(.pending)", has_text=text).last.focus()


async def _shut(member: Member) -> None:
    await member.page.keyboard.press("Escape")
    await member.page.wait_for_selector("dialog[open]", state="detached")


@key("keys.everywhere", "Ctrl K")
async def _palette(member: Member, site: Site) -> None:
    page = member.page
    await page.keyboard.press("Control+K")
    await page.wait_for_selector("[role=combobox]:focus")
    await page.wait_for_selector("[role=option]")
    assert await axe(page) == []
    await member.see("palette")
    await page.keyboard.type("bén")
    await page.wait_for_selector("[role=option][aria-selected=true]:has-text('Ben')")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("h1:has-text('Ben')")
    await _ada(member, site)
    await page.keyboard.press("Control+K")
    await page.keyboard.type("report this")
    await page.wait_for_selector("[role=option]:has-text('this message')")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".report")
    await _shut(member)


@key("keys.everywhere", "Ctrl Shift F")
async def _search(member: Member, site: Site) -> None:
    await member.page.keyboard.press("Control+Shift+F")
    await member.page.wait_for_selector("#search-all:focus")
    await _ada(member, site)


@key("keys.everywhere", "/")
async def _search_chat(member: Member, site: Site) -> None:
    await _ada(member, site)
    await member.page.keyboard.press("/")
    await member.page.wait_for_selector("#chat-search:focus")
    await member.page.keyboard.press("Escape")
    await member.page.wait_for_selector(".chat-search", state="detached")


@key("keys.everywhere", "?")
async def _sheet(member: Member, site: Site) -> None:
    await member.page.fill("#composer", "")
    await member.page.keyboard.type("?")
    await member.holds_typed("?")  # in a field it is a character
    await member.page.fill("#composer", "")
    await member.page.focus(".messages")
    await member.page.keyboard.press("?")
    await member.page.wait_for_selector(".keys")
    assert await axe(member.page) == []
    await member.see("keys")
    await _shut(member)


@key("keys.everywhere", "Alt ↑")
async def _neighbour(member: Member, site: Site) -> None:
    page = member.page
    names = await page.locator(".chat-row-name").all_inner_texts()
    for press, at in (("Alt+ArrowDown", 1), ("Alt+ArrowUp", 0)):
        await _ada(member, site)
        here = names.index("Ada")
        await page.keyboard.press(press)
        step = 1 if at else -1
        await page.wait_for_selector(f"h1:has-text('{names[(here + step) % len(names)]}')")


@key("keys.everywhere", "Alt Shift ↑")
async def _unread_neighbour(member: Member, site: Site) -> None:
    page = member.page
    for press in ("Alt+Shift+ArrowDown", "Alt+Shift+ArrowUp"):
        await _ada(member, site)
        await site.telegram.do("say", BEN, to=member.id, text="Something new")
        await page.wait_for_selector(".chat-row:has-text('Ben') .badge")
        rows = await page.eval_on_selector_all(_UNREAD[0], _UNREAD[1])
        names = [name for name, _ in rows]
        here = names.index("Ada")
        after = rows[here + 1 :] + rows[:here]
        wanted = next(n for n, unread in (after[::-1] if "Up" in press else after) if unread)
        await page.keyboard.press(press)
        await page.wait_for_selector(f"h1:has-text('{wanted}')")


_UNREAD = (
    ".rows .chat-row",
    """all => all.map((one) =>
      [one.querySelector('.chat-row-name').textContent, !!one.querySelector('.badge')])""",
)


@key("keys.everywhere", "Alt 1…9")
async def _folder(member: Member, site: Site) -> None:
    await member.page.keyboard.press("Alt+2")
    await member.page.wait_for_selector(".tab[aria-pressed=true]:has-text('Work')")
    await member.page.keyboard.press("Alt+1")
    await member.page.wait_for_selector(".tab[aria-pressed=true]:has-text('All')")


@key("keys.everywhere", "Alt 0")
async def _archive(member: Member, site: Site) -> None:
    page = member.page
    await page.keyboard.press("Alt+0")
    await page.wait_for_selector(".tab[aria-pressed=true]:has-text('Archive')")
    await page.wait_for_selector(".rows .chat-row:has-text('Cara')")
    await page.keyboard.press("Alt+1")
    await page.wait_for_selector(".rows .chat-row:has-text('Ada')")


@key("keys.everywhere", "F6")
async def _part(member: Member, site: Site) -> None:
    page = member.page
    await page.focus("#search")
    for place in (".messages", "#composer", "#search"):
        await page.keyboard.press("F6")
        await page.wait_for_selector(f"{place}:focus")
    await page.keyboard.press("Shift+F6")
    await page.wait_for_selector("#composer:focus")


@key("keys.everywhere", "Escape")
async def _back(member: Member, site: Site) -> None:
    page = member.page
    await _ada(member, site)
    await page.keyboard.press("r")
    await page.wait_for_selector("#composer:focus")
    await page.keyboard.type("a thought")
    await page.click(".chat-head-name")
    await page.wait_for_selector(".panel")
    await page.locator(".message", has_text="Last of Ada").last.focus()
    await page.keyboard.press("s")
    await page.wait_for_selector(".selection")
    for gone in (".selection", ".about", ".panel"):
        await page.keyboard.press("Escape")
        await page.wait_for_selector(gone, state="detached")
    assert await member.typed() == "a thought"
    await page.keyboard.press("Escape")
    await page.wait_for_selector("#composer", state="detached")
    await _ada(member, site)
    assert await member.typed() == "a thought"
    await page.fill("#composer", "")


@key("keys.in_history", "↑")
async def _message(member: Member, site: Site) -> None:
    await _ada(member, site)
    before = await member.page.evaluate("document.activeElement.id")
    await member.page.keyboard.press("ArrowUp")
    assert await member.page.evaluate("document.activeElement.id") != before
    await member.page.keyboard.press("ArrowDown")
    assert await member.page.evaluate("document.activeElement.id") == before


@key("keys.in_history", "PageUp")
async def _page(member: Member, site: Site) -> None:
    page = member.page
    await _last(member, site)
    await member.holds(f"{_BELOW} < 2")
    await page.keyboard.press("PageUp")
    await member.holds(f"{_BELOW} > 100 && {_IN_VIEW}")
    await page.keyboard.press("PageDown")
    await member.holds(f"{_BELOW} < 2 && {_IN_VIEW}")


_BELOW = """((list) => list.scrollHeight - list.scrollTop - list.clientHeight)(
  document.querySelector('.messages'))"""
"""What lies below, in pixels: older messages that come in above do not change it."""
_IN_VIEW = """(() => {
  const box = document.activeElement.getBoundingClientRect();
  const list = document.querySelector('.messages').getBoundingClientRect();
  const seen = box.bottom > list.top && box.top < list.bottom;
  return document.activeElement.matches('.message') && seen;
})()"""


@key("keys.in_history", "Home")
async def _first(member: Member, site: Site) -> None:
    await member.page.keyboard.press("Home")
    await member.page.wait_for_selector(".message:focus:has-text('First of Ada')")


@key("keys.in_history", "End")
async def _last(member: Member, site: Site) -> None:
    await member.page.keyboard.press("End")
    await member.holds(
        "document.activeElement === [...document.querySelectorAll('.message')].at(-1)"
    )


async def _menu(member: Member, site: Site, press: str) -> None:
    await _ada(member, site)
    await member.page.keyboard.press(press)
    await member.page.wait_for_selector("[role=menu] [role=menuitem]:focus")
    await member.page.keyboard.press("Escape")
    await member.page.wait_for_selector(".message:focus")


@key("keys.on_message", "Enter")
async def _more(member: Member, site: Site) -> None:
    await _menu(member, site, "Enter")


@key("keys.on_message", "+")
async def _react(member: Member, site: Site) -> None:
    await _menu(member, site, "+")
    await member.page.keyboard.press("+")
    await member.page.keyboard.press("Enter")
    await member.page.wait_for_selector(".message:has-text('Last of Ada') .reaction")


@key("keys.on_message", "R")
async def _reply(member: Member, site: Site) -> None:
    await _ada(member, site)
    await member.page.keyboard.press("r")
    await member.page.wait_for_selector(".about:has-text('Last of Ada')")
    await member.page.keyboard.press("Escape")


@key("keys.on_message", "E")
async def _edit(member: Member, site: Site) -> None:
    await _mine(member, "to be changed")
    await member.page.keyboard.press("e")
    await member.holds_typed("to be changed")
    await member.page.keyboard.press("Escape")
    await member.holds_typed("")


@key("keys.on_message", "F")
async def _forward(member: Member, site: Site) -> None:
    await _ada(member, site)
    await member.page.keyboard.press("f")
    await member.page.wait_for_selector("dialog[open] .pick-row:has-text('Ben')")
    await _shut(member)


@key("keys.on_message", "P")
async def _pin(member: Member, site: Site) -> None:
    await _ada(member, site)
    await member.page.keyboard.press("p")
    await member.page.wait_for_selector(".pinned:has-text('Last of Ada')")
    await member.page.keyboard.press("p")
    await member.page.wait_for_selector(".pinned", state="detached")


@key("keys.on_message", "M")
async def _unread(member: Member, site: Site) -> None:
    await _ada(member, site)
    await member.page.keyboard.press("m")
    await member.page.wait_for_selector(".chat-row:has-text('Ada') .badge.dot")
    await member.page.wait_for_selector("#composer", state="detached")


async def _copied(member: Member) -> str:
    return str(await member.page.evaluate("navigator.clipboard.readText()"))


@key("keys.on_message", "C")
async def _copy(member: Member, site: Site) -> None:
    await _ada(member, site)
    await member.page.keyboard.press("c")
    assert await asked_until(lambda: _copied(member)) == "Last of Ada"


@key("keys.on_message", "L")
async def _link(member: Member, site: Site) -> None:
    await member.page.click(".rows .chat-row:has-text('Our group')")
    await _mine(member, "in the group")
    await member.page.keyboard.press("l")

    async def linked() -> bool:
        return "/app/c/c" in await _copied(member)

    await asked_until(linked)


@key("keys.on_message", "S")
async def _select(member: Member, site: Site) -> None:
    page, telegram = member.page, site.telegram
    await _ada(member, site)
    for text in ("one to go", "two to go"):
        await _mine(member, text)
    for text in ("one to go", "two to go"):
        await page.locator(".message:not(.pending)", has_text=text).focus()
        await page.keyboard.press("s")
    await page.wait_for_selector(".selection [role=status]:has-text('2 selected')")
    await page.wait_for_selector(".message.selected[aria-label$='selected'] >> nth=1")
    assert await axe(page) == []
    await member.see("selection")
    await page.click(".selection .danger")
    await member.agree()
    await page.wait_for_selector(".selection", state="detached")
    await page.wait_for_selector(".message:has-text('to go')", state="detached")
    assert not [one for one in await telegram.texts(ADA, member.id) if "to go" in one]


@key("keys.on_message", "!")
async def _report(member: Member, site: Site) -> None:
    await _ada(member, site)
    await member.page.keyboard.press("!")
    await member.page.wait_for_selector(".report input")
    await _shut(member)


@key("keys.on_message", "Delete")
async def _delete(member: Member, site: Site) -> None:
    await _mine(member, "not for long")
    await member.page.keyboard.press("Delete")
    await member.page.wait_for_selector("dialog[open] .primary:focus")
    await member.page.keyboard.press("Enter")
    await member.page.wait_for_selector(".message:has-text('not for long')", state="detached")


@key("keys.in_field", "Enter")
async def _send(member: Member, site: Site) -> None:
    await member.page.focus("#composer")
    await member.page.keyboard.type("sent by Enter")
    await member.page.keyboard.press("Enter")
    await member.sees("sent by Enter")


@key("keys.in_field", "Shift Enter")
async def _line(member: Member, site: Site) -> None:
    await member.page.fill("#composer", "a")
    await member.page.keyboard.press("Shift+Enter")
    await member.page.keyboard.type("b")
    assert await member.typed() == "a\nb"
    await member.page.fill("#composer", "")


@key("keys.in_field", "↑")
async def _edit_last(member: Member, site: Site) -> None:
    await member.page.keyboard.press("ArrowUp")
    await member.page.wait_for_selector(".about:has-text('sent by Enter')")
    await member.page.keyboard.press("Escape")


def _marks(press: str, name: str, wanted: str) -> None:
    async def pressed(member: Member, site: Site) -> None:
        await member.page.wait_for_selector(".rich-field")
        await member.page.fill("#composer", "word")
        await member.page.keyboard.press("Control+A")
        if press.endswith("L"):
            await member.page.wait_for_selector(".tool")
        await member.page.keyboard.press(press)
        if press.endswith("L"):
            await member.page.wait_for_selector("input[inputmode=url]:focus")
            await member.page.keyboard.type("example.org")
            await member.page.keyboard.press("Enter")
        await member.holds_typed(wanted)
        await member.page.fill("#composer", "")

    key("keys.in_field", name)(pressed)


for _press, _name, _wanted in (
    ("Control+b", "Ctrl B", "**word**"),
    ("Control+i", "Ctrl I", "_word_"),
    ("Control+u", "Ctrl U", "__word__"),
    ("Control+Shift+X", "Ctrl Shift X", "~~word~~"),
    ("Control+Shift+M", "Ctrl Shift M", "`word`"),
    ("Control+Shift+P", "Ctrl Shift P", "||word||"),
    ("Control+Shift+L", "Ctrl Shift L", "[word](https://example.org/)"),
    ("Control+Shift+Period", "Ctrl Shift .", "> word"),
):
    _marks(_press, _name, _wanted)


async def _sound(member: Member, state: str) -> None:
    await member.holds(f"(document.querySelector('.sound audio') || {{}}).{state}")


@key("keys.on_sound", "Space")
async def _play(member: Member, site: Site) -> None:
    page = member.page
    await page.wait_for_selector(".sound audio")
    await page.eval_on_selector(".sound audio", "one => { one.muted = true; one.loop = true; }")
    await page.focus(".sound audio")
    await page.keyboard.press("k")
    await _sound(member, "paused === false")
    await page.keyboard.press("k")
    await _sound(member, "paused")
    await page.keyboard.press("Space")
    await _sound(member, "paused === false")
    await page.keyboard.press("Space")
    await _sound(member, "paused")


async def _at(member: Member) -> float:
    return float(await member.page.eval_on_selector(".sound audio", "one => one.currentTime"))


@key("keys.on_sound", "J")
async def _skip(member: Member, site: Site) -> None:
    # Where it stopped before is told a moment later.
    await member.page.keyboard.press("j")
    await _sound(member, "currentTime < 0.1")
    await member.page.keyboard.press("l")
    await _sound(member, "currentTime > 9")


@key("keys.on_sound", ",")
async def _frame(member: Member, site: Site) -> None:
    before = await _at(member)
    await member.page.keyboard.press(",")
    assert 0 < before - await _at(member) < 0.1
    await member.page.keyboard.press(".")
    assert abs(await _at(member) - before) < 0.02


@key("keys.on_sound", "<")
async def _speed(member: Member, site: Site) -> None:
    await member.page.keyboard.press(">")
    await _sound(member, "playbackRate === 1.25")
    await member.page.keyboard.press("<")
    await _sound(member, "playbackRate === 1")


async def test_each_key_of_the_sheet(site: Site, tmp_path: Any) -> None:
    member = await site.window()
    member.phone = "33655500042"
    await site.telegram.do("sign_up", "Kira", phone=member.phone, lang="en")
    await site.telegram.do("folder", "Kira", title="Work")
    await member.go("/app")
    await member.enter_code()
    await member.arrived()
    page = member.page
    await member.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await fill(site, member, tmp_path)
    await page.keyboard.press("Control+K")
    await page.keyboard.type("all keys of this page")
    await page.wait_for_selector("[role=option] >> nth=0", state="detached")
    await page.keyboard.press("Control+A")
    await page.keyboard.type("keys")
    await page.wait_for_selector("[role=option]:has-text('Keys')")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".keys-row")
    rows = await page.eval_on_selector_all(
        ".keys-row", "all => all.map((one) => [one.dataset.group, one.dataset.key])"
    )
    await _shut(member)
    assert {tuple(row) for row in rows} == WAYS.keys()
    await _ada(member, site)
    for row, way in WAYS.items():
        try:
            await way(member, site)
        except Exception as error:
            await member.see("key-that-failed")
            raise AssertionError(row) from error
        if not await page.locator("#composer").count():
            await _ada(member, site)
    await member.close()
