"""The board of ratings as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext

from approvals.rules.catalogue import Catalogue
from concierge.kernel import spoken
from concierge.kernel.web import language
from concierge.ratings.models.redress import ProcessChangeRow
from concierge.ratings.queries.board import Board, DepartmentRatings, OpenCase
from concierge.ratings.rules.rating import Level
from concierge.ratings.views.words import LEVELS, OFFICE, REASONS, STAGE_LOOKS, STAGES
from concierge.supervision.rules.reporting_period import ReportSpan
from projects.rules.owner import owner_name

SPANS = (ReportSpan.MONTH, ReportSpan.QUARTER, ReportSpan.LAST_QUARTER, ReportSpan.NINETY_DAYS)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One span to look at."""

    text: str
    href: str
    is_current: bool


def name_of(catalogue: Catalogue | None, code: str) -> str:
    """A department as people call it; the concierge office where there is none."""
    if not code or catalogue is None:
        return gettext(OFFICE)
    return owner_name(catalogue.department_of.get(code), code, language())


def service_of(catalogue: Catalogue | None, code: str, title: str) -> str:
    """A service as people call it."""
    matter = catalogue.matter_of.get(code) if catalogue else None
    return matter.spoken(language()) if matter else title or code or gettext("The whole project")


def share(part: int, whole: int) -> str:
    """A part of a whole as people write it; a dash where there is no whole."""
    return f"{part / whole:.1%}".replace(".0%", "%") if whole else "—"


@dataclass(frozen=True, kw_only=True)
class BoardSheet:
    """The board for one reader. Shape: ``span_names`` are the words of the spans."""

    board: Board
    span: ReportSpan
    span_names: dict[ReportSpan, str]
    catalogue: Catalogue | None
    today: date

    def days(self) -> str:
        """The span in words."""
        period = self.board.period
        return gettext(
            "%(first)s to %(last)s", first=spoken.day_full(period.first), last=spoken.day(period.last)
        )

    def choices(self) -> list[Choice]:
        """The spans to choose from."""
        return [
            Choice(
                text=gettext(self.span_names[one]),
                href=url_for("RatingsView.list", period=one.value),
                is_current=one is self.span,
            )
            for one in SPANS
        ]

    def facts(self) -> list[dict[str, Any]]:
        """The county in one row of figures."""
        all_of = self.board.departments
        total, good = sum(one.total for one in all_of), sum(one.good for one in all_of)
        closed, rated = sum(one.closed for one in all_of), sum(one.rated for one in all_of)
        items, rated_items = (
            sum(len(one.items) for one in all_of),
            sum(len(one.rated_items) for one in all_of),
        )
        calls = [one.followed for one in all_of]
        done, due = sum(one.call_back_done for one in calls), sum(one.call_back_due for one in calls)
        answered, owed = sum(one.answer_done for one in calls), sum(one.answer_due for one in calls)
        met = sum(one.rated > 0 for one in all_of if one.closed)
        there = sum(one.closed > 0 for one in all_of)
        return [
            _fact(gettext("Not negative"), share(good, total), _of(good, total)),
            _fact(gettext("Services rated"), share(rated, closed), _of(rated, closed)),
            _fact(gettext("Kinds of services rated"), share(rated_items, items), _of(rated_items, items)),
            _fact(gettext("Departments rated"), share(met, there), _of(met, there)),
            _fact(gettext("Negative ones answered"), share(answered, owed), _of(answered, owed)),
            _fact(gettext("Givers called back"), share(done, due), _of(done, due)),
        ]

    def lines(self) -> list[dict[str, Any]]:
        """The departments, line by line."""
        return [self._line(one) for one in self.board.departments]

    def _line(self, one: DepartmentRatings) -> dict[str, Any]:
        how = one.followed
        return {
            "name": name_of(self.catalogue, one.department),
            "closed": one.closed,
            "rated": _of(one.rated, one.closed),
            "levels": [one.levels.get(level, 0) for level in Level],
            "share": share(one.good, one.total),
            "is_all_good": one.good == one.total,
            "width": round(80 * one.good / one.total, 1) if one.total else 0,
            "kinds": _of(len(one.rated_items), len(one.items)),
            "contact": _of(how.contact_in_time, how.contact_due),
            "answer": _of(how.answer_in_time, how.answer_due),
            "call_back": _of(how.call_back_done, how.call_back_due),
        }

    def level_names(self) -> list[str]:
        """The heads of the five columns."""
        return [gettext(LEVELS[one]) for one in Level]

    def open(self) -> list[dict[str, Any]]:
        """The negative ratings that wait for somebody."""
        return [self._open(one) for one in self.board.open]

    def _open(self, one: OpenCase) -> dict[str, Any]:
        is_late = one.due_on is not None and one.due_on < self.today
        return {
            "href": url_for("RatingView.one", rating_id=one.rating_id),
            "service": service_of(self.catalogue, one.code, one.title),
            "department": name_of(self.catalogue, one.department),
            "level": gettext(LEVELS[one.level]),
            "given": spoken.day(one.given_on),
            "is_named": one.is_named,
            "stage": gettext(STAGES[one.stage]),
            "look": "overdue" if is_late else STAGE_LOOKS[one.stage],
            "due": spoken.day(one.due_on) if one.due_on else "—",
            "left": self._left(one.due_on),
            "is_late": is_late,
            "is_appealed": one.is_appealed,
        }

    def _left(self, due_on: date | None) -> str:
        if due_on is None:
            return ""
        if due_on < self.today:
            late = self.board.calendar.workdays_between(due_on, self.today)
            return gettext("%(days)s working days late", days=late)
        if due_on == self.today:
            return gettext("today")
        left = self.board.calendar.workdays_between(self.today, due_on)
        return gettext("%(days)s working days left", days=left)

    def changes(self) -> list[dict[str, Any]]:
        """The changes of process asked for."""
        return [_change(one, name_of(self.catalogue, one.department)) for one in self.board.changes]


def _change(one: ProcessChangeRow, department: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "department": department,
        "reason": gettext(REASONS[one.reason]),
        "count": one.count,
        "asked": spoken.day(one.asked_on),
        "due": spoken.day(one.due_on),
        "answer": one.answer,
        "answered": gettext("%(name)s, %(day)s", name=one.answered_by, day=spoken.day(one.answered_on))
        if one.answered_on
        else "",
    }


def _fact(term: str, value: str, note: str) -> dict[str, str]:
    return {"term": term, "value": value, "unit": "", "note": note}


def _of(part: int, whole: int) -> str:
    return gettext("%(part)s of %(whole)s", part=part, whole=whole) if whole else "—"
