"""What an enterprise has to do for its project now, and until when nothing moves by it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.papers import PaperState
from concierge.kernel import clock
from concierge.progress.rules.public_progress import Need, NeedKind, OwedPaper
from concierge.progress.rules.slip import late_workdays
from projects.queries.papers import ProjectPapers
from projects.rules.owner import owner_name
from projects.rules.papers import PaperGroup, papers_of_step
from projects.rules.progress import OWNERS, Standing, standing
from projects.rules.project_plan import PlannedStep
from scheduler import WorkCalendar


def needs(papers: ProjectPapers, shown: Collection[PlannedStep], lang: str) -> tuple[Need, ...]:
    """What the enterprise owes, the most pressing first; a paper is named once, at the first step it is for.

    Source: PL-10, AC-6.
    """
    calendar = papers.file.plan.calendar
    if calendar is None:
        return ()
    found = _Needs(papers, calendar, lang)
    all_of = [one for step in shown for one in found.of(step)]
    return tuple(sorted(all_of, key=lambda one: (one.by_on, one.kind is not NeedKind.PROMISED, one.number)))


class _Needs:
    """The needs of one project, step by step; ``named`` are the papers that stand somewhere already."""

    def __init__(self, papers: ProjectPapers, calendar: WorkCalendar, lang: str) -> None:
        self.papers, self.calendar, self.lang = papers, calendar, lang
        self.today = clock.today()
        self.named: set[str] = {one.material for one in papers.promised}

    def of(self, step: PlannedStep) -> Iterator[Need]:
        """What one step needs from the enterprise."""
        plan = self.papers.file.plan
        yield from self._promised(step)
        where = standing(plan, step)
        if where not in (Standing.RUNNING, Standing.READY) or step.finish_on is None:
            return
        actual = step.actual
        if actual is not None and actual.state is StepState.CORRECTING:
            yield self._need(NeedKind.CORRECT, step, self._correct_by(step), self._owed(step))
        elif step.department in OWNERS:
            yield self._need(NeedKind.STEP, step, step.late_finish_on or step.finish_on)
        elif actual is None or not actual.is_handed_in:
            owed = self._owed(step)
            if owed and step.accept_on is not None:
                by_on = self.calendar.add_workdays(max(step.accept_on, self.today), max(0, step.total_float))
                yield self._need(NeedKind.PAPERS, step, by_on, owed)

    def _promised(self, step: PlannedStep) -> Iterator[Need]:
        by_day: dict[date, list[OwedPaper]] = {}
        for one in self.papers.promised:
            if one.step == step.code:
                by_day.setdefault(one.due_on or self.today, []).append(
                    OwedPaper(code=one.material, name=self._name(one.material))
                )
        for day, owed in by_day.items():
            yield self._need(NeedKind.PROMISED, step, day, tuple(owed))

    def _correct_by(self, step: PlannedStep) -> date:
        stops = step.actual.stops if step.actual else ()
        ends = [one.planned_last_on for one in stops if one.kind is StopKind.CORRECTION and not one.last_on]
        return max((day for day in ends if day is not None), default=step.finish_on or self.today)

    def _owed(self, step: PlannedStep) -> tuple[OwedPaper, ...]:
        file = self.papers.file
        groups = papers_of_step(
            file.catalogue, file.plan.expansion, step.code, self.papers.passed, self.papers.here
        )
        return tuple(one for group in groups if (one := self._missing(group)) is not None)

    def _missing(self, group: PaperGroup) -> OwedPaper | None:
        if any(paper.is_here for paper in group.papers):
            return None
        own = [paper for paper in group.papers if paper.is_owners]
        if not own or own[0].material.code in self.named:
            return None
        self.named.update(paper.material.code for paper in own)
        joined = " / ".join(paper.material.spoken(self.lang) for paper in own)
        is_unfit = own[0].state is PaperState.UNFIT
        return OwedPaper(code=own[0].material.code, name=joined, is_unfit=is_unfit)

    def _name(self, material: str) -> str:
        rows = (one for of_step in self.papers.file.catalogue.materials_of.values() for one in of_step)
        return next((one.spoken(self.lang) for one in rows if one.code == material), material)

    def _need(
        self, kind: NeedKind, step: PlannedStep, by_on: date, papers: tuple[OwedPaper, ...] = ()
    ) -> Need:
        file = self.papers.file
        return Need(
            kind=kind,
            number=step.number,
            step=step.spoken(self.lang),
            department=owner_name(
                file.catalogue.department_of.get(step.department), step.department, self.lang
            ),
            by_on=by_on,
            left_workdays=late_workdays(self.today, by_on, self.calendar),
            papers=papers,
        )
