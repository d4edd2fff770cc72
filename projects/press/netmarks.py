"""The marks of one arrow network on paper: lines, waves, words, circles, and the progress frontier."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from projects.press.axis import (
    HEAD,
    TimeAxis,
    axis_head,
    pill,
    provisional_bands,
    provisional_pattern,
    rest_bands,
    rest_names,
)
from projects.press.chart import ChartPlan, ChartStep, StepState
from projects.press.rails import RADIUS, Face, RailCutter
from projects.press.routes import Router, Route
from projects.press.shared import Sharing
from projects.press.svg import (
    arrowhead,
    box,
    diamond,
    label,
    num,
    path,
    safe,
    text_width,
    wave,
    wave_pattern,
    waved,
)
from projects.press.timed import TimedNetwork, TimedWork
from projects.press.uprights import Line, stepped_aside
from projects.press.words import Words

_TOP = HEAD + 28
_FOOT = 26
_KEY_LINE = 16


class NetMarks:
    """Everything inside one network picture."""

    def __init__(  # noqa: PLR0913  # the six things a picture is made from
        self, plan: ChartPlan, words: Words, net: TimedNetwork, shared: Sharing, axis: TimeAxis, prefix: str
    ) -> None:
        self.plan, self.words, self.net, self.shared, self.axis, self.prefix = (
            plan,
            words,
            net,
            shared,
            axis,
            prefix,
        )
        self.steps: Mapping[int, ChartStep] = {s.number: s for s in plan.steps if s.number in net.works}
        self.x_of = {event: axis.x(on) for event, on in net.dates.items()}
        self.faces = {step: self._face(work) for step, work in net.works.items()}
        self.cut = RailCutter(net, self.x_of, self.faces, limit=axis.right + 4).cut()
        self.arriving = shared.arriving(net)
        connectors = [
            (self.cut.connect(event, " ".join(shared.letters[source] for source in sources)), event)
            for event, sources in sorted(self.arriving.items())
        ]
        self.place = Router(self.cut, connectors).stand(_TOP)
        self.key = self._key_lines()
        self.bottom = self.place.height + _FOOT
        self.height = self.bottom + 18 + _KEY_LINE * len(self.key)
        self.heads: dict[str, list[str]] = {}
        self.uprights: dict[str, list[str]] = {}
        self.threads: dict[str, list[str]] = {}
        self.aside = self._aside()

    def _face(self, work: TimedWork) -> Face:
        step = self.steps[work.step]
        tick = "✓ " if step.state is StepState.DONE else ""
        length = step.length_text
        return Face(
            tick + (step.short or step.name),
            step.owner,
            length,
            self.axis.x(work.start_on),
            self.axis.x(work.ready_on),
            step.is_critical,
        )

    # -- geometry ------------------------------------------------------------------------------------------

    def _verticals(self) -> list[tuple[str, int, Line]]:
        found: list[tuple[str, int, Line]] = []
        for step, work in self.net.works.items():
            y = self.place.work_y[step]
            for end, event in (("i", work.i), ("j", work.j)):
                if self.place.event_y[event] != y:
                    found.append((end, step, Line(self.x_of[event], self.place.event_y[event], y, event)))
        for at, route in enumerate(self.place.routes):
            for end, event in (("a", route.dummy.tail), ("b", route.dummy.head)):
                if self.place.event_y[event] != route.y:
                    found.append((end, at, Line(self.x_of[event], self.place.event_y[event], route.y, event)))
        for event, y in self.place.letter_y.items():
            found.append(("l", event, Line(self.x_of[event], self.place.event_y[event], y, event)))
        return found

    def _aside(self) -> dict[tuple[str, int], float]:
        found = self._verticals()
        circles = [(event, self.x_of[event], y) for event, y in self.place.event_y.items()]
        offsets = stepped_aside([line for _, _, line in found], circles)
        return {(end, at): dx for (end, at, _), dx in zip(found, offsets, strict=True)}

    def _leave(self, event: int, y: float, dx: float) -> str:
        """From an event's circle to height y, ``dx`` beside it."""
        x0, y0 = self.x_of[event], self.place.event_y[event]
        if abs(dx) < RADIUS:
            rim = sqrt(RADIUS**2 - dx**2)
            return f"M{num(x0 + dx)} {num(y0 + (rim if y > y0 else -rim))}V{num(y)}"
        return f"M{num(x0 + (RADIUS if dx > 0 else -RADIUS))} {num(y0)}H{num(x0 + dx)}V{num(y)}"

    def _reach(self, event: int, y: float, dx: float, tone: str) -> str:
        """From height y to an event's circle, with its arrowhead."""
        x0, y0 = self.x_of[event], self.place.event_y[event]
        if abs(dx) < RADIUS:
            rim = sqrt(RADIUS**2 - dx**2)
            tip = y0 + (rim if y > y0 else -rim)
            self._head(arrowhead(x0 + dx, tip, "u" if y > y0 else "d"), tone)
            return f"V{num(tip + (4 if y > y0 else -4))}"
        if dx < 0:
            self._head(arrowhead(x0 - RADIUS, y0, "r"), tone)
            return f"V{num(y0)}H{num(x0 - RADIUS - 4)}"
        return f"V{num(y0)}H{num(x0 + RADIUS)}"

    def _head(self, d: str, tone: str) -> None:
        self.heads.setdefault(tone, []).append(d)

    # -- works ---------------------------------------------------------------------------------------------

    @staticmethod
    def _tone(step: ChartStep) -> str:
        return f"w-{step.state}" + (" crit" if step.is_critical else "")

    def _work(self, work: TimedWork) -> str:
        """The group of a work's line and words; its verticals, which lie under all words, are set aside."""
        step, face = self.steps[work.step], self.faces[work.step]
        y, tone = self.place.work_y[work.step], self._tone(step)
        x, end = self.x_of[work.i] + self.aside.get(("i", work.step), 0.0), self.x_of[work.j]
        under = [] if ("i", work.step) not in self.aside else [self._leave(work.i, y, x - self.x_of[work.i])]
        if not under:
            x += RADIUS
        if ("j", work.step) in self.aside:
            end += self.aside[("j", work.step)]
            under.append(f"M{num(end)} {num(y)}" + self._reach(work.j, y, end - self.x_of[work.j], tone))
        else:
            end -= RADIUS
            self._head(arrowhead(end, y, "r"), tone)
            end -= 4
        lines = self._line(work, (x, end), y) + self._milestone(work, y)
        if under:
            self.uprights.setdefault(tone, []).append(f'<path data-no="{step.number}" d="{"".join(under)}"/>')
        return self._group(step, lines + self._captions(work.step, y), face.name)

    def _line(self, work: TimedWork, span: tuple[float, float], y: float) -> str:
        x, end = span
        face = self.faces[work.step]
        begin = min(max(x, face.start_x), end) if face.start_x > self.x_of[work.i] + 2 else x
        ready = end if face.ready_x > self.x_of[work.j] - 2 else min(max(face.ready_x, begin), end)
        parts = [path(f"M{num(x)} {num(y)}H{num(begin)}", "w-wait")] if begin - x > 1 else []
        if ready > begin:
            d = f"M{num(begin)} {num(y)}H{num(ready)}"
            parts.append(path(d, ""))
            parts += [path(d, "w-core")] if face.is_critical else []
        return "".join(parts) + wave(ready, end, y)

    def _milestone(self, work: TimedWork, y: float) -> str:
        face = self.faces[work.step]
        return path(diamond(face.ready_x, y, 5), "w-ms") if face.ready_x - face.start_x < 1 else ""

    def _captions(self, step: int, y: float) -> str:
        parts: list[str] = []
        for caption in self.cut.rail_of_work[step].captions:
            if caption.work == step:
                parts.append(label(caption.text, round(caption.x), y + (-11, 4, 19)[caption.level + 1]))
        return "".join(parts)

    def _group(self, step: ChartStep, inside: str, name: str) -> str:
        title = f"<title>{safe(step.title or name)}</title>"
        tag, link = ("a", f' href="{safe(step.href)}"') if step.href else ("g", "")
        return f'<{tag} class="wk {self._tone(step)}" data-no="{step.number}"{link}>{title}{inside}</{tag}>'

    # -- dummies and letters -------------------------------------------------------------------------------

    def _dummy(self, at: int, route: Route) -> str:
        """The waves of a dummy; its dashes are set aside with others of their kind."""
        dummy, y = route.dummy, route.y
        is_tight = self._is_critical_event(dummy.tail) and self._is_critical_event(dummy.head)
        tone = ("w-iss" if dummy.held is not None else "w-dum") + (
            " crit" if is_tight and self._is_tight(route) else ""
        )
        x0, x1 = self.x_of[dummy.tail], self.x_of[dummy.head]
        d = ""
        if ("a", at) in self.aside:
            x0 += self.aside[("a", at)]
            d = self._leave(dummy.tail, y, x0 - self.x_of[dummy.tail])
        else:
            x0 += RADIUS
        wait_end = x1 - RADIUS - 6 if ("b", at) not in self.aside else x1 + self.aside[("b", at)]
        flat = min(x0 + self.axis.pixels_a_day * dummy.tail_workdays, wait_end) if dummy.tail_workdays else x0
        if flat > x0:
            d += f"M{num(x0)} {num(y)}H{num(flat)}"
        if ("b", at) in self.aside:
            d += f"M{num(wait_end)} {num(y)}" + self._reach(dummy.head, y, wait_end - x1, tone)
        else:
            self._head(arrowhead(x1 - RADIUS, y, "r"), tone)
        wavy = wave(flat, wait_end, y) if wait_end - flat > 4 else (f"M{num(flat)} {num(y)}H{num(wait_end)}")
        if wavy.startswith("M"):
            d, wavy = d + wavy, ""
        if d:
            held = f' data-no="{dummy.held}"' if dummy.held is not None else ""
            self.threads.setdefault(tone, []).append(f'<path{held} d="{d}"/>')
        return wavy

    def _is_tight(self, route: Route) -> bool:
        tail, head = self.net.dates[route.dummy.tail], self.net.dates[route.dummy.head]
        return tail == head or route.dummy.tail_workdays > 0

    def _is_critical_event(self, event: int) -> bool:
        return any(
            self.steps[s].is_critical for s, work in self.net.works.items() if event in (work.i, work.j)
        )

    def _letters(self, event: int) -> str:
        y, dx = self.place.letter_y[event], self.aside.get(("l", event), 0.0)
        text = " ".join(self.shared.letters[source] for source in self.arriving[event])
        x = self.x_of[event] + dx
        d = f"M{num(x - 9)} {num(y)}H{num(x)}" + self._reach(event, y, dx, "w-dum")
        self.threads.setdefault("w-dum", []).append(path(d, ""))
        return label(text, x - 12, y + 4, "ev-from", "end")

    def _key_lines(self) -> list[str]:
        seen = {source for sources in self.arriving.values() for source in sources}
        seen |= {event for event in self.net.dates if event in self.shared.letters}
        entries = []
        for event in sorted(seen):
            names = [self._name(step) for step in self.shared.endings_elsewhere(event, self.net)]
            if names:
                entries.append(f"{self.shared.letters[event]} {self.words.comma.join(names)}")
        lines: list[str] = []
        for entry in entries:
            joined = f"{lines[-1]}\u3000{entry}" if lines else entry
            if lines and text_width(joined, 11) < self.axis.right - 24:
                lines[-1] = joined
            else:
                lines.append(entry)
        return lines

    def _name(self, number: int) -> str:
        step = next(step for step in self.plan.steps if step.number == number)
        return f"{number:02d} {step.short or step.name}"

    # -- events and frontier -------------------------------------------------------------------------------

    def _events(self) -> str:
        groups: dict[str, list[str]] = {}
        for event in sorted(self.net.dates):
            inbound = [work.step for work in self.net.works.values() if work.j == event]
            is_done = all(self.steps[s].state is StepState.DONE for s in inbound) if inbound else False
            tone = (
                "ev"
                + (" ev-done" if is_done else "")
                + (" ev-crit" if self._is_critical_event(event) else "")
            )
            x, y, sign = (
                self.x_of[event],
                self.place.event_y[event],
                self.shared.letters.get(event, str(event)),
            )
            r = num(RADIUS)
            shape = (
                box("ev-sh", x=x - RADIUS, y=y - RADIUS, width=2 * RADIUS, height=2 * RADIUS, extra='rx="3"')
                if event in self.shared.letters
                else f'<circle cx="{num(x)}" cy="{num(y)}" r="{r}"/>'
            )
            groups.setdefault(tone, []).append(shape + label(sign, x, y + 4))
        return "".join(
            f'<g class="{tone}" text-anchor="middle">{"".join(shapes)}</g>' for tone, shapes in groups.items()
        )

    def _frontier(self) -> str:
        today = self.plan.today_on
        if today is None or not self.axis.has(today):
            return ""
        now = self.axis.noon(today)
        points = sorted(
            (self.place.work_y[number], at)
            for number, step in self.steps.items()
            if (at := self._reached(step, now)) is not None
        )
        if not points:
            return ""
        line = [(HEAD + 22.0, now), *points, (self.bottom, now)]
        d = "M" + "L".join(f"{num(x)} {num(y)}" for y, x in line)
        dots = "".join(f'<circle cx="{num(x)}" cy="{num(y)}" r="3.4"/>' for y, x in points)
        return f'<path class="front" d="{d}"/><g class="front-p">{dots}</g>'

    def _reached(self, step: ChartStep, now: float) -> float | None:
        """How far along its arrow a step's work has come, where that says something at the check date."""
        face = self.faces[step.number]
        if step.state is StepState.DOING:
            return face.start_x + (face.ready_x - face.start_x) * step.progress
        if step.state is StepState.DONE:
            return face.ready_x if face.ready_x > now else None
        return (
            face.start_x
            if face.start_x < now - self.axis.pixels_a_day / 2 and face.ready_x > face.start_x
            else None
        )

    # -- the picture ---------------------------------------------------------------------------------------

    def _ground(self) -> list[str]:
        axis, calendar, words = self.axis, self.plan.calendar, self.words
        full = axis.right + 8
        return [
            f"<defs>{wave_pattern(self.prefix)}{provisional_pattern(self.prefix)}</defs>",
            box("ax-head", x=0, y=0, width=full, height=HEAD),
            rest_bands(axis, calendar, HEAD, self.bottom),
            provisional_bands(axis, calendar, words, self.prefix, (HEAD, self.bottom)),
            axis_head(axis, words, self.bottom),
            rest_names(axis, calendar, self.bottom + 13),
            path(f"M0 {HEAD}H{num(full)}M0 {num(self.bottom)}H{num(full)}", "ax-base"),
        ]

    def _dates(self) -> list[str]:
        parts: list[str] = []
        today, target, ends = self.plan.today_on, self.plan.target_on, (0.0, self.axis.right + 8)
        if target is not None and self.axis.has(target):
            x, text = self.axis.x(target), self.words.target % {"day": self.words.day_of(target)}
            parts.append(path(f"M{num(x)} {HEAD}V{num(self.bottom)}", "goal-line"))
            parts.append(label(text, x - 4, HEAD + 14, "goal-t", "end"))
        if today is not None and self.axis.has(today):
            x, text = self.axis.noon(today), self.words.check_day % {"day": self.words.day_of(today)}
            parts.append(path(f"M{num(x)} {HEAD}V{num(self.bottom)}", "now-line"))
            parts.append(pill(text, x, HEAD + 3, ends=ends))
        return parts

    def parts(self) -> list[str]:
        """All marks, from the ground up."""
        works = [
            self._work(self.net.works[step]) for step in sorted(self.net.works, key=self._ordinary_first)
        ]
        dummies = [self._dummy(at, route) for at, route in enumerate(self.place.routes)]
        letters = [self._letters(event) for event in sorted(self.place.letter_y)]
        heads = [path("".join(ds), f"w-head {tone}") for tone, ds in sorted(self.heads.items())]
        keys = [
            label(line, 8, self.bottom + 29 + at * _KEY_LINE, "ax-t ev-key")
            for at, line in enumerate(self.key)
        ]
        return [
            *self._ground(), *self._dates(), *_grouped("w-v ", self.uprights), *_grouped("", self.threads), waved(self.prefix, "".join(dummies)), *letters, *heads,
            waved(self.prefix, "".join(works)), self._frontier(), self._events(), *keys,
        ]  # fmt: skip

    def _ordinary_first(self, step: int) -> tuple[bool, int]:
        return self.steps[step].is_critical, step


def _grouped(kind: str, paths: Mapping[str, list[str]]) -> list[str]:
    return [f'<g class="{kind}{tone}">{"".join(ds)}</g>' for tone, ds in sorted(paths.items())]
