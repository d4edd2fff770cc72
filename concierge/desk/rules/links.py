"""Links for departments: what each kind opens, how long it lasts, and whether it still opens."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, timedelta

from concierge.kernel.errors import N_, ConciergeError, Invalid, Refusal

PREFIX = "qyg_d_"
USUAL_DAYS = 30
MOST_DAYS = 180
WARN_DAYS = 14
LONGEST_NAME = 60


class LinkScope(enum.Enum):
    """What a link opens: one step, one joint review, all open cases of a department, or its answers."""

    STEP = "department_step"
    REVIEW = "department_review"
    DEPARTMENT = "department"
    AVAILABILITY = "availability"


class LinkStanding(enum.Enum):
    """Whether a link opens: yes, not any more because its time is over, or taken back."""

    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"


class ValidityOutOfRange(Invalid):
    """A link lasts at least a day and at most half a year."""

    message = N_("A link lasts from 1 to %(most)s days. Give a number in between.")


class DepartmentRecipientMissing(Invalid):
    """A link is for somebody: a shared one survives people leaving."""

    message = N_("Say whom the link is for: a person or a post at the department.")


class LinkNotOpen(Refusal):
    """A link that was taken back cannot be shown again or taken back again."""

    message = N_("This link was taken back already. Make a new one for the same recipient.")


class LinkExpired(ConciergeError):
    """The link was one of ours, and its time is over."""

    message = N_("This link ended on %(last)s. Ask the office for a new one.")
    status = 410


@dataclass(frozen=True, kw_only=True)
class LinkTerms:
    """What a link opens and for whom. Units: ``days`` of the calendar, the last one included.

    Shape: a step's link names project and step, a review's the review; the others the department only.
    """

    kind: LinkScope
    department: str
    recipient: str
    days: int = USUAL_DAYS
    project_id: int | None = None
    step_id: int | None = None
    review_id: int | None = None


def checked_terms(asked: LinkTerms) -> LinkTerms:
    """The terms, if a link may be made on them.

    Raises: DepartmentRecipientMissing, ValidityOutOfRange.
    """
    if not asked.recipient.strip():
        raise DepartmentRecipientMissing(field="recipient")
    if not 1 <= asked.days <= MOST_DAYS:
        raise ValidityOutOfRange(field="days", most=MOST_DAYS)
    return asked


def last_day(days: int, today: date) -> date:
    """The last day on which a link of so many days opens."""
    return today + timedelta(days=days)


def standing(expires_on: date, is_revoked: bool, today: date) -> LinkStanding:
    """Whether a link opens today; one that was taken back says nothing else any more."""
    if is_revoked:
        return LinkStanding.REVOKED
    return LinkStanding.OPEN if today <= expires_on else LinkStanding.EXPIRED


def is_ending(expires_on: date, today: date) -> bool:
    """Whether staff should think of a new one: within the last fortnight."""
    return timedelta() <= expires_on - today <= timedelta(days=WARN_DAYS)


@dataclass(frozen=True, kw_only=True)
class DepartmentLink:
    """A link as it was handed out, without its key.

    Shape: ``handle`` names it where no key may stand, ``seal`` is the part of its hash a visit is bound to.
    """

    id: int
    kind: LinkScope
    department: str
    recipient: str
    handle: str
    seal: str
    expires_on: date
    project_id: int | None = None
    step_id: int | None = None
    review_id: int | None = None
