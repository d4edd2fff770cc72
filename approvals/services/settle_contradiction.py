"""Mark two conditions as contradicting, and settle with the lead which one holds."""

from __future__ import annotations

from sqlalchemy import select

from approvals.events.reviews import ContradictionMarked
from approvals.models.opinion import ContradictionRow
from approvals.rules.contradictions import Condition, contradict
from approvals.rules.giving_opinions import ReviewOver
from approvals.rules.joint_reviews import JointReview
from approvals.rules.settling import SettlementExpected, TwoConditionsExpected
from approvals.services.hold_review import held
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work


def mark_contradiction(review_id: int, lines: tuple[int, int], note: str, *, by: Actor) -> None:
    """Say that two conditions cannot both hold, where no rule can see it.

    Shape: ``lines`` are the numbers of two conditions of two departments that stand now.
    Raises: Missing; ReviewOver, TwoConditionsExpected.
    Effects: tells ``ContradictionMarked``.
    """
    with work(by) as w:
        _, review = held(w, review_id)
        first, second = _pair(review, lines)
        row = _row(w, review, first, second)
        row.is_marked, row.note, row.marked_by = True, note.strip(), w.by.label
        _tell(w, row, first, second)


def settle_contradiction(review_id: int, lines: tuple[int, int], resolution: str, *, by: Actor) -> None:
    """Write down what holds, as the lead and the two departments agreed.

    Raises: Missing; ReviewOver, TwoConditionsExpected, SettlementExpected.
    Effects: tells ``ContradictionMarked`` with the resolution.
    """
    with work(by) as w:
        _, review = held(w, review_id)
        first, second = _pair(review, lines)
        if not resolution.strip():
            raise SettlementExpected
        row = _row(w, review, first, second)
        if not row.is_marked and not _by_rule(first, second):
            raise Missing
        row.resolution, row.resolved_by = resolution.strip(), w.by.label
        row.resolved_on = clock.today()
        _tell(w, row, first, second)


def _pair(review: JointReview, lines: tuple[int, int]) -> tuple[Condition, Condition]:
    """The two conditions, the earlier one first; both stand in the review now."""
    if not review.is_open:
        raise ReviewOver
    standing = {c.id: c for m in review.standing if m.given for c in m.given.conditions}
    first, second = (standing.get(number) for number in sorted(lines))
    if first is None or second is None or first.department == second.department:
        raise TwoConditionsExpected
    return first, second


def _row(w: Work, review: JointReview, first: Condition, second: Condition) -> ContradictionRow:
    found = w.session.scalar(
        select(ContradictionRow)
        .where(ContradictionRow.first_line_id == first.id, ContradictionRow.second_line_id == second.id)
        .with_for_update()
    )
    return found or w.add(
        ContradictionRow(
            project_id=review.project_id,
            review_id=review.id,
            first_line_id=first.id,
            second_line_id=second.id,
            is_marked=False,
        )
    )


def _by_rule(first: Condition, second: Condition) -> bool:
    return bool(first.figure and second.figure and contradict(first.figure, second.figure))


def _tell(w: Work, row: ContradictionRow, first: Condition, second: Condition) -> None:
    w.record(
        ContradictionMarked(
            review_id=row.review_id,
            project_id=row.project_id,
            first=first.text,
            second=second.text,
            note=row.note,
            resolution=row.resolution,
        )
    )
