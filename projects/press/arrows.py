"""From a precedence plan to an arrow network: numbered events, one arrow a step, dashed dummies.

An event stands for "these steps are finished". An accept gate is the ordinary order of arrows. An issue gate
is a dummy to the *end* event of the step it holds back: the step may run beside its predecessor, and only the
event of its decision waits. Such a step never shares its end event, or the dummy would seem to hold others.

Source: JGJ/T 121 (time-scaled arrow networks): one first and one last event, i < j, one arrow per pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from projects.press.precedence import Waits, reduced

Key = tuple[int, ...]
_FIRST: Key = ()
_LAST: Key = (-1,)


@dataclass(frozen=True)
class Dummy:
    """An arrow without work. ``held`` is the step whose decision it holds back, for an issue gate."""

    tail: int
    head: int
    held: int | None = None
    tail_workdays: int = 0


@dataclass(frozen=True)
class Arrows:
    """The network as logic only: for each step its two events, and the dummies between events."""

    start: Mapping[int, int]
    finish: Mapping[int, int]
    dummies: tuple[Dummy, ...]
    event_count: int


@dataclass(frozen=True)
class _Thread:
    tail: Key
    head: Key
    held: int | None = None
    tail_workdays: int = 0


def arrows(waits: Mapping[int, Waits]) -> Arrows:
    """The events and dummies that state exactly these waits, no more and no fewer.

    Shape: events are counted from 0 in no particular order; ``netlayout`` numbers them by date.
    Raises: ValueError, when steps wait for each other in a circle.
    """
    spun = _Spinner(reduced(waits)).spin()
    keys = sorted(
        {
            *spun.start.values(),
            *spun.finish.values(),
            *(key for t in spun.threads for key in (t.tail, t.head)),
        }
    )
    number = {key: index for index, key in enumerate(keys)}
    return Arrows(
        {step: number[key] for step, key in spun.start.items()},
        {step: number[key] for step, key in spun.finish.items()},
        tuple(Dummy(number[t.tail], number[t.head], t.held, t.tail_workdays) for t in spun.threads),
        len(keys),
    )


class _Spinner:
    """Builds the events of one plan; an event's key is the set of steps it stands for."""

    def __init__(self, waits: Mapping[int, Waits]) -> None:
        self.waits = waits
        self.start: dict[int, Key] = {step: tuple(sorted(wait.start)) for step, wait in waits.items()}
        self.finish: dict[int, Key] = {}
        self.threads: list[_Thread] = []
        self.sets = {key for key in self.start.values() if key}
        self.gating = {other for wait in waits.values() for other in wait.finish}

    def spin(self) -> _Spinner:
        """Give every step its end event, then tie the events together."""
        lasts = [step for step in self.waits if not self._homes(step) and step not in self.gating]
        for step in self.waits:
            self._end(step, is_sole_last=lasts == [step])
        for step, wait in self.waits.items():
            self.threads += [
                _Thread(self.finish[other], self.finish[step], step, tail)
                for other, tail in sorted(wait.finish.items())
            ]
        self._reach_large_sets_through_smaller_ones()
        self._one_arrow_a_pair()
        self._drop_implied_dummies()
        return self

    def _homes(self, step: int) -> list[Key]:
        return sorted(key for key in self.sets if step in key)

    def _end(self, step: int, *, is_sole_last: bool) -> None:
        own, homes = (step,), self._homes(step)
        needs_own = step in self.gating or bool(self.waits[step].finish) or len(homes) > 1 or own in homes
        if is_sole_last or not (needs_own or homes):
            self.finish[step] = _LAST
        elif not needs_own:
            self.finish[step] = homes[0]
        else:
            self.finish[step] = own
            heads = homes or ([] if step in self.gating else [_LAST])
            self.threads += [_Thread(own, head) for head in heads if head != own]

    def _reach_large_sets_through_smaller_ones(self) -> None:
        for big in sorted(self.sets):
            inner = sorted(
                (key for key in self.sets if len(key) > 1 and set(key) < set(big)), key=lambda k: (-len(k), k)
            )
            for small in inner:
                self.threads = [
                    t
                    for t in self.threads
                    if not (t.head == big and t.tail != small and set(t.tail) <= set(small))
                ]
                self.threads.append(_Thread(small, big))

    def _one_arrow_a_pair(self) -> None:
        seen: set[tuple[Key, Key]] = set()
        for step in self.waits:
            pair = (self.start[step], self.finish[step])
            if pair in seen:
                extra: Key = (step, -2)
                self.threads.append(_Thread(extra, self.finish[step]))
                self.finish[step] = extra
            seen.add((self.start[step], self.finish[step]))

    def _drop_implied_dummies(self) -> None:
        onward: dict[Key, list[Key]] = {}
        for step, tail in self.start.items():
            onward.setdefault(tail, []).append(self.finish[step])
        kept: list[_Thread] = []
        for index, thread in enumerate(self.threads):
            others = kept + self.threads[index + 1 :]
            if not _reaches(thread.tail, thread.head, onward, others):
                kept.append(thread)
        self.threads = kept


def _reaches(tail: Key, head: Key, onward: Mapping[Key, list[Key]], threads: list[_Thread]) -> bool:
    ahead: dict[Key, list[Key]] = {key: list(heads) for key, heads in onward.items()}
    for thread in threads:
        ahead.setdefault(thread.tail, []).append(thread.head)
    seen, open_keys = {tail}, [tail]
    while open_keys:
        for key in ahead.get(open_keys.pop(), ()):
            if key == head:
                return True
            if key not in seen:
                seen.add(key)
                open_keys.append(key)
    return False
