"""A joint review as a test states it: who said what, in which round."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from approvals.rules.contradictions import Condition, read_figure
from approvals.rules.joint_reviews import Answered, JointReview, Member, ReviewKind, ReviewState
from approvals.rules.opinions import AskedPaper, Given, OpinionWay, Stance

SENT = date(2026, 4, 15)
"""A Wednesday."""
DUE = date(2026, 4, 22)
"""Five working days later."""
NOON = datetime(2026, 4, 15, 4, tzinfo=UTC)
_numbers = count(1)


def said(department, stance, *, conditions=(), materials=(), on=SENT, **told):
    """One opinion of one department, each line with a number of its own."""
    return Given(
        id=next(_numbers),
        stance=stance,
        text=told.pop("text", ""),
        way=told.pop("way", OpinionWay.SCREEN),
        given_on=on,
        given_by="",
        at=NOON,
        recorded_by="",
        conditions=tuple(
            Condition(next(_numbers), department, line, read_figure(line)) for line in conditions
        ),
        materials=tuple(AskedPaper(next(_numbers), department, line) for line in materials),
        **told,
    )


def a_member(department, stance=None, *, lead="NRP", round_=1, due=DUE, handed_to="", **lines):
    """One department asked in one round; without a stance it has said nothing."""
    return Member(
        id=next(_numbers),
        department=department,
        round=round_,
        is_lead=department == lead,
        sent_on=SENT,
        sent_at=NOON,
        due_on=due,
        handed_to=handed_to,
        given=said(department, stance, **lines) if stance else None,
    )


def a_review(*members, **told):
    """A review of a design scheme led by NRP, but for what a test says."""
    usual = {
        "id": 1,
        "version": 1,
        "project_id": 1,
        "review_group": "JR_SCHEME",
        "lead": "NRP",
        "kind": ReviewKind.MEETING,
        "steps": ("design-scheme-review",),
        "subject": "",
        "silence": "none",
        "sent_on": SENT,
        "sent_at": NOON,
        "due_on": DUE,
        "state": ReviewState.GATHERING,
        "members": members,
    }
    return JointReview(**{**usual, **told})


def an_answer(kind, *, round_=1):
    """The answer given after a round."""
    return Answered(round_, kind, "…", DUE, "NRP")


AGREE, CONDITIONS, MATERIAL, NOT_OURS, SILENT = (
    Stance.AGREE,
    Stance.CONDITIONS,
    Stance.MATERIAL,
    Stance.NOT_OURS,
    Stance.SILENT,
)
