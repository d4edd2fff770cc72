"""When a report may be closed: answered, sorted, its cause known, and what its kind asks for done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from concierge.escalation.rules.report import Contentment, ReportKind, ReportOutcome
from concierge.kernel.errors import N_, Invalid, Refusal

LEAST_WORDS = 5


class ReportClosed(Refusal):
    """The report is closed."""

    message = N_("This report was closed on %(day)s. If the person is not satisfied, reopen it.")


class ReportOpen(Refusal):
    """The report is not closed yet."""

    message = N_("This report is not closed yet. Close it with an answer first, then ask the person.")


class ReopenUnsatisfied(Refusal):
    """Only a person who is not satisfied has a report reopened."""

    message = N_(
        "A report is reopened when the person is not satisfied. Write down what the person said first."
    )


class ReportAnswerNeeded(Invalid):
    """A report is answered."""

    message = N_("Write the answer for the person: at least %(least)s characters.")


class KindNeeded(Invalid):
    """A report is sorted before it is closed."""

    message = N_("Say first which of the four kinds it is.")


class CauseNeeded(Invalid):
    """A closed report is counted by its cause."""

    message = N_("Choose the cause from the list, so that it can be counted.")


class ApproverNeeded(Invalid):
    """No is said together with whoever would approve."""

    message = N_("A no is explained together with the approver: write the approver's name, not your own.")


class GroundNeeded(Invalid):
    """No needs its ground in the law."""

    message = N_("Write the article of law or the document that forbids it.")


class AccountNeeded(Invalid):
    """Somebody is held to account."""

    message = N_("Duty was not done here: write who was held to account, and how.")


class AssignmentFirst(Refusal):
    """What was refused is ordered to be done."""

    message = N_("Duty was not done here, so it is ordered done: make an assignment order first.")


class AssignmentOpen(Refusal):
    """An order stands without its answer."""

    message = N_("Order %(number)s has no answer yet. Record the answer first.")


class AppointmentFirst(Refusal):
    """A special request is arranged for a time and place."""

    message = N_("Write down when and where the special request is done, then close it.")


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What is written when a report is closed."""

    outcome: ReportOutcome
    answer: str
    cause_code: str = ""
    approver: str = ""
    basis: str = ""
    accountability: str = ""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What was done about a report until now. Shape: ``open_assignments`` are numbers without an answer."""

    kind: ReportKind | None
    assignments: int = 0
    open_assignments: Collection[str] = ()
    appointments: int = 0


def check_closing(closing: Closing, done: Done, causes: Collection[str], *, closer: str) -> None:
    """Whether a report may be closed like this.

    Shape: a withdrawn one needs nothing but the words that were said; ``closer`` is who closes it.
    Raises: ReportAnswerNeeded, KindNeeded, CauseNeeded, ApproverNeeded, GroundNeeded, AssignmentFirst,
        AssignmentOpen, AccountNeeded, AppointmentFirst.
    Source: ES-2 (what each kind asks for), ES-7 (answer and cause), ES-8 (nobody says no alone).
    """
    if len(closing.answer.strip()) < LEAST_WORDS:
        raise ReportAnswerNeeded(least=LEAST_WORDS, field="answer")
    if closing.outcome is ReportOutcome.WITHDRAWN:
        return
    if done.kind is None:
        raise KindNeeded(field="kind")
    if closing.cause_code not in causes:
        raise CauseNeeded(field="cause_code")
    if closing.outcome.is_negative:
        check_no(closing.approver, closing.basis, closer=closer)
    for number in done.open_assignments:
        raise AssignmentOpen(number=number)
    _check_kind(closing, done)


def _check_kind(closing: Closing, done: Done) -> None:
    """What the kind itself asks for. Source: ES-2."""
    if done.kind is ReportKind.REFUSED:
        if not done.assignments:
            raise AssignmentFirst
        if len(closing.accountability.strip()) < LEAST_WORDS:
            raise AccountNeeded(field="accountability")
    if (
        done.kind is ReportKind.SPECIAL
        and closing.outcome is ReportOutcome.ARRANGED
        and not done.appointments
    ):
        raise AppointmentFirst


def check_no(approver: str, basis: str, *, closer: str) -> None:
    """Whether a no has its approver and its ground; whoever says it is not the approver.

    Raises: ApproverNeeded, GroundNeeded.
    Source: ES-2, ES-8.
    """
    if not approver.strip() or approver.strip() == closer.strip():
        raise ApproverNeeded(field="approver")
    if len(basis.strip()) < LEAST_WORDS:
        raise GroundNeeded(field="basis")


def check_reopening(*, is_closed: bool, contentment: Contentment | None) -> None:
    """Whether a report may be taken up again. Raises: ReportOpen, ReopenUnsatisfied. Source: ES-7."""
    if not is_closed:
        raise ReportOpen
    if contentment is not Contentment.UNSATISFIED:
        raise ReopenUnsatisfied


def answer_occasion(report_id: int, round_number: int) -> str:
    """What the word to the person about one answer is known by, so that it goes once."""
    return f"report:{report_id}:{round_number}:answered"
