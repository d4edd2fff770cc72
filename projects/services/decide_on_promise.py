"""Decide a step on the spot, on the applicant's promise; revoke the decision if the promise was untrue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.models.deferral import AssuranceRow
from approvals.models.step import Step
from approvals.rules.credit import CreditReasonMissing
from approvals.rules.progress import Act, Move
from approvals.services.assure import NewAssurance, assure, revoke
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from projects.models.project import Enterprise, Project
from projects.queries.standing import expansion_of
from projects.services.record_move import record


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What the applicant declares, who decided on it, and when it is looked into.

    Units: civil days. Shape: ``result_number`` is that of the result given on the spot.
    """

    declares: str
    basis: str
    signed_by: str
    decided_by: str
    check_due_on: date
    result_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Revocation:
    """Why a decision is revoked, on what basis. Shape: ``number`` is that of the decision to revoke."""

    basis: str
    reason: str
    number: str = ""


def decide_on_promise(
    step_id: int, declared: Declared, *, version: int | None = None, lang: str = "zh", by: Actor
) -> int:
    """Decide a step on a promise; answers the number of the promise in the books.

    Raises: Missing, Stale; what the rules of assurance and the move of the case refuse.
    Effects: the step is accepted and has its result, both today; the plan is made again.
    Source: DF-14, DF-13, DF-11.
    """
    with work(by) as w:
        step = w.get(Step, step_id, version=version)
        project = w.get(Project, step.project_id)
        catalogue, _ = expansion_of(w.session, project)
        row = assure(
            w,
            step,
            NewAssurance(
                step_name=catalogue.matter(step.code).spoken(lang),
                uscc=w.session.get_one(Enterprise, project.enterprise_id).uscc,
                declares=declared.declares,
                basis=declared.basis,
                signed_by=declared.signed_by,
                decided_by=declared.decided_by,
                check_due_on=declared.check_due_on,
            ),
        )
        today = clock.today()
        if step.accepted_on is None:
            record(w, step, Act(Move.ACCEPT, today, basis=declared.basis), lang=lang)
        result = Act(Move.PASS, today, basis=declared.basis, number=declared.result_number or row.number)
        record(w, step, result, lang=lang)
        return row.id


def revoke_decision(
    assurance_id: int, revocation: Revocation, *, version: int | None = None, lang: str = "zh", by: Actor
) -> None:
    """Revoke a decision whose promise proved untrue; the step loses its result.

    Raises: Missing, Stale, NoSuchAssuranceMove, CreditReasonMissing; what the move of the case refuses.
    Source: DF-14.
    """
    with work(by) as w:
        row = w.get(AssuranceRow, assurance_id, version=version)
        reason = revocation.reason.strip()
        if not reason:
            raise CreditReasonMissing(field="reason")
        revoke(w, row, reason)
        step = w.get(Step, row.step_id)
        if step.finished_on is not None and step.attempt == row.attempt:
            act = Act(
                Move.REVOKE,
                clock.today(),
                basis=revocation.basis,
                reason=reason,
                number=revocation.number,
            )
            record(w, step, act, lang=lang)
