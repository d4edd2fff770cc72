"""Whether a paper of the set may be missing for now."""

from __future__ import annotations

from datetime import date

from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.service.rules.case import PaperState


class MustBeHere(Refusal):
    """A paper without which nothing can be accepted."""

    message = N_("This paper cannot come later: nothing can be accepted without it. Ask for it now.")


class NoSharedData(Refusal):
    """Nobody shares this paper."""

    message = N_("No department shares this paper's data. Have it brought, or say that it comes later.")


class LaterDayWrong(Invalid):
    """A paper that is to come later without a day, or on a day that is past."""

    message = N_("Give the day by which it comes, from tomorrow on.")
    field = "due_on"


def check_paper(
    state: PaperState, *, may_come_later: bool, is_shared: bool, due_on: date | None, today: date
) -> None:
    """Whether a paper may be noted so.

    Raises: MustBeHere, NoSharedData, LaterDayWrong.
    Source: SF-6; DF-1, a lesser paper may come later.
    """
    if state is PaperState.SHARED and not is_shared:
        raise NoSharedData
    if state is not PaperState.LATER:
        return
    if not may_come_later:
        raise MustBeHere
    if due_on is None or due_on <= today:
        raise LaterDayWrong(field="due_on")
