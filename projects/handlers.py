"""What projects do when something happens: the plan is made again. Every handler may be run twice."""

from __future__ import annotations

from approvals.events.case import StepMoved
from approvals.events.catalogue import CalendarChanged
from approvals.events.deferrals import DeferralMoved
from approvals.events.reviews import SittingAnnounced, SittingWithdrawn
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import reviews
from approvals.rules.deferral_course import DeferralMove
from approvals.rules.sittings import Half
from concierge.kernel.work import Work
from projects.events import (
    FactsChanged,
    PlanChanged,
    PlanMade,
    ProjectOpened,
    ProjectReopened,
    TermsChanged,
)
from projects.models.project import Project
from projects.queries.portfolio import active_project_ids
from projects.services.count_deferrals import count_deferrals
from projects.services.drop_booking import drop_booking
from projects.services.make_plan import make_plan


def plan_after_opening(w: Work, event: ProjectOpened) -> None:
    """A new project gets its first plan."""
    make_plan(w, event.project_id, "ProjectOpened")


def plan_after_move(w: Work, event: StepMoved) -> None:
    """A step moved: what follows moves as little as the calendar allows."""
    make_plan(w, event.project_id, "StepMoved")


def plan_after_reopening(w: Work, event: ProjectReopened) -> None:
    """A project goes on: its plan is made again from what is recorded."""
    make_plan(w, event.project_id, "ProjectReopened")


def plan_after_facts(w: Work, event: FactsChanged) -> None:
    """Other facts, other steps, another plan."""
    make_plan(w, event.project_id, "FactsChanged")


def plan_after_terms(w: Work, event: TermsChanged) -> None:
    """Another start or another way of counting."""
    make_plan(w, event.project_id, "TermsChanged")


def plan_after_calendar(w: Work, _event: CalendarChanged) -> None:
    """The notice of a year was loaded: every active project is counted again, one job each."""
    for project_id in active_project_ids(w.session):
        w.enqueue("projects.tasks:recount_ends_of", project_id=project_id)
        w.enqueue("projects.tasks:plan_again", project_id=project_id, cause="CalendarChanged")


def plan_after_announcing(w: Work, event: SittingAnnounced) -> None:
    """A step has its sitting and keeps that half-day; an acceptance planned too late for it gives way."""
    group = reviews.review_groups(w.session)[event.review_group]
    calendar = catalogue_queries.work_calendar(w.session)
    last = calendar.add_workdays(event.on, -group.notice_workdays)
    drop_booking(w, event.project_id, event.code, after=last)
    make_plan(w, event.project_id, "SittingAnnounced")


def plan_after_withdrawal(w: Work, event: SittingWithdrawn) -> None:
    """A step lost its sitting: it waits for the next one."""
    drop_booking(w, event.project_id, event.code, of=(event.on, Half(event.half).number))
    make_plan(w, event.project_id, "SittingWithdrawn")


def plan_after_deferral(w: Work, event: DeferralMoved) -> None:
    """A bridge was granted or is gone: its gate moves. Then what the open deferrals are worth is counted."""
    if event.producer and event.move == DeferralMove.VOID.value:
        w.get(Project, event.project_id).revision += 1
    if event.producer:
        make_plan(w, event.project_id, "DeferralMoved")
    count_deferrals(w, event.project_id)


def worth_after_plan(w: Work, event: PlanMade | PlanChanged) -> None:
    """Another plan: what the open deferrals are worth is counted again."""
    count_deferrals(w, event.project_id)
