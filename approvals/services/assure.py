"""Decide on a promise, check it later, revoke the decision if it was untrue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.events.deferrals import AssuranceMoved
from approvals.models.deferral import AssuranceRow
from approvals.models.step import Step
from approvals.queries.deferrals import unrepaired
from approvals.rules.agents import check_owner_signs
from approvals.rules.assurance import AssuranceState, after_check, after_revocation, check_assurance
from approvals.services.record_default import record_credit
from approvals.services.take_number import ASSURANCES, take_number
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


@dataclass(frozen=True, kw_only=True)
class NewAssurance:
    """What the applicant declares, and who decides on it. Shape: ``step_name`` as people read it."""

    step_name: str
    uscc: str
    declares: str
    basis: str
    signed_by: str
    decided_by: str
    check_due_on: date


def assure(w: Work, step: Step, new: NewAssurance) -> AssuranceRow:
    """Write down a decision on a promise, on a step the caller holds and decides in the same work.

    Raises: ProtectedFromPromises, PromiseBarred, AssuranceIncomplete, CheckTooEarly, OwnerMustSign.
    Effects: takes a number; tells ``AssuranceMoved``.
    Source: DF-14, DF-13, DF-11, AC-16.
    """
    today = clock.today()
    check_owner_signs(new.signed_by, (w.by.label,))
    check_assurance(
        matter=step.code,
        step=new.step_name,
        said=(new.declares, new.basis, new.signed_by, new.decided_by),
        decided_on=today,
        check_due_on=new.check_due_on,
        unrepaired=unrepaired(w.session, new.uscc, today),
    )
    row = w.add(
        AssuranceRow(
            number=take_number(w, ASSURANCES, today),
            project_id=step.project_id,
            step_id=step.id,
            attempt=step.attempt,
            uscc=new.uscc,
            state=AssuranceState.DECIDED,
            declares=new.declares.strip(),
            basis=new.basis.strip(),
            signed_by=new.signed_by.strip(),
            decided_on=today,
            decided_by=new.decided_by.strip(),
            check_due_on=new.check_due_on,
        )
    )
    _tell(w, row, row.declares)
    return row


def check_promise(
    assurance_id: int, *, is_true: bool, finding: str, checked_by: str, version: int | None = None, by: Actor
) -> None:
    """Record what the check after the decision found.

    Raises: Missing, Stale, NoSuchAssuranceMove, FindingMissing.
    Effects: an untrue promise goes on record, as a broken one does; tells ``AssuranceMoved``.
    Source: DF-14, DF-11, DF-12.
    """
    with work(by) as w:
        row = w.get(AssuranceRow, assurance_id, version=version)
        row.state = after_check(row.number, row.state, is_true=is_true, finding=finding)
        row.checked_on, row.checked_by = clock.today(), checked_by.strip() or by.label
        row.finding = finding.strip()
        _tell(w, row, row.finding)
        if row.state is AssuranceState.UNTRUE:
            record_credit(w, row, row.declares, due_on=row.decided_on, was_supplied=False)


def revoke(w: Work, row: AssuranceRow, reason: str) -> None:
    """Mark a decision as revoked, on a row the caller holds; the step is moved in the same work.

    Raises: NoSuchAssuranceMove.
    Source: DF-14, revoked if untrue.
    """
    row.state = after_revocation(row.number, row.state)
    row.revoked_on = clock.today()
    _tell(w, row, reason)


def _tell(w: Work, row: AssuranceRow, reason: str) -> None:
    w.record(
        AssuranceMoved(
            assurance_id=row.id,
            project_id=row.project_id,
            step_id=row.step_id,
            number=row.number,
            state=row.state.value,
            reason=reason,
        )
    )
