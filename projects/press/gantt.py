"""The Gantt chart (横道图) of a plan as SVG: one row a step, forecast above plan, in the groups asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from projects.press.axis import (
    HEAD,
    TimeAxis,
    axis_head,
    pill,
    provisional_bands,
    provisional_pattern,
    provisional_words,
    rest_bands,
    rest_names,
    scaled_axis,
)
from projects.press.chart import ChartPlan, ChartStep, StepState
from projects.press.ganttrow import Columns, RowMarks, end_words
from projects.press.precedence import reduced, stated_waits
from projects.press.svg import (
    arrowhead,
    box,
    fitted,
    label,
    num,
    path,
    picture,
    text_width,
)
from projects.press.words import Words

WIDTH = 1164.0
PIXELS_A_DAY = 2.2
_FITTINGS = 4
_ROW, _COMPACT_ROW = 25, 20
_TOP = HEAD + 2
_FOOT = 20


class GanttOrder(StrEnum):
    """How the rows are grouped."""

    STAGE = "stage"
    OWNER = "owner"
    DEADLINE = "deadline"


@dataclass(frozen=True)
class _Group:
    name: str
    steps: tuple[ChartStep, ...]


def gantt(
    plan: ChartPlan,
    words: Words,
    *,
    prefix: str = "gantt",
    order: GanttOrder = GanttOrder.STAGE,
    width: float = WIDTH,
    is_compact: bool = False,
) -> str:
    """The chart of all steps; empty for a plan without steps. Compact leaves out responsible and limit."""
    if not plan.steps:
        return ""
    groups = _groups(plan, words, order)
    columns = _columns(plan, words, is_compact=is_compact)
    axis = _axis(plan, columns, width)
    sheet = _Sheet(plan, words, columns, axis, prefix, _COMPACT_ROW if is_compact else _ROW)
    desc = words.gantt_desc % {"works": len(plan.steps)}
    parts = sheet.parts(groups)
    return picture(prefix, "bd-gantt", (axis.right + 8, sheet.bottom + _FOOT), words.gantt_title, desc, parts)


def _groups(plan: ChartPlan, words: Words, order: GanttOrder) -> list[_Group]:
    rows = sorted(plan.steps, key=lambda s: (s.start_on, s.finish_on, s.number))
    if order is GanttOrder.STAGE:
        keyed = [(stage.name, [s for s in rows if s.stage == stage.key]) for stage in plan.stages]
        known = {stage.key for stage in plan.stages}
        keyed.append(("", [s for s in rows if s.stage not in known]))
    elif order is GanttOrder.OWNER:
        keyed = [
            (owner, [s for s in rows if s.owner == owner]) for owner in dict.fromkeys(s.owner for s in rows)
        ]
    else:
        rows.sort(key=lambda s: (s.finish_on, s.start_on, s.number))
        months = dict.fromkeys(date(s.finish_on.year, s.finish_on.month, 1) for s in rows)
        keyed = [
            (
                words.due_in % {"month": words.month_of(month, with_year=True)},
                [s for s in rows if (s.finish_on.year, s.finish_on.month) == (month.year, month.month)],
            )
            for month in months
        ]
    return [_Group(name, tuple(steps)) for name, steps in keyed if steps]


def _columns(plan: ChartPlan, words: Words, *, is_compact: bool) -> Columns:
    def widest(texts: Sequence[str], size: float, least: float, most: float) -> float:
        return min(max([text_width(text, size) for text in texts] + [least]), most)

    name = (
        widest(
            [s.short if is_compact else s.name for s in plan.steps], 12.5, 120, 236 if not is_compact else 190
        )
        + 8
    )
    if is_compact:
        return Columns(
            name_x=34, name_width=name - 8, owner_x=None, owner_width=0, length_x=0, left=34 + name + 6
        )
    owner = widest([s.owner for s in plan.steps] + [words.owner], 12, 60, 140) + 12
    length = widest([s.length_text for s in plan.steps] + [words.length], 12, 28, 70) + 16
    return Columns(34, name - 8, 34 + name, owner - 12, 34 + name + owner, 34 + name + owner + length)


def _axis(plan: ChartPlan, columns: Columns, width: float) -> TimeAxis:
    first = min(min(s.start_on, s.plan_start_on or s.start_on) for s in plan.steps)
    last = max(max(s.finish_on, s.plan_finish_on or s.finish_on) for s in plan.steps)
    near = timedelta(max(14, (last - first).days // 4))
    for on in (plan.today_on, plan.target_on):
        if on is not None and first - near <= on <= last + near:
            first, last = min(first, on), max(last, on)
    first, last = first - timedelta(2), max(last + timedelta(2), first + timedelta(26))
    days = width - columns.left - 8
    for _ in range(_FITTINGS):
        axis = scaled_axis(first, last, left=columns.left, width=days, least=PIXELS_A_DAY)
        missing = _words_end(plan, axis) - axis.right
        if missing <= 0:
            break
        last = axis.last_on + timedelta(ceil(missing / axis.pixels_a_day))
    return axis


def _words_end(plan: ChartPlan, axis: TimeAxis) -> float:
    """Where the words behind the bars end."""
    words = end_words(plan)
    return max(
        (axis.x(s.finish_on) + 26 + text_width(words[s.number], 11) for s in plan.steps if words[s.number]),
        default=0.0,
    )


class _Sheet:
    """One chart being laid out: rows from the top, links and dates over them."""

    def __init__(
        self, plan: ChartPlan, words: Words, columns: Columns, axis: TimeAxis, prefix: str, row: int
    ) -> None:
        self.plan, self.words, self.columns, self.axis, self.prefix, self.row = (
            plan,
            words,
            columns,
            axis,
            prefix,
            row,
        )
        self.width = axis.right + 8
        self.marks = RowMarks(plan, words, columns, axis, prefix, row)
        self.middle: dict[int, float] = {}
        self.bottom = 0.0

    def parts(self, groups: Sequence[_Group]) -> list[str]:
        """All marks, from the ground up."""
        rows: list[str] = []
        rules: list[str] = []
        plans: list[str] = []
        y = float(_TOP)
        for group in groups:
            rows.append(self._group_row(group, y + self.row / 2))
            y += self.row
            for step in group.steps:
                self.middle[step.number] = y + self.row / 2
                rows.append(self.marks.row(step, y + self.row / 2))
                plans.append(self.marks.plan_line(step, y + self.row / 2))
                rules.append(f"M0 {num(y)}H{num(self.width)}")
                y += self.row
        self.bottom = y
        rules.append(f"M0 {num(y)}H{num(self.width)}")
        return [
            *self._ground(),
            path("".join(rules), "g-rule"),
            path("".join(plans), "g-base") if any(plans) else "",
            *rows,
            *self._links(),
            *self._dates(),
            provisional_words(self.axis, self.plan.calendar, self.words, HEAD + 15),
        ]

    def _ground(self) -> list[str]:
        axis, calendar, tiles = self.axis, self.plan.calendar, self.marks.patterns()
        return [
            f"<defs>{tiles}{self.marks.waves.definition()}{provisional_pattern(self.prefix)}</defs>",
            box("ax-head", x=0, y=0, width=self.width, height=HEAD),
            rest_bands(axis, calendar, self.prefix, (HEAD, self.bottom)),
            provisional_bands(axis, calendar, self.prefix, (HEAD, self.bottom)),
            axis_head(axis, self.words, self.bottom),
            rest_names(axis, calendar, self.bottom + 14, taken=self._taken()),
            self._column_heads(),
            path(f"M0 {HEAD}H{num(self.width)}M{num(axis.left - 8)} 0V{num(self.bottom)}", "ax-base"),
        ]

    def _today_tag(self) -> tuple[float, float] | None:
        """The stretch of the foot that the tag of today takes."""
        today = self.plan.today_on
        if today is None or not self.axis.has(today):
            return None
        half = text_width(self.words.today, 11) / 2 + 9
        middle = min(max(self.axis.noon(today), half), self.width - half)
        return middle - half, middle + half

    def _target_tag(self) -> tuple[float, float] | None:
        """The stretch that the target's date takes: below its line, or beside the tag of today."""
        target, today = self.plan.target_on, self._today_tag()
        if target is None or not self.axis.has(target):
            return None
        width = text_width(self.words.target % {"day": self.words.day_of(target)}, 11)
        begin = min(self.axis.x(target) - width / 2, self.width - width - 2)
        if today is not None and begin < today[1] + 4 and begin + width > today[0] - 4:
            is_right = self.axis.x(target) >= (today[0] + today[1]) / 2 and today[1] + 5 + width < self.width
            begin = today[1] + 5 if is_right else today[0] - 5 - width
        return begin, begin + width

    def _taken(self) -> list[tuple[float, float]]:
        """The stretches of the foot where no holiday's name may stand."""
        return [(a - 4, b + 4) for a, b in filter(None, (self._today_tag(), self._target_tag()))]

    def _column_heads(self) -> str:
        columns, words = self.columns, self.words
        heads = [(10.0, words.number), (columns.name_x, words.step)]
        if columns.owner_x is not None:
            heads += [(columns.owner_x, words.owner), (columns.length_x, words.length)]
        return f'<g class="ax-t ax-tm">{"".join(label(text, x, 27) for x, text in heads)}</g>'

    def _group_row(self, group: _Group, y: float) -> str:
        a = self.axis.x(min(s.start_on for s in group.steps))
        b = max(self.axis.x(max(s.finish_on for s in group.steps)), a + 8)
        done = sum(s.state is StepState.DONE for s in group.steps)
        count = f"{done}/{len(group.steps)}"
        count_x = self.columns.length_x or self.axis.left - 12 - text_width(count, 12)
        name = fitted(group.name, 13, count_x - 20)
        return (
            box("g-stage-bg", x=0, y=y - self.row / 2, width=self.width, height=self.row)
            + label(name, 10, y + 4.5, "g-stage")
            + label(count, count_x, y + 4.5, "g-sub")
            + path(f"M{num(a)} {num(y - 3)}H{num(b)}v7l-4-4H{num(a + 4)}l-4 4z", "g-sum")
        )

    def _links(self) -> list[str]:
        """Elbows between critical steps: into the start for an accept gate, the finish for an issue gate."""
        steps = {step.number: step for step in self.plan.steps}
        waits = reduced(stated_waits(self.plan.steps))
        lines: list[str] = []
        heads: list[str] = []
        for number, wait in sorted(waits.items()):
            if not steps[number].is_critical:
                continue
            targets = [(other, steps[number].start_on) for other in sorted(wait.start)]
            targets += [(other, steps[number].finish_on) for other in sorted(wait.finish)]
            for other, on in targets:
                if steps[other].is_critical:
                    self._link(other, number, on, (lines, heads))
        return [path("".join(lines), "g-link"), path("".join(heads), "g-link-h")] if lines else []

    def _link(self, other: int, number: int, on: date, into: tuple[list[str], list[str]]) -> None:
        before = next(step for step in self.plan.steps if step.number == other)
        x0, x1 = self.axis.x(before.finish_on), max(self.axis.x(on), self.axis.x(before.finish_on)) + 4
        y0, y1 = self.middle[other] - 1, self.middle[number]
        tip = y1 - 7.5 if y1 > y0 else y1 + 6
        into[0].append(f"M{num(x0)} {num(y0)}H{num(x1)}V{num(tip)}")
        into[1].append(arrowhead(x1, tip, "d" if y1 > y0 else "u", size=5))

    def _dates(self) -> list[str]:
        axis, words, parts = self.axis, self.words, []
        today, target = self.plan.today_on, self.plan.target_on
        if target is not None and (tag := self._target_tag()) is not None:
            text = words.target % {"day": words.day_of(target)}
            parts.append(path(f"M{num(axis.x(target))} {HEAD}V{num(self.bottom)}", "goal-line"))
            parts.append(label(text, tag[0], self.bottom + 14, "goal-t"))
        if today is not None and self._today_tag() is not None:
            parts.append(path(f"M{num(axis.noon(today))} {HEAD}V{num(self.bottom)}", "now-line"))
            parts.append(pill(words.today, axis.noon(today), self.bottom + 2, ends=(0.0, self.width)))
        return parts
