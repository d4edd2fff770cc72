"""Give a department's opinion in a joint review: on a screen, through its link, or from a returned paper."""

from __future__ import annotations

from collections.abc import Mapping

from approvals.events.reviews import LatePaperAsked
from approvals.models.joint_review import JointReviewRow, ReviewMemberRow
from approvals.models.opinion import OpinionLineRow, OpinionRow
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import joint_reviews
from approvals.rules.catalogue import Catalogue
from approvals.rules.contradictions import read_figure
from approvals.rules.giving_opinions import AskedOnce, check_opinion, cleaned
from approvals.rules.joint_reviews import JointReview, Member, ReviewState
from approvals.rules.opinions import LineKind, Opinion, OpinionWay, comparable
from approvals.services.close_round import close, tell_opinion
from approvals.services.hold_review import held
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def give_opinion(
    review_id: int,
    department: str,
    opinion: Opinion,
    *,
    way: OpinionWay = OpinionWay.SCREEN,
    lang: str = "zh",
    by: Actor,
) -> int:
    """Write down what a department says; answers the number of the opinion.

    Raises: Missing; everything ``check_opinion`` refuses.
    Effects: tells ``OpinionGiven``; with the last opinion of a round, ``RoundClosed``. A second list is
        refused and leaves ``LatePaperAsked`` in a work of its own.
    Source: PR-3, PR-4, AC-4.
    """
    try:
        with work(by) as w:
            return give(w, review_id, department, opinion, way=way, lang=lang)
    except AskedOnce as refused:
        record_late_paper(review_id, department, str(refused.facts["paper"]), by=by)
        raise


def record_late_paper(review_id: int, department: str, paper: str, *, by: Actor) -> None:
    """Keep the trace of a paper asked for too late, after the refusal has undone the rest.

    Raises: Missing.
    Effects: tells ``LatePaperAsked``.
    Source: AC-4: a second list is recorded against whoever made it.
    """
    with work(by) as w:
        row, _ = held(w, review_id)
        w.record(
            LatePaperAsked(review_id=row.id, project_id=row.project_id, department=department, paper=paper)
        )


def give(
    w: Work, review_id: int, department: str, opinion: Opinion, *, way: OpinionWay, lang: str = "zh"
) -> int:
    """The same in the caller's work.

    A department that thinks again before the answer gives another opinion; the earlier one stays on record.
    Who answers has the submission, so its receipt is confirmed along.
    """
    row, review = held(w, review_id)
    published = catalogue_queries.latest_catalogue(w.session)
    told = cleaned(opinion)
    name = _name(published, department, lang)
    member = check_opinion(told, review, department, name=name, today=clock.today())
    number = _write(w, member, told, way, _papers(published, review))
    asked = w.get(ReviewMemberRow, member.id)
    if asked.received_at is None:
        asked.received_at, asked.received_way = clock.now(), way
        asked.received_by = told.given_by or w.by.label
    tell_opinion(w, row, member, told.stance, way, told.given_on or clock.today())
    _close_when_all_have_answered(w, row)
    return number


def _write(
    w: Work, member: Member, opinion: Opinion, way: OpinionWay, papers: Mapping[str, tuple[str, str]]
) -> int:
    row = w.add(
        OpinionRow(
            project_id=w.get(ReviewMemberRow, member.id).project_id,
            member_id=member.id,
            stance=opinion.stance,
            text=opinion.text,
            way=way,
            given_on=opinion.given_on or clock.today(),
            given_by=opinion.given_by,
            at=clock.now(),
            recorded_by=w.by.label,
            number=opinion.number,
            file_key=opinion.file_key,
            file_name=opinion.file_name,
        )
    )
    for line in opinion.conditions:
        figure = read_figure(line)
        w.add(
            OpinionLineRow(
                opinion_id=row.id,
                kind=LineKind.CONDITION,
                text=line,
                subject=figure.subject if figure else "",
                relation=figure.relation if figure else None,
                value=figure.value if figure else "",
                unit=figure.unit if figure else "",
            )
        )
    for line in opinion.materials:
        code, name = papers.get(comparable(line), ("", line))
        w.add(OpinionLineRow(opinion_id=row.id, kind=LineKind.MATERIAL, text=name, material=code))
    return row.id


def _papers(published: Catalogue | None, review: JointReview) -> dict[str, tuple[str, str]]:
    """The papers of the steps under review: code and name, by code and by either name."""
    found: dict[str, tuple[str, str]] = {}
    for step in review.steps if published else ():
        for paper in published.materials_of.get(step, ()) if published else ():
            for words in (paper.code, paper.name_zh, paper.name_en):
                found.setdefault(comparable(words), (paper.code, paper.name_zh))
    return found


def _name(published: Catalogue | None, department: str, lang: str) -> str:
    known = published.department_of.get(department) if published else None
    return known.spoken(lang) if known else department


def _close_when_all_have_answered(w: Work, row: JointReviewRow) -> None:
    review = joint_reviews.review(w.session, row.id)
    if review.state is ReviewState.GATHERING and all(member.given for member in review.standing):
        close(w, row, ())
