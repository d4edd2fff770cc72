"""A calendar address: for what and whom it is, how much it tells, and whether its key still opens it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from concierge.kernel.errors import N_, Invalid, Refusal

PREFIX = "qyg_i_"
VALID = timedelta(days=365)
OVERLAP = timedelta(hours=24)
TOLD_OF_THE_END = timedelta(days=30)
LONGEST_NAME = 60
MOST_FEEDS = 40


class Purpose(enum.Enum):
    """What a feed is for. Source: FE-1."""

    ALL = "all"  # everything a person acts on, in either post
    STEPS = "steps"  # what a person acts on as A
    COVER = "cover"  # what a person acts on for somebody who is away
    PROJECT = "project"
    DEPARTMENT = "department"  # the reviews of one department
    ENTERPRISE = "enterprise"  # the milestones of one enterprise's projects


PERSONAL = frozenset({Purpose.ALL, Purpose.STEPS, Purpose.COVER})
FOR_OTHERS = frozenset({Purpose.DEPARTMENT, Purpose.ENTERPRISE})


class Detail(enum.Enum):
    """How much an entry tells whoever sees the calendar. Source: FE-12."""

    FULL = "full"
    SHORT = "short"  # without the enterprise's and the project's name
    BUSY = "busy"  # that there is something, and when


class Component(enum.Enum):
    """As what entries come: most calendars show events only, task lists are an address of their own.

    Source: FE-11.
    """

    EVENTS = "events"
    TASKS = "tasks"


class KeyStanding(enum.Enum):
    """Whether a key opens its feed: yes; yes for the last hours; no more; or it is nobody's."""

    OPEN = "open"
    ENDING = "ending"
    ENDED = "ended"
    GONE = "gone"


class DeviceNameMissing(Invalid):
    """An address belongs to one device, so that it can be stopped when the device is lost."""

    message = N_("Name the device or program this address is for, such as “my phone”.")


class FeedPurposeUnknown(Invalid):
    """There is no feed of that kind, or what it is for was not named."""

    message = N_("Choose what the calendar shows; for a project, department or enterprise, choose which.")


class TooManyFeeds(Refusal):
    """More addresses than devices anybody has: stop some first."""

    message = N_("You have %(most)s calendar addresses already. Stop those you no longer use first.")


class FeedStopped(Refusal):
    """A stopped address does not come back; a new one is made in a moment."""

    message = N_("This calendar address was stopped already. Make a new one.")


@dataclass(frozen=True, kw_only=True)
class FeedTerms:
    """What a new address shows, to whom, and how.

    Shape: ``target`` is the number of a project or enterprise, or the code of a department; empty for the
        personal purposes.
    """

    purpose: Purpose
    device: str
    target: str = ""
    detail: Detail = Detail.FULL
    component: Component = Component.EVENTS
    language: str = "zh"
    has_alarms: bool = False


def checked_terms(asked: FeedTerms) -> FeedTerms:
    """The terms, if an address may be made on them.

    Raises: DeviceNameMissing, FeedPurposeUnknown.
    """
    if not asked.device.strip():
        raise DeviceNameMissing(field="device")
    if (asked.purpose in PERSONAL) == bool(asked.target):
        raise FeedPurposeUnknown(field="purpose")
    return asked


def subject(purpose: Purpose, target: str, owner_id: int | None) -> str:
    """Whose entries a feed shows, in one word: ``person:7``, ``project:3``, ``department:zrzyj``."""
    if purpose in PERSONAL:
        return f"person:{owner_id}"
    return f"{purpose.value}:{target}"


def posts(purpose: Purpose) -> tuple[str, ...]:
    """In which posts entries must be held to be on the feed; empty for any."""
    return {Purpose.STEPS: ("A",), Purpose.COVER: ("B", "C")}.get(purpose, ())


def key_standing(ends_at: datetime, replaced_at: datetime | None, now: datetime) -> KeyStanding:
    """Whether a key opens at a moment; a replaced one does for another day, and then says so for a while.

    Source: FE-13.
    """
    if now < ends_at:
        return KeyStanding.OPEN if replaced_at is None else KeyStanding.ENDING
    return KeyStanding.ENDED if now < ends_at + TOLD_OF_THE_END else KeyStanding.GONE
