"""The statistics of a period as plain values: groups of figures with their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from concierge.kernel import spoken
from concierge.supervision.queries.league import LeagueTable
from concierge.supervision.queries.statistics import Statistics
from concierge.supervision.views.board_sheet import Choice, choices_of, percent


@dataclass(frozen=True)
class Figures:
    """One group of figures: each its words and the figure itself."""

    title: str
    figures: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class StatisticsSheet:
    """What was counted in one period."""

    counted: Statistics
    table: LeagueTable

    def choices(self) -> list[Choice]:
        """The spans to choose from."""
        return choices_of(self.table.span, "SupervisionView.statistics")

    def days(self) -> str:
        """The span in words."""
        period = self.table.period
        return gettext(
            "%(first)s to %(last)s", first=spoken.day_full(period.first), last=spoken.day(period.last)
        )

    def groups(self) -> list[Figures]:
        """The figures, group by group."""
        return [self._cases(), self._submissions(), self._cards(), self._papers()]

    def _cases(self) -> Figures:
        it, records = self.counted, self.table.records
        decided = sum(one.closed for one in records)
        in_time = sum(one.on_time for one in records)
        return Figures(
            gettext("Cases of departments"),
            [
                (gettext("Papers received"), str(it.received)),
                (gettext("Cases accepted"), str(it.accepted)),
                (gettext("Cases decided"), str(decided)),
                (gettext("of these refused"), str(it.refused)),
                (gettext("Decided in time"), _of(in_time, decided)),
                (gettext("Working days stopped"), str(sum(one.paused_workdays for one in records))),
            ],
        )

    def _submissions(self) -> Figures:
        it = self.counted
        often = it.returns_a_case
        return Figures(
            gettext("Submissions"),
            [
                (gettext("Accepted at first submission"), _of(it.first_time, it.accepted)),
                (gettext("Papers sent back"), str(it.returns)),
                (gettext("Sent back for each accepted case"), "—" if often is None else f"{often:.2f}"),
            ],
        )

    def _cards(self) -> Figures:
        it = self.counted
        return Figures(
            gettext("Supervision"),
            [
                (gettext("Yellow cards"), str(it.yellow)),
                (gettext("Red cards"), str(it.red)),
                (gettext("Cards taken down on appeal"), str(it.taken_down)),
                (gettext("Cards of days on which B acted"), str(it.held_by_b)),
                (gettext("Appeals upheld"), _of(it.upheld, it.appeals)),
                (gettext("Orders answered in time"), _of(it.answered_in_time, it.orders)),
                (gettext("Departments urged"), str(it.chases)),
            ],
        )

    def _papers(self) -> Figures:
        it = self.counted
        return Figures(
            gettext("Papers that come later"),
            [
                (gettext("Deferrals granted"), str(it.granted)),
                (gettext("Handed in by the day they were due"), _of(it.supplied_in_time, it.owed)),
                (gettext("Promises broken"), str(it.defaulted)),
            ],
        )


def _of(part: int, whole: int) -> str:
    share = percent(part / whole, 1) if whole else "—"
    return gettext("%(part)s of %(whole)s, %(share)s", part=part, whole=whole, share=share)
