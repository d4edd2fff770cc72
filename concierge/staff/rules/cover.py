"""C: who covers a project while both of its people are away, and where the chain ends."""

from __future__ import annotations

import enum
from datetime import date

from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.staff.rules.absence import LONGEST, Away, Duty
from concierge.staff.rules.minutes import DAY, minute_of
from concierge.staff.rules.presence import Cover, Presence


class CoverCause(enum.Enum):
    """Why somebody covers."""

    NAMED = "named"  # the chief chose
    HEAD = "head"  # nobody was there: the unit head covers from the first minute


class CoverOutOfOrder(Invalid):
    """The days of a cover are none, too many, or gone by."""

    message = N_("The days of a cover begin today or later, end after they begin, and last a year at most.")


class CoverOfOwn(Invalid):
    """C would be A or B of the project."""

    message = N_("C must be a third person: %(name)s is A or B of one of these projects already.")


class CoverAway(Refusal):
    """C would be away too, and a cover is not passed on."""

    message = N_(
        "%(name)s is away from %(first)s to %(last)s, and a cover is not passed on. Choose somebody who is "
        "there all the time: %(cover)s."
    )


def checked_cover(cover: Cover, today: date) -> Cover:
    """The cover, if its days are some.

    Raises: CoverOutOfOrder.
    """
    if not today <= cover.first_on <= cover.last_on <= cover.first_on + LONGEST:
        raise CoverOutOfOrder(field="last_on")
    return cover


def is_third(cover: Cover, duty: Duty) -> bool:
    """Whether C is neither A nor B of the project."""
    return cover.person_id not in {duty.a_id, duty.b_id}


def in_the_way(cover: Cover, absences: tuple[Away, ...]) -> Away | None:
    """The absence of C on these days; None when C is there in every minute: the chain ends with C.

    Source: AB-3; the bound is ours.
    """
    begin, end = minute_of(cover.first_on), minute_of(cover.last_on) + DAY
    if Presence(absences).is_there(cover.person_id, begin, end):
        return None
    own = (away for away in absences if away.person_id == cover.person_id)
    return next(away for away in own if away.begin < end and begin < away.end)
