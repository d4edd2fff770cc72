"""What happens to departments’ capacity, sittings and joint reviews, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class BenchChanged:
    """A department has another number of reviewers: from now on, or between two days.

    Shape: ``reviewers`` is None when they are not counted any more, or when the days count as usual again;
    ``first_on`` and ``last_on`` are None for the usual number.
    """

    department: str
    reviewers: int | None
    first_on: date | None
    last_on: date | None
    reason: str


@dataclass(frozen=True)
class SittingRuleChanged:
    """A review group sits in another rhythm, decides other matters, or sits no more."""

    review_group: str
    matters: tuple[str, ...]
    weekdays: tuple[int, ...]
    halves: tuple[str, ...]
    projects_per_sitting: int
    minutes_per_project: int
    needs_room: bool
    is_active: bool


@dataclass(frozen=True)
class AvailabilityRecorded:
    """A department said when it can come. Shape: half-day → answer; “none” takes an earlier answer back."""

    department: str
    answers: dict[str, str]
    said_by: str


@dataclass(frozen=True)
class SittingAnnounced:
    """A step of a project is on the list of a sitting, and its departments are told.

    Shape: one for each step on the list; ``room`` is empty when they meet online.
    """

    sitting_id: int
    project_id: int
    code: str
    review_group: str
    on: date
    half: str
    begins_at: time
    room: str


@dataclass(frozen=True)
class SittingWithdrawn:
    """A step lost its sitting: the sitting is called off. Shape: one for each step on the list."""

    sitting_id: int
    project_id: int
    code: str
    review_group: str
    on: date
    half: str
    reason: str


@dataclass(frozen=True)
class ReviewConvened:
    """A submission was sent to all members of a review group, the same minute.

    Shape: ``members`` are department codes, the lead first; ``due_on`` the last day for their opinions.
    """

    review_id: int
    project_id: int
    review_group: str
    kind: str
    steps: tuple[str, ...]
    members: tuple[str, ...]
    sent_on: date
    due_on: date


@dataclass(frozen=True)
class ReceiptConfirmed:
    """A department confirmed that it has the submission of a joint review."""

    review_id: int
    project_id: int
    department: str
    round: int
    way: str


@dataclass(frozen=True)
class OpinionGiven:
    """A department said what it thinks of a submission; silence after its day is told the same way."""

    review_id: int
    project_id: int
    department: str
    round: int
    stance: str
    given_on: date
    way: str


@dataclass(frozen=True)
class LatePaperAsked:
    """A department asked in a later round for a paper that was not on the first list; it was refused."""

    review_id: int
    project_id: int
    department: str
    paper: str


@dataclass(frozen=True)
class OpinionHandedOn:
    """The lead dealt with a “not ours”: it takes the matter over, or another department is asked."""

    review_id: int
    project_id: int
    department: str
    handed_to: str
    note: str


@dataclass(frozen=True)
class RoundClosed:
    """Everybody asked in a round has answered, or the day is over. Shape: ``silent`` said nothing."""

    review_id: int
    project_id: int
    round: int
    silent: tuple[str, ...]
    silence_agrees: bool


@dataclass(frozen=True)
class ContradictionMarked:
    """Two conditions cannot both hold, or the lead settled which does. Shape: no ``resolution`` if open."""

    review_id: int
    project_id: int
    first: str
    second: str
    note: str
    resolution: str


@dataclass(frozen=True)
class ReviewAnswered:
    """The one answer of a joint review: agreed, agreed with conditions, or one list of missing papers."""

    review_id: int
    project_id: int
    review_group: str
    round: int
    answer: str
    steps: tuple[str, ...]
    on: date


@dataclass(frozen=True)
class SecondRoundOpened:
    """Those affected are asked again. Shape: department → why."""

    review_id: int
    project_id: int
    round: int
    asked: dict[str, str]
    due_on: date


@dataclass(frozen=True)
class ReviewExtended:
    """The limit of a joint handling was extended, with the government's approval."""

    review_id: int
    project_id: int
    workdays: int
    approved_by: str
    reason: str


@dataclass(frozen=True)
class ReviewCancelled:
    """A joint review was called off before it had its answer."""

    review_id: int
    project_id: int
    review_group: str
    reason: str


@dataclass(frozen=True)
class MinutesKept:
    """The minutes of a session or a site visit were written down."""

    review_id: int
    project_id: int
    held_on: date
    present: tuple[str, ...]


@dataclass(frozen=True)
class ReviewTaskGiven:
    """Somebody has something to do after a joint review."""

    task_id: int
    review_id: int
    project_id: int
    what: str
    department: str
    due_on: date


@dataclass(frozen=True)
class ReviewTaskFinished:
    """What somebody had to do after a joint review is done."""

    task_id: int
    review_id: int
    project_id: int
    what: str
    department: str
    done_on: date
