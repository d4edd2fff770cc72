"""What a process does for itself while nobody waits: what was committed is carried over to the file."""

from pathlib import Path

from concierge.kernel.actor import SYSTEM
from concierge.kernel.crew import upkeep
from concierge.kernel.db import db
from concierge.kernel.work import work

MARK = b"a paper nobody else has"


def test_the_log_of_sqlite_is_written_back_by_the_clock_and_not_by_a_commit(desk):
    file = Path(db.engine.url.database)
    with work(SYSTEM) as w:
        w.enqueue("tests.kernel.trial.tasks:stamp", paper=MARK.decode())
    assert MARK not in file.read_bytes()

    upkeep()

    assert MARK in file.read_bytes()


def test_a_commit_carries_nothing_over_while_the_log_is_no_longer_than_usual(desk):
    file = Path(db.engine.url.database)
    for number in range(200):
        with work(SYSTEM) as w:
            w.enqueue("tests.kernel.trial.tasks:stamp", paper=MARK.decode() * 50 + str(number))

    assert file.with_name(f"{file.name}-wal").stat().st_size > 1000 * 4096
    assert MARK not in file.read_bytes()
