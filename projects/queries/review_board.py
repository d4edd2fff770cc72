"""The review board's facts: which steps wait for a sitting, who can come when, and what is announced."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from approvals.models.catalogue import MatterRow
from approvals.models.review import SittingItemRow, SittingRow, SittingRuleRow
from approvals.models.step import Step, StepState
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import deferrals, reviews
from approvals.queries.reviews import decides
from approvals.rules.catalogue import START, Catalogue, ReviewGroup
from approvals.rules.sittings import (
    Circumstances,
    Half,
    PossibleSitting,
    Room,
    Sitting,
    SittingRule,
    SittingState,
    busy_departments,
    departments_of,
    earliest_notice,
    possible_sittings,
    rhythm,
)
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from projects.models.project import Plan, PlannedStep, Project, ProjectStatus
from projects.queries.project_file import visible_project
from projects.queries.standing import actuals_of, expansion_of, saved_bookings, steps_of, terms_of
from projects.rules.review_board import Harmless, harmless
from projects.rules.sitting_forecast import SittingForecast
from scheduler import WorkCalendar

COLUMNS = 9
"""How many half-days one review has to choose from."""
AHEAD_DAYS = 42
"""How far ahead a step may be ready and count as waiting, in civil days: six weeks; later ones can wait."""
_LOOK_AHEAD_WORKDAYS = 60


@dataclass(frozen=True, kw_only=True)
class Case:
    """One step of one project that waits for a sitting of its group.

    Units: civil days; the last day without harm, and the first on which the review can sit.
    """

    project_id: int
    project: str
    code: str
    group: ReviewGroup
    rule: SittingRule
    accept_on: date
    first_on: date
    harmless: Harmless
    is_critical: bool
    permit_on: date | None
    start_on: date | None
    target_on: date | None
    workdays_to_permit: int | None
    serial_workdays: int | None

    @property
    def key(self) -> str:
        """What names it in an address."""
        return f"{self.project_id}-{self.code}"

    @property
    def table(self) -> tuple[str, ...]:
        """Everybody who sits, the lead first."""
        return departments_of(self.group)


@dataclass(frozen=True)
class Known:
    """What is known of the days to come, read once for every group of the board.

    Shape: ``sittings`` are those that stand, from today on.
    """

    circumstances: Circumstances
    sittings: Sequence[Sitting]
    rooms: Sequence[Room]
    groups: Mapping[str, ReviewGroup]

    def of(self, group: str) -> Circumstances:
        """The same for one group: its own sittings keep nobody busy."""
        known = self.circumstances
        return Circumstances(
            answers=known.answers,
            benches=known.benches,
            changes=known.changes,
            busy=busy_departments(self.sittings, self.groups, but=group),
        )

    def sitting(self, group: str, on: date, half: Half) -> Sitting | None:
        """The sitting a group has then already."""
        then = (s for s in self.sittings if (s.on, s.half) == (on, half))
        return next((sitting for sitting in then if sitting.review_group == group), None)

    def free_rooms(self, on: date, half: Half) -> tuple[Room, ...]:
        """The rooms nobody has taken then, the largest first."""
        taken = {s.room_id for s in self.sittings if (s.on, s.half) == (on, half)}
        return tuple(room for room in self.rooms if room.id not in taken)


@dataclass(frozen=True, kw_only=True)
class Board:
    """The review board of one reader.

    Shape: ``cases`` are all that wait within reach, the soonest harmed first; ``later`` counts those beyond.
    ``names`` are the projects this reader may see, of those on announced lists.
    """

    cases: Sequence[Case]
    later: int
    known: Known
    names: Mapping[int, str]
    catalogue: Catalogue
    calendar: WorkCalendar
    today: date
    has_rules: bool

    @cached_property
    def _by_key(self) -> Mapping[str, Case]:
        return {case.key: case for case in self.cases}

    def case(self, key: str) -> Case | None:
        """One case by its name in an address; None once it waits no more, or for another reader."""
        return self._by_key.get(key)

    def sittings(self) -> list[Sitting]:
        """The announced sittings with a project this reader may see."""
        return [s for s in self.known.sittings if any(item.project_id in self.names for item in s.items)]

    def possible(self, case: Case, *, first_on: date | None = None) -> tuple[PossibleSitting, ...]:
        """The half-days one review has to choose from, with everybody's attendance."""
        days = self.half_days(case, first_on)
        if not days:
            return ()
        found = possible_sittings(
            case.rule,
            case.group,
            self.known.of(case.group.code),
            self.calendar,
            today=self.today,
            first=days[0][0],
            last=days[-1][0],
        )
        return tuple(sitting for sitting in found if (sitting.on, sitting.half) in days)

    def half_days(self, case: Case, first_on: date | None = None) -> list[tuple[date, Half]]:
        """The next half-days of the group's rhythm on which the review could sit."""
        return _half_days(case, first_on or case.first_on, self.calendar)

    def companions(self, case: Case, on: date) -> list[Case]:
        """The other reviews of the same group that could sit on that day too, the soonest harmed first."""
        return [
            other
            for other in self.cases
            if other.group.code == case.group.code and other.key != case.key and other.first_on <= on
        ]


def board(session: Session, actor: Actor, *, today: date, wants_all: bool = False) -> Board:
    """The review board as one person sees it.

    Shape: eleven queries at the most, whatever the number of projects.
    """
    rules = {rule.review_group: rule for rule in reviews.sitting_rules(session).values() if rule.is_active}
    catalogue = catalogue_queries.published_catalogue(session)
    calendar = catalogue_queries.work_calendar(session)
    groups = {group.code: group for group in catalogue.review_groups}
    found = _cases(session, actor, rules, groups, calendar, today)
    until = today + timedelta(days=AHEAD_DAYS)
    near = [case for case in found if wants_all or case.accept_on <= until]
    sittings = reviews.sittings(session, today)
    known = _known(session, sittings, near, groups, calendar, today)
    on_lists = {item.project_id for sitting in sittings for item in sitting.items}
    return Board(
        cases=near,
        later=len(found) - len(near),
        known=known,
        names=names_of(session, actor, on_lists),
        catalogue=catalogue,
        calendar=calendar,
        today=today,
        has_rules=bool(rules),
    )


def names_of(session: Session, actor: Actor, project_ids: Collection[int]) -> dict[int, str]:
    """The names of those of these projects that a person may see."""
    if not project_ids:
        return {}
    rows = session.execute(
        select(Project.id, Project.name).where(Project.id.in_(project_ids), within(actor, Project.id))
    )
    return dict(rows.tuples().all())


@dataclass(frozen=True)
class SittingStanding:
    """What is known of a sitting beside its facts. Units: ``changed_at`` is UTC.

    Shape: ``numbers`` are the steps' numbers on their projects' lists.
    """

    changed_at: datetime
    numbers: Mapping[tuple[int, str], str]


def sitting_standing(session: Session, sitting: Sitting) -> SittingStanding:
    """When a sitting was last changed, and which steps are on its list. Raises: Missing."""
    row = session.execute(
        select(SittingRow.announced_at, SittingRow.withdrawn_at).where(SittingRow.id == sitting.id)
    ).first()
    if row is None:
        raise Missing
    listed = {(item.project_id, item.code) for item in sitting.items}
    numbers = session.execute(
        select(Step.project_id, Step.code, Step.number).where(
            Step.project_id.in_({project_id for project_id, _ in listed})
        )
    )
    found = {
        (project_id, code): number for project_id, code, number in numbers if (project_id, code) in listed
    }
    return SittingStanding(row.withdrawn_at or row.announced_at, found)


def forecast_of(session: Session, case: Case, actor: Actor, *, today: date) -> SittingForecast:
    """What each day of sitting would lead to for one case.

    Shape: four queries.
    Raises: Missing; scheduler.OutsideCalendar.
    """
    project = visible_project(session, case.project_id, actor)
    _, expansion = expansion_of(session, project)
    return SittingForecast(
        expansion,
        terms_of(project, today),
        catalogue_queries.work_calendar(session),
        case.code,
        case.group,
        actuals=actuals_of(session, steps_of(session, project.id)),
        bridged=deferrals.bridged(session, project.id),
        bookings=saved_bookings(session, project.id),
    )


def waiting(session: Session, actor: Actor) -> int:
    """How many steps wait for a sitting, for the sidebar of every page. Shape: one query."""
    near = PlannedStep.accept_on <= clock.today() + timedelta(days=AHEAD_DAYS)
    reviewed = select(MatterRow.code).join(SittingRuleRow, decides(MatterRow.code))
    steps = _waiting(actor).where(Step.code.in_(reviewed), near)
    return session.scalar(steps.with_only_columns(func.count())) or 0


def _waiting(actor: Actor) -> Select[tuple[Project, Step, PlannedStep, Plan]]:
    """The steps that wait: of live projects in scope, without result and without a sitting that stands.

    A step of the acceptance stage waits from the start of construction on: before, there is nothing to see.
    """
    begun = aliased(Step)
    on_list = (
        select(SittingItemRow.id)
        .join(SittingRow, SittingRow.id == SittingItemRow.sitting_id)
        .where(
            SittingItemRow.project_id == Step.project_id,
            SittingItemRow.code == Step.code,
            SittingRow.state == SittingState.ANNOUNCED,
        )
    )
    has_begun = exists().where(
        begun.project_id == Step.project_id, begun.code == START, begun.finished_on.is_not(None)
    )
    return (
        select(Project, Step, PlannedStep, Plan)
        .join(Step, Step.project_id == Project.id)
        .join(PlannedStep, (PlannedStep.project_id == Project.id) & (PlannedStep.code == Step.code))
        .join(Plan, Plan.id == Project.plan_id)
        .where(
            Project.status == ProjectStatus.ACTIVE,
            within(actor, Project.id),
            Step.finished_on.is_(None),
            Step.state.not_in((StepState.PASSED, StepState.NOT_REQUIRED)),
            ~on_list.exists(),
            or_(PlannedStep.stage != "acceptance", has_begun),
        )
    )


def _cases(
    session: Session,
    actor: Actor,
    rules: Mapping[str, SittingRule],
    groups: Mapping[str, ReviewGroup],
    calendar: WorkCalendar,
    today: date,
) -> list[Case]:
    rule_of = {code: rule for rule in rules.values() if rule.review_group in groups for code in rule.matters}
    if not rule_of:
        return []
    asked = (
        _waiting(actor)
        .where(Step.code.in_(rule_of))
        .with_only_columns(
            Project.id,
            Project.name,
            Project.target_on,
            Step.code,
            PlannedStep.accept_on,
            PlannedStep.finish_on,
            PlannedStep.total_float,
            PlannedStep.is_critical,
            PlannedStep.is_on_way,
            Plan.permit_on,
            Plan.lawful_start_on,
            Plan.workdays_to_permit,
            Plan.serial_workdays,
        )
    )
    found = []
    for row in session.execute(asked):
        rule = rule_of[row.code]
        group = groups[rule.review_group]
        accept_on = row.accept_on
        margin = None
        if row.is_on_way and row.permit_on and row.target_on:
            margin = calendar.workdays_between(row.permit_on, row.target_on)
        last = harmless(
            row.finish_on,
            row.total_float,
            group.opinion_workdays,
            margin_workdays=margin,
            calendar=calendar,
        )
        prepared_on = calendar.add_workdays(accept_on, group.notice_workdays)
        found.append(
            Case(
                project_id=row.id,
                project=row.name,
                code=row.code,
                group=group,
                rule=rule,
                accept_on=accept_on,
                first_on=max(prepared_on, earliest_notice(today, group, calendar)),
                harmless=last,
                is_critical=row.is_critical,
                permit_on=row.permit_on,
                start_on=row.lawful_start_on,
                target_on=row.target_on,
                workdays_to_permit=row.workdays_to_permit,
                serial_workdays=row.serial_workdays,
            )
        )
    return sorted(found, key=lambda case: (case.harmless.on, case.first_on, case.project_id, case.code))


def _half_days(case: Case, first_on: date, calendar: WorkCalendar) -> list[tuple[date, Half]]:
    last_on = calendar.add_workdays(first_on, _LOOK_AHEAD_WORKDAYS)
    return list(islice(rhythm(case.rule, calendar, first_on, last_on), COLUMNS))


def _known(
    session: Session,
    sittings: Sequence[Sitting],
    cases: Sequence[Case],
    groups: Mapping[str, ReviewGroup],
    calendar: WorkCalendar,
    today: date,
) -> Known:
    last = max((case.first_on for case in cases), default=today)
    until = calendar.add_workdays(last, 2 * _LOOK_AHEAD_WORKDAYS)
    circumstances = Circumstances(
        answers=reviews.answers(session, today, until),
        benches=reviews.benches(session),
        changes=reviews.bench_changes(session, today, until),
    )
    return Known(circumstances, sittings, reviews.rooms(session), groups)
