"""The ledger of deferred papers as its page shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup

from approvals.rules.deferral_course import DeferralState
from concierge.kernel import spoken
from concierge.kernel.errors import N_
from concierge.kernel.tables import Cell
from concierge.kernel.web import language, may
from projects.press.due_strip import DueDay, due_strip
from projects.queries.commitments import (
    PAGE_SIZE,
    STRIP_WORKDAYS,
    Ask,
    Entry,
    Ledger,
    enterprises_of,
)
from projects.rules.deferral_worth import CERTIFICATES
from projects.views.deferral_words import (
    countdown_of,
    group_of,
    state_pill,
)
from scheduler import WorkCalendar

PERMISSION = "Deferral"
GROUPS = {
    "overdue": N_("Overdue"),
    "soon": N_("Due within three working days"),
    "supplied": N_("Supplied, to be checked"),
    "later": N_("Four working days or more"),
    "pending": N_("Asked for, not granted yet"),
}
WITHHELD = dict(
    zip(
        CERTIFICATES,
        (N_("Works planning permit"), N_("Construction permit"), N_("Start of works")),
        strict=True,
    )
)


@dataclass(frozen=True)
class LedgerSheet:
    """The page, its filters and its figures."""

    found: Ledger
    ask: Ask
    today: date
    calendar: WorkCalendar

    # --- above the table --------------------------------------------------------------------------

    @cached_property
    def by_group(self) -> Counter[str]:
        """How many stand in each group, of everything on the books."""
        return Counter(group_of(entry.row, self.today, self.calendar) for entry in self.found.open)

    def facts(self) -> list[dict[str, Any]]:
        """The figures."""
        record = self.found.record
        share = record.percent_in_time
        pieces = gettext("papers")
        return [
            {"term": gettext("On the books"), "value": len(self.found.open), "unit": pieces},
            {
                "term": gettext("Overdue"),
                "value": self.by_group["overdue"],
                "unit": pieces,
                "look": "bd-late" if self.by_group["overdue"] else "",
            },
            {
                "term": gettext("Due within three working days"),
                "value": self.by_group["soon"],
                "unit": pieces,
                "look": "bd-soon" if self.by_group["soon"] else "",
            },
            {"term": gettext("Supplied, to be checked"), "value": self.by_group["supplied"], "unit": pieces},
            {"term": gettext("Made good this month"), "value": record.closed_this_month, "unit": pieces},
            {
                "term": gettext("Supplied in time"),
                "value": "—" if share is None else f"{share:.1f}%",
                "unit": gettext("none was due in the last 90 days")
                if share is None
                else gettext("in the last 90 days"),
            },
        ]

    def strip(self) -> Markup:
        """The next 15 working days."""
        due = Counter(
            entry.row.due_on for entry in self.found.open if entry.row.state is DeferralState.GRANTED
        )
        first = self.calendar.on_or_after(self.today)
        days = [self.calendar.add_workdays(first, n) for n in range(STRIP_WORKDAYS)]
        counted = [DueDay(spoken.day_short(day), due[day]) for day in days]
        told = gettext(", ").join(f"{day.label} {day.count}" for day in counted if day.count)
        title = gettext("Due in the next 15 working days")
        drawn = due_strip(counted, title=title, description=told or gettext("none"))
        return Markup(drawn)  # noqa: S704  (our own drawing, its texts escaped)

    def chips(self) -> list[dict[str, Any]]:
        """Whose deferrals."""
        open_ = self.found.open
        counts = {
            "open": len(open_),
            "mine": sum(entry.is_mine for entry in open_),
            "critical": sum(bool(entry.worth and entry.worth.is_critical) for entry in open_),
            "pending": self.found.pending,
            "closed": None,
        }
        words = {
            "open": gettext("On the books"),
            "mine": gettext("In my hands"),
            "critical": gettext("No day to spare"),
            "pending": gettext("To be granted"),
            "closed": gettext("Ended"),
        }
        return [
            {
                "text": words[whose],
                "href": url_for("CommitmentsView.list", whose=whose),
                "is_current": whose == self.ask.whose,
                "count": counts[whose],
            }
            for whose in words
        ]

    def departments(self) -> list[dict[str, str]]:
        """The departments there is something of."""
        named = {entry.step.department: entry.department.spoken(language()) for entry in self._choices}
        return [{"value": code, "text": name} for code, name in sorted(named.items(), key=lambda p: p[1])]

    def enterprises(self) -> list[dict[str, Any]]:
        """The enterprises there is something of."""
        return [{"value": id_, "text": name} for id_, name in enterprises_of(self._choices).items()]

    @property
    def _choices(self) -> Sequence[Entry]:
        return [*self.found.open, *self.found.entries]

    @property
    def new_href(self) -> str:
        """Where a deferral is registered, for those who may."""
        return url_for("NewDeferralView.new") if may("draft", PERMISSION) else ""

    # --- the table --------------------------------------------------------------------------------

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-len(self.found.entries) // PAGE_SIZE))

    @property
    def page(self) -> int:
        """The page that is shown."""
        return min(max(1, self.ask.page), self.pages)

    @property
    def is_filtered(self) -> bool:
        """Whether the table shows less than everything on the books."""
        return bool(self.ask.department or self.ask.enterprise) or self.ask.whose not in ("open", "closed")

    def groups(self, *, whole: bool = False) -> Iterator[tuple[str, int, list[dict[str, Any]]]]:
        """The lines of this page in their groups, each with its words and how many it has in all."""
        entries = list(self.found.entries)
        if self.ask.whose == "closed":
            yield gettext("Ended, the latest first"), len(entries), self._lines(self._of_page(entries, whole))
            return
        placed = [(group_of(entry.row, self.today, self.calendar), entry) for entry in entries]
        order = list(GROUPS)
        placed.sort(key=lambda pair: order.index(pair[0]))
        sizes = Counter(group for group, _ in placed)
        shown = self._of_page(placed, whole)
        for group in order:
            lines = [entry for at, entry in shown if at == group]
            if lines:
                yield gettext(GROUPS[group]), sizes[group], self._lines(lines)

    def _of_page(self, items: Sequence[Any], whole: bool) -> Sequence[Any]:
        first = (self.page - 1) * PAGE_SIZE
        return items if whole else items[first : first + PAGE_SIZE]

    def _lines(self, entries: Sequence[Entry]) -> list[dict[str, Any]]:
        return [self._line(entry) for entry in entries]

    def _line(self, entry: Entry) -> dict[str, Any]:
        row, lang = entry.row, language()
        return {
            "href": url_for("CommitmentsView.one", deferral_id=row.id),
            "paper": entry.paper(lang),
            "number": row.number,
            "notes": _notes(entry),
            "project": entry.project.name,
            "enterprise": entry.enterprise,
            "project_href": url_for("ProjectView.one", project_id=entry.project.id),
            "step": f"{entry.step.number} {entry.matter.spoken(lang)}",
            "department": entry.department.spoken(lang),
            "from_on": row.granted_on or row.drafted_on,
            "due_on": row.due_on or row.asked_due_on,
            "before_issue": row.before_issue,
            "countdown": countdown_of(row, self.today, self.calendar) if row.ended_on is None else None,
            "ended_on": row.ended_on,
            "pill": state_pill(row),
            "withheld": withheld_words(entry),
            "is_bridge": bool(row.producer),
            "gained": entry.worth.gained_workdays if entry.worth else None,
            "latest_on": entry.worth.latest_on if entry.worth else None,
            "act": _act(entry),
        }


def withheld_words(entry: Entry) -> str:
    """The milestone that waits for the paper; empty where none does."""
    if entry.worth is None or entry.worth.withheld not in WITHHELD:
        return ""
    return gettext(WITHHELD[entry.worth.withheld])


def _notes(entry: Entry) -> list[str]:
    row, found = entry.row, []
    if row.extended_on is not None:
        found.append(gettext("extended once"))
    if row.rejections:
        found.append(ngettext("found unfit %(num)s time", "found unfit %(num)s times", row.rejections))
    if row.producer:
        found.append(gettext("made good by an earlier step"))
    return found


def _act(entry: Entry) -> dict[str, Any] | None:
    """The one thing to do about a line; None where nothing is, or not for this reader."""
    state, awaits_certificate = entry.row.state, entry.row.put_right_by_on and entry.step.finished_on
    if entry.row.producer and state in (DeferralState.GRANTED, DeferralState.OVERDUE):
        return None
    if state is DeferralState.CREDIT_RECORDED and not awaits_certificate:
        return None
    words = {
        DeferralState.DRAFTED: ("draft", gettext("Sign")),
        DeferralState.SIGNED: ("grant", gettext("Decide")),
        DeferralState.GRANTED: ("supply", gettext("Take in")),
        DeferralState.OVERDUE: ("supply", gettext("Deal with")),
        DeferralState.DEFAULTED: ("dispose", gettext("Deal with")),
        DeferralState.CREDIT_RECORDED: ("dispose", gettext("Deal with")),
        DeferralState.SUPPLIED: ("verify", gettext("Check the paper")),
    }.get(state)
    if words is None or not may(words[0], PERMISSION):
        return None
    return {"text": words[1], "is_first": state is DeferralState.SUPPLIED}


HEADS = (
    N_("Number"),
    N_("Missing paper"),
    N_("Project"),
    N_("Enterprise"),
    N_("Step"),
    N_("Department"),
    N_("Granted"),
    N_("Due"),
    N_("State"),
    N_("Holds back"),
    N_("Working days gained"),
    N_("Latest safe hand-in"),
    N_("Notes"),
)


def cells(sheet: LedgerSheet) -> Iterator[list[Cell]]:
    """The ledger as rows of a spreadsheet, all pages, without its head."""
    for _, _, lines in sheet.groups(whole=True):
        for line in lines:
            yield [
                line["number"],
                line["paper"],
                line["project"],
                line["enterprise"],
                line["step"],
                line["department"],
                line["from_on"],
                line["due_on"],
                line["pill"]["text"],
                line["withheld"] or gettext("start not affected"),
                line["gained"],
                line["latest_on"],
                gettext(", ").join(line["notes"]),
            ]
