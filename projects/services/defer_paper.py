"""Register a deferral: the promise, and with it its signature and its grant where they are there already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.rules.deferral import WhyMain
from approvals.rules.deferral_course import DeferralState
from approvals.services.draft_deferral import NewDeferral, draft
from approvals.services.grant_deferral import Grantor, grant
from approvals.services.sign_deferral import sign
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from projects.models.project import Project
from projects.queries.deferring import deferring
from projects.queries.ending import check_live


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What the enterprise promises: which paper, in which form, by when; and who signed, if anybody has.

    Units: civil days.
    """

    material: str
    form: str
    due_on: date
    lacks_only_stamp: bool = False
    signed_by: str = ""
    signed_on: date | None = None
    agent: str = ""


def defer_paper(
    step_id: int,
    promise: Promise,
    *,
    grantor: Grantor | None = None,
    version: int | None = None,
    lang: str = "zh",
    by: Actor,
) -> int:
    """Register a deferral of a step; answers its number in the books.

    Shape: drafted only, or signed too, or granted too, as far as the promise and the grantor say.
    Raises: Missing, Stale; ProjectClosed; everything the rules of deferral refuse; NotAPaperOfStep.
    Effects: a bridge granted relaxes its gate, so the plan is made again.
    Source: DF-1 to DF-7, DF-11, DF-13, DF-15.
    """
    with work(by) as w:
        step = w.get(Step, step_id, version=version)
        project = w.get(Project, step.project_id)
        check_live(project)
        at = deferring(w.session, project, step, today=clock.today())
        asked = at.asked(promise.material, lang=lang, lacks_only_stamp=promise.lacks_only_stamp)
        new = NewDeferral(due_on=promise.due_on, form=promise.form, uscc=at.enterprise.uscc)
        row = draft(w, step, asked, new)
        if promise.signed_by.strip():
            sign(w, row, promise.signed_by, on=promise.signed_on or clock.today(), agent=promise.agent)
        if grantor is not None:
            give(w, row, grantor, lang=lang)
        return row.id


def grant_promise(
    deferral_id: int, grantor: Grantor, *, version: int | None = None, lang: str = "zh", by: Actor
) -> None:
    """Grant a deferral that was signed before.

    Raises: Missing, Stale; ProjectClosed; everything the rules of deferral refuse.
    Effects: a bridge granted relaxes its gate, so the plan is made again.
    Source: DF-4, DF-5, DF-15.
    """
    with work(by) as w:
        give(w, w.get(DeferralRow, deferral_id, version=version), grantor, lang=lang)


def give(w: Work, row: DeferralRow, grantor: Grantor, *, lang: str) -> None:
    """The same in the caller's work, on a deferral it holds."""
    project = w.get(Project, row.project_id)
    check_live(project)
    step = w.get(Step, row.step_id)
    at = deferring(w.session, project, step, today=clock.today(), but=row.id)
    lacks_only_stamp = row.why_main is WhyMain.LACKS_ONLY_STAMP
    asked = at.asked(row.material, lang=lang, lacks_only_stamp=lacks_only_stamp)
    grant(w, row, asked, grantor, others_result=at.is_others_result(row.producer))
    if row.state is DeferralState.GRANTED and row.producer:
        project.revision += 1
