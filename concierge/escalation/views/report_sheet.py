"""One report for one reader: its ladder, who says what, what can be done next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext

from approvals.rules.catalogue import Catalogue
from concierge.escalation.models.desk import ReportCauseRow
from concierge.escalation.models.report import ReportActRow, ReportRow
from concierge.escalation.queries.reports import ReportFile
from concierge.escalation.rules.figures import Figures
from concierge.escalation.rules.report import ORDER, ReportDeed, ReportKind, ReportLevel, ReportOutcome
from concierge.escalation.views.doors import ON, department_name, department_options, word_options
from concierge.escalation.views.ladder import Rung, ladder
from concierge.escalation.views.words import (
    CONTENTMENTS,
    DEEDS,
    KIND_NOTES,
    KINDS,
    LEVELS,
    OUTCOMES,
    WAYS,
)
from concierge.kernel import clock, spoken
from concierge.kernel.actor import SYSTEM
from concierge.kernel.typed_values import moment_as_typed
from concierge.kernel.web import language, may
from concierge.staff.models import ContactRow
from scheduler import WorkCalendar

WORDS_OF: Mapping[ReportDeed, Mapping[Any, str]] = {
    ReportDeed.REGISTERED: WAYS,
    ReportDeed.ROSE: LEVELS,
    ReportDeed.CLASSIFIED: KINDS,
    ReportDeed.CLOSED: OUTCOMES,
    ReportDeed.ASKED_BACK: CONTENTMENTS,
}
"""Deeds whose text begins with a word of the rules."""


@dataclass(frozen=True, kw_only=True)
class ReportSheet:
    """One report. Shape: ``problems`` is why the last try failed, ``typed`` what was typed."""

    file: ReportFile
    catalogue: Catalogue
    calendar: WorkCalendar
    figures: Figures
    today: date
    people: Sequence[dict[str, str]] = ()
    contacts: Sequence[ContactRow] = ()
    is_told: bool = False
    causes: Sequence[ReportCauseRow] = ()
    problems: Sequence[dict[str, str]] = ()
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def report(self) -> ReportRow:
        """The report itself."""
        return self.file.report

    @property
    def is_open(self) -> bool:
        """Whether it is not closed yet."""
        return self.report.closed_at is None

    @property
    def kind(self) -> str:
        """Which of the four kinds it is."""
        return gettext(KINDS[self.report.kind]) if self.report.kind else gettext("not sorted yet")

    @property
    def department(self) -> str:
        """The department it is about."""
        return department_name(self.catalogue, self.report.department)

    @property
    def step(self) -> str:
        """The step it is about, if any."""
        if self.file.step is None:
            return ""
        matter = self.catalogue.matter_of.get(self.file.step.code)
        return matter.spoken(language()) if matter else self.file.step.code

    def came(self) -> str:
        """How and when it came in."""
        return came_in(self.report)

    def documents(self) -> list[tuple[str, int, str]]:
        """The Word documents that can be made: the answer to the person, and each assignment slip."""
        slips = [("escalation-slip", one.id, one.number) for one in self.file.assignments]
        return [("escalation-answer", self.report.id, ""), *slips]

    def rungs(self) -> list[Rung]:
        """Its ladder."""
        return ladder(self.report, self.file.stages, self.figures, self.calendar, self.today)

    def may(self, verb: str) -> bool:
        """Whether this reader may do something about it."""
        return may(verb, ON)

    def kinds(self) -> list[dict[str, Any]]:
        """The four kinds to choose from."""
        return [
            {"value": one.value, "text": gettext(KINDS[one]), "note": gettext(KIND_NOTES[one])}
            for one in ReportKind
        ]

    def owners(self) -> list[dict[str, Any]]:
        """Who could see it through: those to be called for its department, then the officers."""
        called = [
            {"value": f"contact:{one.id}", "text": f"{one.name}（{one.title}）" if one.title else one.name}
            for one in self.contacts
            if self.report.department in one.department.split(",")
        ]
        groups = [
            {"text": self.department, "options": called},
            {"text": gettext("Concierge officers"), "options": list(self.people)},
        ]
        return [group for group in groups if group["options"]]

    @property
    def owner_value(self) -> str:
        """The present owner as the list has it."""
        for one in self.contacts:
            if (one.name, one.phone) == (self.report.owner, self.report.owner_phone):
                return f"contact:{one.id}"
        return f"user:{self.report.owner_id}" if self.report.owner_id else ""

    @property
    def may_arrive(self) -> bool:
        """Whether somebody is waited for at the window."""
        current = self.file.current
        return self.is_open and current.level.is_on_the_spot and current.arrived_at is None

    def ways_up(self) -> list[dict[str, str]]:
        """The levels that may be asked for: the next one; the county, where several departments are in it."""
        if not self.is_open or self.report.level is ORDER[-1]:
            return []
        following = ORDER[ORDER.index(self.report.level) + 1]
        found = [following]
        if self.file.departments > 1 and not following.is_county:
            found.append(ReportLevel.LEADER)
        return [{"value": one.value, "text": gettext(LEVELS[one])} for one in found]

    def outcomes(self) -> list[dict[str, str]]:
        """The ends to choose from."""
        return [{"value": one.value, "text": gettext(OUTCOMES[one])} for one in ReportOutcome]

    def outcome(self) -> str:
        """How it was closed."""
        return gettext(OUTCOMES[self.report.outcome]) if self.report.outcome else ""

    def contentment(self) -> str:
        """What the person said."""
        return gettext(CONTENTMENTS[self.report.contentment]) if self.report.contentment else ""

    def cause_options(self) -> list[dict[str, str]]:
        """The causes to choose from."""
        return [{"value": one.code, "text": cause_name(one)} for one in self.causes if one.is_used]

    def cause(self) -> str:
        """The cause it was closed with."""
        code = self.report.cause_code
        return next((cause_name(one) for one in self.causes if one.code == code), code)

    def trail(self) -> list[dict[str, Any]]:
        """Everything that was done, newest first."""
        return [_line(act, self.catalogue) for act in self.file.acts]

    def opinions(self) -> list[dict[str, Any]]:
        """What the departments say."""
        return [
            {
                "department": department_name(self.catalogue, one.department),
                "opinion": one.opinion,
                "basis": one.basis or "—",
                "is_coming": one.is_coming,
            }
            for one in self.file.opinions
        ]

    @property
    def now_typed(self) -> str:
        """This moment, as a field has it."""
        return moment_as_typed(clock.now())

    def when(self, moment: datetime) -> str:
        """A moment in words."""
        at = clock.local(moment)
        return f"{spoken.day(at.date())} {at:%H:%M}"

    def departments(self) -> list[dict[str, str]]:
        """The departments to choose from."""
        return department_options(self.catalogue)

    def contentments(self) -> list[dict[str, str]]:
        """What a person may say of the answer."""
        return word_options(CONTENTMENTS)

    def deferral_href(self) -> str:
        """The papers of the project, where a deferral is asked for: the first thing for a blocked one."""
        if self.report.kind is not ReportKind.BLOCKED or self.file.project is None:
            return ""
        return url_for("PapersView.list", project_id=self.file.project.id)


def came_in(report: ReportRow) -> str:
    """How and when a report came in, and from whom."""
    at = clock.local(report.reported_at)
    when = f"{spoken.day(at.date())} {at:%H:%M}"
    if report.way.is_found or not report.reporter:
        return gettext("%(way)s, %(when)s", way=gettext(WAYS[report.way]), when=when)
    return gettext(
        "%(who)s, %(way)s, %(when)s", who=report.reporter, way=gettext(WAYS[report.way]), when=when
    )


def cause_name(row: ReportCauseRow) -> str:
    """A cause in the reader's language."""
    return row.name_zh if language() == "zh" else row.name_en


def _line(act: ReportActRow, catalogue: Catalogue) -> dict[str, Any]:
    at = clock.local(act.at)
    words, rest = WORDS_OF.get(act.deed), act.text
    if words:
        first, _, rest = act.text.partition(" ")
        said = {one.value: gettext(text) for one, text in words.items()}.get(first, first)
        rest = f"{said} {rest}".strip()
    elif act.deed is ReportDeed.OPINION:
        code, _, words_said = act.text.partition(": ")
        rest = f"{department_name(catalogue, code)}　{words_said}"
    return {
        "at": f"{spoken.day(at.date())} {at:%H:%M}",
        "iso": at.isoformat(),
        "by": "" if act.by == SYSTEM.label else act.by,
        "text": f"{gettext(DEEDS[act.deed])}　{rest}" if rest else gettext(DEEDS[act.deed]),
        "kind": "" if act.by == SYSTEM.label else "act",
    }
