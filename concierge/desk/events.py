"""What happens at the desk, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
