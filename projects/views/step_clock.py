"""The day clock of a step as plain values: its boxes with their words, its figures, what holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext, ngettext, pgettext

import scheduler
from approvals.rules.days_by_law import CaseDays, LawDay, days_by_law
from concierge.kernel import clock, spoken
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from projects.press.charted import short_name
from projects.queries.step_file import StepFile
from projects.rules.day_clock import ClockDay, ClockRun, DayClock, DayState, day_clock
from projects.rules.progress import OWNERS
from projects.rules.project_plan import PlannedStep
from projects.views.step_forms import STOP_KINDS

ACROSS = 10
"""Boxes in a row."""
PITCH, HAN, LATIN = 29, 11.5, 6.2
"""Units of the drawing: a box with its gap, a Chinese character, a Latin letter."""
DATED_EVERY = 5
LAW_DAYS: Mapping[LawDay, str] = {
    LawDay.LOCAL_ANSWER: N_("Local rule: answered by %(day)s"),
    LawDay.ANSWER: N_("By law: accepted, or everything missing told at once, by %(day)s"),
    LawDay.EXAMINATION: N_("By law: the lower level examines it and hands it up by %(day)s"),
    LawDay.HEARING: N_("The hearing is held by %(day)s"),
    LawDay.DELIVERY: N_("The decision is to be in the applicant's hands by %(day)s"),
}


@dataclass(frozen=True)
class ClockSheet:
    """The clock box of one step."""

    step: StepFile

    @cached_property
    def clock(self) -> DayClock | None:
        """The day clock of an accepted step."""
        row, calendar = self.step.row, self.step.file.plan.calendar
        if row.accepted_on is None or calendar is None:
            return None
        held = self.waited_for
        run = ClockRun(
            accepted_on=row.accepted_on,
            ended_on=row.finished_on or row.ended_on,
            held_until=held.finish_on if held else None,
            stops=self.step.stops,
            extended_workdays=sum(extension.workdays for extension in self.step.extensions),
        )
        return day_clock(self.step.draft.periods, run, calendar, today=clock.today())

    @cached_property
    def waited_for(self) -> PlannedStep | None:
        """The step whose result came, or is to come, after this decision was due, and held it back."""
        plan, due = self.step.file.plan, self.step.planned.promised_end_on
        held = [
            plan.step(edge.predecessor)
            for edge in plan.edges
            if edge.successor == self.step.row.code and edge.gate == "issue"
        ]
        late = [step for step in held if step.finish_on and due and step.finish_on > due]
        return max(late, key=lambda step: step.finish, default=None)

    def lateness(self) -> str:
        """How late the step is, or whose result its decision waits for; empty when it is in time."""
        if self.clock is None:
            return ""
        if self.clock.late:
            return ngettext("%(num)s working day late", "%(num)s working days late", self.clock.late)
        held = self.waited_for
        if held is None:
            return ""
        name = f"{held.number} {short_name(self.step.file.catalogue.matter(held.code), language())}"
        return gettext("the decision waits for %(step)s", step=name)

    def facts(self) -> list[dict[str, Any]]:
        """The figures under the boxes: counted, stopped and why, due."""
        of = self.clock
        if of is None:
            return []
        found = [
            {
                "term": gettext("Days counted"),
                "value": of.counted,
                "unit": gettext("of %(days)s working days", days=of.limit),
                "note": self.lateness() or self._remaining(of),
            }
        ]
        if of.stopped:
            found.append(
                {
                    "term": gettext("Outside the limit"),
                    "value": of.stopped,
                    "unit": gettext("working days"),
                    "note": self._why_stopped(of),
                }
            )
        return found

    def due_line(self) -> str:
        """By when the step is due, and what the law says."""
        of = self.clock
        if of is None:
            return ""
        by_law = (
            gettext("by law %(day)s", day=spoken.day(of.statutory_on))
            if of.statutory_on
            else gettext("the law sets no limit")
        )
        due = gettext("due %(day)s", day=spoken.day(of.due_on))
        return pgettext("between clauses", ", ").join((due, by_law))

    def _remaining(self, of: DayClock) -> str:
        if of.ended_on is not None or not of.left:
            return ""
        return ngettext("%(num)s working day left", "%(num)s working days left", of.left)

    def _why_stopped(self, of: DayClock) -> str:
        if of.is_only_planned and not of.reasons:
            return gettext("special procedure, planned")
        return gettext(", ").join(gettext(STOP_KINDS[kind]) for kind in of.reasons)

    def sentence(self) -> str:
        """The whole clock for who does not see it."""
        of = self.clock
        if of is None:
            return ""
        return gettext(
            "Accepted %(first)s, due %(last)s, %(counted)s of %(all)s working days counted, "
            "%(stopped)s stood still",
            first=spoken.day(of.accepted_on),
            last=spoken.day(of.due_on),
            counted=of.counted,
            all=of.limit,
            stopped=of.stopped,
        )

    def warnings(self) -> list[str]:
        """What is to be said beside the boxes: a procedure nobody recorded, a stop past its planned end."""
        of, found = self.clock, []
        recorded = self.step.row.promised_end_on
        if of is not None and of.ended_on is None and of.is_only_planned and recorded is not None:
            found.append(
                gettext(
                    "The special procedure is planned, not recorded. Until it is recorded as a stop, the "
                    "limit ends on %(day)s.",
                    day=spoken.day(recorded),
                )
            )
        if of is not None and of.overdue_stop is not None:
            found.append(
                gettext(
                    "%(kind)s was to last until %(day)s and has not been ended. Record its end, or ask why.",
                    kind=gettext(STOP_KINDS[of.overdue_stop.kind]),
                    day=spoken.day(of.overdue_stop.planned_last_on),
                )
            )
        return found

    def extended(self) -> list[str]:
        """By how much the limit was extended, by whom, and why."""
        return [
            gettext(
                "Extended by %(days)s working days, approved by %(who)s: %(reason)s",
                days=one.workdays,
                who=one.approved_by,
                reason=one.reason,
            )
            for one in self.step.extensions
        ]

    # The boxes

    def boxes(self) -> list[dict[str, Any]]:
        """The boxes of the clock, with the words above and below those that need some."""
        days = self.clock.days if self.clock else ()
        above = _fitting(days, [self._above(days, place) for place in range(len(days))])
        return [
            {
                "state": day.state.value,
                "number": day.number,
                "is_extra": day.is_extra,
                "is_overrun": day.is_overrun,
                "above": above[place],
                "below": self._below(day, place, is_named=bool(above[place])),
            }
            for place, day in enumerate(days)
        ]

    def _below(self, day: ClockDay, place: int, *, is_named: bool) -> str:
        return f"{day.on.month}/{day.on.day}" if is_named or place % DATED_EVERY == 0 else ""

    def _above(self, days: Sequence[ClockDay], place: int) -> str:
        """The word above one box: today and due before why it stands still and what begins here."""
        day, before = days[place], days[place - 1] if place else None
        if day.is_today:
            return pgettext("on the clock", "today")
        if day is _due(days):
            return pgettext("on the clock", "due")
        if day.state is DayState.STOPPED and (
            before is None or before.number is not None or before.stop is not day.stop
        ):
            return gettext(STOP_KINDS[day.stop]) if day.stop else gettext("as planned")
        if day.is_extra and before is not None and not before.is_extra:
            return gettext("extended")
        return pgettext("on the clock", "day 1") if place == 0 and day.number else ""

    def law_days(self) -> list[str]:
        """The other days before the department now, each in a sentence."""
        calendar, row = self.step.file.plan.calendar, self.step.row
        if calendar is None or row.department in OWNERS:
            return []
        case = CaseDays(
            state=row.state,
            received_on=row.received_on,
            accepted_on=row.accepted_on,
            decided_on=row.finished_on or row.ended_on,
            stops=self.step.stops,
            today=clock.today(),
        )
        found = days_by_law(case, self.step.matter, calendar)
        return [gettext(LAW_DAYS[what], day=spoken.day(on)) for what, on in found]

    def rests(self) -> list[str]:
        """The rest days the clock skips and the weekend days it counts, named."""
        return [self._rest(rest) for rest in self.clock.rests] if self.clock else []

    def _rest(self, rest: scheduler.Rest) -> str:
        span = spoken.day(rest.first)
        if rest.last != rest.first:
            span = gettext("%(first)s to %(last)s", first=span, last=spoken.day(rest.last))
        if rest.is_workday:
            return gettext("%(days)s worked instead of a rest day, counted", days=span)
        names = "、".join(rest.names_zh) if language() == "zh" else ", ".join(rest.names_en)
        return gettext("%(name)s, %(days)s, not counted", name=names, days=span)


def _due(days: Sequence[ClockDay]) -> ClockDay | None:
    """The last day of the limit."""
    return next((day for day in reversed(days) if day.state is not DayState.LATE), None)


def _fitting(days: Sequence[ClockDay], words: list[str]) -> list[str]:
    """The words that fit above their boxes; today and due are kept, another makes room for them."""
    kept = list(words)
    firm = {place for place, day in enumerate(days) if day.is_today or day is _due(days)}
    for place, word in enumerate(words):
        if not word or place in firm:
            continue
        until = place + _boxes_under(word)
        in_way = (later for later in range(place + 1, until) if later % ACROSS and words[later])
        reach_back = any(
            kept[earlier]
            and earlier // ACROSS == place // ACROSS
            and earlier + _boxes_under(kept[earlier]) > place
            for earlier in range(place)
        )
        if reach_back or any(later in firm and later // ACROSS == place // ACROSS for later in in_way):
            kept[place] = ""
    return kept


def _boxes_under(word: str) -> int:
    width = sum(LATIN if letter.isascii() else HAN for letter in word)
    return int(width // PITCH) + 1
