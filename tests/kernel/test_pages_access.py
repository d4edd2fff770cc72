"""Every address of the whole system against every role: who gets in, and that nobody else does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.routing import Rule

from concierge.kernel.config import Settings
from concierge.kernel.crud import CrudView
from concierge.kernel.shell import LandingView
from concierge.kernel.web import Page
from tests.kernel.fixtures_office import Office, Somebody, apart, everything_installed

MUTATING = {"POST", "PUT", "PATCH", "DELETE"}
PROGRAM = {"Accept": "application/json"}
SAMPLE = {"int": "1", "default": "1", "string": "1", "path": "1", "date": "2026-04-15"}


@pytest.fixture(scope="module")
def whole(furnished_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The system with every addon, as on its first day."""
    home = shutil.copytree(furnished_home, tmp_path_factory.mktemp("whole") / "home")
    yield from everything_installed(Settings(home=Path(home)))


def rules(office: Office) -> list[Rule]:
    """Every address, in order."""
    return sorted(office.app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))


def view_of(office: Office, rule: Rule) -> Any:
    """The screen behind an address; None for a page that is none."""
    name = rule.endpoint.partition(".")[0]
    return next((v for v in office.app.appbuilder.baseviews if v.endpoint == name), None)  # type: ignore[attr-defined]


def is_public(office: Office, rule: Rule) -> bool:
    """Whether an address is of a public page or a file."""
    return rule.endpoint.partition(".")[0] in office.app.config[
        "PUBLIC_BLUEPRINTS"
    ] or rule.endpoint.endswith("static")


def right_of(office: Office, rule: Rule) -> tuple[str, str] | None:
    """The permission name and verb an address asks for; None where it is open to everybody."""
    view, method = view_of(office, rule), rule.endpoint.partition(".")[2]
    if view is None or isinstance(view, LandingView) or method in getattr(view, "open_to_everybody", ()):
        return None
    return view.class_permission_name, f"can_{getattr(view, method)._permission_name}"


def filled(rule: Rule) -> str:
    """An address with something in each of its places."""
    one_of = re.sub(r"<any\((\w+)[^)]*\):\w+>", r"\1", rule.rule)
    return re.sub(
        r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda place: SAMPLE.get(place[1] or "default", "1"), one_of
    )


def test_the_table_of_who_may_open_what(whole: Office, golden: Callable[[str, str], None]) -> None:
    rights = whole.app.appbuilder.sm.rights  # type: ignore[attr-defined]
    lines = []
    for rule in rules(whole):
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        right = right_of(whole, rule)
        if is_public(whole, rule):
            told = "(public)"
        elif right is None:
            told = "(everybody)"
        else:
            told = f"{right[0]}:{right[1].removeprefix('can_')}".ljust(26) + " ".join(
                sorted(role for role, held in rights.items() if right in held)
            )
        lines.append(f"{methods:9} {rule.rule:52} {told}".rstrip())

    golden("access.txt", "\n".join(lines) + "\n")


def test_every_screen_stands_on_a_hardened_base(whole: Office) -> None:
    views = whole.app.appbuilder.baseviews  # type: ignore[attr-defined]

    assert len(views) > 10
    for view in views:
        assert isinstance(view, Page | CrudView | LandingView), type(view).__name__


def test_a_stranger_gets_in_nowhere_but_at_the_public_pages_and_the_login(whole: Office) -> None:
    stranger = whole.stranger()
    open_to_all = {rule.rule for rule in rules(whole) if is_public(whole, rule)} | {"/login/"}

    for rule in rules(whole):
        if "GET" in (rule.methods or ()) and not rule.endpoint.endswith("static"):
            answer = apart(stranger.get, filled(rule))
            assert rule.rule in open_to_all or answer.status_code in {302, 404}, (
                f"{rule.rule} {answer.status}"
            )
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith("/login/"), rule.rule


def test_nothing_is_changed_without_a_token(whole: Office) -> None:
    chief = whole.employs("everything", *business_roles(whole))
    tried = 0

    for rule in rules(whole):
        if (rule.methods or set()) & MUTATING and not is_public(whole, rule):
            method = next(iter((rule.methods or set()) & MUTATING))
            answer = apart(chief.browser.open, filled(rule), method=method)
            assert answer.status_code == 400, f"{method} {rule.rule} {answer.status}"
            tried += 1
    assert tried > 10


def test_a_role_opens_what_the_table_says_and_nothing_else(whole: Office) -> None:
    rights = whole.app.appbuilder.sm.rights  # type: ignore[attr-defined]
    wrong = []

    for role in sorted(rights):
        person = whole.employs(f"one-{role.lower()}", role, sees=(None,))
        token = token_for(person)
        for method, rule, right in guarded(whole):
            is_given = right in rights[role]
            if method != "GET" and is_given:
                continue  # what a form does is tested where the form is
            asked = {
                "method": method,
                "data": None if method == "GET" else {"csrf_token": token},
                "headers": {} if is_given else PROGRAM,  # a refusal is told to a program in a few bytes
            }
            status = apart(person.browser.open, filled(rule), **asked).status_code
            if (status == 403) is is_given or status >= 500:
                wrong.append(f"{role} {method} {rule.rule} {status}")

    assert wrong == []


def guarded(office: Office) -> list[tuple[str, Rule, tuple[str, str]]]:
    """Every way into a guarded address, and the right it takes."""
    return [
        (method, rule, right)
        for rule in rules(office)
        if not is_public(office, rule) and (right := right_of(office, rule)) is not None
        for method in sorted((rule.methods or set()) & ({"GET"} | MUTATING))
    ]


def business_roles(office: Office) -> list[str]:
    """The roles one person may hold together."""
    return sorted(set(office.app.appbuilder.sm.rights) - {"SecurityAdmin", "AuditAdmin"})  # type: ignore[attr-defined]


def token_for(person: Somebody) -> str:
    """A token that stays good for this person's session."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', person.opens("/password").text)
    assert found
    return found[1]
