"""What falls due on the days ahead for a person and the partners, and how the month went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from concierge.kernel.actor import Actor
from concierge.staff.models import Pairing
from concierge.staff.queries import absences, spoken_name
from concierge.staff.rules.minutes import DAY, minute_of
from concierge.staff.rules.presence import Presence
from concierge.today.rules.load import DueStep, LoadTable, load_table
from projects.models.project import PlannedStep, Project, ProjectStatus

MOST_PARTNERS = 3


@dataclass(frozen=True, kw_only=True)
class PersonLoad:
    """The table of the days ahead, with the names of the people and projects in it."""

    table: LoadTable
    people: Mapping[int, str]
    projects: Mapping[int, str]
    as_a: int
    as_b: int


@dataclass(frozen=True, kw_only=True)
class Month:
    """Steps decided this month in a person's projects, and how many in the promised time."""

    decided: int
    promised: int
    in_time: int


def person_load(
    session: Session, reader: Actor, days: Sequence[date], others: Collection[int] = ()
) -> PersonLoad:
    """What falls due for a person and the partners; four queries.

    Shape: the ``others`` are named along.
    """
    pairs = session.execute(
        select(Pairing.project_id, Pairing.a_id, Pairing.b_id)
        .join(Project, Project.id == Pairing.project_id)
        .where(
            Pairing.until.is_(None),
            Project.status == ProjectStatus.ACTIVE,
            or_(Pairing.a_id == reader.id, Pairing.b_id == reader.id),
        )
    ).all()
    with_whom = Counter(pair.b_id if pair.a_id == reader.id else pair.a_id for pair in pairs)
    partners = [person for person, _ in sorted(with_whom.items(), key=lambda one: (-one[1], one[0]))]
    partners = partners[:MOST_PARTNERS]
    people = [reader.id or 0, *partners]
    rows = session.execute(
        select(
            PlannedStep.project_id,
            PlannedStep.code,
            PlannedStep.finish_on,
            PlannedStep.total_float,
            Pairing.a_id,
            Pairing.b_id,
            Project.name,
        )
        .join(Project, Project.id == PlannedStep.project_id)
        .join(Pairing, and_(Pairing.project_id == Project.id, Pairing.until.is_(None)))
        .where(
            Project.status == ProjectStatus.ACTIVE,
            PlannedStep.is_done.is_(False),
            PlannedStep.finish_on.between(days[0], days[-1]),
            or_(Pairing.a_id.in_(people), Pairing.b_id == reader.id),
        )
    ).all()
    steps = [
        DueStep(
            project_id=row.project_id,
            code=row.code,
            on=row.finish_on,
            a_id=row.a_id,
            b_id=row.b_id,
            may_move=row.total_float > 0,
        )
        for row in rows
    ]
    table = load_table(reader.id or 0, partners, steps, _away(session, people, days), days)
    named = session.scalars(select(User).where(User.id.in_({*people, *others})))
    return PersonLoad(
        table=table,
        people={user.id: spoken_name(user) for user in named},
        projects={row.project_id: row.name for row in rows},
        as_a=sum(pair.a_id == reader.id for pair in pairs),
        as_b=sum(pair.b_id == reader.id for pair in pairs),
    )


def _away(session: Session, people: Sequence[int], days: Sequence[date]) -> Mapping[int, frozenset[date]]:
    """The days on which each of these people is away all day."""
    gone = absences(session, days[0], days[-1])
    presence = Presence(gone)
    return {
        person: frozenset(day for day in days if presence.is_away(person, minute_of(day) + DAY // 2))
        for person in people
    }


def month_of(session: Session, reader: Actor, first_on: date, on: date) -> Month:
    """How the month went in the projects a person has today; one query."""
    in_time = case((Step.finished_on <= Step.promised_end_on, 1), else_=0)
    row = session.execute(
        select(func.count(), func.count(Step.promised_end_on), func.sum(in_time))
        .select_from(Step)
        .join(Pairing, and_(Pairing.project_id == Step.project_id, Pairing.until.is_(None)))
        .where(
            Step.finished_on.between(first_on, on),
            or_(Pairing.a_id == reader.id, Pairing.b_id == reader.id),
        )
    ).one()
    return Month(decided=row[0], promised=row[1], in_time=int(row[2] or 0))
