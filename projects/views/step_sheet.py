"""The page of one step as plain values for its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext, pgettext

from approvals.rules.catalogue import Matter
from approvals.rules.periods import DaysMode, segments
from approvals.rules.wording import say
from concierge.kernel import clock, spoken
from concierge.kernel.errors import N_
from concierge.kernel.web import language, may
from projects.press.charted import STAGE_NAMES, length_text, owner_name, short_name
from projects.queries.step_file import StepFile
from projects.rules.day_clock import ClockRun, DayClock, DayState, day_clock
from projects.rules.expand import StepDraft
from projects.rules.explain import Why, render, why
from projects.rules.progress import Standing, standing
from projects.rules.project_plan import PlanEdge, PlannedStep
from projects.views.special_notes import special_note
from projects.views.step_papers import counts_of, filled, paper_groups
from projects.views.step_record import Recording, Typed
from projects.views.words import happened

MOST_NEIGHBOURS = 1
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
        if found is None or not may("list", "Review"):
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

    @cached_property
    def matter(self) -> Matter:
        """The matter of the project's own edition."""
        return self.step.file.catalogue.matter(self.step.row.code)

    @cached_property
    def draft(self) -> StepDraft:
        """The step as the project's facts put it on the list."""
        draft = self.step.file.plan.expansion.step(self.step.row.code)
        assert draft is not None  # noqa: S101  (the query has looked)
        return draft

    @cached_property
    def recording(self) -> Recording:
        """The record box."""
        return Recording(self.step)

    @property
    def may_record(self) -> bool:
        """Whether this reader may record what happens to steps."""
        return may("move", "Project")

    @property
    def href(self) -> str:
        """Where this page is."""
        return self.href_of(self.planned)

    def href_of(self, step: PlannedStep) -> str:
        """Where another step of the project is."""
        return url_for("StepView.one", project_id=self.step.file.project.id, number=step.number)

    def short(self, step: PlannedStep) -> str:
        """A step in a small space."""
        return f"{step.number} {short_name(self.step.file.catalogue.matter(step.code), self.lang)}"

    def state(self) -> str:
        """The state of the step, as the pills call it."""
        at = standing(self.step.file.plan, self.planned)
        if at is Standing.RUNNING and self._clock is not None and self._clock.late:
            return "overdue"
        return at.value

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

    # Before, this, after

    def nodes(self) -> list[dict[str, Any]]:
        """The strip: what decides this step's start, the step, and what it decides."""
        here = self.planned
        due = (
            gettext("due %(day)s", day=spoken.day(here.promised_end_on))
            if here.actual is not None and here.actual.accepted_on
            else gettext("expected %(day)s", day=spoken.day(here.finish_on))
        )
        done = gettext("done %(day)s", day=spoken.day(here.finish_on))
        is_done = standing(self.step.file.plan, here) is Standing.DONE
        own = {"role": "here", "name": self.short(here), "note": done if is_done else due, "href": ""}
        before = [self._node("before", step) for step in self._neighbours(before=True)]
        after = [self._node("after", step) for step in self._neighbours(before=False)]
        return [*before, own, *after]

    def _neighbours(self, *, before: bool) -> list[PlannedStep]:
        """The nearest steps on one side: the one that decides first, then by day."""
        plan, code = self.step.file.plan, self.step.row.code
        found = []
        for edge in plan.edges:
            if edge.gate == "info" or code != (edge.successor if before else edge.predecessor):
                continue
            other = plan.step(edge.predecessor if before else edge.successor)
            found.append((not edge.drives, -other.finish if before else other.finish, other.number, other))
        return [step for *_, step in sorted(found, key=lambda item: item[:3])[:MOST_NEIGHBOURS]]

    def _node(self, role: str, step: PlannedStep) -> dict[str, Any]:
        is_done = step.actual is not None and step.actual.finished_on is not None
        if is_done:
            note = gettext("done %(day)s", day=spoken.day(step.finish_on))
        elif role == "before" or step.actual is not None:
            note = gettext("expected %(day)s", day=spoken.day(step.finish_on))
        else:
            note = gettext("planned to begin %(day)s", day=spoken.day(step.start_on))
        return {
            "role": role,
            "name": self.short(step),
            "note": note,
            "href": self.href_of(step),
            "is_done": is_done,
        }

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

    # What it waits for, what waits for it

    def waits(self) -> list[dict[str, Any]]:
        """What this step waits for."""
        return [
            self._edge(edge, edge.predecessor)
            for edge in self.step.file.plan.edges
            if edge.successor == self.step.row.code
        ]

    def followers(self) -> list[dict[str, Any]]:
        """What waits for this step."""
        return [
            self._edge(edge, edge.successor)
            for edge in self.step.file.plan.edges
            if edge.predecessor == self.step.row.code
        ]

    def _edge(self, edge: PlanEdge, other: str) -> dict[str, Any]:
        step = self.step.file.plan.step(other)
        gates = {
            "accept": gettext("before acceptance"),
            "issue": gettext("before the decision"),
            "info": gettext("for notice only"),
        }
        kind = {"hard": gettext("required by law"), "soft": gettext("usual order")}.get(edge.source.kind, "")
        return {
            "name": f"{step.number} {step.spoken(self.lang)}",
            "href": self.href_of(step),
            "standing": standing(self.step.file.plan, step).value,
            "on": step.finish_on,
            "document": edge.source.result_document,
            "gate": pgettext("between clauses", ", ").join(
                filter(None, (gates[edge.gate], kind if edge.gate != "info" else ""))
            ),
            "drives": edge.drives,
            "was_relaxed": edge.was_relaxed,
        }

    # Papers, clock, law, log

    @cached_property
    def papers(self) -> list[dict[str, Any]]:
        """The papers, in groups of which any one will do."""
        return list(paper_groups(self.step))

    def papers_line(self) -> str:
        """How many papers, and who brings them."""
        count = counts_of(self.step)
        parts = [
            ngettext("%(num)s paper", "%(num)s papers", count.item_by_item),
            gettext("%(n)s from the enterprise or its intermediaries", n=count.owners),
            gettext("%(n)s come by themselves", n=count.distinct - count.owners),
        ]
        return pgettext("between clauses", ", ").join(parts)

    @property
    def papers_here(self) -> int:
        """How many of the groups are there."""
        return filled(self.papers)

    @cached_property
    def _clock(self) -> DayClock | None:
        row, calendar = self.step.row, self.step.file.plan.calendar
        if row.accepted_on is None or calendar is None:
            return None
        held = self._waited_for
        run = ClockRun(
            accepted_on=row.accepted_on,
            ended_on=row.finished_on or row.ended_on,
            held_until=held.finish_on if held else None,
            stops=self.step.stops,
            extended_workdays=sum(extension.workdays for extension in self.step.extensions),
        )
        return day_clock(self.draft.periods, run, calendar, today=clock.today())

    def clock(self) -> DayClock | None:
        """The day clock of an accepted step."""
        return self._clock

    @cached_property
    def _waited_for(self) -> PlannedStep | None:
        """The step whose result came, or is to come, after this decision was due, and held it back."""
        plan, due = self.step.file.plan, self.planned.promised_end_on
        held = [
            plan.step(edge.predecessor)
            for edge in plan.edges
            if edge.successor == self.step.row.code and edge.gate == "issue"
        ]
        late = [step for step in held if step.finish_on and due and step.finish_on > due]
        return max(late, key=lambda step: step.finish, default=None)

    def lateness(self) -> str:
        """How late the step is, or whose result its decision waits for; empty when it is in time."""
        if self._clock is None:
            return ""
        if not self._clock.late:
            held = self._waited_for
            return gettext("the decision waits for %(step)s", step=self.short(held)) if held else ""
        return ngettext("%(num)s working day late", "%(num)s working days late", self._clock.late)

    def boxes(self) -> list[dict[str, Any]]:
        """The boxes of the clock, with the words above and below those that need some."""
        days = self._clock.days if self._clock else ()
        due = next((day for day in reversed(days) if day.state is not DayState.LATE), None)
        found = []
        for place, day in enumerate(days):
            above = ""
            if day is due:
                above = pgettext("on the clock", "due")
            elif day.state is DayState.TODAY:
                above = pgettext("on the clock", "today")
            elif place == 0:
                above = pgettext("on the clock", "day 1") if day.number else ""
            dated = bool(above) or place % 5 == 0
            below = f"{day.on.month}/{day.on.day}" if dated else ""
            found.append({"state": day.state.value, "number": day.number, "above": above, "below": below})
        return found

    def rests(self) -> list[str]:
        """The rest days the clock skips and the weekend days it counts, named."""
        if self._clock is None:
            return []
        return [self._rest(rest) for rest in self._clock.rests]

    def _rest(self, rest: Any) -> str:
        span = spoken.day(rest.first)
        if rest.last != rest.first:
            span = gettext("%(first)s to %(last)s", first=span, last=spoken.day(rest.last))
        if rest.is_workday:
            return gettext("%(days)s worked instead of a rest day, counted", days=span)
        names = "、".join(rest.names_zh) if self.lang == "zh" else ", ".join(rest.names_en)
        return gettext("%(name)s, %(days)s, not counted", name=names, days=span)

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
        """What happened to this step."""
        return [happened(line, self.step.file.catalogue) for line in self.step.log]
