"""From a project's plan to what the charts are drawn from, worded for one reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import scheduler
from approvals.rules.catalogue import PERMIT, STAGES, START, Catalogue, Matter
from approvals.rules.stops import pauses
from approvals.rules.wording import Translate
from concierge.kernel.errors import N_
from projects.press.chart import (
    ChartCalendar,
    ChartLink,
    ChartMilestone,
    ChartPause,
    ChartPlan,
    ChartRest,
    ChartSegment,
    ChartStage,
    ChartStep,
    SegmentKind,
    StepKind,
    StepState,
    Tone,
)
from projects.rules.owner import owner_name as owner_name
from projects.rules.plan_body import KeptPlan
from projects.rules.progress import OWNERS
from projects.rules.project_plan import PlannedStep, ProjectPlan

STAGE_NAMES: Mapping[str, str] = {
    "land_planning": N_("Project approval and land-use planning"),
    "construction_planning": N_("Works planning permission"),
    "construction_permit": N_("Construction permission"),
    "utilities_parallel": N_("Parallel items"),
    "acceptance": N_("Completion acceptance"),
}
MILESTONES: Mapping[str, str] = {
    "land-registration": N_("Land in hand"),
    "construction-planning-permit": N_("Planning permit"),
    PERMIT: N_("Construction permit"),
    START: N_("Lawful start"),
}
_IN_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_MEETING_MODES = frozenset({"meeting_or_online", "site_visit", "expert_meeting", "on_site"})
_WORKDAYS = N_("%(days)sd")
_CALENDAR_DAYS = N_("%(days)s cal. d")
_LATE = N_("%(days)sd late")
_TITLE = N_("%(number)s %(name)s, float %(float)s")


@dataclass(frozen=True, kw_only=True)
class Charting:
    """How a plan is worded and measured for one picture.

    Shape: ``href_of`` gives the address behind a step, or nothing; ``is_over`` leaves what had a result.
    """

    catalogue: Catalogue
    translate: Translate
    lang: str
    today: date | None = None
    target_on: date | None = None
    is_over: bool = False
    baseline: KeptPlan | None = None
    href_of: Callable[[str], str] = lambda code: ""  # noqa: ARG005  (a plan on paper has no addresses)


def charted(plan: ProjectPlan, by: Charting) -> ChartPlan:
    """The plan as the charts draw it.

    Raises: ValueError, for a plan without dates: a typical length has no days to draw.
    """
    steps = tuple(_step(plan, step, by) for step in plan.steps)
    numbers = {step.code: step.number for step in steps}
    stages = tuple(ChartStage(key, by.translate(STAGE_NAMES[key])) for key in STAGES)
    marks = tuple(
        ChartMilestone(numbers[code], by.translate(name))
        for code, name in MILESTONES.items()
        if code in numbers
    )
    chart = ChartPlan(
        steps=steps,
        stages=stages,
        calendar=_calendar(plan, by),
        today_on=by.today,
        target_on=by.target_on,
        milestones=marks,
    )
    return chart.ended() if by.is_over else chart


def short_name(matter: Matter, lang: str) -> str:
    """A matter's name without what stands in brackets."""
    name = matter.spoken(lang)
    return " ".join(_IN_BRACKETS.sub("", name).split()) or name


def length_text(segments: tuple[scheduler.Segment, ...], translate: Translate) -> str:
    """How long a step takes, its calendar days said as such: 5天+30日历天."""
    working = sum(s.days for s in segments if s.basis is not scheduler.Basis.CALENDAR)
    calendar = sum(s.days for s in segments if s.basis is scheduler.Basis.CALENDAR)
    parts = [translate(_WORKDAYS) % {"days": working}] if working or not calendar else []
    parts += [translate(_CALENDAR_DAYS) % {"days": calendar}] if calendar else []
    return "+".join(parts)


def step_state(step: PlannedStep) -> StepState:
    """How far a step has come, by what is recorded."""
    if step.actual is None:
        return StepState.TODO
    return StepState.DONE if step.actual.finished_on else StepState.DOING


def _kind(matter: Matter, catalogue: Catalogue) -> StepKind:
    department = catalogue.department_of.get(matter.lead_department)
    group = catalogue.review_group_of.get(matter.review_group)
    if matter.lead_department in OWNERS:
        return StepKind.ENT
    if department is not None and department.level == "utility":
        return StepKind.UTILITY
    if group is not None and group.mode in _MEETING_MODES and group.lead == matter.lead_department:
        return StepKind.JOINT
    is_notice = matter.special_basis == "calendar" and matter.special_days > matter.promised_workdays
    return StepKind.NOTICE if is_notice else StepKind.GOV


def _step(plan: ProjectPlan, step: PlannedStep, by: Charting) -> ChartStep:
    if step.start_on is None or step.finish_on is None or step.accept_on is None:
        raise ValueError("a plan without a start day has no days to draw")
    matter = by.catalogue.matter(step.code)
    promised = by.baseline.step(step.code) if by.baseline else None
    owner = owner_name(by.catalogue.department_of.get(step.department), step.department, by.lang)
    late = _workdays_late(plan, step, promised.finish_on if promised else None)
    number = int(step.number)
    facts = {
        "number": step.number,
        "name": step.spoken(by.lang),
        "float": step.total_float,
    }
    return ChartStep(
        number=number,
        code=step.code,
        name=step.spoken(by.lang),
        short=short_name(matter, by.lang),
        owner=owner,
        stage=step.stage,
        state=step_state(step),
        kind=_kind(matter, by.catalogue),
        start_on=step.start_on,
        finish_on=step.finish_on,
        length_text=length_text(step.segments, by.translate),
        ready_on=_ready_on(plan, step),
        plan_start_on=promised.start_on if promised else None,
        plan_finish_on=promised.finish_on if promised else None,
        total_float_workdays=step.total_float,
        late_finish_on=step.late_finish_on,
        is_critical=step.code in plan.critical_path,
        predecessors=_links(plan, step.code),
        progress=_progress(step, by.today),
        segments=_segments(plan, step),
        pauses=_pauses(plan, step),
        limit_on=step.statutory_end_on,
        mark=by.translate(_LATE) % {"days": late} if late > 0 else "",
        mark_tone=Tone.LATE if late > 0 else Tone.PLAIN,
        href=by.href_of(step.number),
        title=by.translate(_TITLE) % facts,
    )


def _workdays_late(plan: ProjectPlan, step: PlannedStep, promised: date | None) -> int:
    if (
        promised is None
        or step.finish_on is None
        or plan.calendar is None
        or step_state(step) is StepState.TODO
    ):
        return 0
    return plan.calendar.workdays_between(promised, step.finish_on) if step.finish_on > promised else 0


def _ready_on(plan: ProjectPlan, step: PlannedStep) -> date | None:
    """When the step's own work ends, where its decision waits for another result."""
    if step.driver.kind is not scheduler.DriverKind.ISSUE_GATE or step.actual is not None:
        return None
    point = step.start
    for segment in step.segments:
        if segment.kind != SegmentKind.PREPARATION.value:
            point = max(point, step.accept)
        point = plan.dates.axis.forward(point, segment)
    return plan.dates.axis.date_of(point) if point < step.finish else None


def _segments(plan: ProjectPlan, step: PlannedStep) -> tuple[ChartSegment, ...]:
    if step.actual is not None and step.actual.finished_on is not None:
        return ()
    if step.actual is not None and step.actual.accepted_on is not None and step.actual.stops:
        return ()  # its real stops are drawn where they lie
    found, point = [], step.start
    for segment in step.segments:
        if not segment.days:
            continue
        if step.queued_workdays and segment.kind != SegmentKind.PREPARATION.value and point < step.accept:
            point = step.accept
            if step.accept_on is not None:
                found.append(ChartSegment(SegmentKind.QUEUE, step.accept_on))
        point = plan.dates.axis.forward(point, segment)
        on = plan.dates.axis.date_of(point)
        if on is not None and step.finish_on is not None:
            found.append(ChartSegment(SegmentKind(segment.kind), min(on, step.finish_on)))
    return tuple(found)


def _pauses(plan: ProjectPlan, step: PlannedStep) -> tuple[ChartPause, ...]:
    """The days on which the clock of a case stands still, as far as its bar goes. Source: CL-7."""
    if step.actual is None or plan.terms.today is None or step.start_on is None or step.finish_on is None:
        return ()
    first, last = step.start_on, step.finish_on
    return tuple(
        ChartPause(max(begin, first), min(end, last))
        for begin, end in pauses(step.actual.stops, plan.terms.today)
        if begin <= last and end >= first
    )


def _links(plan: ProjectPlan, code: str) -> tuple[ChartLink, ...]:
    return tuple(
        ChartLink(int(plan.step(edge.predecessor).number), edge.gate == "issue", edge.tail_workdays)
        for edge in plan.waits_of(code)
        if edge.gate != "info"
    )


def _progress(step: PlannedStep, today: date | None) -> float:
    if (
        step_state(step) is not StepState.DOING
        or today is None
        or step.start_on is None
        or step.finish_on is None
    ):
        return 1.0 if step_state(step) is StepState.DONE else 0.0
    whole = (step.finish_on - step.start_on).days
    return min(1.0, max(0.0, (today - step.start_on).days / whole)) if whole else 0.0


def _calendar(plan: ProjectPlan, by: Charting) -> ChartCalendar:
    calendar = plan.calendar
    days = [step.start_on for step in plan.steps if step.start_on] + [
        s.finish_on for s in plan.steps if s.finish_on
    ]
    if calendar is None or not days:
        return ChartCalendar(lambda day: day.weekday() < 5)
    first, last = min(days), max(days)
    chinese = by.lang.startswith("zh")
    rests = tuple(
        ChartRest("、".join(rest.names_zh) if chinese else ", ".join(rest.names_en), rest.first, rest.last)
        for rest in calendar.rests_between(first, last)
        if not rest.is_workday
    )
    years = frozenset(year for year in range(first.year, last.year + 1) if calendar.is_provisional(year))
    return ChartCalendar(calendar.is_workday, rests, years)
