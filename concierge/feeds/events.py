"""What happens to calendar addresses, told to whoever listens; never with a key in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FeedMade:
    """Somebody made a calendar address. Shape: ``subject`` says whose entries it shows."""

    feed_id: int
    purpose: str
    subject: str
    device: str
    hint: str
    project_id: int | None


@dataclass(frozen=True)
class FeedKeyReplaced:
    """A calendar address has a new key; the old one opens for another day."""

    feed_id: int
    device: str
    hint: str
    project_id: int | None


@dataclass(frozen=True)
class FeedSettingsChanged:
    """A calendar address tells more or less, or in another language."""

    feed_id: int
    detail: str
    language: str
    has_alarms: bool
    project_id: int | None


@dataclass(frozen=True)
class FeedRevoked:
    """A calendar address was stopped; it opens nothing any more."""

    feed_id: int
    device: str
    project_id: int | None
