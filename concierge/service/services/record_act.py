"""Write down what was done with people for a case: a visit, an answer, a call back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.service.events import ServiceRecordMade
from concierge.service.models.case import CaseRecord
from concierge.service.queries.case_file import file_of
from concierge.service.rules.case import Record
from concierge.service.rules.records import check_record
from concierge.service.services.pick_up_case import pick_up_case


@dataclass(frozen=True, kw_only=True)
class NewRecord:
    """What was done. Shape: ``satisfaction`` 1 (very satisfied) to 5, only where it was asked."""

    kind: Record
    happened_on: date
    whom: str
    words: str
    satisfaction: int | None = None


def record_act(case_id: int, new: NewRecord, *, by: Actor) -> int:
    """Add a record to a case; answers its row.

    Raises: Missing; CaseClosed; WordsMissing, WhomMissing, RecordInFuture, SatisfactionWrong.
    Source: SF-1 to SF-3; SF-4, each step leaves a document.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id, may_be_suspended=True)
        check_record(
            new.kind,
            new.words,
            new.whom,
            new.satisfaction,
            happened_on=new.happened_on,
            today=clock.today(),
        )
        step = file_of(w.session, case).current
        row = w.add(
            CaseRecord(
                project_id=case.project_id,
                case_id=case.id,
                step_place=step.place if step else 0,
                kind=new.kind,
                happened_on=new.happened_on,
                recorded_at=clock.now(),
                by_id=w.by.id,
                by=w.by.label,
                whom=new.whom.strip(),
                words=new.words.strip(),
                satisfaction=new.satisfaction,
            )
        )
        w.record(ServiceRecordMade(case.id, case.project_id, new.kind.value, new.satisfaction))
        return row.id
