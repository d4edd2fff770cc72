"""What else a person's projects ask for, as lines of the day: papers owed, sittings, orders, notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from approvals.rules.deferral_course import DeferralState
from approvals.rules.joint_reviews import ReviewState
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from concierge.staff.rules.todo import Todo, TodoKind
from concierge.supervision.rules.order_number import order_number
from concierge.today.models import NoteRow
from concierge.today.queries import paper_rows
from concierge.today.views.step_todos import RECORD, SHOW
from projects.rules.owner import owner_name

TAKE_IN, SIGN, ANSWER = N_("Take in"), N_("Sign"), N_("Answer")
DEFERRALS: Mapping[DeferralState, tuple[TodoKind, str, str]] = {
    DeferralState.DRAFTED: (TodoKind.ACT, N_("Have the commitment for “%(material)s” signed"), SIGN),
    DeferralState.SIGNED: (TodoKind.WAIT, N_("Whether “%(material)s” may come later"), SHOW),
    DeferralState.GRANTED: (TodoKind.ACT, N_("Collect “%(material)s”"), TAKE_IN),
    DeferralState.OVERDUE: (TodoKind.ACT, N_("Collect “%(material)s”"), TAKE_IN),
    DeferralState.SUPPLIED: (TodoKind.WAIT, N_("Whether “%(material)s” is in order"), SHOW),
    DeferralState.VERIFIED: (TodoKind.WAIT, N_("Whether “%(material)s” is in order"), SHOW),
}
A_RESULT = N_("“%(material)s”, the result of another step")
DEFERRAL_WHY = N_("Commitment %(number)s for “%(step)s”")
ATTEND = N_("Attend the joint review of “%(step)s”")
OPINIONS = N_("Opinions on the joint review of %(sent)s")
ANSWER_REVIEW = N_("Give the one answer of the joint review of %(sent)s")
TASK = N_("Do what the joint review asked: %(what)s")
TASK_OF_OTHERS = N_("What the joint review asked: %(what)s")
ORDER = N_("Get the answer of %(who)s to supervision order %(number)s")
ORDER_WHY = N_("About “%(step)s”, issued on %(issued)s")
NOTE = N_("%(words)s")
NOTE_WHY = N_("Noted by %(by)s on %(written)s")
PROMISE_WHY = N_("Promised to the enterprise, noted by %(by)s on %(written)s")


def deferral_todos(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    """The papers that come later: to be signed for, collected, checked; one query.

    Source: DF-8.
    """
    for row in paper_rows.deferral_rows(session, reader, on):
        deferral, catalogue = row.DeferralRow, _catalogue(session, row)
        kind, text, action = DEFERRALS[deferral.state]
        if deferral.producer and kind is TodoKind.ACT and deferral.state is not DeferralState.DRAFTED:
            kind, text, action = TodoKind.WAIT, A_RESULT, SHOW
        code = row.code
        is_ours = kind is TodoKind.ACT
        yield Todo(
            key=f"deferral:{deferral.id}:{deferral.state.value}",
            text=text,
            why=DEFERRAL_WHY,
            facts={
                "material": _material(catalogue, code, deferral.material),
                "number": deferral.number,
                "step": catalogue.matter_of.get(code) or code,
            },
            kind=kind,
            due_on=deferral.due_on or deferral.asked_due_on,
            waiting_since_on=None if is_ours else deferral.supplied_on or deferral.signed_on,
            project_id=deferral.project_id,
            project=row.name,
            department=_party(row) if is_ours else _department(catalogue, row.department),
            place=(row.address or "") if is_ours else "",
            phone=(row.phone if is_ours else row.window_phone) or "",
            post=row.post,
            href=url_for("CommitmentsView.one", deferral_id=deferral.id),
            action=action,
        )


def review_todos(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    """The sittings to attend, the reviews that gather opinions, and what came out of them; three queries.

    Source: PR-3, PR-4.
    """
    for row in paper_rows.sitting_rows(session, reader, on):
        item, sitting = row.SittingItemRow, row.SittingRow
        yield Todo(
            key=f"sitting:{sitting.id}:{item.project_id}-{item.code}",
            text=ATTEND,
            facts={"step": _catalogue(session, row).matter_of.get(item.code) or item.code},
            due_on=sitting.on,
            at=sitting.begins_at,
            minutes=item.minutes,
            project_id=item.project_id,
            project=row.name,
            place=row.room or "",
            post=row.post,
            href=url_for("ReviewBoardView.one", sitting_id=sitting.id),
            action=SHOW,
        )
    for row in paper_rows.review_rows(session, reader, on):
        review = row.JointReviewRow
        gathers = review.state is ReviewState.GATHERING and review.opinions_due_on >= on
        yield Todo(
            key=f"review:{review.id}:{'opinions' if gathers else 'answer'}-{review.round}",
            text=OPINIONS if gathers else ANSWER_REVIEW,
            facts={"sent": review.sent_on},
            kind=TodoKind.WAIT if gathers else TodoKind.ACT,
            due_on=review.opinions_due_on,
            waiting_since_on=review.sent_on if gathers else None,
            project_id=review.project_id,
            project=row.name,
            department=_department(_catalogue(session, row), review.lead),
            post=row.post,
            href=url_for("JointReviewView.one", review_id=review.id),
            action=SHOW if gathers else ANSWER,
        )
    yield from _tasks(session, reader, on)


def _tasks(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    for row in paper_rows.task_rows(session, reader, on):
        task, catalogue = row.ReviewTaskRow, _catalogue(session, row)
        is_others = task.department in catalogue.department_of
        yield Todo(
            key=f"task:{task.id}:do",
            text=TASK_OF_OTHERS if is_others else TASK,
            facts={"what": task.what},
            kind=TodoKind.WAIT if is_others else TodoKind.ACT,
            due_on=task.due_on,
            project_id=task.project_id,
            project=row.name,
            department=_department(catalogue, task.department),
            post=row.post,
            href=url_for("JointReviewView.one", review_id=task.review_id),
            action=RECORD,
        )


def order_todos(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    """The supervision orders whose answer is to be brought; one query."""
    for row in paper_rows.order_rows(session, reader, on):
        order, catalogue = row.OrderRow, _catalogue(session, row)
        yield Todo(
            key=f"order:{order.id}:answer",
            text=ORDER,
            why=ORDER_WHY,
            facts={
                "who": _department(catalogue, order.department),
                "number": order_number(order.year, order.serial),
                "step": catalogue.matter_of.get(row.code) or row.code,
                "issued": order.issued_on,
            },
            due_on=order.answer_due_on,
            project_id=order.project_id,
            project=row.name,
            department=_department(catalogue, order.department),
            post=row.post,
            href=url_for("OrderView.one", order_id=order.id),
            action=ANSWER,
            card=row.colour.value,
        )


def note_todos(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    """The notes to come back to: one's own, and those about the projects in one's hands; two queries."""
    own, shared = paper_rows.note_rows(session, reader, on)
    for note in own:
        yield _note(note, "", "")
    for row in shared:
        yield _note(row.NoteRow, row.name, row.post)


def _note(note: NoteRow, project: str, post: str) -> Todo:
    return Todo(
        key=f"note:{note.id}:do",
        text=NOTE,
        why=PROMISE_WHY if note.is_promise else NOTE_WHY,
        facts={"words": note.text, "by": note.written_by, "written": clock.local(note.written_at).date()},
        due_on=note.due_on,
        at=note.due_at,
        project_id=note.project_id,
        project=project,
        place=note.place,
        phone=note.phone,
        post=post,
        page=url_for("TodayNoteView.form", note_id=note.id),
        may_tick=True,
    )


def _catalogue(session: Session, row: Any) -> Catalogue:
    return catalogue_queries.catalogue(row.edition_id, session)


def _department(catalogue: Catalogue, code: str) -> str:
    return owner_name(catalogue.department_of.get(code), code, language())


def _party(row: Any) -> str:
    return f"{row.enterprise} {row.contact or ''}".strip()


def _material(catalogue: Catalogue, step: str, code: str) -> Any:
    return next((one for one in catalogue.materials if (one.matter, one.code) == (step, code)), code)
