"""Hand out a link; its key is told once, here, and never again."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from approvals.models.catalogue import DepartmentRow
from approvals.models.step import Step
from approvals.queries import joint_reviews
from concierge.desk.events import LinkMade
from concierge.desk.models.links import LinkRow
from concierge.desk.rules.links import PREFIX, LinkScope, LinkTerms, checked_terms, last_day
from concierge.desk.services.reply_for_department import SentForm, note_sent
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.tokens import Minted, mint
from concierge.kernel.work import Work, work

OF_A_PROJECT = frozenset({LinkScope.STEP, LinkScope.REVIEW})


def make_link(asked: LinkTerms, *, form: SentForm | None = None, by: Actor) -> tuple[int, Minted]:
    """Make a link for one recipient; answers its number and its key.

    Shape: ``form`` is the form that asked for it, of which a second sending makes no second link.
    Raises: Missing; DepartmentRecipientMissing, ValidityOutOfRange; AlreadyThere, for a form that was done.
    Effects: tells ``LinkMade``, without the key.
    """
    with work(by) as w:
        made = make(w, asked)
        if form is not None and form.key:
            note_sent(w, form, "make_link")
        return made


def make(w: Work, asked: LinkTerms) -> tuple[int, Minted]:
    """The same in the caller's work."""
    terms = checked_terms(asked)
    _check_there(w, terms)
    minted = mint(PREFIX, current_app.config["SECRET_KEY"])
    row = w.add(
        LinkRow(
            kind=terms.kind,
            department=terms.department,
            project_id=terms.project_id,
            step_id=terms.step_id,
            review_id=terms.review_id,
            recipient=terms.recipient.strip(),
            hint=minted.hint,
            token_hash=minted.token_hash,
            handle=minted.handle,
            made_by_id=w.by.id,
            made_by=w.by.label,
            made_at=clock.now(),
            expires_on=last_day(terms.days, clock.today()),
        )
    )
    w.record(
        LinkMade(
            link_id=row.id,
            project_id=row.project_id,
            kind=row.kind.value,
            department=row.department,
            recipient=row.recipient,
            hint=row.hint,
            expires_on=row.expires_on,
        )
    )
    return row.id, minted


def _check_there(w: Work, terms: LinkTerms) -> None:
    """What the link opens exists, is the department's own, and is in the maker's charge."""
    if terms.kind is LinkScope.STEP:
        step = w.get(Step, terms.step_id or 0)
        if (step.project_id, step.department) != (terms.project_id, terms.department):
            raise Missing
    elif terms.kind is LinkScope.REVIEW:
        scope.require(w.session, w.by, terms.project_id or 0)
        review = joint_reviews.review(w.session, terms.review_id or 0)
        if review.project_id != terms.project_id or review.member(terms.department) is None:
            raise Missing
    known = select(DepartmentRow.id).where(DepartmentRow.code == terms.department)
    if w.session.scalar(known) is None:
        raise Missing
