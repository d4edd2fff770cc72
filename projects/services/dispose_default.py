"""Decide what follows a promise that was not kept: the case, and the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.rules.credit import CreditReasonMissing
from approvals.rules.deferral import DueDayTooEarly
from approvals.rules.deferral_course import (
    Consequence,
    DeferralState,
    NoSuchConsequence,
    NoSuchDeferralMove,
    consequences,
)
from approvals.rules.progress import Act, Move
from approvals.services.record_default import record_default
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from projects.models.project import Project
from projects.queries.standing import expansion_of
from projects.services.record_move import record

DISPOSABLE = (DeferralState.DEFAULTED, DeferralState.CREDIT_RECORDED)


@dataclass(frozen=True, kw_only=True)
class Disposal:
    """What follows a default, on what basis and why.

    Units: ``put_right_by_on`` is the civil day until which a certificate already issued is to be put right.
    """

    consequence: Consequence
    basis: str
    reason: str
    number: str = ""
    put_right_by_on: date | None = None


def dispose_default(
    deferral_id: int, disposal: Disposal, *, version: int | None = None, lang: str = "zh", by: Actor
) -> None:
    """Close the case of a broken promise, or have its certificate put right, and put the default on record.

    Raises: Missing, Stale, NoSuchDeferralMove, NoSuchConsequence, CreditReasonMissing, DueDayTooEarly; what
        the move of the case raises.
    Effects: the step moves; the bare fact stands on the enterprise's record.
    Source: DF-10, DF-11, DF-12.
    """
    with work(by) as w:
        row = w.get(DeferralRow, deferral_id, version=version)
        if row.state not in DISPOSABLE:
            raise NoSuchDeferralMove(number=row.number)
        if not disposal.reason.strip():
            raise CreditReasonMissing(field="reason")
        step = w.get(Step, row.step_id)
        _check(row, step, disposal)
        if disposal.consequence is Consequence.PUT_RIGHT:
            row.put_right_by_on = disposal.put_right_by_on
        elif step.ended_on is None:
            record(w, step, _act(step, disposal), lang=lang)
        if row.state is DeferralState.DEFAULTED:
            record_default(w, row, _name(w, row, step, lang), reason=disposal.reason.strip())


def _check(row: DeferralRow, step: Step, disposal: Disposal) -> None:
    lawful = consequences(
        is_decided=step.finished_on is not None, was_to_be_put_right=row.put_right_by_on is not None
    )
    if disposal.consequence not in lawful:
        raise NoSuchConsequence
    by_on = disposal.put_right_by_on
    if disposal.consequence is Consequence.PUT_RIGHT and (by_on is None or by_on <= clock.today()):
        typed = by_on.isoformat() if by_on else "—"
        raise DueDayTooEarly(day=typed, earlier=clock.today().isoformat(), field="put_right_by_on")


def _act(step: Step, disposal: Disposal) -> Act:
    """How the case is closed: as withdrawn, before acceptance or after it; as refused; or revoked."""
    withdrawn = Move.RECALL if step.accepted_on is not None else Move.WITHDRAW
    move = {
        Consequence.WITHDRAWN: withdrawn,
        Consequence.REFUSED: Move.REFUSE,
        Consequence.REVOKED: Move.REVOKE,
    }[disposal.consequence]
    return Act(move, clock.today(), basis=disposal.basis, reason=disposal.reason, number=disposal.number)


def _name(w: Work, row: DeferralRow, step: Step, lang: str) -> str:
    project = w.get(Project, row.project_id)
    catalogue, _ = expansion_of(w.session, project)
    papers = catalogue.materials_of.get(step.code, ())
    return next((paper.spoken(lang) for paper in papers if paper.code == row.material), row.material)
