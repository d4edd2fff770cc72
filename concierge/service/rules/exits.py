"""When a step of a service case is done: its exit tests, each with the sentence that says what is missing."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from concierge.kernel.errors import N_, Refusal
from concierge.service.rules.case import Record


class EntrustmentUnsigned(Refusal):
    """Nobody has entrusted the office yet."""

    message = N_("The entrustment letter is not signed yet. Print it, have it signed, and note the day.")


class FormIncomplete(Refusal):
    """Fields of the one form are empty."""

    message = N_("Empty fields of the form: %(count)s. Fill them in and save the form.")


class SetIncomplete(Refusal):
    """Papers of the one set are neither here nor promised."""

    message = N_(
        "Papers missing: %(count)s. Note each as received, as drawn from shared data, or as coming later."
    )


class SetNotHere(Refusal):
    """Papers that were to come later have not come."""

    message = N_("Papers that were to come later and are not here: %(count)s. Note them as they come.")


class AcceptanceNotIssued(Refusal):
    """There is no acceptance slip."""

    message = N_("The acceptance slip is not issued yet. Issue it: the customer takes it home.")


class NotInHand(Refusal):
    """Nobody has the case in hand."""

    message = N_("Nobody has taken this case over at “%(office)s” yet. Take it over first.")


class SetNotReceived(Refusal):
    """The place in charge has not received the electronic set."""

    message = N_(
        "The place in charge has not received the electronic set yet. Note the day on which it does."
    )


class ItemsOpen(Refusal):
    """Services are neither done nor refused."""

    message = N_(
        "Services still open: %(count)s. Note for each that it is done, or the reason it is refused."
    )


class ResultsUnsigned(Refusal):
    """Results are not in the customer's hands."""

    message = N_("The results are not signed for yet. Hand them over or send them, and note who signed.")


class RecordMissing(Refusal):
    """Something had to be done with people, and nobody wrote it down."""

    message = N_(
        "A record this step asks for is not there yet. Write down what was done, when and with whom."
    )


class ExitTest(enum.Enum):
    """What may be asked before a step is done.

    Source: SF-4.
    """

    ENTRUSTMENT_SIGNED = "entrustment_signed"
    FORM_COMPLETE = "form_complete"
    SET_COMPLETE = "set_complete"
    SET_HERE = "set_here"
    ACCEPTANCE_ISSUED = "acceptance_issued"
    IN_HAND = "in_hand"
    ITEMS_SETTLED = "items_settled"
    RESULTS_SIGNED = "results_signed"
    CONSULTATION_RECORDED = "consultation_recorded"
    SURVEY_RECORDED = "survey_recorded"
    VISIT_RECORDED = "visit_recorded"
    COORDINATION_RECORDED = "coordination_recorded"
    PROGRESS_RECORDED = "progress_recorded"
    ANSWER_RECORDED = "answer_recorded"
    REPORT_RECORDED = "report_recorded"
    CALL_BACK_RECORDED = "call_back_recorded"
    RATING_RECORDED = "rating_recorded"
    ARCHIVE_RECORDED = "archive_recorded"


@dataclass(frozen=True, kw_only=True)
class CaseProgress:
    """What is in the file of a case.

    Shape: counts of what is missing or open; ``records`` are the kinds written down so far; ``office`` is the
        name of where the case is on its way to, empty when somebody has it.
    """

    is_entrusted: bool = False
    fields_empty: int = 0
    papers_missing: int = 0
    papers_later: int = 0
    is_acceptance_issued: bool = False
    office: str = ""
    is_set_awaited: bool = False
    items_open: int = 0
    items_done: int = 0
    deliveries: int = 0
    deliveries_unsigned: int = 0
    records: frozenset[Record] = frozenset()


def _results(file: CaseProgress) -> Refusal | None:
    needed = file.items_done > 0 and file.deliveries == 0
    return ResultsUnsigned() if needed or file.deliveries_unsigned else None


def _set_here(file: CaseProgress) -> Refusal | None:
    if file.is_set_awaited:
        return SetNotReceived()
    waiting = file.papers_later + file.papers_missing
    return SetNotHere(count=waiting) if waiting else None


_FILE_TESTS: Mapping[ExitTest, Callable[[CaseProgress], Refusal | None]] = {
    ExitTest.ENTRUSTMENT_SIGNED: lambda f: None if f.is_entrusted else EntrustmentUnsigned(),
    ExitTest.FORM_COMPLETE: lambda f: FormIncomplete(count=f.fields_empty) if f.fields_empty else None,
    ExitTest.SET_COMPLETE: lambda f: SetIncomplete(count=f.papers_missing) if f.papers_missing else None,
    ExitTest.SET_HERE: _set_here,
    ExitTest.ACCEPTANCE_ISSUED: lambda f: None if f.is_acceptance_issued else AcceptanceNotIssued(),
    ExitTest.IN_HAND: lambda f: NotInHand(office=f.office) if f.office else None,
    ExitTest.ITEMS_SETTLED: lambda f: ItemsOpen(count=f.items_open) if f.items_open else None,
    ExitTest.RESULTS_SIGNED: _results,
}


def unmet(exits: Iterable[ExitTest], file: CaseProgress) -> tuple[Refusal, ...]:
    """What still stands against the end of a step, in the order of its exit tests.

    Source: SF-4, each step has an exit test.
    """
    found = []
    for test in exits:
        asked = _FILE_TESTS.get(test)
        if asked is None:
            kind = Record(test.value.removesuffix("_recorded"))
            missing: Refusal | None = None if kind in file.records else RecordMissing(record=kind.value)
        else:
            missing = asked(file)
        if missing is not None:
            found.append(missing)
    return tuple(found)
