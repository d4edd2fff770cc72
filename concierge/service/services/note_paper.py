"""Note a paper of the set: it is here, is drawn from shared data, or comes later."""

from __future__ import annotations

from datetime import date

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.service.events import ServicePaperNoted
from concierge.service.models.file import SetPaper
from concierge.service.rules.case import PaperState
from concierge.service.rules.papers import check_paper
from concierge.service.services.pick_up_case import pick_up_case


def note_paper(paper_id: int, state: PaperState, due_on: date | None = None, *, by: Actor) -> None:
    """Note where one paper is.

    Raises: Missing; CaseClosed; MustBeHere, NoSharedData, LaterDayWrong.
    Source: SF-6, one set.
    """
    with work(by) as w:
        paper = w.get(SetPaper, paper_id)
        case = pick_up_case(w, paper.case_id, may_be_suspended=True)
        today = clock.today()
        check_paper(
            state,
            may_come_later=paper.may_come_later,
            is_shared=bool(paper.source),
            due_on=due_on,
            today=today,
        )
        is_here = state in (PaperState.RECEIVED, PaperState.SHARED)
        paper.state = state
        paper.due_on = due_on if state is PaperState.LATER else None
        paper.received_on = today if is_here else None
        paper.received_by = w.by.label if is_here else ""
        w.record(ServicePaperNoted(case.id, case.project_id, paper.code, state.value))
