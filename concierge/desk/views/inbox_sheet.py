"""The list of packages as one reader sees it: grouped, with what presses said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from approvals.rules.catalogue import Catalogue
from concierge.desk.queries.inbox import InboxLine, InboxPage, Place
from concierge.desk.views.package_sheet import STATES
from concierge.kernel import clock, spoken
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from documents.rules.packages import PackageState
from scheduler import WorkCalendar

SOON_WORKDAYS = 2
PAUSED = "paused"
PLACES: Mapping[Place, str] = {
    Place.WAITING: N_("Receipt not confirmed"),
    Place.RUNNING: N_("With the department"),
    Place.ANSWERED: N_("Answered"),
}


@dataclass(frozen=True, kw_only=True)
class InboxSheet:
    """The packages of one page. Shape: ``chosen`` is the row of the one shown beside, 0 for none."""

    page: InboxPage
    number: int
    department: str
    is_answered: bool
    chosen: int
    catalogue: Catalogue | None
    calendar: WorkCalendar

    def choices(self) -> list[dict[str, Any]]:
        """To do, or answered."""
        return [
            {
                "text": gettext("To do"),
                "href": self._href(False),
                "is_current": not self.is_answered,
                "count": self.page.open,
            },
            {
                "text": gettext("Answered"),
                "href": self._href(True),
                "is_current": self.is_answered,
                "count": self.page.answered,
            },
        ]

    def _href(self, is_answered: bool) -> str:
        state = "answered" if is_answered else None
        return url_for("PackagesPage.list", department=self.department or None, state=state)

    def departments(self) -> list[dict[str, str]]:
        """The departments that have packages."""
        return [{"value": code, "text": self.named(code)} for code in self.page.departments]

    def named(self, code: str) -> str:
        """A department, in the reader's language."""
        known = self.catalogue.department_of.get(code) if self.catalogue is not None else None
        return known.spoken(language()) if known is not None else code

    def groups(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The packages by where they stand."""
        found = []
        for place, words in PLACES.items():
            lines = [self._row(line) for line in self.page.lines if line.place is place]
            if lines:
                found.append((gettext(words), lines))
        return found

    @property
    def first(self) -> int:
        """The package on top of the list, as it is grouped; 0 for none."""
        ordered = (line.id for place in PLACES for line in self.page.lines if line.place is place)
        return next(ordered, 0)

    def _row(self, line: InboxLine) -> dict[str, Any]:
        state = "answered" if self.is_answered else None
        kept: dict[str, Any] = {"department": self.department or None, "state": state, "page": self.number}
        return {
            "href": url_for("PackagesPage.one", package_id=line.id, **kept),
            "is_current": line.id == self.chosen,
            "project": line.project_name,
            "subject": line.subject_en if language() == "en" else line.subject_zh,
            "department": "" if self.department else self.named(line.department),
            "number": line.number,
            "papers": self._papers(line),
            "colours": line.colours,
            **self._pressing(line),
        }

    def _papers(self, line: InboxLine) -> str:
        parts = [ngettext("%(num)s paper", "%(num)s papers", line.papers)]
        if line.promised:
            parts.append(gettext("%(count)s later", count=line.promised))
        if line.revision > 1:
            parts.append(gettext("revision %(number)s", number=line.revision))
        return gettext(", ").join(parts)

    def _pressing(self, line: InboxLine) -> dict[str, Any]:
        """What is to be said of its time: built or not, paused, days left, late."""
        if line.state is not PackageState.READY:
            is_failed = line.state is PackageState.FAILED
            said = gettext("could not be built") if is_failed else gettext("being built")
            return {"said": said, "is_late": is_failed, "is_soon": False}
        if line.place is Place.ANSWERED or line.due_on is None:
            made_on = spoken.day(clock.local(line.made_at).date())
            return {"said": gettext("made on %(day)s", day=made_on), "is_late": False, "is_soon": False}
        if line.step_state is not None and STATES[line.step_state][0] == PAUSED:
            return {"said": gettext("clock stopped"), "is_late": False, "is_soon": False}
        return _time_left(line.due_on, clock.today(), self.calendar)


def _time_left(due_on: date, today: date, calendar: WorkCalendar) -> dict[str, Any]:
    if due_on < today:
        late = calendar.workdays_between(due_on, today)
        said = ngettext("%(num)s working day late", "%(num)s working days late", late)
        return {"said": said, "is_late": True, "is_soon": False}
    left = calendar.workdays_between(today, due_on)
    said = ngettext("%(num)s working day left", "%(num)s working days left", left)
    return {"said": said, "is_late": False, "is_soon": left <= SOON_WORKDAYS}


def shown_revisions(rows: Sequence[Any], chosen: int) -> list[dict[str, Any]]:
    """The revisions under one number, the newest first, as links."""
    return [
        {
            "href": url_for("PackagesPage.one", package_id=row.id),
            "text": gettext("revision %(number)s", number=row.revision),
            "day": spoken.day(clock.local(row.made_at).date()),
            "is_current": row.id == chosen,
        }
        for row in rows
    ]
