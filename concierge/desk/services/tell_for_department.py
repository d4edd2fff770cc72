"""Write the numbered one-time notice of what a department found, when it tells so by its link or list."""

from __future__ import annotations

from approvals.models.paper import PaperVersionRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import papers
from approvals.rules.papers import Fault, Finding
from approvals.rules.receiving import latest_notice
from approvals.rules.stops import CORRECTION_BASIS
from approvals.services.check_paper import check
from approvals.services.tell_once import Telling, tell
from concierge.desk.rules.named_papers import told_items
from concierge.desk.rules.reply import Reply
from concierge.kernel.work import Work
from projects.models.project import Project
from projects.queries.papers import asked_at
from projects.queries.standing import expansion_of


def tell_for_department(w: Work, step: Step, reply: Reply) -> str:
    """The notice's number; the same one where its record was taken back and the list comes again.

    Effects: the notice with every line; papers that are here and named are marked unfit; tells ``ToldOnce``.
    Source: AC-1, AC-4.
    """
    before = papers.notice_of(w.session, step)
    if before is not None:
        return before.number
    project = w.get(Project, step.project_id)
    items = told_items(reply.faults, asked_at(w.session, project, step, "zh"))
    here = papers.papers_here(w.session, step.project_id)
    for item in items:
        if item.fault is Fault.UNFIT and item.material in here:
            row = w.get(PaperVersionRow, here[item.material].newest.id)
            check(w, row, Finding.UNFIT, reply.on, reason=item.words)
    catalogue, _ = expansion_of(w.session, project)
    calendar = catalogue_queries.work_calendar(w.session)
    matter = catalogue.matter(step.code)
    due = latest_notice(step.received_on, matter, calendar) if step.received_on else None
    basis = reply.basis.strip() or CORRECTION_BASIS
    return tell(w, step, items, Telling(on=reply.on, basis=basis, tell_by=due)).number
