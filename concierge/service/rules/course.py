"""How a case runs through its workflow: one step after another, none left out without reason and right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.service.rules.case import CaseState, ItemState, Mode, Outcome
from concierge.service.rules.exits import CaseProgress, ExitTest, unmet
from scheduler.period import Basis, Period
from scheduler.workdays import Pause, WorkCalendar

LEAST_REASON = 6  # characters: “ill” is no reason, 老人病重住院 is one


class CaseClosed(Refusal):
    """The case is closed, and stays as it is."""

    message = N_("This case is closed and stays as it is. Open a new one for what is still wanted.")


class CaseSuspended(Refusal):
    """The case is suspended."""

    message = N_("This case is suspended. Resume it first; the resumption letter says from which day.")


class CaseNotSuspended(Refusal):
    """There is nothing to resume."""

    message = N_("This case is not suspended, so there is nothing to resume.")


class ReasonNeeded(Invalid):
    """A step left out, a service refused or a case ended without saying why."""

    message = N_("Say why, in a sentence: it stands in the file and on the slip.")
    field = "reason"


class NotThisStep(Refusal):
    """Another step is the one that is under way."""

    message = N_("Another step is under way now: somebody has gone on meanwhile. Look at the case again.")


class BasisNeeded(Invalid):
    """A suspension without a basis."""

    message = N_("Name what the suspension rests on: the rule, or what the customer asked for.")
    field = "basis"


class SuspensionBackwards(Invalid):
    """A suspension that ends before it begins."""

    message = N_("The suspension would end before it begins. Give a day from %(first)s on.")
    field = "until_on"


def require_running(state: CaseState, *, may_be_suspended: bool = False) -> None:
    """Refuse what cannot be done to a case as it stands.

    Raises: CaseClosed, CaseSuspended.
    """
    if state is CaseState.CLOSED:
        raise CaseClosed
    if state is CaseState.SUSPENDED and not may_be_suspended:
        raise CaseSuspended


def decide_finish(exits: Iterable[ExitTest], file: CaseProgress) -> None:
    """Let a step end when every exit test is met; otherwise say the first thing that is missing.

    Raises: the Refusal of the first test that is not met.
    Source: SF-4.
    """
    for refusal in unmet(exits, file):
        raise refusal


def decide_reason(reason: str) -> str:
    """The reason for leaving a step out, refusing a service or ending a case.

    Raises: ReasonNeeded.
    Source: SF-4, none is left out silently; ES-8, no one says no alone and without a reason.
    """
    said = reason.strip()
    if len(said) < LEAST_REASON:
        raise ReasonNeeded(field="reason")
    return said


def decide_suspension(reason: str, basis: str, *, today: date, until_on: date) -> tuple[str, str]:
    """What a suspension slip says.

    Raises: ReasonNeeded, BasisNeeded, SuspensionBackwards.
    Source: SF-4.
    """
    why = decide_reason(reason)
    if not basis.strip():
        raise BasisNeeded(field="basis")
    if until_on < today:
        raise SuspensionBackwards(first=today.isoformat(), field="until_on")
    return why, basis.strip()


def outcome_of(states: Sequence[ItemState]) -> Outcome:
    """How a case that ran to its end ended, by what became of its services.

    Source: SF-5, one closing.
    """
    done = sum(state is ItemState.DONE for state in states)
    if done == len(states):
        return Outcome.DONE
    return Outcome.PARTLY if done else Outcome.REFUSED


def day_zero(mode: Mode, accepted_on: date | None, set_received_on: date | None) -> date | None:
    """The day from which the period is counted; None while it has not begun.

    Here it is the day of acceptance. Across regions it is the day on which the place in charge received the
    electronic set, not the day on which the customer stood at another place's counter.

    Source: WD-2, day 0 is the day of acceptance; SF-12.
    """
    return accepted_on if mode is Mode.LOCAL else set_received_on


def due_on(
    start_on: date | None, period_workdays: int, stops: Sequence[Pause], calendar: WorkCalendar
) -> date | None:
    """The last day of the promise, later by the working days on which the case was suspended.

    Units: working days; the day of resuming counts again.
    Source: WD-2; CL-7; SF-12.
    """
    if start_on is None:
        return None
    return calendar.due_on(start_on, Period(period_workdays, Basis.WORKING), stops)


class NotAcrossRegions(Refusal):
    """A case decided here."""

    message = N_("This case is decided here: there is no set to send on.")


class SetDaysWrong(Invalid):
    """Days of a set that cannot be."""

    message = N_("The set is sent after the case was opened, received after it was sent, and by today.")
    field = "received_on"


def check_set_days(
    mode: Mode, sent_on: date | None, received_on: date | None, *, opened_on: date, today: date
) -> None:
    """Whether the days on which a set was sent and received can be.

    Raises: NotAcrossRegions, SetDaysWrong.
    Source: SF-12.
    """
    if mode is Mode.LOCAL:
        raise NotAcrossRegions
    days = [opened_on, *(day for day in (sent_on, received_on) if day is not None), today]
    if days != sorted(days):
        raise SetDaysWrong(field="received_on")
