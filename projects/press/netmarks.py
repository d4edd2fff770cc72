"""One arrow network as a picture, from the calendar it stands on to the key of its letters."""

from __future__ import annotations

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
)
from projects.press.chart import ChartPlan
from projects.press.netlines import NetLines
from projects.press.netpoints import events, frontier
from projects.press.netsheet import NetSheet
from projects.press.shared import Sharing
from projects.press.svg import Waves, box, label, num, path, text_width
from projects.press.timed import TimedNetwork
from projects.press.words import Words

_KEY_LINE = 16


class NetMarks:
    """Everything inside one network picture."""

    def __init__(
        self, plan: ChartPlan, words: Words, net: TimedNetwork, shared: Sharing, axis: TimeAxis, prefix: str
    ) -> None:
        self.plan, self.words, self.axis, self.prefix = plan, words, axis, prefix
        self.sheet = NetSheet(plan, net, shared, axis)
        self.bottom = self.sheet.bottom
        self.key = self._key_lines()
        self.height = self.bottom + 18 + _KEY_LINE * len(self.key)

    def parts(self) -> list[str]:
        """All marks, from the ground up."""
        waves = Waves(self.prefix)
        lines = NetLines(self.sheet, self.words, waves).parts()
        return [
            *self._ground(waves),
            *self._dates(),
            *lines,
            frontier(self.sheet),
            *events(self.sheet),
            *(
                label(line, 8, self.bottom + 29 + at * _KEY_LINE, "ax-t ev-key")
                for at, line in enumerate(self.key)
            ),
        ]

    def _ground(self, waves: Waves) -> list[str]:
        axis, calendar, words = self.axis, self.plan.calendar, self.words
        full = axis.right + 8
        return [
            f"<defs>{waves.definition()}{provisional_pattern(self.prefix)}</defs>",
            box("ax-head", x=0, y=0, width=full, height=HEAD),
            rest_bands(axis, calendar, self.prefix, (HEAD, self.bottom)),
            provisional_bands(axis, calendar, self.prefix, (HEAD, self.bottom)),
            provisional_words(axis, calendar, words, self.bottom - 6),
            axis_head(axis, words, self.bottom),
            rest_names(axis, calendar, self.bottom + 13),
            path(f"M0 {HEAD}H{num(full)}M0 {num(self.bottom)}H{num(full)}", "ax-base"),
        ]

    def _dates(self) -> list[str]:
        """The lines of today and of the target, with their tags where they do not meet."""
        axis, words, parts = self.axis, self.words, []
        today, target = self.plan.today_on, self.plan.target_on
        if target is not None and axis.has(target):
            x, text = axis.x(target), words.target % {"day": words.day_of(target)}
            fits_before = x - text_width(text, 11) > axis.left
            tag_x, anchor = (x - 4, "end") if fits_before else (x + 4, "")
            parts.append(path(f"M{num(x)} {HEAD}V{num(self.bottom)}", "goal-line"))
            parts.append(label(text, tag_x, self._target_y(text), "goal-t", anchor))
        if today is not None and axis.has(today):
            text = words.check_day % {"day": words.day_of(today)}
            parts.append(path(f"M{num(axis.noon(today))} {HEAD}V{num(self.bottom)}", "now-line"))
            parts.append(pill(text, axis.noon(today), HEAD + 3, ends=(0.0, axis.right + 8)))
        return parts

    def _target_y(self, text: str) -> float:
        """Beside today's tag, or at the foot where the two would meet."""
        today, target = self.plan.today_on, self.plan.target_on
        if today is None or target is None or not self.axis.has(today):
            return HEAD + 14
        tag = text_width(self.words.check_day % {"day": self.words.day_of(today)}, 11) / 2 + 12
        a, b = self.axis.x(target) - 4 - text_width(text, 11), self.axis.x(target)
        now = self.axis.noon(today)
        return self.bottom - 6 if a < now + tag and b > now - tag else HEAD + 14

    def _key_lines(self) -> list[str]:
        """The letters of this drawing and the steps behind them, as many to a line as fit."""
        shared, net = self.sheet.shared, self.sheet.net
        seen = {source for sources in self.sheet.arriving.values() for source in sources}
        seen |= {event for event in net.dates if event in shared.letters}
        lines: list[str] = []
        for event in sorted(seen):
            names = [self._name(step) for step in shared.endings_elsewhere(event, net)]
            if not names:
                continue
            entry = f"{shared.letters[event]} {self.words.comma.join(names)}"
            joined = f"{lines[-1]}\u3000{entry}" if lines else entry
            if lines and text_width(joined, 11) < self.axis.right - 24:
                lines[-1] = joined
            else:
                lines.append(entry)
        return lines

    def _name(self, number: int) -> str:
        step = next(step for step in self.plan.steps if step.number == number)
        return f"{number:02d} {step.short or step.name}"
