"""One entry of a calendar: a deadline, a sitting, a milestone; what it says, and when it last changed."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, time

from approvals.rules.facts import Label

NOBODY = Label("", "")


class EntryKind(enum.Enum):
    """What stands on a day."""

    START = "start"  # the papers of a step are to be handed in
    DUE = "due"  # a step is to be decided
    SITTING = "sitting"  # a review group comes together
    OPINIONS = "opinions"  # the opinions of a joint review are to be in
    DEFERRAL = "deferral"  # a paper promised for later is to come
    CHECK = "check"  # whether a promise was true is to be looked at
    MILESTONE = "milestone"  # what an enterprise waits for: the permit, the start of building
    TASK = "task"  # anything else somebody has to do


class EntryState(enum.Enum):
    """Where it stands: expected, promised, done, or not to be any more."""

    PLANNED = "planned"
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What an entry says, as the records have it today.

    Units: ``on`` a civil day, ``begins_at`` a time of day, both in Asia/Shanghai.
    Shape: ``source`` names the one thing it stands for, for ever; ``subjects`` whose calendars it is on, with
        the post in which a person holds it. A sitting has ``begins_at`` and ``minutes``; a deadline has not.
    """

    source: str
    kind: EntryKind
    state: EntryState
    on: date
    name: Label
    begins_at: time | None = None
    minutes: int = 0
    code: str = ""
    project_id: int | None = None
    project: str = ""
    department: Label = NOBODY
    place: str = ""
    href: str = ""
    subjects: tuple[tuple[str, str], ...] = ()


MOVES_IT = ("on", "begins_at", "minutes", "place", "state")
SAYS_IT = ("kind", "code", "name", "project", "department", "href")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An entry as a calendar has it: what it says, under which name for ever, and its changes.

    Units: aware UTC; ``left_at`` the moment it went to somebody else's calendar, ``cancelled_at`` when it
        was called off.
    Shape: ``post`` is that of whoever's calendar it is read for.
    """

    uid: str
    sequence: int
    made_at: datetime
    changed_at: datetime
    matter: Matter
    post: str = ""
    left_at: datetime | None = None
    cancelled_at: datetime | None = None
