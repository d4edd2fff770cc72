"""Report a visit, or call it off; every problem heard becomes somebody's task. Settle such a task."""

from __future__ import annotations

from collections.abc import Sequence

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work
from concierge.outreach.events import ProblemFound, ProblemSettled, VisitDone
from concierge.outreach.models.visit import ProblemRow, VisitRow
from concierge.outreach.queries import visits
from concierge.outreach.rules.standing import VisitState
from concierge.outreach.rules.visits import (
    Heard,
    ProblemSettledAlready,
    ReportTooEarly,
    VisitOver,
    checked_answer,
    checked_report,
)
from concierge.staff.queries import spoken_name


def report_visit(
    visit_id: int, note: str, heard: Sequence[Heard] = (), *, by: Actor, was_made: bool = True
) -> list[int]:
    """Write down what a visit brought; answers the rows of its problems.

    Raises: Missing, VisitOver, ReportTooEarly, ReportNeeded, ProblemDetailsNeeded, NumberInText.
    Effects: each problem stands in its holder's day from now on.
    """
    today = clock.today()
    told, problems = checked_report(note, heard if was_made else (), today=today)
    with work(by) as w:
        visits.visit(w.session, visit_id, by)
        row = w.get(VisitRow, visit_id)
        if row.state is not VisitState.PLANNED:
            raise VisitOver
        if was_made and row.planned_on > today:
            raise ReportTooEarly(day=row.planned_on.isoformat())
        row.state = VisitState.DONE if was_made else VisitState.CALLED_OFF
        row.done_on = today if was_made else None
        row.note = told
        w.record(VisitDone(row.id, row.project_id, was_made, len(problems)))
        return _keep(w, row, problems)


def _keep(w: Work, visit: VisitRow, problems: Sequence[Heard]) -> list[int]:
    names = {person.id: spoken_name(person) for person in visits.visitors(w.session)} if problems else {}
    kept = []
    for one in problems:
        if one.holder_id not in names:
            raise Missing
        row = w.add(
            ProblemRow(
                visit_id=visit.id,
                project_id=visit.project_id,
                what=one.what,
                holder_id=one.holder_id,
                holder=names[one.holder_id],
                due_on=one.due_on,
                found_at=clock.now(),
            )
        )
        w.record(ProblemFound(row.id, row.project_id, row.holder_id, row.due_on))
        kept.append(row.id)
    return kept


def settle_problem(problem_id: int, answer: str, *, by: Actor) -> None:
    """Write down what was done about a problem and what the person was told.

    Raises: Missing, ProblemSettledAlready, AnswerNeeded, NumberInText.
    """
    told = checked_answer(answer)
    with work(by) as w:
        visits.problem(w.session, problem_id, by)
        row = w.session.get_one(ProblemRow, problem_id, with_for_update=True)
        if row.settled_on is not None:
            raise ProblemSettledAlready(day=row.settled_on.isoformat())
        row.settled_on, row.settled_by, row.answer = clock.today(), by.label, told
        w.record(ProblemSettled(row.id, row.project_id))
