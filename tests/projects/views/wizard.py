"""Filling in the wizard the way a browser does."""

from __future__ import annotations

import html
import re
from typing import Any

from projects.rules.identity import credit_code
from tests.kernel.fixtures_office import Somebody

USCC = credit_code("91439921MA7000777")
FIRST = {
    "page": "1",
    "do": "next",
    "name": "青雾茶业精深加工",
    "code": "2604-439921-04-01-000777",
    "enterprise": "青禾青雾茶业有限公司",
    "uscc": USCC,
    "contact": "罗敏",
    "phone": "0730-0000101",
    "start_on": "2026-04-16",
    "target_on": "2026-07-10",
}


def fields_of(page: Any) -> dict[str, list[str]]:
    """What the forms of a page would send: hidden fields, texts, ticks, choices."""
    form: dict[str, list[str]] = {}
    for tag in re.findall(r"<input\b[^>]*>", page.text):
        name, kind = re.search(r'name="([^"]*)"', tag), re.search(r'type="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name is None or (kind and kind[1] in ("checkbox", "radio") and " checked" not in tag):
            continue
        form.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page.text, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body) or re.search(
            r'<option value="([^"]*)"', body
        )
        form.setdefault(name, []).append(html.unescape(chosen[1]) if chosen else "")
    form.pop("csrf_token", None)
    return form


def goes_on(who: Somebody, page: Any, **changed: Any) -> Any:
    """Send the form of a page with some of it changed, and follow where it leads."""
    form = {**fields_of(page), "do": "next", **changed}
    return who.sends("/projects/new", form, follow_redirects=True)


def the_second_page(who: Somebody, **changed: str) -> Any:
    """The second page, after a first one filled in as usual."""
    return who.sends("/projects/new", {**FIRST, **changed}, follow_redirects=True)


def text_of(page: Any, id_: str) -> str:
    """The words inside one element of a page."""
    found = re.search(rf'<(\w+)[^>]*\bid="{re.escape(id_)}"[^>]*>(.*?)</\1>', page.text, re.DOTALL)
    if found is None:
        raise AssertionError(f"no element “{id_}” on the page")
    return html.unescape(re.sub(r"<[^>]+>", "", found[2])).strip()
