"""The sheet an arrow network is drawn on: where everything stands, and how lines leave and reach circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt

from projects.press.axis import HEAD, TimeAxis
from projects.press.chart import ChartPlan, ChartStep, StepState
from projects.press.rails import RADIUS, Face, RailCutter
from projects.press.routes import Router
from projects.press.shared import Sharing
from projects.press.svg import arrowhead, num, path
from projects.press.timed import TimedNetwork, TimedWork
from projects.press.uprights import Line, stepped_aside

_TOP = HEAD + 28
_FOOT = 26


class NetSheet:
    """The geometry of one drawing. Marks of one kind are collected, so that each kind is one group."""

    def __init__(self, plan: ChartPlan, net: TimedNetwork, shared: Sharing, axis: TimeAxis) -> None:
        self.plan, self.net, self.shared, self.axis = plan, net, shared, axis
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
        self.bottom = self.place.height + _FOOT
        self._aside = self._steps_aside()
        self._heads: dict[str, list[str]] = {}

    def _face(self, work: TimedWork) -> Face:
        step = self.steps[work.step]
        tick = "✓ " if step.state is StepState.DONE else ""
        return Face(
            name=tick + (step.short or step.name),
            owner=step.owner,
            length=step.length_text,
            start_x=self.axis.x(work.start_on),
            ready_x=self.axis.x(work.ready_on),
            is_critical=step.is_critical,
        )

    def _verticals(self) -> Iterator[tuple[str, int, Line]]:
        for step, work in self.net.works.items():
            for end, event in (("i", work.i), ("j", work.j)):
                yield end, step, self._vertical(event, self.place.work_y[step], end)
        for at, route in enumerate(self.place.routes):
            for end, event in (("a", route.dummy.tail), ("b", route.dummy.head)):
                yield end, at, self._vertical(event, route.y, end)
        for event, y in self.place.letter_y.items():
            yield "l", event, self._vertical(event, y, "b")

    def _vertical(self, event: int, y: float, strand: str) -> Line:
        return Line(self.x_of[event], self.place.event_y[event], y, event, strand)

    def _steps_aside(self) -> dict[tuple[str, int], float]:
        found = [(end, at, line) for end, at, line in self._verticals() if line.y0 != line.y1]
        circles = [(event, self.x_of[event], y) for event, y in self.place.event_y.items()]
        offsets = stepped_aside([line for _, _, line in found], circles)
        return {(end, at): dx for (end, at, _), dx in zip(found, offsets, strict=True)}

    def aside(self, end: str, at: int) -> float | None:
        """How far a vertical steps aside; None, where the line needs no vertical at that end.

        ``end`` is i or j of a work, a or b of a dummy, l of letters; ``at`` is the work, dummy or event.
        """
        return self._aside.get((end, at))

    def leave(self, event: int, y: float, dx: float) -> str:
        """The path from an event's circle to height y, ``dx`` beside it."""
        x0, y0 = self.x_of[event], self.place.event_y[event]
        if abs(dx) < RADIUS:
            rim = sqrt(RADIUS**2 - dx**2)
            return f"M{num(x0 + dx)} {num(y0 + (rim if y > y0 else -rim))}V{num(y)}"
        return f"M{num(x0 + (RADIUS if dx > 0 else -RADIUS))} {num(y0)}H{num(x0 + dx)}V{num(y)}"

    def reach(self, event: int, y: float, dx: float, tone: str) -> str:
        """The path from height y to an event's circle; its arrowhead is collected."""
        x0, y0 = self.x_of[event], self.place.event_y[event]
        if abs(dx) < RADIUS:
            rim = sqrt(RADIUS**2 - dx**2)
            tip = y0 + (rim if y > y0 else -rim)
            self.head(arrowhead(x0 + dx, tip, "u" if y > y0 else "d"), tone)
            return f"V{num(tip + (4 if y > y0 else -4))}"
        if dx < 0:
            self.head(arrowhead(x0 - RADIUS, y0, "r"), tone)
            return f"V{num(y0)}H{num(x0 - RADIUS - 4)}"
        self.head(arrowhead(x0 + RADIUS, y0, "l"), tone)
        return f"V{num(y0)}H{num(x0 + RADIUS + 4)}"

    def head(self, d: str, tone: str) -> None:
        """Collect an arrowhead."""
        self._heads.setdefault(tone, []).append(d)

    def heads(self) -> list[str]:
        """All arrowheads collected, one shape a tone."""
        return [path("".join(ds), f"w-head {tone}".strip()) for tone, ds in sorted(self._heads.items())]

    def is_critical_event(self, event: int) -> bool:
        """Whether a critical work ends or begins here."""
        return any(
            self.steps[step].is_critical for step, work in self.net.works.items() if event in (work.i, work.j)
        )
