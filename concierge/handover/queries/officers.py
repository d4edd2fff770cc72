"""Questions about officers and their projects: loads, whose day it is, and what nobody looks after."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from concierge.staff import queries as staff_queries
from concierge.staff.models import CoverRow, Pairing, StaffProfile
from concierge.staff.rules.pairing import Load
from projects.models.project import PlannedStep, Project, ProjectStatus

DAYS_AHEAD = timedelta(days=10)


@dataclass(frozen=True, kw_only=True)
class OfficerLine:
    """One officer in the list. Shape: ``acting`` counts projects acted for today, ``due`` deadlines ahead."""

    user: User
    load: Load
    profile: StaffProfile | None
    acting: int
    due: int


@dataclass(frozen=True, kw_only=True)
class Held:
    """One project of an officer. Shape: ``partner`` is the other of the two."""

    project_id: int
    name: str
    code: str
    post: str
    partner: str
    is_acting: bool


def officer_lines(session: Session, today: date) -> list[OfficerLine]:
    """Every officer with the load; eight queries, whatever their number.

    Source: AB-9.
    """
    users = {user.id: user for user in staff_queries.agents(session)}
    known = staff_queries.profiles(session)
    acts = staff_queries.acting_on(session, today)
    acting = Counter(one.person_id for one in acts.values())
    due_of = dict(
        session.execute(
            select(PlannedStep.project_id, func.count())
            .where(PlannedStep.is_done.is_(False), PlannedStep.finish_on <= today + DAYS_AHEAD)
            .group_by(PlannedStep.project_id)
        )
        .tuples()
        .all()
    )
    due: dict[int, int] = defaultdict(int)
    for one in acts.values():
        if one.person_id is not None:
            due[one.person_id] += due_of.get(one.project_id, 0)
    return [
        OfficerLine(
            user=users[load.person_id],
            load=load,
            profile=known.get(load.person_id),
            acting=acting[load.person_id],
            due=due[load.person_id],
        )
        for load in sorted(staff_queries.loads(session, today), key=lambda one: (-one.weight, one.name))
    ]


def held_by(session: Session, person_id: int, reader: Actor, today: date) -> list[Held]:
    """The projects of one officer that the reader may see, A before B."""
    acts = staff_queries.acting_on(session, today)
    rows = session.execute(
        select(Pairing, Project.name, Project.code)
        .join(Project, Project.id == Pairing.project_id)
        .where(
            Pairing.until.is_(None),
            (Pairing.a_id == person_id) | (Pairing.b_id == person_id),
            within(reader, Pairing.project_id),
        )
        .options(joinedload(Pairing.a), joinedload(Pairing.b))
        .order_by(Project.name)
    )
    found = []
    for pairing, name, code in rows:
        is_a = pairing.a_id == person_id
        one = acts.get(pairing.project_id)
        found.append(
            Held(
                project_id=pairing.project_id,
                name=name,
                code=code,
                post="A" if is_a else "B",
                partner=staff_queries.spoken_name(pairing.b if is_a else pairing.a),
                is_acting=one is not None and one.person_id == person_id,
            )
        )
    return sorted(found, key=lambda one: one.post)


def without_officers(session: Session, reader: Actor) -> list[Project]:
    """The projects under way that have no pair, the oldest first: the queue of the office.

    Source: S27; AB-1.
    """
    paired = select(Pairing.id).where(Pairing.project_id == Project.id, Pairing.until.is_(None))
    return list(
        session.scalars(
            select(Project)
            .where(Project.status == ProjectStatus.ACTIVE, ~paired.exists(), within(reader, Project.id))
            .options(joinedload(Project.enterprise))
            .order_by(Project.opened_at, Project.id)
        )
    )


def coming_covers(session: Session, reader: Actor, today: date) -> list[tuple[CoverRow, str]]:
    """The covers of C that are not over, with the names of their projects."""
    rows = session.execute(
        select(CoverRow, Project.name)
        .join(Project, Project.id == CoverRow.project_id)
        .where(
            CoverRow.last_on >= today, CoverRow.withdrawn_at.is_(None), within(reader, CoverRow.project_id)
        )
        .options(joinedload(CoverRow.person))
        .order_by(CoverRow.first_on, CoverRow.id)
    )
    return [(row, name) for row, name in rows]
