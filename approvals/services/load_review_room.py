"""Load the review room of the demonstration county: benches, rooms, and what departments have answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from approvals.models.review import RoomRow
from approvals.queries import catalogue
from approvals.rules.benches import BenchChange
from approvals.rules.sittings import Answer, Half
from approvals.services.change_bench import change_bench
from approvals.services.keep_room import keep_room
from approvals.services.record_availability import record_availability
from approvals.services.set_bench import set_bench
from concierge.kernel.actor import Actor
from concierge.kernel.work import reading, work

REVIEWS = Path(__file__).parents[1] / "data" / "demonstration_reviews.yaml"
ANSWERS = {"y": Answer.CAN, "o": Answer.ONLINE, "n": Answer.CANNOT}


def load_review_room(*, by: Actor) -> None:
    """Load it, as of the day it is: answers for days that have passed are left out by whoever calls it then.

    Raises: whatever the services refuse; HalfDayIsOver, after the demonstration day.
    Effects: benches, their changes, rooms and answers, each told as any other.
    """
    told = yaml.safe_load(REVIEWS.read_text(encoding="utf-8"))
    for department, reviewers in told["reviewers"].items():
        set_bench(department, reviewers, by=by)
    for change in told["changes"]:
        change_bench(BenchChange(**change), by=by)
    with work(by) as w:
        for room in told["rooms"]:
            keep_room(w, RoomRow(**room, is_active=True, note=""))
    half_days = list(_half_days(told["answers"]["from"], told["answers"]["of"]))
    for department, letters in told["answers"]["of"].items():
        said = dict(zip(half_days, (ANSWERS.get(letter) for letter in _bare(letters)), strict=False))
        record_availability(department, said, said_by=told["answers"]["said_by"], by=by)


def _half_days(first: date, letters: Mapping[str, Any]) -> Iterator[tuple[date, Half]]:
    """As many half-days of working days as the longest line has letters."""
    longest = max(len(_bare(line)) for line in letters.values())
    with reading() as session:
        calendar = catalogue.work_calendar(session)
    day = calendar.on_or_after(first)
    for place in range(longest):
        yield day, Half.AFTERNOON if place % 2 else Half.MORNING
        if place % 2:
            day = calendar.next_workday(day)


def _bare(letters: str) -> str:
    return letters.replace(" ", "")
