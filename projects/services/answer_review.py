"""Give the one answer of a joint review, and do to its steps what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from sqlalchemy import select

from approvals.models.paper import PaperVersionRow
from approvals.models.step import Step
from approvals.queries import joint_reviews, papers
from approvals.rules.case import ToldAlready
from approvals.rules.consolidation import OneList
from approvals.rules.joint_reviews import AnswerKind, JointReview
from approvals.rules.lifecycle import StepState
from approvals.rules.minutes import NewTask
from approvals.rules.papers import Fault, Finding, ToldItem
from approvals.rules.progress import Act, Move
from approvals.rules.stops import CORRECTION_BASIS
from approvals.rules.telling import complete_list
from approvals.rules.ways import way
from approvals.services.check_paper import check
from approvals.services.consolidate_review import consolidate
from approvals.services.open_second_round import open_round
from approvals.services.tell_once import Telling, tell
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.work import Work, work
from projects.models.project import Project
from projects.queries.papers import asked_at
from projects.services.record_move import record
from projects.services.tell_what_is_missing import take


class ExpectedOnMissing(Invalid):
    """A list of missing papers that does not say by when they are expected, though a clock stops for them."""

    message = N_("Say by when the papers are expected: until then the clocks of the steps stand still.")
    field = "expected_on"


@dataclass(frozen=True, kw_only=True)
class NewAnswer:
    """The one answer as somebody gives it.

    Shape: ``expected_on`` is the day by which missing papers are expected, None when none are missing.
    """

    text: str
    tasks: tuple[NewTask, ...] = ()
    expected_on: date | None = None
    version: int | None = None


def answer_review(review_id: int, answer: NewAnswer, *, lang: str = "zh", by: Actor) -> tuple[str, ...]:
    """Give the one answer; answers the steps whose clocks stopped for missing papers.

    An answer that agrees moves no step: it is a record, and whoever decides passes the step. One that asks
    for papers is the one list the enterprise is told, so every step of the review that is with its department
    goes into correction. A step whose faults were told before stays as it is: a second list is unlawful.

    Raises: Missing, Stale; ExpectedOnMissing; everything ``consolidate`` and ``record`` refuse.
    Effects: as ``consolidate``; one ``StepMoved`` for each step that goes into correction, with its one-time
        notice where the list names papers of its guide.
    Source: PR-3, AC-1, AC-4, CL-5.
    """
    with work(by) as w:
        draft = consolidate(w, review_id, answer.text, tasks=answer.tasks, version=answer.version, lang=lang)
        if draft.kind is not AnswerKind.MATERIAL:
            return ()
        stopped = [
            step.code
            for step in _steps(w, joint_reviews.review(w.session, review_id))
            if _correct(w, step, answer, draft.materials, lang)
        ]
        return tuple(stopped)


def resubmit_review(
    review_id: int,
    *,
    changed: Iterable[str] = (),
    closing: time | None = None,
    version: int | None = None,
    lang: str = "zh",
    by: Actor,
) -> tuple[str, ...]:
    """Send the corrected submission to those affected; answers whom.

    Shape: ``closing`` is when the office closes; what is sent later counts from the next working day.
    Raises: Missing, Stale; StillMissing, for papers told and not here; everything ``open_round`` and
        ``record`` refuse.
    Effects: as ``open_round``; the steps that waited for the papers go on, and their notices are closed.
    Source: PR-3, CL-5.
    """
    with work(by) as w:
        review = joint_reviews.review(w.session, review_id)
        told = review.answer
        if told is not None and told.kind is AnswerKind.MATERIAL:
            for step in _steps(w, review):
                if step.state is StepState.CORRECTING:
                    _corrected(w, step, lang)
        return open_round(w, review_id, changed=tuple(changed), closing=closing, version=version, lang=lang)


def _corrected(w: Work, step: Step, lang: str) -> None:
    """Let a step go on: what its one-time notice named has to be here."""
    notice = papers.notice_of(w.session, step)
    if notice is not None and notice.answered_on is None:
        take(w, step, clock.today(), lang=lang)
    else:
        record(w, step, Act(Move.CORRECTED, clock.today()), lang=lang)


def _steps(w: Work, review: JointReview) -> list[Step]:
    asked = select(Step).where(Step.project_id == review.project_id, Step.code.in_(review.steps))
    return list(w.session.scalars(asked.order_by(Step.id).with_for_update()))


def _correct(w: Work, step: Step, answer: NewAnswer, told: Sequence[OneList], lang: str) -> bool:
    """Put a step into correction if it is with its department; answers whether it is now."""
    if way(Move.CORRECT, step.state, is_accepted=step.accepted_on is not None) is None:
        return False
    if answer.expected_on is None:
        raise ExpectedOnMissing
    if papers.notice_of(w.session, step) is not None:
        return False
    act = Act(Move.CORRECT, clock.today(), reason=answer.text, planned_last_on=answer.expected_on)
    try:
        record(w, step, replace(act, number=_notice(w, step, told)), lang=lang)
    except ToldAlready:
        return False
    return True


def _notice(w: Work, step: Step, told: Sequence[OneList]) -> str:
    """Write the papers of the list that this step asks for on its one-time notice.

    A paper that is here and not good enough is marked; one that comes by itself is nobody's to bring.

    Shape: answers the notice's number, empty where the list names nothing from the step's own guide.
    Source: AC-1, AC-6.
    """
    asked = asked_at(w.session, w.get(Project, step.project_id), step, "zh")
    missing, own = {item.material for item in complete_list(asked)}, {one.material for one in asked}
    here = papers.papers_here(w.session, step.project_id)
    items = [
        ToldItem(one.material, Fault.UNFIT if one.material in here else Fault.MISSING, _who(one))
        for one in told
        if one.material in missing or (one.material in own and one.material in here)
    ]
    if not items:
        return ""
    for item in items:
        if item.fault is Fault.UNFIT:
            row = w.get(PaperVersionRow, here[item.material].newest.id)
            check(w, row, Finding.UNFIT, clock.today(), reason=item.words)
    return tell(w, step, items, Telling(on=clock.today(), basis=CORRECTION_BASIS)).number


def _who(paper: OneList) -> str:
    return f"联合评审：{'、'.join(paper.departments)}"
