"""Ten thousand tries at keys, handles and codes: slowed down, answered alike, and nothing grows with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.visits import MISSES
from concierge.progress.models.links import ProgressLinkRow, ProgressOpeningRow, WrongCodeRow
from concierge.progress.rules.links import LinkTerms
from concierge.progress.rules.query_codes import MOST_WRONG
from concierge.progress.services.make_link import make_link
from tests.builders import a_project
from tests.kernel.fixtures_office import Office

TRIES = 10_000
PLACE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def token(county: Office) -> str:
    """A link somebody would like to guess."""
    return make_link(LinkTerms(project_id=a_project(), recipient="吴倩"), by=SYSTEM)[1].token


def kept_counts(county: Office) -> int:
    """How many counts the limiter holds in memory."""
    storage = county.app.appbuilder.sm.limiter.limiter.storage  # type: ignore[attr-defined]
    return len(storage.storage) + len(getattr(storage, "events", ()))


KINDS: dict[str, Callable[[int, str], str]] = {
    "keys": lambda number, _token: f"/p/qyg_p_{number:038d}",
    "near the right one": lambda number, token: f"/p/{token[:-8]}{number:08d}",
    "handles": lambda number, _token: f"/p/at/{number:018x}",
    "codes": lambda number, _token: f"/q/{number:010d}".replace("0", "Z").replace("1", "Y"),
}


def test_ten_thousand_tries_within_a_minute_are_slowed_down_answered_alike_and_leave_nothing(
    county: Office, token: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("limits.storage.memory.time", SimpleNamespace(time=lambda: 1_000_000.0))
    browser = county.app.test_client()
    before = kept_counts(county)
    seen: Counter[tuple[str, int]] = Counter()
    answers: dict[tuple[str, int], set[str]] = defaultdict(set)

    for number in range(TRIES // len(KINDS)):
        for kind, path in KINDS.items():
            address = path(number, token)
            answer = browser.get(f"{address}?lang=en", environ_base=PLACE)
            seen[kind, answer.status_code] += 1
            answers[kind, answer.status_code].add(answer.text.replace(address.rpartition("/")[2], ""))

    assert seen.total() == TRIES
    assert {status for _, status in seen} == {404, 429}
    looked = sum(seen[kind, 404] for kind in KINDS if kind != "codes")
    assert looked == MISSES.amount  # the thirty of the minute, whatever was tried
    assert seen["codes", 404] == MOST_WRONG
    del answers["codes", 429]  # says how many minutes are left of the quarter of an hour
    assert all(len(alike) == 1 for alike in answers.values())
    for status in (404, 429):
        assert answers["keys", status] == answers["near the right one", status]
    assert kept_counts(county) - before <= 2 * len(KINDS)
    assert db.session.scalar(select(func.count()).select_from(WrongCodeRow)) == 1
    assert db.session.scalar(select(func.count(ProgressOpeningRow.id))) == 0
    assert db.session.scalar(select(ProgressLinkRow.opened_count)) == 0
