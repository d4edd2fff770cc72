"""The time-scaled arrow network (双代号时标网络图) of a plan as SVG.

Solid lines are work, as long as it lasts; wavy lines are free float; dashes are dummies. A step whose
decision waits for another document has an end event of its own, reached by a dummy with an open head. Plans
of many works are drawn stage by stage; an event of several drawings carries a letter in each.

Source: JGJ/T 121 (time-scaled arrow networks; progress frontier).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from projects.press.axis import TimeAxis, scaled_axis
from projects.press.chart import ChartPlan, ChartStep, StepState
from projects.press.netmarks import NetMarks
from projects.press.shared import Sharing, sharing
from projects.press.svg import picture, safe
from projects.press.timed import Dates, TimedNetwork, part_of, planned_dates, timed_network
from projects.press.words import Words

WIDTH = 1164.0
PIXELS_A_DAY = 7.0
WORKS_IN_ONE_DRAWING = 45


class NetView(StrEnum):
    """Which works are drawn."""

    ALL = "all"
    CRITICAL = "critical"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Drawing:
    """One picture of a network: the whole of it, or one stage."""

    title: str
    svg: str
    works: int


_KEEP: Mapping[NetView, Callable[[ChartStep], bool]] = {
    NetView.ALL: lambda step: True,  # noqa: ARG005  # every work is wanted
    NetView.CRITICAL: lambda step: step.is_critical,
    NetView.UNFINISHED: lambda step: step.state is not StepState.DONE,
}


def network(
    plan: ChartPlan,
    words: Words,
    *,
    prefix: str = "net",
    view: NetView = NetView.ALL,
    width: float = WIDTH,
    dates_of: Callable[[ChartStep], Dates] = planned_dates,
) -> list[Drawing]:
    """The drawings of a plan's network: one, or one a stage past 45 works; none where no work is to be drawn.

    Raises: ValueError, when steps wait for each other in a circle.
    """
    whole = timed_network(plan.steps, dates_of, _KEEP[view])
    if not whole.works:
        return []
    if len(whole.works) <= WORKS_IN_ONE_DRAWING:
        return [
            _drawing(
                plan, words, whole, sharing(whole, []), prefix=prefix, title=words.network_title, width=width
            )
        ]
    stage_of = {step.number: step.stage for step in plan.steps}
    groups = [frozenset(n for n in whole.works if stage_of[n] == stage.key) for stage in plan.stages]
    groups.append(frozenset(whole.works) - frozenset().union(*groups))
    names = [stage.name for stage in plan.stages] + [words.network_title]
    parts = [(name, part_of(whole, group)) for name, group in zip(names, groups, strict=True) if group]
    shared = sharing(whole, [part for _, part in parts])
    return [
        _drawing(
            plan,
            words,
            part,
            shared,
            prefix=f"{prefix}{at}",
            title=words.network_part % {"stage": name},
            width=width,
        )
        for at, (name, part) in enumerate(parts, 1)
    ]


def _drawing(  # noqa: PLR0913  # one picture: what, in which words, under which name, how wide
    plan: ChartPlan,
    words: Words,
    net: TimedNetwork,
    shared: Sharing,
    *,
    prefix: str,
    title: str,
    width: float,
) -> Drawing:
    steps = {step.number: step for step in plan.steps if step.number in net.works}
    axis = net_axis(net, today=plan.today_on, target=plan.target_on, width=width)
    marks = NetMarks(plan, words, net, shared, axis, prefix)
    critical = words.comma.join(str(number) for number in sorted(steps) if steps[number].is_critical)
    desc = words.network_desc % {"works": len(steps), "events": len(net.dates), "path": critical}
    svg = picture(prefix, "bd-net", (axis.right + 8, marks.height), title, desc, marks.parts())
    return Drawing(title, svg, len(steps))


def net_axis(net: TimedNetwork, *, today: date | None, target: date | None, width: float) -> TimeAxis:
    """The days a drawing needs: its own, and today and the target where they are near."""
    first, last = min(net.dates.values()), max(net.dates.values())
    near = timedelta(max(14, (last - first).days // 4))
    for on in (today, target):
        if on is not None and first - near <= on <= last + near:
            first, last = min(first, on), max(last, on)
    first, last = first - timedelta(3), max(last + timedelta(4), first + timedelta(28))
    return scaled_axis(first, last, left=8, width=width - 16, least=PIXELS_A_DAY)


def chains(plan: ChartPlan) -> str:
    """What a script needs to dim everything outside a step's chain: number → predecessors and successors.

    Shape: an attribute value, escaped.
    """
    before = {step.number: sorted({link.number for link in step.predecessors}) for step in plan.steps}
    after: dict[int, list[int]] = {number: [] for number in before}
    for number, numbers in before.items():
        for other in numbers:
            after[other].append(number)
    entries = ",".join(f'"{n}":[{before[n]},{after[n]}]' for n in sorted(before))
    return safe("{" + entries.replace(" ", "") + "}")
