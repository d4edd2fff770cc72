"""What an enterprise may see of its project: this object is the whole of it; nothing else reaches the page.

Every field is a plain value of its own; no row, no catalogue and no record of the office hangs on it. A field
that is not here is not public.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime


class Headline(enum.Enum):
    """What the first sentence is about."""

    START = "start"
    PERMIT = "permit"
    STARTED = "started"
    ENDED = "ended"
    GIVEN_UP = "given_up"
    PLANNING = "planning"


class SlipReason(enum.Enum):
    """Why the forecast is later than it was first told.

    Source: PL-11.
    """

    OWN_SIDE = "own_side"
    PAUSED = "paused"
    CORRECTING = "correcting"
    EXTENDED = "extended"
    LONGER = "longer"


class NeedKind(enum.Enum):
    """What the enterprise has to do."""

    PROMISED = "promised"
    CORRECT = "correct"
    STEP = "step"
    PAPERS = "papers"


class RunningState(enum.Enum):
    """What a department does with a step now."""

    LOOKING = "looking"
    DECIDING = "deciding"
    PAUSED = "paused"
    WAITS_FOR_YOU = "waits_for_you"
    SITTING = "sitting"


class PublicMove(enum.Enum):
    """What happened to a step, as far as an enterprise is told of it."""

    HANDED_IN = "handed_in"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    CORRECTION_ASKED = "correction_asked"
    CORRECTED = "corrected"
    PAUSED = "paused"
    GOES_ON = "goes_on"
    EXTENDED = "extended"
    DECIDED = "decided"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    BEGUN_ANEW = "begun_anew"
    NOTE = "note"


class PublicState(enum.Enum):
    """Where a step on the list stands, in a word."""

    DONE = "done"
    RUNNING = "running"
    READY = "ready"
    WAITING = "waiting"


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """The conclusion. Units: civil days; ``late_workdays`` against the day first told, below 0 for earlier.

    Shape: ``latest_on`` is the day if every department used all the time the law gives it; ``slip_*`` name
        the step that moved the day, and why.
    """

    headline: Headline
    on: date | None = None
    latest_on: date | None = None
    first_on: date | None = None
    late_workdays: int = 0
    target_on: date | None = None
    to_target_workdays: int = 0
    slip_step: str = ""
    slip_workdays: int = 0
    slip_reason: SlipReason | None = None


@dataclass(frozen=True, kw_only=True)
class PublicStage:
    """One stage and how much of it is done."""

    code: str
    done: int
    total: int
    has_begun: bool


@dataclass(frozen=True, kw_only=True)
class OwedPaper:
    """One paper the enterprise brings. Shape: ``code`` is the paper's in the published catalogue."""

    code: str
    name: str
    is_unfit: bool = False


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing the enterprise has to do, and the last day on which it moves nothing.

    Units: ``left_workdays`` from today to that day, below 0 when it is past.
    Shape: ``number`` is the place of its step on the list.
    """

    kind: NeedKind
    number: str
    step: str
    department: str
    by_on: date
    left_workdays: int
    papers: tuple[OwedPaper, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Running:
    """One step that lies with a department. Shape: ``pause`` is the code of why its clock stands still."""

    number: str
    step: str
    department: str
    due_on: date
    state: RunningState
    pause: str = ""
    late_workdays: int = 0
    sitting_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One line of the history. Shape: ``words`` are a note the office chose to show, empty for a move."""

    on: date
    move: PublicMove
    step: str
    department: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedStep:
    """One step of the ordered list, the truth behind every picture.

    Shape: ``after`` are the places of the shown steps it waits for, those left out that follow from others.
    """

    place: int
    number: str
    step: str
    department: str
    stage: str
    state: PublicState
    finish_on: date | None
    first_on: date | None
    is_current: bool
    start_on: date | None = None
    after: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Officer:
    """Somebody the enterprise can call: by the office's line, never a private number.

    Shape: ``away_until_on`` is the last day of an absence that has begun, None for somebody who is there.
    """

    name: str
    post: str
    office: str
    phone: str
    is_acting: bool
    away_until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PublicProgress:
    """One project for its enterprise, in the order a reader needs it.

    Shape: ``code_tail`` is the last four signs of the project's code; ``place`` of ``total`` is where the
        list stands; ``ahead`` are the steps that have not begun.
    Source: PL-8, PL-10.
    """

    project: str
    code_tail: str
    data_on: date
    updated_at: datetime
    is_replanning: bool
    forecast: Forecast
    place: int
    total: int
    now_step: str
    now_department: str
    stages: tuple[PublicStage, ...]
    needs: tuple[Need, ...]
    running: tuple[Running, ...]
    history: tuple[Happened, ...]
    steps: tuple[ListedStep, ...]
    officers: tuple[Officer, ...]

    @property
    def ahead(self) -> tuple[ListedStep, ...]:
        """What follows: the steps nobody has begun."""
        return tuple(one for one in self.steps if one.state in (PublicState.READY, PublicState.WAITING))


def at_once(before: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Whom each waits for at once: without those another of its own predecessors waits for already.

    Shape: ``before`` has every step as a key and no cycle.
    """
    known: dict[str, set[str]] = {}

    def ancestors(code: str) -> set[str]:
        if code not in known:
            known[code] = set().union(*({one} | ancestors(one) for one in before[code]))
        return known[code]

    return {
        code: {one for one in own if not any(one in ancestors(other) for other in own if other != one)}
        for code, own in before.items()
    }
