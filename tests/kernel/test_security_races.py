"""Many at once: no guess slips past the counter; of many editors one wins and none is overwritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest

from concierge.kernel.security.lockout import LockedOut
from concierge.kernel.security.signing_in import WrongLogin, sign_in
from tests.kernel.fixtures_office import Office, Somebody, token_of
from tests.kernel.office.models import Shelf, Wood
from tests.kernel.test_crud_forms import fields

GUESSES = 16
EDITORS = 8


@pytest.fixture(params=["office", pytest.param("postgres_office", marks=pytest.mark.postgres)])
def busy(request: pytest.FixtureRequest) -> Office:
    """An office on SQLite, then one on PostgreSQL."""
    office: Office = request.getfixturevalue(request.param)
    return office


@contextmanager
def crowd(size: int) -> Iterator[ThreadPoolExecutor]:
    """So many threads."""
    with ThreadPoolExecutor(size) as pool:
        yield pool


def test_guesses_sent_at_once_are_counted_one_by_one(busy: Office) -> None:
    busy.employs("rae", "Reader")
    start = Barrier(GUESSES)

    def guess(n: int) -> str:
        with busy.app.app_context():
            start.wait()
            try:
                sign_in("rae", f"guess number {n}", address="10.0.0.1", program="test")
            except (WrongLogin, LockedOut) as error:
                return type(error).__name__
            return "in"

    with crowd(GUESSES) as pool:
        outcome = Counter(pool.map(guess, range(GUESSES)))

    assert outcome == {"WrongLogin": 5, "LockedOut": GUESSES - 5}


def test_of_many_editors_one_wins_and_the_others_merge(busy: Office) -> None:
    busy.keeps(Shelf(name="A", wood=Wood.OAK, boards=0))
    editors = [busy.employs(f"editor{n}", "Keeper") for n in range(EDITORS)]
    forms = [
        (editor, fields(editor.opens("/shelves/edit/1").text), token_of(editor.browser)) for editor in editors
    ]
    start = Barrier(EDITORS)

    def save(entry: tuple[Somebody, dict[str, str], str]) -> int:
        editor, form, token = entry
        start.wait()
        sent = {**form, "boards": str(editor.id), "csrf_token": token}
        return editor.sends("/shelves/edit/1", sent, token=False).status_code

    with crowd(EDITORS) as pool:
        outcome = Counter(pool.map(save, forms))

    assert outcome == {302: 1, 409: EDITORS - 1}
    assert busy.has(Shelf, 1).version == 2
