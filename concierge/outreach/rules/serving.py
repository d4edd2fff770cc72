"""From a found entitlement to the signature: which deed follows which, and when it is too early."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from concierge.kernel.errors import N_, Refusal
from concierge.outreach.rules.standing import DueState


class Deed(enum.Enum):
    """What is done about entitlements, one or many at once."""

    START = "start"
    ISSUE = "issue"
    DELIVER = "deliver"
    DECLINE = "decline"


FROM: Mapping[Deed, tuple[DueState, ...]] = MappingProxyType(
    {
        Deed.START: (DueState.FOUND,),
        Deed.ISSUE: (DueState.STARTED,),
        Deed.DELIVER: (DueState.ISSUED,),
        Deed.DECLINE: (DueState.ASK, DueState.FOUND, DueState.STARTED),
    }
)
TO: Mapping[Deed, DueState] = MappingProxyType(
    {
        Deed.START: DueState.STARTED,
        Deed.ISSUE: DueState.ISSUED,
        Deed.DELIVER: DueState.DELIVERED,
        Deed.DECLINE: DueState.DECLINED,
    }
)


class NobodyToServe(Refusal):
    """A deed for nobody: none of those chosen stands where it could be done."""

    message = N_(
        "None of the people chosen is at that point: some need their consent first, some are not due before"
        " their day, some are done. Choose a state above and look again."
    )


class NobodyChosen(Refusal):
    """A deed without anybody ticked."""

    message = N_("Nobody is chosen. Tick the people it is about, or choose all that the filter shows.")


def states_before(deed: Deed, *, needs_application: bool) -> tuple[DueState, ...]:
    """The states from which a deed may be done; without need of an application, issuing needs no start.

    Source: SF-8, done without application where the law allows; SF-9, one-key issue.
    """
    if deed is Deed.ISSUE and not needs_application:
        return (DueState.FOUND, DueState.STARTED)
    return FROM[deed]


def ends_on(issued_on: date, valid_years: int | None) -> date | None:
    """The last day of what is issued today; None when it has none.

    Source: S01 (民法典) art. 202, a period of years ends on the same day; 29 February on the 28th.
    """
    if valid_years is None:
        return None
    try:
        return issued_on.replace(year=issued_on.year + valid_years)
    except ValueError:
        return issued_on.replace(year=issued_on.year + valid_years, day=28)
