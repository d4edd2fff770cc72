"""Whose calendar a day of a project is on: the person who acts then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, time

from sqlalchemy.orm import Session

from concierge.staff.queries import absences, covers, pair_lines
from concierge.staff.rules.minutes import DAY, minute_of
from concierge.staff.rules.posts import PairLine
from concierge.staff.rules.presence import Presence, acting_at, acting_on_day, covers_by_project


class Holders:
    """Who acts for projects on the days of a stretch; three queries, however many projects and days."""

    def __init__(self, session: Session, project_ids: Collection[int], first_on: date, last_on: date) -> None:
        self._lines: dict[int, list[PairLine]] = defaultdict(list)
        for line in pair_lines(session, first_on, last_on, project_ids):
            self._lines[line.duty.project_id].append(line)
        self._presence = Presence(absences(session, first_on, last_on))
        self._covers = covers_by_project(covers(session, first_on, last_on))

    def subjects(self, project_id: int, on: date, begins_at: time | None) -> tuple[tuple[str, str], ...]:
        """On whose calendar a thing of a day stands, with the post; nothing where nobody is there.

        Shape: what has an hour is whoever's acts in that minute; what has none is whose day it is.
        Source: AB-2, AB-7.
        """
        line = self._line(project_id, on)
        if line is None:
            return ()
        named = self._covers.get(project_id, [])
        acting = (
            acting_on_day(line.duty, self._presence, named, on)
            if begins_at is None
            else acting_at(line.duty, self._presence, named, minute_of(on, begins_at))
        )
        return ((f"person:{acting.person_id}", acting.post),) if acting.person_id else ()

    def _line(self, project_id: int, on: date) -> PairLine | None:
        """The pair of a day: the last that had begun by its end, or the first there was."""
        lines = self._lines.get(project_id, [])
        until = minute_of(on) + DAY - 1
        begun = [line for line in lines if line.begins_by(until)]
        return begun[-1] if begun else (lines[0] if lines else None)
