"""The lines of an arrow network: works with their words and waves, dummies, and letters of other drawings."""

from __future__ import annotations

from collections.abc import Mapping

from projects.press.chart import ChartStep
from projects.press.netsheet import NetSheet
from projects.press.rails import RADIUS
from projects.press.routes import Route
from projects.press.svg import Waves, arrowhead, diamond, label, num, path, safe
from projects.press.timed import TimedWork
from projects.press.words import Words

_CAPTION_Y = {-1: -11, 0: 4, 1: 19}


class NetLines:
    """Draws all lines of a sheet; verticals and dashes are set aside, because they lie under all words."""

    def __init__(self, sheet: NetSheet, words: Words, waves: Waves) -> None:
        self.sheet, self.words, self.waves = sheet, words, waves
        self._uprights: dict[str, list[str]] = {}
        self._threads: dict[str, list[str]] = {}

    def parts(self) -> list[str]:
        """Verticals, dashes, letters and arrowheads, then the works with their words."""
        sheet = self.sheet
        ordinary_first = sorted(sheet.net.works, key=lambda step: (sheet.steps[step].is_critical, step))
        works = [self._work(sheet.net.works[step]) for step in ordinary_first]
        waves = [self._dummy(at, route) for at, route in enumerate(sheet.place.routes)]
        letters = [self._letters(event) for event in sorted(sheet.place.letter_y)]
        return [
            *_grouped("w-v", self._uprights),
            *_grouped("", self._threads),
            *waves,
            *letters,
            *sheet.heads(),
            *works,
        ]

    def _work(self, work: TimedWork) -> str:
        sheet, step = self.sheet, self.sheet.steps[work.step]
        y, tone = sheet.place.work_y[work.step], _tone(step)
        x, end = sheet.x_of[work.i], sheet.x_of[work.j]
        verticals = ""
        if (dx := sheet.aside("i", work.step)) is not None:
            verticals += sheet.leave(work.i, y, dx)
            x += dx
        else:
            x += RADIUS
        if (dx := sheet.aside("j", work.step)) is not None:
            end += dx
            verticals += f"M{num(end)} {num(y)}" + sheet.reach(
                work.j, y, dx, "crit" if step.is_critical else ""
            )
        else:
            end -= RADIUS
            sheet.head(arrowhead(end, y, "r"), tone)
            end -= 4
        if verticals:
            upright = path(verticals, "", number=step.number)
            self._uprights.setdefault(" crit" if step.is_critical else "", []).append(upright)
        return self._group(step, self._line(work, (x, end), y) + self._captions(work.step, y))

    def _line(self, work: TimedWork, span: tuple[float, float], y: float) -> str:
        """Dots until the work begins, a solid line while it lasts, a wave while its result waits."""
        x, end = span
        face, x_of = self.sheet.faces[work.step], self.sheet.x_of
        begin = min(max(x, face.start_x), end) if face.start_x > x_of[work.i] + 2 else x
        ready = end if face.ready_x > x_of[work.j] - 2 else min(max(face.ready_x, begin), end)
        parts = [path(f"M{num(x)} {num(y)}H{num(begin)}", "w-wait")] if begin - x > 1 else []
        if ready > begin:
            d = f"M{num(begin)} {num(y)}H{num(ready)}"
            parts.append(path(d, ""))
            parts += [path(d, "w-core")] if face.is_critical else []
        parts.append(self.waves.line(ready, end, y))
        if face.ready_x - face.start_x < 1:
            parts.append(path(diamond(face.ready_x, y, 5), "w-ms"))
        return "".join(parts)

    def _captions(self, step: int, y: float) -> str:
        captions = [c for c in self.sheet.cut.rail_of_work[step].captions if c.work == step]
        return "".join(label(c.text, round(c.x), y + _CAPTION_Y[c.level]) for c in captions)

    @staticmethod
    def _group(step: ChartStep, inside: str) -> str:
        title = f"<title>{safe(step.title or step.name)}</title>"
        tag, link = ("a", f' href="{safe(step.href)}"') if step.href else ("g", "")
        return f'<{tag} class="wk {_tone(step)}" data-no="{step.number}"{link}>{title}{inside}</{tag}>'

    def _dummy(self, at: int, route: Route) -> str:
        """The wave of a dummy; its dashes are set aside with others of their kind."""
        sheet, dummy, y = self.sheet, route.dummy, route.y
        tone = ("w-dum" if dummy.held is None else "w-iss") + (" crit" if self._is_tight(route) else "")
        x0, x1, d = sheet.x_of[dummy.tail], sheet.x_of[dummy.head], ""
        if (dx := sheet.aside("a", at)) is not None:
            x0 += dx
            d = sheet.leave(dummy.tail, y, dx)
        else:
            x0 += RADIUS
        arrives = sheet.aside("b", at)
        end = x1 - RADIUS - 6 if arrives is None else x1 + arrives
        flat = min(x0 + self._tail_width(route), end)
        is_wavy = end - flat > 4
        until = flat if is_wavy else end
        d += f"M{num(x0)} {num(y)}H{num(until)}" if until != x0 else ""
        if arrives is not None:
            d += f"M{num(end)} {num(y)}" + sheet.reach(dummy.head, y, arrives, tone)
        else:
            sheet.head(arrowhead(x1 - RADIUS, y, "r"), tone)
        if d:
            tail = self.words.tail_workdays % {"days": dummy.tail_workdays} if dummy.tail_workdays else ""
            self._threads.setdefault(tone, []).append(path(d, "", title=tail, number=dummy.held))
        return self.waves.line(flat, end, y) if is_wavy else ""

    def _tail_width(self, route: Route) -> float:
        """The days that must pass after the document came: they are no float, so they stay dashed."""
        if not route.dummy.tail_workdays:
            return 0.0
        axis, dates = self.sheet.axis, self.sheet.net.dates
        left, on = route.dummy.tail_workdays, dates[route.dummy.tail]
        for day in axis.days():
            if day > on and left and self.sheet.plan.calendar.is_workday(day):
                left, on = left - 1, day
        return axis.x(on) - axis.x(dates[route.dummy.tail])

    def _is_tight(self, route: Route) -> bool:
        sheet, dummy = self.sheet, route.dummy
        if not (sheet.is_critical_event(dummy.tail) and sheet.is_critical_event(dummy.head)):
            return False
        waits = sheet.x_of[dummy.head] - sheet.x_of[dummy.tail] - self._tail_width(route)
        return waits < 1

    def _letters(self, event: int) -> str:
        sheet = self.sheet
        y, dx = sheet.place.letter_y[event], sheet.aside("l", event) or 0.0
        sources = sheet.arriving[event]
        text = " ".join(sheet.shared.letters[source] for source in sources)
        title = self.words.comma.join(self._from(source) for source in sources)
        x = sheet.x_of[event] + dx
        d = f"M{num(x - 9)} {num(y)}H{num(x)}" + sheet.reach(event, y, dx, "w-dum")
        self._threads.setdefault("w-dum", []).append(path(d, "", title=title))
        return label(text, x - 12, y + 4, "ev-from", "end")

    def _from(self, source: int) -> str:
        """Which letter, and in which drawing to look for it."""
        shared, plan = self.sheet.shared, self.sheet.plan
        ending = set(shared.endings.get(source, ()))
        keys = {step.stage for step in plan.steps if step.number in ending}
        stage = self.words.comma.join(stage.name for stage in plan.stages if stage.key in keys)
        return self.words.from_event % {"letter": shared.letters[source], "stage": stage}


def _tone(step: ChartStep) -> str:
    return f"w-{step.state}" + (" crit" if step.is_critical else "")


def _grouped(kind: str, paths: Mapping[str, list[str]]) -> list[str]:
    return [f'<g class="{kind}{tone}">{"".join(ds)}</g>' for tone, ds in sorted(paths.items())]
