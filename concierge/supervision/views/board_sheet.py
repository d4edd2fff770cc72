"""The supervision board as plain values: its live cards, its league, its plot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import url_for
from flask_babel import gettext, ngettext, pgettext
from markupsafe import Markup

from approvals.rules.catalogue import Catalogue
from concierge.kernel import spoken
from concierge.kernel.web import may
from concierge.supervision.kinds.bulletin import CODE as BULLETIN
from concierge.supervision.press.card_plot import PlotMark, PlotRow, PlotWords, card_plot, mondays
from concierge.supervision.queries.board import SIX_WEEKS, LiveCards, Mark
from concierge.supervision.queries.league import LeagueTable
from concierge.supervision.rules.card import Colour
from concierge.supervision.rules.league import DepartmentRecord, grade
from concierge.supervision.rules.reporting_period import ReportSpan
from concierge.supervision.views.live_sheet import ON, LiveSheet, department_name
from concierge.supervision.views.words import GRADES, SPANS
from documents.rules.statistics import Month
from scheduler import WorkCalendar

MONTHS = (ReportSpan.MONTH, ReportSpan.LAST_MONTH)
MOST_MARKS = 6
BAR, SHARE_BAR, SHARE_SCALE = 80.0, 92.0, 1.2


@dataclass(frozen=True)
class Choice:
    """One span of days to look at."""

    text: str
    href: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """One department of the league, ready to be written down."""

    rank: str
    move: int | None
    name: str
    closed: int
    running: int
    on_time: str
    on_time_width: float
    is_all_on_time: bool
    share: str
    share_width: float
    early: str
    paused: str
    cards: Sequence[str]
    cards_text: str
    score: str
    grade: str
    is_ranked: bool


@dataclass(frozen=True, kw_only=True)
class BoardSheet:
    """The board for one reader. Shape: ``catalogue`` is the latest, ``catalogue_of`` that of an edition."""

    live: LiveCards
    table: LeagueTable
    marks: Sequence[Mark]
    catalogue: Catalogue
    catalogue_of: Callable[[int], Catalogue]
    calendar: WorkCalendar
    today: date

    @property
    def share_mark(self) -> float:
        """Where the whole promise stands on the bar of used days."""
        return round(SHARE_BAR / SHARE_SCALE, 1)

    @property
    def is_graded(self) -> bool:
        """Whether departments get a grade for this span."""
        return self.table.span.is_graded

    def days(self) -> str:
        """The span in words."""
        period = self.table.period
        return gettext(
            "%(first)s to %(last)s", first=spoken.day_full(period.first), last=spoken.day(period.last)
        )

    def workdays(self) -> str:
        """How many working days the span has."""
        return ngettext("%(num)s working day", "%(num)s working days", self.table.workdays)

    def choices(self) -> list[Choice]:
        """The spans to choose from."""
        return choices_of(self.table.span, "SupervisionView.list")

    def span_name(self) -> str:
        """The chosen span."""
        return gettext(SPANS[self.table.span])

    def documents(self) -> list[tuple[str, int, str]]:
        """The bulletin of the month shown, or of the last whole one; only for who sees every department."""
        if not may("order", ON):
            return []
        period, is_month = self.table.period, self.table.span in MONTHS
        month = Month.around(period.first) if is_month else Month.around(period.last).before
        return [(BULLETIN, month.number, f"{month.year}年{month.month}月")]

    def cards(self) -> Iterator[LiveSheet]:
        """The live cards of this page."""
        for one in self.live.steps:
            yield LiveSheet(
                live=one,
                catalogue=self.catalogue_of(one.edition_id),
                calendar=self.calendar,
                today=self.today,
            )

    def lines(self) -> list[Line]:
        """The league, line by line."""
        return [self._line(record) for record in self.table.records]

    def _line(self, record: DepartmentRecord) -> Line:
        shown = [colour for colour in (Colour.RED, Colour.YELLOW) for _ in range(record.cards.get(colour, 0))]
        given = grade(record)
        return Line(
            rank=str(record.rank) if record.rank else "",
            move=self.table.moves.get(record.department),
            name=department_name(self.catalogue, record.department),
            closed=record.closed,
            running=record.running,
            on_time=percent(record.on_time_share, 1),
            on_time_width=round(BAR * (record.on_time_share or 0.0), 1),
            is_all_on_time=record.on_time == record.closed,
            share=percent(record.used_share, 0),
            share_width=round(min(SHARE_BAR, SHARE_BAR / SHARE_SCALE * (record.used_share or 0.0)), 1),
            early=_days(record.early_workdays),
            paused=ngettext("%(num)s day", "%(num)s days", record.paused_workdays),
            cards=[colour.value for colour in shown] if len(shown) <= MOST_MARKS else [],
            cards_text=_counted(record.cards) if shown else "",
            score="—" if record.score is None else f"{record.score:.1f}",
            grade=gettext(GRADES[given]) if given else "—",
            is_ranked=record.is_ranked,
        )

    @cached_property
    def plot_rows(self) -> list[PlotRow]:
        """The departments with cards in six weeks, those with most first."""
        marks: Mapping[str, list[Mark]] = defaultdict(list)
        for mark in self.marks:
            marks[mark.department].append(mark)
        busiest = sorted(marks, key=lambda code: (-sum(one.count for one in marks[code]), code))
        return [
            PlotRow(name, [_plotted(one, name, marks[code]) for one in marks[code]])
            for code in busiest
            for name in (department_name(self.catalogue, code),)
        ]

    def plot(self) -> Markup:
        """The cards of six weeks, drawn."""
        first = self.today - SIX_WEEKS
        words = PlotWords(
            title=gettext("Cards of the last six weeks by department"),
            today=gettext("today"),
            weeks={day: spoken.day_short(day) for day in mondays(first, self.today)},
        )
        return Markup(card_plot(self.plot_rows, first, self.today, self.calendar, words))  # noqa: S704  (its texts are escaped where they are drawn)


def _plotted(mark: Mark, name: str, beside: Sequence[Mark]) -> PlotMark:
    is_red = mark.colour is Colour.RED
    what = (
        ngettext("%(num)s red card", "%(num)s red cards", mark.count)
        if is_red
        else ngettext("%(num)s yellow card", "%(num)s yellow cards", mark.count)
    )
    sign = pgettext("on a card", "R") if is_red else pgettext("on a card", "Y")
    return PlotMark(
        on=mark.on,
        is_red=is_red,
        sign=sign if mark.count == 1 else str(mark.count),
        is_paired=sum(one.on == mark.on for one in beside) > 1,
        title=gettext(
            "%(department)s, %(day)s: %(what)s", department=name, day=spoken.day(mark.on), what=what
        ),
    )


def _counted(cards: Mapping[Colour, int]) -> str:
    return gettext(
        "%(red)s red, %(yellow)s yellow", red=cards.get(Colour.RED, 0), yellow=cards.get(Colour.YELLOW, 0)
    )


def percent(share: float | None, digits: int) -> str:
    """A share as people write it; a dash where there is none."""
    if share is None:
        return "—"
    return f"{share:.{digits}%}".replace(".0%", "%")


def _days(count: float | None) -> str:
    return "—" if count is None else gettext("%(days)s d", days=f"{count:.1f}")


def span_asked(raw: str | None) -> ReportSpan:
    """The span an address asks for; this month, if it asks for none there is."""
    return next((one for one in ReportSpan if one.value == raw), ReportSpan.MONTH)


def choices_of(span: ReportSpan, endpoint: str) -> list[Choice]:
    """The spans to choose from, for one page."""
    return [
        Choice(gettext(text), url_for(endpoint, period=one.value), one is span) for one, text in SPANS.items()
    ]
