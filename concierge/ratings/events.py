"""What happens with ratings, told to whoever listens. No event names who gave a rating, nor any key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ServiceRateable:
    """A finished service may be rated; ``kind`` is the word of the rules."""

    occasion_id: int
    project_id: int | None
    kind: str
    code: str
    department: str
    closed_on: date


@dataclass(frozen=True)
class RatingInvited:
    """The one invitation to rate is due: whoever serves the enterprise hands it the link.

    Source: RT-2.
    """

    occasion_id: int
    project_id: int | None
    code: str
    department: str
    on: date


@dataclass(frozen=True)
class RatingLinkMade:
    """A link to the form was made or made anew; the one before opens nothing any more."""

    occasion_id: int
    project_id: int | None
    hint: str
    expires_on: date


@dataclass(frozen=True)
class ServiceRated:
    """A service was rated. Shape: ``level`` is the word of the rules; nothing tells by whom."""

    rating_id: int
    occasion_id: int
    project_id: int | None
    code: str
    department: str
    level: str
    on: date


@dataclass(frozen=True)
class NegativeRated:
    """A negative rating came in: contact and verify by a day, unless it is anonymous.

    Source: RT-3.
    """

    redress_id: int
    rating_id: int
    project_id: int | None
    code: str
    department: str
    is_named: bool
    contact_due_on: date


@dataclass(frozen=True)
class RatingFollowed:
    """A negative rating went one stage on: contacted, put right, called back.

    Shape: ``stage`` is the stage it has reached, a word of the rules.
    """

    redress_id: int
    rating_id: int
    project_id: int | None
    department: str
    stage: str
    on: date


@dataclass(frozen=True)
class RaterStillDissatisfied:
    """The call-back found somebody still dissatisfied after the answer."""

    redress_id: int
    rating_id: int
    project_id: int | None
    code: str
    department: str
    on: date


@dataclass(frozen=True)
class RatingLate:
    """A stage of a negative rating is past its day.

    Source: RT-3, RT-4.
    """

    redress_id: int
    rating_id: int
    project_id: int | None
    department: str
    stage: str
    due_on: date


@dataclass(frozen=True)
class RatedAgain:
    """Somebody gave the one more word after the answer (追评)."""

    rating_id: int
    project_id: int | None
    department: str
    level: str
    on: date


@dataclass(frozen=True)
class RatingAppealMade:
    """Somebody speaks against a rating as wrong or false."""

    appeal_id: int
    rating_id: int
    project_id: int | None
    department: str
    on: date


@dataclass(frozen=True)
class RatingAppealDecided:
    """An appeal was upheld, and the rating set aside, or rejected."""

    appeal_id: int
    rating_id: int
    project_id: int | None
    department: str
    ruling: str
    on: date


@dataclass(frozen=True)
class ProcessChangeAsked:
    """One fault came again and again in a quarter: the department is asked to change its process.

    Source: RT-8.
    """

    change_id: int
    department: str
    reason: str
    count: int
    due_on: date


@dataclass(frozen=True)
class ProcessChangeAnswered:
    """A department said what it changed."""

    change_id: int
    department: str
    reason: str
    on: date


@dataclass(frozen=True)
class OfficersAppraised:
    """A quarter was closed: the officers' sums are kept as they stood."""

    quarter_first_on: date
    people: int
