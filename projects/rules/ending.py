"""When a project may be closed: it is completed or given up, and nothing is left open."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from concierge.kernel.errors import N_, Invalid, Refusal


class ProjectClosed(Refusal):
    """Nothing more can be changed."""

    message = N_(
        "This project is closed, so everything stays as it is. Where something still has to be recorded, open"
        " it again first."
    )


class ProjectOpenAgain(Refusal):
    """Somebody opened the project again before."""

    message = N_("This project is open. Reload the page.")


class CasesStillRun(Refusal):
    """Departments are still at work for the project."""

    message = N_(
        "Departments are still at work on: %(steps)s. Record how each ends, or withdraw it, and close the"
        " project then."
    )


class PapersStillOwed(Refusal):
    """Papers that were to come later have not come."""

    message = N_(
        "Papers that were to come later are still owed (%(count)s). Settle each in the ledger of deferred"
        " papers first."
    )


class SittingAhead(Refusal):
    """A joint review is announced for the project."""

    message = N_(
        "A joint review is announced for %(day)s with this project on its list. Hold it or call it off first."
    )


class NoPermitYet(Refusal):
    """Completed, without the result the project was opened for."""

    message = N_(
        "%(step)s has no result yet, so the project is not completed. Where the owner gives it up, close it"
        " as given up and say why."
    )


class ReasonForClosing(Invalid):
    """Nobody will know later why the project ended."""

    message = N_("Say in a few words why the project is given up or opened again; it stays on record.")


class Ending(enum.Enum):
    """How a project ended."""

    COMPLETED = "completed"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, kw_only=True)
class LeftOpen:
    """What is still open in a project.

    Shape: ``running`` are the names of steps departments hold, ``goal`` the name of the step the project was
        opened for as long as it has no result; ``sitting_day`` the announced joint review, as people read it.
    """

    running: tuple[str, ...] = ()
    owed: int = 0
    sitting_day: str = ""
    goal: str = ""


def check_ending(how: Ending, reason: str, left: LeftOpen) -> None:
    """Whether a project may be closed so.

    Raises: CasesStillRun, PapersStillOwed, SittingAhead, NoPermitYet, ReasonForClosing.
    Source: SF-4 (a closing slip ends the work), DF-7.
    """
    if left.running:
        raise CasesStillRun(steps="、".join(left.running))
    if left.owed:
        raise PapersStillOwed(count=left.owed)
    if left.sitting_day:
        raise SittingAhead(day=left.sitting_day)
    if how is Ending.COMPLETED and left.goal:
        raise NoPermitYet(step=left.goal)
    if how is Ending.GIVEN_UP:
        check_reason(reason)


def check_reason(reason: str) -> None:
    """Whether something was said.

    Raises: ReasonForClosing.
    """
    if not reason.strip():
        raise ReasonForClosing(field="reason")
