"""One handover for one reader: its sheets, its times, and what the reader may do now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from approvals.queries.catalogue import work_calendar
from concierge.handover.models import HandoverItemRow
from concierge.handover.queries.handovers import Listed, items
from concierge.handover.queries.sheets import deeds, sheets
from concierge.handover.rules.handover import TOLD_POSTS, HandoverState, is_late, state_of, window
from concierge.handover.rules.sheet import ProjectSheet, SheetLine, Sheets
from concierge.handover.views.handover_list import days_of, is_turn_of, number_of
from concierge.handover.views.words import DEEDS, KINDS, LINES, POSTS, STATES, WAYS
from concierge.kernel import clock, spoken
from concierge.kernel.actor import Actor
from concierge.kernel.facts import rebuild_dataclass
from concierge.kernel.web import language, may
from concierge.staff.models import StaffProfile
from concierge.staff.queries import profiles, spoken_name

ON = "Handover"


@dataclass(frozen=True, kw_only=True)
class HandoverSheet:
    """Shape: ``typed`` is what was typed when the last try failed, ``problems`` why; its ``told`` is the
    project whose enterprise was to be told, 0 for the other forms.
    """

    listed: Listed
    items: Sequence[HandoverItemRow]
    sheets: Sheets
    until_on: date | None
    people: dict[int, StaffProfile]
    reader: Actor
    today: date
    done: list[dict[str, str]]
    problems: list[dict[str, str]] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def row(self) -> Any:
        """The handover itself."""
        return self.listed.row

    @cached_property
    def state(self) -> HandoverState:
        """Where it stands."""
        return state_of(self.listed.facts, self.today)

    @property
    def number(self) -> str:
        """The number it is cited by."""
        return number_of(self.row)

    @property
    def kind(self) -> str:
        """What it is for."""
        return gettext(KINDS[self.row.kind])

    @property
    def days(self) -> str:
        """The days it is for."""
        return days_of(self.row)

    @property
    def pill(self) -> tuple[str, str]:
        """Look and word of where it stands."""
        return STATES[self.state][0], gettext(STATES[self.state][1])

    @property
    def giver(self) -> str:
        """Who hands over."""
        return spoken_name(self.row.giver)

    @property
    def taker(self) -> str:
        """Who takes over."""
        return spoken_name(self.row.taker)

    @property
    def is_late(self) -> bool:
        """Whether it was given too late, or is overdue."""
        return is_late(self.listed.facts, self.today)

    @property
    def may_give(self) -> bool:
        """Whether the reader may hand over now: the giver, or the chief in their place."""
        return (
            may("act", ON)
            and self.state is HandoverState.TO_GIVE
            and (self.row.from_id == self.reader.id or may("oversee", ON))
        )

    @property
    def may_accept(self) -> bool:
        """Whether the reader may take over now."""
        taken_as_is = self.state is HandoverState.TO_GIVE and self.today >= self.row.first_on
        return self.row.to_id == self.reader.id and (self.state is HandoverState.TO_ACCEPT or taken_as_is)

    @property
    def may_report(self) -> bool:
        """Whether the reader may report and hand back."""
        is_on = self.state in (HandoverState.ACCEPTED, HandoverState.TO_REPORT)
        return self.row.to_id == self.reader.id and self.row.last_on is not None and is_on

    @property
    def may_take_back(self) -> bool:
        """Whether the reader may take the work back."""
        return self.row.from_id == self.reader.id and self.state is HandoverState.TO_TAKE_BACK

    @property
    def is_my_turn(self) -> bool:
        """Whether it waits for the reader."""
        return is_turn_of(self.row, self.state, self.reader)

    @property
    def may_tell(self) -> bool:
        """Whether the reader may write down that enterprises were told."""
        return may("act", ON) and self.state is not HandoverState.DROPPED

    def facts(self) -> list[tuple[str, str]]:
        """Who, whom, which days, and when each said so."""
        row = self.row
        found = [
            (gettext("Hands over"), self._person(row.from_id, self.giver)),
            (gettext("Takes over"), self._person(row.to_id, self.taker)),
            (gettext("On which days"), self.days),
        ]
        if self.listed.facts.needs_giving:
            found.append((gettext("To be handed over by"), spoken.day_full(row.due_on)))
        for word, at, by in (
            (gettext("Handed over on"), row.given_at, row.given_by),
            (gettext("Taken over on"), row.accepted_at, row.accepted_by),
            (gettext("Reported on"), row.reported_at, row.reported_by),
            (gettext("Taken back on"), row.taken_back_at, row.taken_back_by),
        ):
            if at is not None:
                found.append((word, f"{_moment(at)}　{by}"))
        return found

    def documents(self) -> list[tuple[str, int, str]]:
        """The Word documents that can be made: a sheet for each project, a notice where it is to be told."""
        if self.state is HandoverState.DROPPED:
            return []
        found = []
        for item in self.items:
            name = self._sheet(item).name
            found.append(("handover-sheet", item.id, name))
            if item.post in TOLD_POSTS:
                found.append(("substitution-notice", item.id, name))
        return found

    def projects(self) -> list[dict[str, Any]]:
        """The sheet of each project."""
        return [self._project(item) for item in self.items]

    def _project(self, item: HandoverItemRow) -> dict[str, Any]:
        sheet = self._sheet(item)
        return {
            "id": item.project_id,
            "post": gettext(POSTS.get(item.post, item.post)),
            "sheet": sheet,
            "due": [self._line(line) for line in sheet.due(self.row.first_on, self.until_on)],
            "later": [self._line(line) for line in sheet.later(self.until_on)],
            "promises": self.typed.get(f"promises_{item.project_id}", item.promises),
            "papers": self.typed.get(f"papers_{item.project_id}", item.papers),
            "told": self._told(item),
            "text": self.message(sheet),
        }

    def message(self, sheet: ProjectSheet) -> str:
        """What the enterprise is told, ready to be sent. Source: AB-8."""
        taker = self.people.get(self.row.to_id)
        facts = {
            "contact": sheet.contact or sheet.enterprise,
            "project": sheet.name,
            "days": self.days,
            "name": self.taker,
            "phone": taker.phone if taker and taker.phone else gettext("the number of our office"),
        }
        if self.row.last_on is None:
            return gettext(
                "%(contact)s: %(name)s now looks after your project “%(project)s”. You reach %(name)s at "
                "%(phone)s. Everything agreed so far stands.",
                **facts,
            )
        return gettext(
            "%(contact)s: %(days)s %(name)s looks after your project “%(project)s” in our stead. You reach "
            "%(name)s at %(phone)s. Everything agreed so far stands.",
            **facts,
        )

    def _told(self, item: HandoverItemRow) -> str:
        if item.told_at is None or item.told_way is None:
            return ""
        return gettext(
            "%(whom)s was told %(way)s on %(at)s by %(name)s",
            whom=item.told_whom,
            way=gettext(WAYS[item.told_way]),
            at=_moment(item.told_at),
            name=item.told_by,
        )

    def _sheet(self, item: HandoverItemRow) -> ProjectSheet:
        if item.body:
            kept: ProjectSheet = rebuild_dataclass(ProjectSheet, json.loads(item.body))
            return kept
        found = self.sheets.of(item.project_id)
        assert found is not None  # noqa: S101  (a handover's projects are never deleted)
        return found

    def _line(self, line: SheetLine) -> dict[str, Any]:
        is_zh = language() == "zh"
        return {
            "kind": gettext(LINES[line.kind]),
            "number": line.number,
            "name": line.name_zh if is_zh else line.name_en,
            "department": line.department_zh if is_zh else line.department_en,
            "due_on": line.due_on,
            "is_overdue": line.due_on is not None and line.due_on < self.today,
            "detail": line.detail,
        }

    def _person(self, person_id: int, name: str) -> str:
        known = self.people.get(person_id)
        rest = [part for part in (known.phone, known.office) if part] if known else []
        return "　".join([name, *rest])

    def typed_of(self, project_id: int) -> dict[str, str]:
        """What was typed of how this project's enterprise was told."""
        return self.typed if self.typed.get("told") == str(project_id) else {}

    def ways(self) -> list[dict[str, str]]:
        """The ways to tell an enterprise."""
        return [{"value": way.value, "text": gettext(word)} for way, word in WAYS.items()]


def handover_sheet(
    session: Session,
    listed: Listed,
    reader: Actor,
    today: date,
    *,
    problems: list[dict[str, str]],
    typed: dict[str, str],
) -> HandoverSheet:
    """Read one handover for its page; the same number of queries, however many projects it has."""
    row = listed.row
    lines = items(session, row.id)
    live = [line.project_id for line in lines if not line.body]
    return HandoverSheet(
        listed=listed,
        items=lines,
        sheets=sheets(session, live, today) if live else Sheets(),
        until_on=window(listed.facts, work_calendar(session))[1],
        people=profiles(session, [row.from_id, row.to_id]),
        reader=reader,
        today=today,
        done=_done(session, listed, lines),
        problems=problems,
        typed=typed,
    )


def _done(session: Session, listed: Listed, lines: Sequence[HandoverItemRow]) -> list[dict[str, str]]:
    """What the taker recorded while covering; nothing before it was accepted or for good."""
    row = listed.row
    if row.accepted_at is None or row.last_on is None:
        return []
    names = dict(listed.projects)
    until = datetime.combine(row.last_on + timedelta(days=1), datetime.min.time(), clock.SHANGHAI)
    found = deeds(session, [line.project_id for line in lines], row.to_id, row.accepted_at, until)
    return [
        {
            "at": _moment(datetime.fromisoformat(deed.at)),
            "project": names.get(project_id, ""),
            "text": gettext(DEEDS.get(deed.act, deed.act)),
            "name": deed.name_zh if language() == "zh" else deed.name_en,
        }
        for project_id, deed in found
    ]


def _moment(at: datetime) -> str:
    there = clock.local(at)
    return f"{spoken.day(there.date())} {there:%H:%M}"
