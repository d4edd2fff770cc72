"""Close a round of opinions: everybody has answered, or the day is over and silence is written down."""

from __future__ import annotations

from datetime import date

from approvals.events.reviews import OpinionGiven, RoundClosed
from approvals.models.joint_review import JointReviewRow
from approvals.models.opinion import OpinionRow
from approvals.rules.joint_reviews import SILENCE_AGREES, Member, ReviewState, silent_members
from approvals.rules.opinions import OpinionWay, Stance
from approvals.services.hold_review import held
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.work import Work, work


def close_round(review_id: int, *, by: Actor = SYSTEM) -> bool:
    """Write down the silence of every department whose day has passed; answers whether there was any.

    Run twice on one day, it finds nothing the second time.

    Raises: Missing.
    Effects: tells ``OpinionGiven`` for each silent department, and ``RoundClosed`` when nobody has time left.
    Source: PR-4.
    """
    with work(by) as w:
        return close_if_over(w, review_id)


def close_if_over(w: Work, review_id: int) -> bool:
    """The same in the caller's work."""
    row, review = held(w, review_id)
    silent = silent_members(review, clock.today())
    for member in silent:
        _write_silence(w, row, member)
    have_time = [m for m in review.standing if m.given is None and m not in silent]
    if silent and not have_time and row.state is ReviewState.GATHERING:
        close(w, row, tuple(member.department for member in silent))
    return bool(silent)


def close(w: Work, row: JointReviewRow, silent: tuple[str, ...]) -> None:
    """Mark the round of a held review as over."""
    row.state = ReviewState.GATHERED
    w.record(
        RoundClosed(
            review_id=row.id,
            project_id=row.project_id,
            round=row.round,
            silent=silent,
            silence_agrees=row.silence == SILENCE_AGREES,
        )
    )


def _write_silence(w: Work, row: JointReviewRow, member: Member) -> None:
    w.add(
        OpinionRow(
            project_id=row.project_id,
            member_id=member.id,
            stance=Stance.SILENT,
            way=OpinionWay.RULE,
            given_on=clock.today(),
            given_by="",
            at=clock.now(),
            recorded_by=w.by.label,
        )
    )
    tell_opinion(w, row, member, Stance.SILENT, OpinionWay.RULE, clock.today())


def tell_opinion(
    w: Work, row: JointReviewRow, member: Member, stance: Stance, way: OpinionWay, given_on: date
) -> None:
    """Tell that a member of a held review has an opinion, or that its silence counts."""
    w.record(
        OpinionGiven(
            review_id=row.id,
            project_id=row.project_id,
            department=member.department,
            round=member.round,
            stance=stance.value,
            given_on=given_on,
            way=way.value,
        )
    )
