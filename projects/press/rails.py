"""Cutting a timed network into rails: stretches of works, events and words that share one line.

A rail is what the row planner moves about. Words are given their room here, so that whatever row a rail gets,
its words never meet. A work too short to stand between its two circles takes a line of its own.

Units: pixels along the time axis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from projects.press.svg import fitted, text_width
from projects.press.timed import TimedNetwork

RADIUS = 8
_NAME, _SUB = 12, 11
_SHARED = 2 * RADIUS + 9
_ONE_SIDED = RADIUS + 6
_LONGEST_NAME = 220.0
_GAP = 7


@dataclass(frozen=True)
class Face:
    """What is written on a work, and where its own part lies on the axis."""

    name: str
    owner: str
    length: str
    start_x: float
    ready_x: float
    is_critical: bool = False


@dataclass(frozen=True)
class Caption:
    """A line of words on a rail: above it (-1), beside it (0) or below it (1)."""

    text: str
    x: float
    level: int
    work: int
    size: float = _NAME

    @property
    def end(self) -> float:
        """Where the words end."""
        return self.x + text_width(self.text, self.size)


@dataclass
class Rail:
    """Works and events on one line, with the stretch of the axis they and their words need."""

    events: list[int] = field(default_factory=list)
    works: list[int] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    letters: str = ""
    is_spine: bool = False
    x0: float = float("inf")
    x1: float = float("-inf")

    def cover(self, a: float, b: float) -> None:
        """Make the rail's stretch at least this wide."""
        self.x0, self.x1 = min(self.x0, a), max(self.x1, b)

    def words_end(self, level: int) -> float:
        """Where the words above or below the line end so far."""
        return max((c.end for c in self.captions if c.level == level), default=float("-inf"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on the rail yet."""
        return not (self.events or self.works)


def spine_of(network: TimedNetwork, faces: Mapping[int, Face]) -> list[int]:
    """The works of the longest critical line, in order: the backbone of the drawing."""
    best: dict[int, tuple[float, int | None, int | None]] = dict.fromkeys(network.dates, (0.0, None, None))
    edges: dict[int, list[tuple[int, int | None, float]]] = {event: [] for event in network.dates}
    for work in network.works.values():
        face = faces[work.step]
        run = face.ready_x - face.start_x
        edges[work.j].append((work.i, work.step, 1000 + run if face.is_critical else run / 1000))
    for dummy in network.dummies:
        edges[dummy.head].append((dummy.tail, None, 0.0))
    for event in sorted(network.dates):
        for tail, step, weight in edges[event]:
            if best[tail][0] + weight > best[event][0]:
                best[event] = (best[tail][0] + weight, tail, step)
    chain: list[int] = []
    at: int | None = max(sorted(network.dates), key=lambda event: best[event][0], default=None)
    while at is not None:
        _, before, reached_by = best[at]
        chain += [reached_by] if reached_by is not None else []
        at = before
    return chain[::-1]


class RailCutter:
    """Cuts one network into ``rails``; ``rail_of_event`` and ``rail_of_work`` say where things went."""

    def __init__(
        self, network: TimedNetwork, x_of: Mapping[int, float], faces: Mapping[int, Face], *, limit: float
    ) -> None:
        self.network, self.x_of, self.faces, self.limit = network, x_of, faces, limit
        self.rails: list[Rail] = []
        self.rail_of_event: dict[int, Rail] = {}
        self.rail_of_work: dict[int, Rail] = {}

    def cut(self) -> RailCutter:
        """The spine first, then every other chain of works, longest first where several leave one event."""
        spine = spine_of(self.network, self.faces)
        self._lay(spine, is_spine=True)
        for chain in self._other_chains(set(spine)):
            self._lay(chain, is_spine=False)
        for event in self.network.dates:
            if event not in self.rail_of_event:
                self._own(self._open(is_spine=False), event)
        self.rails = [rail for rail in self.rails if not rail.is_empty]
        return self

    def connect(self, event: int, letters: str) -> Rail:
        """A rail for the letters of the events, drawn elsewhere, that this event waits for."""
        rail = self._open(is_spine=False)
        rail.letters = letters
        rail.cover(self.x_of[event] - text_width(letters, _SUB) - 16, self.x_of[event] + 3)
        return rail

    def _other_chains(self, used: set[int]) -> list[list[int]]:
        works = self.network.works
        left = sorted((s for s in works if s not in used), key=lambda s: (works[s].i, -self._run(s), s))
        chains: list[list[int]] = []
        owned = set(self.rail_of_event)
        for step in left:
            if step in used:
                continue
            chain = [step]
            used.add(step)
            while works[chain[-1]].j not in owned:
                end = works[chain[-1]].j
                onward = [s for s in left if s not in used and works[s].i == end]
                owned.add(end)
                if not onward:
                    break
                chain.append(onward[0])
                used.add(onward[0])
            chains.append(chain)
        return chains

    def _run(self, step: int) -> float:
        return self.x_of[self.network.works[step].j] - self.x_of[self.network.works[step].i]

    def _open(self, *, is_spine: bool) -> Rail:
        rail = Rail(is_spine=is_spine)
        self.rails.append(rail)
        return rail

    def _own(self, rail: Rail, event: int) -> None:
        rail.events.append(event)
        rail.cover(self.x_of[event] - RADIUS, self.x_of[event] + RADIUS)
        self.rail_of_event[event] = rail

    def _lay(self, chain: list[int], *, is_spine: bool) -> None:
        rail = self._open(is_spine=is_spine)
        for step in chain:
            work = self.network.works[step]
            if work.i not in self.rail_of_event:
                rail = rail if rail.is_empty else self._open(is_spine=is_spine)
                self._own(rail, work.i)
            has_i = self.rail_of_event[work.i] is rail
            run = self._run(step)
            if run < _ONE_SIDED:
                rail = self._lay_aside(rail, step, is_spine=is_spine)
                continue
            if (has_i and run < _SHARED) or not (has_i or rail.is_empty):
                rail, has_i = self._open(is_spine=is_spine), False
            if not self._has_words(rail, step, has_i=has_i):
                rail = self._open(is_spine=is_spine)
                has_i = False
                self._has_words(rail, step, has_i=False)
            self._stand(rail, step)
            if work.j not in self.rail_of_event:
                self._own(rail, work.j)

    def _lay_aside(self, rail: Rail, step: int, *, is_spine: bool) -> Rail:
        work, face = self.network.works[step], self.faces[step]
        alone = self._open(is_spine=is_spine) if not rail.is_empty else rail
        text = fitted(face.name, _NAME, _LONGEST_NAME) + " " + face.length
        x = self.x_of[work.j] + 7
        if x + text_width(text, _NAME) > self.limit:
            x = self.x_of[work.i] - 7 - text_width(text, _NAME)
        alone.captions.append(Caption(text, x, 0, step))
        alone.cover(x, alone.captions[-1].end)
        self._stand(alone, step)
        onward = self._open(is_spine=is_spine)
        if work.j not in self.rail_of_event:
            self._own(onward, work.j)
        return onward

    def _stand(self, rail: Rail, step: int) -> None:
        work = self.network.works[step]
        rail.works.append(step)
        rail.cover(self.x_of[work.i] - 3, self.x_of[work.j] + 3)
        self.rail_of_work[step] = rail

    def _has_words(self, rail: Rail, step: int, *, has_i: bool) -> bool:
        """Write the work's two lines on the rail; False, when the line before leaves no room for them."""
        work, face = self.network.works[step], self.faces[step]
        a = max(self.x_of[work.i], face.start_x) + (RADIUS if has_i else 4)
        b = self.x_of[work.j] - RADIUS
        name = fitted(face.name, _NAME, max(_LONGEST_NAME, b - a))
        whole = f"{face.owner} · {face.length}" if face.owner else face.length
        sub = whole if text_width(whole, _SUB) <= b - a - 2 else face.length
        above = self._placed(rail, name, -1, (a, max(a, min(face.ready_x, b)), b))
        below = self._placed(rail, sub, 1, (a, max(a, min(face.ready_x, b)), b))
        if above is None or below is None:
            return False
        rail.captions += [Caption(name, above, -1, step, _NAME), Caption(sub, below, 1, step, _SUB)]
        rail.cover(above, max(caption.end for caption in rail.captions[-2:]))
        return True

    def _placed(self, rail: Rail, text: str, level: int, stretch: tuple[float, float, float]) -> float | None:
        """Where the words begin: amid the solid line, else at its start, else as near as is free."""
        a, ready, b = stretch
        width = text_width(text, _NAME if level < 0 else _SUB)
        x = a + max(0.0, (ready - a - width) / 2)
        x = max(min(x, self.limit - width), rail.words_end(level) + _GAP)
        return x if x + width <= b or x <= a + 14 else None
