"""Report by a link what cannot be done: it becomes a report at the window, with its clocks."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from approvals.models.step import Step
from concierge.escalation.rules.report import ReportWay
from concierge.escalation.rules.telling import Told
from concierge.escalation.services.report_problem import register_report
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work
from concierge.progress.rules.acts import ActKind
from concierge.progress.rules.incoming import called_department, checked_words
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.keep_incoming import HOLDER, Sent, keep, known


@dataclass(frozen=True, kw_only=True, repr=False)
class Stuck:
    """What cannot be done, as the enterprise tells it.

    Shape: ``number`` is the place of the step on the list it is about, empty for something else.
    """

    title: str
    text: str
    name: str
    phone: str
    number: str = ""


def report_stuck(link: ProgressLink, form_key: str, stuck: Stuck, *, by: Actor = HOLDER) -> int:
    """Register the report; answers the row of what came in, the same one for the same form.

    Raises: WordsTooLong; TitleNeeded, StoryNeeded, ReporterNeeded, PhoneNeeded; Missing, for a step that is
        not on the list.
    Effects: the chief representative is called and the clock of ten minutes runs; tells ``ProblemReported``.
    Source: ES-1, ES-3.
    """
    words = checked_words(stuck.text, "text", least=0)
    with work(by) as w:
        before = known(w, link, form_key)
        if before is not None:
            return before.id
        step = _step(w, link, stuck.number)
        step_id = step.id if step is not None else None
        told = Told(
            way=ReportWay.ONLINE,
            title=stuck.title,
            text=words,
            department=called_department(step.department if step is not None else ""),
            reported_at=clock.now(),
            reporter=stuck.name,
            phone=stuck.phone,
            project_id=link.project_id,
            step_id=step_id,
        )
        report_id = register_report(w, told)
        sent = Sent(
            kind=ActKind.PROBLEM,
            form_key=form_key,
            words=f"{told.title.strip()}\n{words}",
            step_id=step_id,
            name=stuck.name,
            phone=stuck.phone,
        )
        return keep(w, link, sent, about_id=report_id).id


def _step(w: Work, link: ProgressLink, number: str) -> Step | None:
    if not number:
        return None
    step = w.session.scalar(select(Step).where(Step.project_id == link.project_id, Step.number == number))
    if step is None:
        raise Missing
    return step
