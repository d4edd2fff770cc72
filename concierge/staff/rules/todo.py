"""One thing a person has to do, or waits for: what every addon tells of itself, for one page and one feed."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time


class TodoKind(enum.Enum):
    """What a person does about it."""

    ACCEPT = "accept"  # a handover to accept, before everything else
    ACT = "act"  # a thing to do
    WAIT = "wait"  # somebody else's turn; one can urge


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One line of somebody's day.

    Units: ``due_on`` a civil day, None for whenever; ``at`` a time of day in Asia/Shanghai; ``minutes`` how
        long it takes; ``waiting_since_on`` for what is waited for.
    Shape: ``key`` is ``<source>:<number>:<what>`` and stays the same while it is the same task. ``text`` is
        an English sentence in the imperative with ``facts`` by name, translated where it is shown; a fact may
        be plain, a day, or a thing with ``spoken(language)``. ``post`` is ``A``, ``B``, ``C`` or empty.
        ``place`` is where one has to go, as written, empty for nowhere. ``href`` is where it is done;
        ``action`` is the verb on its button, an English word; ``page`` is about the thing itself, empty where
        ``href`` is. ``why`` is an English sentence with the same facts; ``card`` is yellow or red where a
        card is shown for it. ``may_tick`` is True where a tick is all that is needed.
    """

    key: str
    text: str
    facts: Mapping[str, object] = field(default_factory=dict)
    kind: TodoKind = TodoKind.ACT
    due_on: date | None = None
    at: time | None = None
    minutes: int = 0
    waiting_since_on: date | None = None
    project_id: int | None = None
    project: str = ""
    department: str = ""
    place: str = ""
    phone: str = ""
    post: str = ""
    href: str = ""
    action: str = ""
    may_tick: bool = False
    why: str = ""
    page: str = ""
    card: str = ""
