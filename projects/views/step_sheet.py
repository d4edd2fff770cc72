"""The page of one step as plain values for its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext

from approvals.rules.catalogue import Matter
from approvals.rules.journal import standing_lines
from approvals.rules.lifecycle import StepState
from approvals.rules.periods import DaysMode, segments
from approvals.rules.wording import say
from concierge.kernel import spoken
from concierge.kernel.errors import N_
from concierge.kernel.web import language, may
from projects.press.charted import STAGE_NAMES, length_text, owner_name
from projects.queries.step_file import StepFile
from projects.rules.expand import StepDraft
from projects.rules.explain import Why, render, why
from projects.rules.progress import Standing, standing
from projects.rules.project_plan import PlannedStep
from projects.views.special_notes import special_note
from projects.views.step_acts import Recording, Typed
from projects.views.step_around import Around
from projects.views.step_clock import ClockSheet
from projects.views.step_log import step_log
from projects.views.step_papers import PapersBox
from projects.views.step_states import pill_of, state_word
from projects.views.words import ended_said

KINDS: Mapping[str, str] = {
    "permit": N_("Permit"),
    "filing": N_("Filing"),
    "registration": N_("Registration"),
    "contract": N_("Contract"),
    "assessment": N_("Assessment"),
    "technical_review": N_("Technical review"),
    "hearing_or_site_visit": N_("Hearing or site visit"),
    "public_service": N_("Public service"),
}


@dataclass(frozen=True)
class StepSheet:
    """The page of one step for one reader: what was ``typed`` into the form, ``said`` if it was wrong."""

    step: StepFile
    typed: Typed
    said: str = ""
    wrong_field: str = ""

    @property
    def lang(self) -> str:
        """The reader's language."""
        return language()

    def review(self) -> dict[str, str] | None:
        """Where the joint review of this step is announced, or its slot chosen; none where it has none."""
        found = self.step.file.reviews.get(self.step.row.code)
        if found is None or self.step.file.is_closed or not may("list", "Review"):
            return None
        if found.sitting_id is not None:
            return {
                "text": gettext("Joint review on %(day)s", day=spoken.day(found.sitting_on)),
                "href": url_for("ReviewBoardView.one", sitting_id=found.sitting_id),
            }
        case = f"{self.step.file.project.id}-{self.step.row.code}"
        return {
            "text": gettext("Joint review: choose a slot"),
            "href": url_for("ReviewBoardView.list", case=case, all=1, _anchor="choose"),
        }

    @property
    def planned(self) -> PlannedStep:
        """The step's dates."""
        return self.step.planned

    @property
    def matter(self) -> Matter:
        """The matter of the project's own edition."""
        return self.step.matter

    @property
    def draft(self) -> StepDraft:
        """The step as the project's facts put it on the list."""
        return self.step.draft

    @cached_property
    def recording(self) -> Recording:
        """The record box."""
        return Recording(self.step, self.typed.move)

    @cached_property
    def clock(self) -> ClockSheet:
        """The clock box."""
        return ClockSheet(self.step)

    @cached_property
    def around(self) -> Around:
        """The steps before and after."""
        return Around(self.step)

    def form(self) -> dict[str, Any] | None:
        """The form of the chosen move."""
        return self.recording.form(self.typed, self.wrong_field, self.said)

    @property
    def may_record(self) -> bool:
        """Whether this reader may record what happens to steps."""
        return may("move", "Project") and not self.step.file.is_closed

    @property
    def is_left(self) -> bool:
        """Whether the project ended without this step."""
        return self.step.file.is_left(self.planned)

    def closed(self) -> str:
        """When and how the project ended; empty while it runs."""
        return ended_said(self.step.file.project) if self.step.file.is_closed else ""

    @property
    def href(self) -> str:
        """Where this page is."""
        return self.around.href_of(self.planned)

    def pill(self) -> dict[str, str | None]:
        """The state of the step, as the pills call it."""
        clock = self.clock.clock
        if clock is not None and clock.late and not self.step.row.ended_on and not self.is_left:
            return {"state": "done" if self.step.row.finished_on else "overdue", "text": None}
        found = pill_of(self.step.file, self.planned)
        if self.step.owed and found["state"] == "running":
            return {"state": "deferred", "text": None}
        return found

    def lead(self) -> str:
        """Who acts, what kind of matter it is, and its limits."""
        owner = owner_name(
            self.step.file.catalogue.department_of.get(self.planned.department),
            self.planned.department,
            self.lang,
        )
        parts = [owner, gettext(KINDS.get(self.matter.kind, self.matter.kind))]
        parts.append(gettext(STAGE_NAMES[self.planned.stage]))
        of = self.draft.periods
        parts.append(gettext("promised %(length)s", length=length_text((of.promised,), gettext)))
        if of.statutory is not None and of.statutory.days:
            parts.append(gettext("by law %(length)s", length=length_text((of.statutory,), gettext)))
        return "　".join(part for part in parts if part)

    def harmless(self) -> dict[str, Any]:
        """How late the step may be without harm; empty when it is done."""
        step = self.planned
        if standing(self.step.file.plan, step) is Standing.DONE:
            return {}
        return {
            "is_critical": step.critical,
            "leads": step.leads_to_headline,
            "until": step.late_finish_on,
            "days": step.total_float,
        }

    # Why

    def reasons(self) -> list[str]:
        """Why the step is on the list: which facts put it there."""
        return [say(reason, gettext, self.lang) for reason in self.draft.because]

    @cached_property
    def _why(self) -> Why:
        return why(self.step.file.plan, self.step.row.code, self.step.file.catalogue)

    def because(self) -> str:
        """Why the date is what it is, in one sentence."""
        return render(self._why.chain, gettext, self.lang)

    def details(self) -> list[str]:
        """What stands behind it."""
        return [render((reason,), gettext, self.lang) for reason in self._why.details]

    def days(self) -> list[dict[str, Any]]:
        """The step's days: planned, accepted, promised, lawful, first told."""
        file, step = self.step.file, self.planned
        told = file.promise.step(step.code) if file.promise else None
        begun = step.actual is not None and step.actual.accepted_on is not None
        mark = gettext("provisional") if step.is_provisional else ""
        return [
            self._day(gettext("Accepted") if begun else gettext("Acceptance expected"), step.accept_on),
            self._day(gettext("Promised end"), step.promised_end_on, mark),
            self._day(gettext("End by law"), step.statutory_end_on, mark, gettext("no limit")),
            self._day(gettext("Latest without harm"), step.late_finish_on, mark),
            self._day(gettext("First planned"), told.finish_on if told else None),
        ]

    def _day(self, term: str, on: date | None, note: str = "", without: str = "—") -> dict[str, Any]:
        return {"term": term, "value": spoken.day(on) if on else without, "unit": "", "note": note}

    def ways(self) -> Iterator[dict[str, Any]]:
        """What the office promises, the law allows and the enterprise lives through, side by side."""
        of, step = self.draft.periods, self.planned
        ends: list[tuple[str, DaysMode, date | int | None]] = [
            (gettext("Promised, from acceptance"), DaysMode.CLOCK, step.promised_end_on),
            (gettext("By law, from acceptance"), DaysMode.STATUTORY, step.statutory_end_on),
            (gettext("Elapsed, with the owner's preparation"), DaysMode.ELAPSED, step.ends[DaysMode.ELAPSED]),
        ]
        for name, mode, end in ends:
            is_limited = mode is not DaysMode.STATUTORY or of.statutory is not None
            yield {
                "name": name,
                "length": length_text(segments(of, mode), gettext) if is_limited else gettext("no limit"),
                "end": spoken.day(end) if isinstance(end, date) else "—",
                "is_used": mode is self.step.file.plan.terms.days,
            }

    # Papers, clock, law, log

    @cached_property
    def papers(self) -> PapersBox:
        """The papers, in groups of which any one will do."""
        return PapersBox(self.step)

    def bases(self) -> list[str]:
        """The law in force on the day of acceptance."""
        on = self.planned.accept_on
        if on is None:
            return []
        return [b.citation for b in self.step.file.catalogue.bases_in_force(self.step.row.code, on)]

    def special(self) -> str:
        """How long the special procedure is; empty without one."""
        stretch = self.draft.periods.special
        return length_text((stretch,), gettext) if stretch.days else ""

    def special_note(self) -> str:
        """What the catalogue remarks on it."""
        return special_note(self.matter.special_note)

    def log(self) -> list[dict[str, Any]]:
        """What happened to this step, and what people wrote down."""
        return step_log(self.step)

    # What stands on top: what must be corrected, how the case ended, what silence will mean

    def corrections(self) -> dict[str, Any] | None:
        """What must be corrected, point by point; None when nothing must."""
        told = self.step.told
        if told is None or self.step.row.state is not StepState.CORRECTING:
            return None
        points = [point.strip() for point in told.reason.splitlines() if point.strip()]
        return {"on": told.on, "number": told.paper, "points": points}

    def ended(self) -> dict[str, Any] | None:
        """How the case ended without a result; None while it has not."""
        row = self.step.row
        if row.ended_on is None:
            return None
        line = next(
            (line for line in reversed(standing_lines(self.step.journal)) if line.state is row.state), None
        )
        reasons = line.reason.splitlines() if line is not None else []
        return {"word": state_word(row.state), "on": row.ended_on, "reasons": reasons}
