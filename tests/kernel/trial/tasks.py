"""The queued and timed jobs of the trial addon."""

import os
import signal
from datetime import date

from concierge.kernel.jobs import Run
from tests.kernel.trial import stamps
from tests.kernel.trial.events import Colour

runs: list[tuple[str, int]] = []
in_between: list = []  # what a test has happen while a task thinks


def stamp(run: Run, paper: str, on: date | None = None, colours: tuple[Colour, ...] = ()) -> None:
    """Stamp a paper."""
    runs.append((run.key, run.attempt))
    assert on is None or isinstance(on, date)
    assert all(isinstance(colour, Colour) for colour in colours)
    with run.work() as w:
        stamps.press(w.session, paper)
        if paper == "torn":
            raise ValueError("the paper is torn")


def stamp_slowly(run: Run, paper: str) -> None:
    """Think first, holding nothing; then stamp, and die before the commit if the paper's name says so."""
    for happen in in_between:
        happen()
    with run.work() as w:
        stamps.press(w.session, paper)
        if paper == os.environ.get("DIE_STAMPING"):
            os.kill(os.getpid(), signal.SIGKILL)
        if paper == "twice":
            w.session.flush()
    if paper == "twice":
        with run.work():
            pass


def say_nothing(run: Run) -> None:
    """Write nothing at all."""
    runs.append((run.key, run.attempt))


def stamp_each_morning(run: Run) -> None:
    """Stamp the day."""
    with run.work() as w:
        stamps.press(w.session, "morning")


def stamp_each_minute(run: Run) -> None:
    """Stamp the minute."""
    with run.work() as w:
        stamps.press(w.session, "minute")
