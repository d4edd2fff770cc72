"""A what-if as an enterprise reads it: two headline days before and after, and what comes, goes and moves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from concierge.kernel.errors import N_, Invalid, Refusal

LONGEST_TITLE = 80
LONGEST_WORDS = 600
MOST_MOVES = 40


class TitleMissing(Invalid):
    """A scenario nobody could call by a name."""

    message = N_("Say in a few words what would be different, such as “without the basement”.")


class ScenarioChangesNothing(Refusal):
    """A question whose answer is what stands already."""

    message = N_("This question changes nothing. Change something first, then share it.")


class RepliedAlready(Refusal):
    """The enterprise said what it thinks of it."""

    message = N_("You answered this on %(day)s. Leave a message if you think otherwise now.")


@dataclass(frozen=True)
class SharedHeadline:
    """One headline day. Units: civil days; ``workdays`` later, below 0 for earlier.

    Shape: ``code`` is permit or start.
    """

    code: str
    old_on: date | None
    new_on: date | None
    workdays: int | None


@dataclass(frozen=True)
class SharedStep:
    """One step that comes, goes or moves. Units: civil days. Shape: a day is None where there is no step."""

    name_zh: str
    name_en: str
    old_on: date | None
    new_on: date | None
    workdays: int | None = None

    def spoken(self, lang: str) -> str:
        """Its name for a reader."""
        return self.name_en if lang == "en" else self.name_zh


@dataclass(frozen=True, kw_only=True)
class SharedScenario:
    """What follows from a question, as it stood when it was shared.

    Units: ``counted_on`` is the day it was worked out.
    """

    counted_on: date
    headlines: tuple[SharedHeadline, ...]
    added: tuple[SharedStep, ...] = ()
    removed: tuple[SharedStep, ...] = ()
    moved: tuple[SharedStep, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether nothing is different."""
        return not (self.added or self.removed or self.moved) and not any(
            one.workdays for one in self.headlines
        )


def as_json(scenario: SharedScenario) -> str:
    """The scenario as it is kept."""
    return json.dumps(
        {
            "counted_on": scenario.counted_on.isoformat(),
            "headlines": [
                [one.code, _iso(one.old_on), _iso(one.new_on), one.workdays] for one in scenario.headlines
            ],
            **{
                name: [
                    [one.name_zh, one.name_en, _iso(one.old_on), _iso(one.new_on), one.workdays]
                    for one in getattr(scenario, name)
                ]
                for name in ("added", "removed", "moved")
            },
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def from_json(kept: str) -> SharedScenario:
    """The scenario of what was kept."""
    told: Mapping[str, Any] = json.loads(kept)
    return SharedScenario(
        counted_on=date.fromisoformat(told["counted_on"]),
        headlines=tuple(
            SharedHeadline(code, _day(old), _day(new), days) for code, old, new, days in told["headlines"]
        ),
        added=_steps(told["added"]),
        removed=_steps(told["removed"]),
        moved=_steps(told["moved"]),
    )


def checked_title(raw: str) -> str:
    """What a scenario is called. Raises: TitleMissing."""
    title = raw.strip()[:LONGEST_TITLE]
    if not title:
        raise TitleMissing(field="title")
    return title


def _steps(told: list[list[Any]]) -> tuple[SharedStep, ...]:
    return tuple(SharedStep(zh, en, _day(old), _day(new), days) for zh, en, old, new, days in told)


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
