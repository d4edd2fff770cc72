"""Change the start, the target or the way a project's plan is counted."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.periods import DaysMode
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Stale
from concierge.kernel.work import work
from projects.events import TermsChanged
from projects.models.project import Project
from projects.queries.ending import check_live
from projects.rules.checked_terms import checked_days
from projects.rules.terms import GatesMode


@dataclass(frozen=True, kw_only=True)
class Terms:
    """From when to when a project is planned, and how days and gates count."""

    start_on: date
    target_on: date | None
    gates: GatesMode
    days: DaysMode


class TermsOvertaken(Stale):
    """Somebody changed the terms since the page was opened; ``now`` is how they stand."""


def terms_of_row(project: Project) -> Terms:
    """The terms a project is planned by."""
    return Terms(
        start_on=project.start_on,
        target_on=project.target_on,
        gates=GatesMode(project.gates),
        days=DaysMode(project.days),
    )


def change_terms(project_id: int, terms: Terms, *, opened: Terms | None = None, by: Actor) -> tuple[str, ...]:
    """Plan a project by these terms from now on; answers the names of what changed.

    Shape: ``opened`` is how they stood when the page was made.
    Raises: Missing; TermsOvertaken; StartOutsideCalendar; TargetBeforeStart; ProjectClosed.
    Effects: the plan follows by the handler of ``TermsChanged``.
    """
    with work(by) as w:
        project = w.get(Project, project_id)
        check_live(project)
        before = terms_of_row(project)
        if opened is not None and opened != before:
            raise TermsOvertaken(now=before)
        checked_days(terms.start_on, terms.target_on, catalogue_queries.work_calendar(w.session))
        changed = tuple(f.name for f in fields(Terms) if getattr(terms, f.name) != getattr(before, f.name))
        if not changed:
            return ()
        for name, value in asdict(terms).items():
            setattr(project, name, value)
        project.revision += 1
        w.record(TermsChanged(project.id, changed))
        return changed
