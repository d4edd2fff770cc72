"""Letters for the events that several drawings of one network share.

Where a plan is drawn stage by stage, an event may be the end of one drawing's work and the start of
another's, or hold back an event of another drawing through a dummy. Both carry the same letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from projects.press.timed import TimedNetwork


@dataclass(frozen=True)
class Sharing:
    """The letter of each shared event, the whole network's sources of every event, and who ends there."""

    letters: Mapping[int, str]
    sources: Mapping[int, tuple[int, ...]]
    endings: Mapping[int, tuple[int, ...]]

    def arriving(self, part: TimedNetwork) -> dict[int, tuple[int, ...]]:
        """For each event of a drawing, the events of other drawings that hold it back."""
        found: dict[int, tuple[int, ...]] = {}
        for event in part.dates:
            others = tuple(source for source in self.sources.get(event, ()) if source not in part.dates)
            if others and self.letters:
                found[event] = others
        return found

    def endings_elsewhere(self, event: int, part: TimedNetwork) -> list[int]:
        """The steps that end at an event in another drawing, also those that reach it by dummies alone."""
        own = [step for step in self.endings.get(event, ()) if step not in part.works]
        if own or self.endings.get(event):
            return own
        return [step for source in self.sources.get(event, ()) for step in self.endings.get(source, ())]


def sharing(whole: TimedNetwork, parts: Sequence[TimedNetwork]) -> Sharing:
    """Which events need letters when the network is drawn in these parts."""
    sources: dict[int, list[int]] = {}
    for dummy in whole.dummies:
        sources.setdefault(dummy.head, []).append(dummy.tail)
    endings: dict[int, list[int]] = {}
    for step, work in sorted(whole.works.items()):
        endings.setdefault(work.j, []).append(step)
    lettered = {event for event in whole.dates if sum(event in part.dates for part in parts) > 1}
    for dummy in whole.dummies:
        if any(dummy.head in part.dates and dummy.tail not in part.dates for part in parts):
            lettered.add(dummy.tail)
    return Sharing(
        {event: letter(at) for at, event in enumerate(sorted(lettered))},
        {event: tuple(sorted(tails)) for event, tails in sources.items()},
        {event: tuple(steps) for event, steps in endings.items()},
    )


def letter(at: int) -> str:
    """A, B … Z, AA, AB …"""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = ascii_uppercase[rest] + text
    return text
