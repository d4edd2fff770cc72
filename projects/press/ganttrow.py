"""One row of a Gantt chart: its words, its bar, what the bar is made of, and what stands at its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from projects.press.axis import TimeAxis
from projects.press.chart import ChartPlan, ChartStep, SegmentKind, StepKind, StepState, Tone
from projects.press.svg import Waves, box, diamond, fitted, label, num, path, pattern, safe, text_width
from projects.press.words import Words

_DAY = timedelta(1)
_BAR = 12
_BASELINE = 4
_TEXTURE = {StepKind.ENT: "e", StepKind.NOTICE: "n"}
_SEGMENT = {SegmentKind.PREPARATION: "r", SegmentKind.SPECIAL: "s"}


@dataclass(frozen=True)
class Columns:
    """Where the words of a row stand; ``owner_x`` is None where there is room for names only."""

    name_x: float
    name_width: float
    owner_x: float | None
    owner_width: float
    length_x: float
    left: float


def end_words(plan: ChartPlan) -> dict[int, str]:
    """The words at each bar's end: milestone, then mark."""
    milestones = {milestone.number: milestone.label for milestone in plan.milestones}
    return {
        step.number: " ".join(text for text in (milestones.get(step.number, ""), step.mark) if text)
        for step in plan.steps
    }


class RowMarks:
    """Draws the rows of one chart; every row is drawn around its own middle and moved into place."""

    def __init__(
        self, plan: ChartPlan, words: Words, columns: Columns, axis: TimeAxis, prefix: str, height: int
    ) -> None:
        self.words, self.columns, self.axis, self.prefix, self.height = words, columns, axis, prefix, height
        self.waves = Waves(prefix)
        self.today = plan.today_on
        self.milestones = {milestone.number: milestone.label for milestone in plan.milestones}

    def patterns(self) -> str:
        """The textures of this chart's bars."""
        name, top = self.prefix, num(-self.height / 2 - _BASELINE)
        return "".join(
            [
                pattern(f"{name}-e", 6, '<path class="hp-ln" d="M0 0V6"/>', is_tilted=True),
                pattern(f"{name}-n", 5, '<circle class="hp-dot" cx="2.5" cy="2.5" r="1"/>'),
                pattern(f"{name}-r", 5, '<path class="hp-pre" d="M0 2.5H5"/>'),
                pattern(f"{name}-s", 5, '<path class="hp-spec" d="M0 0V5M0 0H5"/>', is_tilted=True),
                pattern(f"{name}-o", 4, '<path class="hp-pause" d="M2 0V4"/>'),
                f'<rect id="{name}-h" y="{top}" width="{num(self.axis.right + 8)}" height="{self.height}"/>',
            ]
        )

    def row(self, step: ChartStep, y: float) -> str:
        """The whole row of a step, its middle at y."""
        classes = f"g-row b-{step.state} k-{step.kind}" + (" crit" if step.is_critical else "")
        inside = self._words(step) + self._bar(step) + self._end(step)
        title = f"<title>{safe(step.title or step.name)}</title>"
        hit = f'<use href="#{self.prefix}-h"/>'
        tag, link = ("a", f' href="{safe(step.href)}"') if step.href else ("g", "")
        place = f'transform="translate(0 {num(y + _BASELINE)})"'
        return f'<{tag} class="{classes}" data-no="{step.number}"{link} {place}>{hit}{title}{inside}</{tag}>'

    def _words(self, step: ChartStep) -> str:
        columns = self.columns
        name = step.name if columns.owner_x is not None else step.short or step.name
        parts = [label(f"{step.number:02d}", 10, 0)]
        parts.append(
            label(fitted(name, 13.5 if step.is_critical else 12.5, columns.name_width), columns.name_x, 0)
        )
        if columns.owner_x is not None:
            parts.append(label(fitted(step.owner, 12, columns.owner_width), columns.owner_x, 0))
            parts.append(label(step.length_text, columns.length_x, 0))
        return "".join(parts)

    def _bar(self, step: ChartStep) -> str:
        ready = min(step.ready_on or step.finish_on, step.finish_on)
        x0, x1, end = self.axis.x(step.start_on), self.axis.x(ready), self.axis.x(step.finish_on)
        parts: list[str] = []
        if end - x1 > 1:
            parts.append(path(f"M{num(x1)}-5H{num(end)}M{num(end)}-10V0", "g-wait"))
        if x1 - x0 < 1:
            return "".join([*parts, path(diamond(x0, -5, 5), "g-point")])
        parts.append(self._stretch("g-bar", x0, x1))
        if step.state is not StepState.DONE:
            parts += [self._textures(step, ready), self._progress(step, x0, x1), self._limit(step)]
        parts += [self._pause(step, pause.first_on, pause.last_on) for pause in step.pauses]
        if step.meeting_on is not None and self.axis.has(step.meeting_on):
            x, on = num(self.axis.noon(step.meeting_on)), self.words.day_of(step.meeting_on)
            title = f"<title>{safe(self.words.meeting % {'day': on})}</title>"
            rings = f'<circle cx="{x}" cy="-5" r="5"/><circle cx="{x}" cy="-5" r="2"/>'
            parts.append(f'<g class="g-joint">{title}{rings}</g>')
        return "".join(parts)

    def _stretch(self, classes: str, x0: float, x1: float, extra: str = "") -> str:
        return box(classes, x=x0, y=-11, width=max(2.5, x1 - x0), height=_BAR, extra=extra)

    def plan_line(self, step: ChartStep, y: float) -> str:
        """The path of the thin bar of the plan, below the forecast."""
        if step.plan_start_on is None or step.plan_finish_on is None:
            return ""
        x0, x1 = self.axis.x(step.plan_start_on), self.axis.x(step.plan_finish_on)
        return f"M{num(x0)} {num(y + 8.5)}h{num(max(2.0, x1 - x0))}"

    def _textures(self, step: ChartStep, ready: date) -> str:
        parts: list[str] = []
        begin = step.start_on
        for segment in step.segments:
            end = min(segment.finish_on, ready)
            tile = _SEGMENT.get(segment.kind) or _TEXTURE.get(step.kind)
            if segment.kind is SegmentKind.QUEUE:
                parts.append(self._stretch("g-pause-bg", self.axis.x(begin), self.axis.x(end)))
            elif tile and end > begin:
                parts.append(self._texture(tile, self.axis.x(begin), self.axis.x(end)))
            begin = max(begin, end)
        tile = _TEXTURE.get(step.kind)
        if tile and ready > begin:
            parts.append(self._texture(tile, self.axis.x(begin), self.axis.x(ready)))
        return "".join(parts)

    def _texture(self, tile: str, x0: float, x1: float) -> str:
        ground = "g-pre-bg" if tile == "r" else "g-pre"
        under = self._stretch(ground, x0 + 1, x1) if tile == "r" else ""
        fill = f'fill="url(#{self.prefix}-{tile})"'
        return under + box("", x=x0, y=-11, width=x1 - x0, height=_BAR, extra=fill)

    def _progress(self, step: ChartStep, x0: float, x1: float) -> str:
        if step.state is not StepState.DOING or self.today is None:
            return ""
        now = min(x1, max(self.axis.noon(self.today), x0 + 2))
        return box("g-prog", x=x0, y=-8, width=now - x0, height=6)

    def _limit(self, step: ChartStep) -> str:
        if step.limit_on is None or not self.axis.has(step.limit_on):
            return ""
        x = num(self.axis.x(step.limit_on))
        title = self.words.statutory_limit % {"day": self.words.day_of(step.limit_on)}
        return path(f"M{x}-13V3M{x}-13h-4", "g-limit", title=title)

    def _pause(self, step: ChartStep, first_on: date, last_on: date) -> str:
        x0 = self.axis.x(max(first_on - _DAY, step.start_on))
        x1 = self.axis.x(min(last_on, step.finish_on))
        if x1 <= x0:
            return ""
        return self._stretch("g-pause-bg", x0, x1) + self._texture("o", x0, x1)

    def _end(self, step: ChartStep) -> str:
        """What stands behind the bar: float, milestone, words."""
        x = self.axis.x(step.finish_on)
        parts: list[str] = []
        if step.state is not StepState.DONE and step.late_finish_on is not None:
            late = min(self.axis.x(step.late_finish_on), self.axis.right)
            parts.append(self.waves.line(x + 2, late, -5) if late - x > 6 else "")
        x += 6 if step.start_on == step.finish_on else 0
        if step.number in self.milestones:
            parts.append(path(diamond(x + 9, -5), "g-ms"))
            text = self.milestones[step.number]
            parts.append(label(text, x + 18, 0, "g-flag"))
            x += 18 + text_width(text, 11)
        if step.mark:
            tone = "" if step.mark_tone is Tone.PLAIN else f" g-{step.mark_tone}"
            parts.append(label(step.mark, x + 6, 0, f"g-flag{tone}"))
        return "".join(parts)
