"""What follows from a sitting: the project's headline days if its review sits on a certain day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import scheduler
from approvals.rules.catalogue import PERMIT, START, ReviewGroup
from projects.rules.bookings import Booking, HeldBy
from projects.rules.expand import Expansion
from projects.rules.graph import Circumstances, frame_of
from projects.rules.terms import Actual, PlanTerms, StepNotOnList, WhatIf


@dataclass(frozen=True, kw_only=True)
class Following:
    """The headline days that follow. Units: civil days; None where the project has no such step."""

    permit_on: date | None
    start_on: date | None


class SittingForecast:
    """One project, one of its steps, and the group that reviews it: what each day of sitting leads to.

    Everything else is as the plan counts it, the days booked for other steps included. The step's own end is
    the later of the end of its work and the last day for opinions after the sitting. A sitting that was only
    planned for the step is forgotten; so is the wait for it.

    Raises: StepNotOnList; scheduler.OutsideCalendar.
    Source: PR-4 for notice and opinions.
    """

    def __init__(  # noqa: PLR0913  (all that a plan is made from, and what is reviewed by whom)
        self,
        expansion: Expansion,
        terms: PlanTerms,
        calendar: scheduler.WorkCalendar,
        code: str,
        group: ReviewGroup,
        *,
        actuals: Sequence[Actual] = (),
        bookings: Mapping[str, Booking] | None = None,
        bridged: Collection[tuple[str, str]] = (),
    ) -> None:
        if expansion.step(code) is None or terms.start_on is None:
            raise StepNotOnList(step=code, field="step")
        self.calendar, self.code, self.group = calendar, code, group
        self.axis = calendar.axis(terms.start_on)
        asked = WhatIf()
        frame = frame_of(expansion, terms.gates, asked, bridged)
        there = {actual.step: actual for actual in actuals if expansion.step(actual.step)}
        free = Circumstances(there, terms.today, asked)
        held = replace(free, bookings=_without_its_sitting(bookings or {}, code))
        self._problem = frame.problem(terms.days, self.axis, held)
        self._found: dict[int, Following] = {}
        self._without = scheduler.dates(self._problem, self.axis)
        self._free = scheduler.dates(frame.problem(terms.days, self.axis, free), self.axis)

    @property
    def least_workdays(self) -> int | None:
        """The permit's distance from day 0 if nothing but the steps' own order held it: no plan is shorter.

        Units: working days; the lawful start's where there is no permit.
        """
        permit = self._free.target(PERMIT)
        return self._free.target(START) if permit is None else permit

    @property
    def without(self) -> Following:
        """The headline days when nobody has to wait for a sitting: no sitting leads to earlier ones."""
        return self._read(self._without)

    @property
    def accept_on(self) -> date:
        """The day the step is, or can be, accepted."""
        return self.axis.date_of(self._without.step(self.code).accept)

    @property
    def first_on(self) -> date:
        """The first day the review can sit: its members have had the papers as long as they must.

        Units: a civil day, ``notice_workdays`` after acceptance.
        Source: PR-4.
        """
        return self.calendar.add_workdays(self.accept_on, self.group.notice_workdays)

    def after(self, sitting_on: date) -> Following:
        """The headline days if the review sits on this day.

        Units: opinions are in ``opinion_workdays`` after the sitting.
        """
        end = self.axis.point_of(sitting_on) + self.group.opinion_workdays
        if end not in self._found:
            place = self._problem.place(self.code)
            steps = list(self._problem.steps)
            steps[place] = replace(steps[place], finish_not_before=end)
            held = replace(self._problem, steps=steps)
            self._found[end] = self._read(scheduler.dates(held, self.axis))
        return self._found[end]

    def _read(self, dates: scheduler.Dates) -> Following:
        return Following(permit_on=dates.target_on(PERMIT), start_on=dates.target_on(START))


def _without_its_sitting(bookings: Mapping[str, Booking], code: str) -> dict[str, Booking]:
    """The bookings of a project, but for what one step was to wait for its sitting."""
    kept = dict(bookings)
    own = kept.pop(code, None)
    if own is not None and own.held_by not in (HeldBy.SITTING, HeldBy.NOTHING):
        kept[code] = replace(own, sitting_on=None, decided_from=None)
    return kept
