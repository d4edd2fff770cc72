"""What happens at the desk, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class LinkMade:
    """A link was handed out. Shape: ``hint`` is the first signs of its key, never more."""

    link_id: int
    project_id: int | None
    kind: str
    department: str
    recipient: str
    hint: str
    expires_on: date


@dataclass(frozen=True)
class LinkShownAgain:
    """A link got a new key; the one before opens nothing any more."""

    link_id: int
    project_id: int | None
    department: str
    recipient: str
    hint: str
    expires_on: date


@dataclass(frozen=True)
class LinkRevoked:
    """A link was taken back."""

    link_id: int
    project_id: int | None
    department: str
    recipient: str
    hint: str


@dataclass(frozen=True)
class NewLinkAsked:
    """Somebody opened a link whose time is over and asks for a new one."""

    link_id: int
    project_id: int | None
    code: str
    department: str
    recipient: str


@dataclass(frozen=True)
class DepartmentReplied:
    """A department told something about one of its cases, by link or by a list it sent back.

    Shape: ``how`` is “link” or “list”; ``outcome`` is the word of ``rules/reply.py``.
    """

    project_id: int
    step_id: int
    code: str
    department: str
    outcome: str
    how: str


@dataclass(frozen=True)
class MessageDied:
    """A message was given up after its last attempt, or its address takes none."""

    message_id: int
    person_id: int | None
    project_id: int | None
    channel: str
    why: str


@dataclass(frozen=True)
class NearThing:
    """One thing that falls due soon."""

    key: str
    text: str
    due_on: date
    project_id: int | None
    page: str


@dataclass(frozen=True)
class DeadlinesNear:
    """Things a person has to do fall due within two days. Shape: ``things`` as they were worded."""

    person_id: int
    things: tuple[NearThing, ...]


@dataclass(frozen=True)
class MessageSentAgain:
    """A message that was given up is to be sent once more."""

    message_id: int
    person_id: int | None
    project_id: int | None


@dataclass(frozen=True)
class ChannelKept:
    """A person gave an address on a channel, or changed how often it may speak; the address is not told."""

    person_id: int
    channel: str
    rhythm: str


@dataclass(frozen=True)
class ChannelConfirmed:
    """A person proved that an address is theirs."""

    person_id: int
    channel: str


@dataclass(frozen=True)
class ChannelRemoved:
    """A person took an address away."""

    person_id: int
    channel: str


@dataclass(frozen=True)
class HoursKept:
    """A person said when not to be disturbed, and when the morning message is to come."""

    person_id: int
    quiet_from: time
    quiet_until: time
    digest_at: time
