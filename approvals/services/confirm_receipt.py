"""Confirm that a department has the submission of a joint review."""

from __future__ import annotations

from approvals.events.reviews import ReceiptConfirmed
from approvals.models.joint_review import ReviewMemberRow
from approvals.rules.giving_opinions import NotAsked, ReviewOver
from approvals.rules.opinions import OpinionWay
from approvals.services.hold_review import department_names, held
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def confirm_receipt(review_id: int, department: str, *, by: Actor, received_by: str = "") -> None:
    """Write down that a department has the submission.

    Raises: Missing, NotAsked, ReviewOver.
    Effects: tells ``ReceiptConfirmed``, the first time only.
    Source: PR-3, PR-4.
    """
    with work(by) as w:
        confirm(w, review_id, department, way=OpinionWay.SCREEN, received_by=received_by)


def confirm(
    w: Work, review_id: int, department: str, *, way: OpinionWay, received_by: str = "", lang: str = "zh"
) -> None:
    """The same in the caller's work; a second confirmation changes nothing."""
    row, review = held(w, review_id)
    if not review.is_open:
        raise ReviewOver
    member = review.member(department)
    if member is None:
        raise NotAsked(department=department_names(w, lang).get(department, department))
    if member.received_at is not None:
        return
    asked = w.get(ReviewMemberRow, member.id)
    asked.received_at, asked.received_way = clock.now(), way
    asked.received_by = received_by.strip() or w.by.label
    w.record(
        ReceiptConfirmed(
            review_id=row.id,
            project_id=row.project_id,
            department=department,
            round=member.round,
            way=way.value,
        )
    )
