"""Accept what nobody answered in time: silence means acceptance, as of the day the papers came."""

from __future__ import annotations

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries.cases import case_of
from approvals.rules.progress import Act, Move
from approvals.rules.receiving import SILENCE_BASIS, SILENCE_REASON, accepted_by_silence
from approvals.rules.ways import UNANSWERED
from concierge.kernel import clock
from concierge.kernel.work import Work
from projects.models.project import Project
from projects.services.record_move import record


def accept_by_silence(w: Work, step_id: int, *, lang: str = "zh") -> bool:
    """Accept one submission if the time to answer it has run out; answers whether it was.

    Shape: the decision clock starts on the day of receipt; no gate holds it back, because the law accepts.
    Source: AC-2 (S02 art. 32), AC-3.
    """
    step = w.get(Step, step_id)
    complete_on = case_of(w.session, step).last_on
    if step.state not in UNANSWERED or step.accepted_on is not None or complete_on is None:
        return False
    project = w.get(Project, step.project_id)
    matter = catalogue_queries.catalogue(project.edition_id, w.session).matter(step.code)
    calendar = catalogue_queries.work_calendar(w.session)
    accepted_on = accepted_by_silence(complete_on, matter, calendar, clock.today())
    if accepted_on is None:
        return False
    act = Act(Move.ACCEPT, accepted_on, basis=SILENCE_BASIS, reason=SILENCE_REASON.spoken(lang))
    record(w, step, act, lang=lang, by_law=True)
    return True
