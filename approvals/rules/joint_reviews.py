"""Joint reviews: where one stands, who was asked in which round, and what each department says now.

Source: PR-3, PR-4, PR-5.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from approvals.rules.opinions import Given, OpinionWay, Stance

SILENCE_AGREES = "deemed_agree"
"""The word of a review group whose members agree by silence. Source: PR-4."""


class ReviewKind(enum.Enum):
    """How the members look at a submission.

    Source: PR-4, PR-5; PR-9 for the review before the land is held.
    """

    WRITTEN = "written"
    MEETING = "meeting"
    SITE_VISIT = "site_visit"
    BEFORE_LAND = "before_land"


class ReviewState(enum.Enum):
    """Where a joint review stands."""

    GATHERING = "gathering"
    GATHERED = "gathered"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


class AnswerKind(enum.Enum):
    """What the one answer of a joint review says.

    Source: PR-3.
    """

    AGREED = "agreed"
    CONDITIONS = "conditions"
    MATERIAL = "material"


@dataclass(frozen=True, kw_only=True)
class Member:
    """One department asked in one round, with its latest opinion.

    Units: ``sent_on`` is the day it was sent, ``due_on`` the last one for its answer.
    Shape: ``given`` is None while it has said nothing; ``handed_to`` is whom the lead named after “not ours”.
    """

    id: int
    department: str
    round: int
    is_lead: bool
    sent_on: date
    sent_at: datetime
    due_on: date
    asked_for: str = ""
    received_at: datetime | None = None
    received_by: str = ""
    received_way: OpinionWay | None = None
    handed_to: str = ""
    handed_note: str = ""
    given: Given | None = None

    @property
    def stance(self) -> Stance | None:
        """What it says; None while it has said nothing."""
        return self.given.stance if self.given else None

    @property
    def is_late(self) -> bool:
        """Whether it answered after its day."""
        return self.given is not None and self.given.given_on > self.due_on


@dataclass(frozen=True)
class Answered:
    """The one answer given after a round."""

    round: int
    kind: AnswerKind
    text: str
    on: date
    given_by: str


@dataclass(frozen=True, kw_only=True)
class JointReview:
    """One submission to all members of a review group.

    Units: ``due_on`` is the last day of the round that runs.
    Shape: ``members`` of all rounds, the lead first in each; ``answers`` one a round at most.
    """

    id: int
    version: int
    project_id: int
    review_group: str
    lead: str
    kind: ReviewKind
    steps: tuple[str, ...]
    subject: str
    silence: str
    sent_on: date
    sent_at: datetime
    due_on: date
    state: ReviewState
    round: int = 1
    sitting_id: int | None = None
    session_on: date | None = None
    members: tuple[Member, ...] = ()
    answers: tuple[Answered, ...] = ()
    extended_workdays: int = 0
    extension_approved_by: str = ""
    extension_reason: str = ""
    cancelled_on: date | None = None
    cancelled_reason: str = ""

    @property
    def silence_agrees(self) -> bool:
        """Whether a member that says nothing by its day agrees. Source: PR-4."""
        return self.silence == SILENCE_AGREES

    @property
    def is_open(self) -> bool:
        """Whether opinions may still come in."""
        return self.state in (ReviewState.GATHERING, ReviewState.GATHERED)

    @property
    def answer(self) -> Answered | None:
        """The answer of the round that runs; None before it is given."""
        last = self.answers[-1] if self.answers else None
        return last if last and last.round == self.round else None

    @cached_property
    def asked_now(self) -> tuple[Member, ...]:
        """Whom the round that runs asks."""
        return tuple(member for member in self.members if member.round == self.round)

    @cached_property
    def standing(self) -> tuple[Member, ...]:
        """Every department once, as it was asked last: what it said then is what it says now."""
        last = {member.department: member for member in self.members}
        return tuple(last.values())

    def member(self, department: str) -> Member | None:
        """The department as it was asked last; None where it never was."""
        return next((member for member in self.standing if member.department == department), None)

    @property
    def outstanding(self) -> tuple[Member, ...]:
        """Who has said nothing yet, silence that is no consent included."""
        return tuple(
            member
            for member in self.standing
            if member.given is None or (member.stance is Stance.SILENT and not self.silence_agrees)
        )


def silent_members(review: JointReview, today: date) -> tuple[Member, ...]:
    """Whose day has passed without a word.

    Units: the last day itself still counts for the department.
    Source: PR-4, members answer inside the limit.
    """
    if not review.is_open:
        return ()
    return tuple(member for member in review.standing if member.given is None and member.due_on < today)
