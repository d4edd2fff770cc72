"""Plans to draw: small ones with names, and random ones with both gates."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from projects.press.chart import (
    ChartCalendar,
    ChartLink,
    ChartMilestone,
    ChartPlan,
    ChartRest,
    ChartSegment,
    ChartStage,
    ChartStep,
    SegmentKind,
    StepKind,
    StepState,
)

DAY_0 = date(2026, 3, 2)  # a Monday
WEEK_CALENDAR = ChartCalendar(
    lambda on: on.weekday() < 5 and not date(2026, 4, 4) <= on <= date(2026, 4, 6),
    (ChartRest("清明节", date(2026, 4, 4), date(2026, 4, 6)),),
    frozenset({2027}),
)
STAGES = (ChartStage("land", "立项用地规划许可"), ChartStage("permit", "施工许可"))
_NAMES = ("备案", "规划条件核定", "施工图设计文件联合审查", "Environmental impact report form")


def workday(point: int, day_0: date = DAY_0) -> date:
    """The civil day of a point in working days since day 0."""
    on = day_0
    while point:
        on += timedelta(1)
        point -= WEEK_CALENDAR.is_workday(on)
    return on


def a_step(number, *predecessors: ChartLink | int, points: tuple[int, int] = (0, 3), **facts) -> ChartStep:
    """A step that works from one point in working days to another; tests state only what matters."""
    links = tuple(ChartLink(one) if isinstance(one, int) else one for one in predecessors)
    settings = {
        "code": f"step-{number}",
        "name": f"事项{number}",
        "short": f"事项{number}",
        "owner": "自然资源局",
        "stage": "land",
        "state": StepState.TODO,
        "kind": StepKind.GOV,
        "length_text": f"{points[1] - points[0]}天",
    }
    return ChartStep(
        number=number,
        start_on=workday(points[0]),
        finish_on=workday(points[1]),
        predecessors=links,
        **{**settings, **facts},
    )


def a_plan(*steps: ChartStep, **facts) -> ChartPlan:
    """A plan of these steps on a calendar of weekends and one holiday."""
    return ChartPlan(**{"steps": steps, "stages": STAGES, "calendar": WEEK_CALENDAR, **facts})


def issue(number: int, tail: int = 0) -> ChartLink:
    """A predecessor that holds back only the decision."""
    return ChartLink(number, is_issue_gate=True, tail_workdays=tail)


def a_permit_plan() -> ChartPlan:
    """Six steps a person can follow: a filing, land beside design, a permit that waits for both.

    The planning permit (5) may be worked on after the design (4), but is issued only once the land (3) is in
    hand; it is ready on point 14 and waits until point 16.
    """
    steps = (
        a_step(1, points=(0, 2), short="项目备案", owner="发改局", state=StepState.DONE, is_critical=True),
        a_step(2, 1, points=(2, 12), short="土地出让公告", kind=StepKind.NOTICE, is_critical=True),
        a_step(3, 2, points=(12, 16), short="土地登记", owner="不动产登记中心", is_critical=True),
        a_step(
            4,
            1,
            points=(2, 11),
            short="设计方案编制",
            owner="企业",
            kind=StepKind.ENT,
            state=StepState.DOING,
            progress=0.4,
            total_float_workdays=2,
            late_finish_on=workday(13),
        ),
        a_step(5, 4, issue(3), points=(11, 16), short="规划许可", ready_on=workday(14)),
        a_step(6, 5, points=(16, 16), short="开工信息报送", stage="permit", owner="企业", is_critical=True),
    )
    first, *others = steps
    return a_plan(
        replace(first, href="/projects/7/steps/01", title="01 项目备案：发改局，3月2日至3月4日"),
        *others,
        today_on=workday(8),
        target_on=workday(20),
        milestones=(ChartMilestone(3, "取得土地"), ChartMilestone(5, "规划许可")),
    )


def a_random_plan(seed: int, most: int = 22) -> ChartPlan:
    """A plan of up to ``most`` steps with both gates, steps of no length, and dates that keep the gates."""
    rng = random.Random(seed)  # noqa: S311  (a plan, not a secret)
    links: dict[int, list[ChartLink]] = {}
    start: dict[int, int] = {}
    ready: dict[int, int] = {}
    finish: dict[int, int] = {}
    density = rng.choice((0.06, 0.15, 0.3))
    for number in range(1, rng.randint(1, most) + 1):
        links[number] = []
        for other in range(1, number):
            if rng.random() < density:
                tail = rng.choice((0, 0, 1))
                links[number].append(ChartLink(other) if rng.random() < 0.65 else issue(other, tail))
        start[number] = max([finish[k.number] for k in links[number] if not k.is_issue_gate] + [0])
        ready[number] = start[number] + rng.choice((0, 1, 1, 2, 3, 5, 8, 15, 25))
        bounds = [finish[k.number] + k.tail_workdays for k in links[number] if k.is_issue_gate]
        finish[number] = max([ready[number], *bounds])
    today = rng.randint(0, max(finish.values()) + 3)
    steps = [
        _random_step(rng, number, links[number], (start[number], ready[number], finish[number]), today)
        for number in links
    ]
    return a_plan(*steps, today_on=workday(today), target_on=workday(max(finish.values()) + 4))


def _random_step(
    rng: random.Random, number: int, links: list[ChartLink], points: tuple[int, int, int], today: int
) -> ChartStep:
    start, ready, finish = points
    state = StepState.DONE if finish <= today else StepState.DOING if start < today else StepState.TODO
    return a_step(
        number,
        *links,
        points=(start, finish),
        ready_on=workday(ready),
        short=rng.choice(_NAMES),
        state=state,
        kind=rng.choice(tuple(StepKind)),
        stage=rng.choice(("land", "permit")),
        progress={StepState.DONE: 1.0, StepState.TODO: 0.0}.get(state, round(rng.random(), 2)),
        is_critical=rng.random() < 0.3,
        late_finish_on=workday(finish + rng.randint(0, 9)),
        segments=(
            ChartSegment(SegmentKind.PREPARATION, workday((start + ready) // 2)),
            ChartSegment(SegmentKind.WORK, workday(ready)),
        ),
        href=f"/projects/7/steps/{number:02d}",
    )
