"""What may happen to the record of a broken promise: repair, objection, answer."""

from __future__ import annotations

from sqlalchemy import select

from approvals.events.deferrals import CreditChanged
from approvals.models.deferral import CreditRow, DeferralRow
from approvals.queries import catalogue
from approvals.rules.credit import answer_due_on, check_answer, check_change, check_objection
from approvals.rules.deferral_course import DeferralMove, DeferralState
from approvals.services.move_deferral import move_deferral
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def repair_credit(credit_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Record how the enterprise made its default good; the record is out of sight at once.

    Raises: Missing, Stale, RecordIsGone, CreditReasonMissing.
    Effects: tells ``CreditChanged``; the enterprise may promise again.
    Source: DF-11, DF-12.
    """
    with work(by) as w:
        row = w.get(CreditRow, credit_id, version=version)
        check_change(row.facts(), reason, today=clock.today())
        row.repaired_on, row.repair = clock.today(), reason.strip()
        _remove(w, row, "repaired", reason.strip())


def object_to_record(credit_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Record that the enterprise objects; the answer is due in 3 working days.

    Raises: Missing, Stale, RecordIsGone, CreditReasonMissing, ObjectionOpen.
    Source: DF-12.
    """
    with work(by) as w:
        row = w.get(CreditRow, credit_id, version=version)
        check_objection(row.facts(), reason, today=clock.today())
        row.objected_on, row.objection = clock.today(), reason.strip()
        row.answered_on, row.answer = None, ""
        row.answer_due_on = answer_due_on(clock.today(), catalogue.work_calendar(w.session))
        _tell(w, row, "objected", reason.strip())


def answer_objection(
    credit_id: int, answer: str, *, is_upheld: bool, version: int | None = None, by: Actor
) -> None:
    """Answer an objection; one that is right takes the record out of sight at once.

    Raises: Missing, Stale, RecordIsGone, CreditReasonMissing, NoObjection.
    Source: DF-12.
    """
    with work(by) as w:
        row = w.get(CreditRow, credit_id, version=version)
        check_answer(row.facts(), answer, today=clock.today())
        row.answered_on, row.answer = clock.today(), answer.strip()
        if is_upheld:
            _remove(w, row, "upheld", answer.strip())
        else:
            _tell(w, row, "dismissed", answer.strip())


def _remove(w: Work, row: CreditRow, what: str, reason: str) -> None:
    row.removed_on = clock.today()
    _tell(w, row, what, reason)
    deferral = w.session.scalar(select(DeferralRow).where(DeferralRow.number == row.number).with_for_update())
    if deferral is not None and deferral.state is DeferralState.CREDIT_RECORDED:
        move_deferral(w, deferral, DeferralMove.REPAIR, reason=reason)


def _tell(w: Work, row: CreditRow, what: str, reason: str) -> None:
    w.record(
        CreditChanged(
            credit_id=row.id,
            project_id=row.project_id,
            uscc=row.uscc,
            number=row.number,
            what=what,
            reason=reason,
        )
    )
