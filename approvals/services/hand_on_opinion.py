"""Deal with a “not ours” as the lead: take the matter over, or ask the department whose it is."""

from __future__ import annotations

from approvals.events.reviews import OpinionHandedOn
from approvals.models.joint_review import ReviewMemberRow
from approvals.queries import catalogue, reviews
from approvals.rules.giving_opinions import ReviewOver
from approvals.rules.handing_on import check_handing_on
from approvals.rules.joint_reviews import ReviewState
from approvals.services.convene_review import ask_members
from approvals.services.hold_review import department_names, held
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import work


def hand_on_opinion(
    review_id: int, department: str, handed_to: str, *, note: str = "", lang: str = "zh", by: Actor
) -> None:
    """Say who takes over what a department said is not its own.

    Shape: ``handed_to`` is the lead's own code when it takes the matter over itself.
    Raises: Missing; ReviewOver, NothingToHandOn, HandedToNobody.
    Effects: a department that was not asked yet is sent the submission, with the group's time from today;
        tells ``OpinionHandedOn``.
    Source: PR-3.
    """
    with work(by) as w:
        row, review = held(w, review_id)
        if not review.is_open:
            raise ReviewOver
        names = department_names(w, lang)
        member = check_handing_on(review, department, handed_to, names)
        asked = w.get(ReviewMemberRow, member.id)
        asked.handed_to, asked.handed_note = handed_to, note.strip()
        if review.member(handed_to) is None:
            group = reviews.review_groups(w.session).get(row.review_group)
            if group is None:
                raise Missing
            calendar = catalogue.work_calendar(w.session)
            due_on = calendar.add_workdays(calendar.on_or_after(clock.today()), group.opinion_workdays)
            ask_members(w, row, (handed_to,), due_on=due_on)
            row.opinions_due_on = max(row.opinions_due_on, due_on)
            row.state = ReviewState.GATHERING
        w.record(
            OpinionHandedOn(
                review_id=row.id,
                project_id=row.project_id,
                department=department,
                handed_to=handed_to,
                note=note.strip(),
            )
        )
