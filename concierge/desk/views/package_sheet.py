"""What a department's page shows of a package, as plain values in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext, ngettext

from approvals.rules.lifecycle import StepState
from approvals.rules.progress import Move
from concierge.desk.queries.packages import Package
from concierge.desk.rules.reply import Outcome, offered
from concierge.desk.views.contents_rows import (
    Address,
    ContentsRow,
    change_sentences,
    contents_rows,
    sent_facts,
)
from concierge.desk.views.reply_form import STOPS, TypedReply, outcome_options, stop_options
from concierge.desk.views.revision_sheet import revision_line
from concierge.kernel import spoken
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from projects.rules.day_clock import DayState

STATES: Mapping[StepState, tuple[str, str]] = {
    StepState.NOT_STARTED: ("todo", N_("Not handed in yet")),
    StepState.PREPARING: ("todo", N_("Papers being prepared")),
    StepState.RECEIVED: ("waiting", N_("Handed in, waits for acceptance")),
    StepState.WITHDRAWN: ("done", N_("Withdrawn by the enterprise")),
    StepState.ACCEPTED: ("running", N_("Accepted")),
    StepState.NOT_ACCEPTED: ("done", N_("Not accepted")),
    StepState.DECLINED: ("done", N_("Not within this department")),
    StepState.CORRECTING: ("paused", N_("Waits for correction by the enterprise")),
    StepState.CORRECTED: ("running", N_("Corrected, back with you")),
    StepState.WORKING: ("running", N_("In progress")),
    StepState.IN_PROCEDURE: ("paused", N_("Special procedure, clock stopped")),
    StepState.PROCEDURE_OVER: ("running", N_("Special procedure over")),
    StepState.PASSED: ("done", N_("Result given")),
    StepState.PASSED_DEFERRED: ("done", N_("Decided, a paper is still owed")),
    StepState.REFUSED: ("done", N_("Not approved")),
    StepState.RECALLED: ("done", N_("Withdrawn by the enterprise")),
    StepState.REVOKED: ("done", N_("Result revoked")),
    StepState.NOT_REQUIRED: ("done", N_("Not required any more")),
}
HAPPENED: Mapping[Move, str] = {
    Move.PREPARE: N_("Preparation began"),
    Move.RECEIVE: N_("Handed in"),
    Move.WITHDRAW: N_("Withdrawn before acceptance"),
    Move.ACCEPT: N_("Accepted"),
    Move.NOT_ACCEPT: N_("Not accepted"),
    Move.DECLINE: N_("Not within this department"),
    Move.CORRECT: N_("Correction asked for"),
    Move.CORRECTED: N_("Correction came"),
    Move.WORK: N_("Review began"),
    Move.STOP: N_("Clock stopped"),
    Move.RESUME: N_("Clock runs again"),
    Move.EXTEND: N_("Limit extended"),
    Move.PASS: N_("Result issued"),
    Move.REFUSE: N_("Not approved"),
    Move.RECALL: N_("Withdrawn after acceptance"),
    Move.REVOKE: N_("Result revoked"),
    Move.START_OVER: N_("Begun anew"),
    Move.UNDO: N_("Last record taken back"),
}


@dataclass(frozen=True, kw_only=True)
class PackageSheet:
    """One package on a department's page, with the form beside it."""

    package: Package
    typed: TypedReply = field(default_factory=TypedReply)
    problems: tuple[dict[str, str], ...] = ()
    address: Address = field(default=lambda _place, _n: "")

    @property
    def name(self) -> str:
        """The matter, in the reader's language."""
        return self.package.matter.spoken(language())

    @property
    def department(self) -> str:
        """The department, in the reader's language."""
        return self.package.department.spoken(language())

    @property
    def look(self) -> str:
        """How the case's state is drawn."""
        return STATES[self.package.state][0]

    @property
    def state(self) -> str:
        """Where the case stands."""
        return gettext(STATES[self.package.state][1])

    def wrong(self, name: str) -> str | None:
        """What is wrong with one field, if anything."""
        return next((one["message"] for one in self.problems if one["field"] == name), None)

    def outcomes(self) -> list[dict[str, Any]]:
        """What may be answered now."""
        return outcome_options(self._offered())

    def _offered(self) -> tuple[Outcome, ...]:
        package = self.package
        known = offered(
            package.state, is_accepted=package.accepted_on is not None, is_told=package.told_on is not None
        )
        is_received = self.package.receipt_on is not None
        return tuple(one for one in known if not (one is Outcome.RECEIPT and is_received))

    def needs(self, *outcomes: str) -> bool:
        """Whether one of these outcomes is offered, so that its fields are shown."""
        return any(one.value in outcomes for one in self._offered())

    def may_confirm_receipt(self) -> bool:
        """Whether the receipt of the papers is still to be confirmed on a case that runs already."""
        is_running = self.package.accepted_on is not None and self.package.ended_on is None
        return is_running and self.package.receipt_on is None

    def stops(self) -> list[dict[str, str]]:
        """The kinds of pause to choose from."""
        return stop_options()

    def running_stops(self) -> list[str]:
        """The pauses that last, each in a sentence."""
        return [
            gettext(
                "%(kind)s since %(first)s, planned until %(last)s",
                kind=gettext(STOPS[stop.kind]) if stop.kind in STOPS else gettext("Correction"),
                first=spoken.day(stop.first_on),
                last=spoken.day(stop.planned_last_on),
            )
            for stop in self.package.stops
            if stop.is_open
        ]

    def boxes(self) -> list[dict[str, Any]]:
        """The boxes of the day clock, with words above and below those that need some."""
        running = self.package.day_clock
        days = running.days if running else ()
        due = next((day for day in reversed(days) if day.state is not DayState.LATE), None)
        found = []
        for place, day in enumerate(days):
            above = ""
            if day is due:
                above = gettext("due")
            elif day.is_today:
                above = gettext("today")
            dated = bool(above) or place % 5 == 0
            below = f"{day.on.month}/{day.on.day}" if dated else ""
            found.append({"state": day.state.value, "number": day.number, "above": above, "below": below})
        return found

    def figures(self) -> list[dict[str, Any]]:
        """The figures beside the clock."""
        running = self.package.day_clock
        if running is None:
            return []
        late = ngettext("%(num)s working day late", "%(num)s working days late", running.late)
        return [
            {"term": gettext("Promised limit"), "value": running.limit, "unit": gettext("working days")},
            {"term": gettext("Days counted"), "value": running.counted, "unit": gettext("working days")},
            {"term": gettext("Stopped"), "value": running.stopped, "unit": gettext("working days")},
            {
                "term": gettext("Due"),
                "value": spoken.day(running.due_on),
                "unit": "",
                "note": late if running.late else "",
            },
        ]

    def contents(self) -> list[ContentsRow]:
        """The papers and documents of the package."""
        return contents_rows(self.package, self.address)

    def contents_line(self) -> str:
        """Which revision was sent when, or how many papers are here before one was."""
        if self.package.sent is not None:
            return revision_line(self.package.sent)
        papers = self.package.papers
        here = sum(paper.is_here for paper in papers)
        return gettext("%(here)s of %(all)s papers here", here=here, all=len(papers))

    def changed(self) -> list[str]:
        """What the revision that stands changed, a sentence for each kind of change."""
        return change_sentences(self.package.sent) if self.package.sent is not None else []

    def bag(self) -> dict[str, Any]:
        """What is to be known of the ZIP; nothing before it is built."""
        return sent_facts(self.package.sent)

    def moves(self) -> list[dict[str, Any]]:
        """What happened to the case, the newest first."""
        return [
            {
                "at": spoken.day_full(line.on),
                "iso": line.on.isoformat(),
                "by": "",
                "text": gettext(HAPPENED[line.move]) + (f"　{line.paper}" if line.paper else ""),
                "kind": "act",
            }
            for line in reversed(self.package.moves)
        ]
