"""Questions about people and their projects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date, time, timedelta

from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from concierge.staff.models import Absence, ContactRow, CoverRow, Pairing, StaffProfile, TeamRow
from concierge.staff.rules.absence import Away, Duty, cut_short
from concierge.staff.rules.contacts import ContactPost
from concierge.staff.rules.minutes import DAY, day_before, minute_at, minute_of
from concierge.staff.rules.pairing import Load
from concierge.staff.rules.posts import PairLine, PostDays, days_in_posts
from concierge.staff.rules.presence import (
    Acting,
    Cover,
    Presence,
    acting_at,
    acting_on_day,
    covers_by_project,
)

AGENT = "Concierge"
CHIEF = "Chief"
LIAISON = "Liaison"
RESIDENT = "Resident"
AWAY_SOON = timedelta(days=5)


def spoken_name(user: User) -> str:
    """A person's name, family name first."""
    return f"{user.last_name}{user.first_name}"


def pairings(session: Session, project_ids: Collection[int]) -> dict[int, Pairing]:
    """The A and B of each of these projects today, with their people, in one query."""
    rows = session.execute(
        select(Pairing)
        .where(Pairing.project_id.in_(project_ids), Pairing.until.is_(None))
        .options(joinedload(Pairing.a), joinedload(Pairing.b))
    )
    return {pairing.project_id: pairing for pairing in rows.scalars()}


def last_pairing(session: Session, project_id: int) -> Pairing | None:
    """The A and B a project had last, with their people; who served one that has ended."""
    return session.scalar(
        select(Pairing)
        .where(Pairing.project_id == project_id)
        .order_by(Pairing.since.desc(), Pairing.id.desc())
        .options(joinedload(Pairing.a), joinedload(Pairing.b))
        .limit(1)
    )


def agents(session: Session) -> list[User]:
    """The concierge officers with a working account, by name."""
    rows = session.execute(
        select(User).where(User.active, User.roles.any(name=AGENT)).order_by(User.last_name, User.first_name)
    )
    return list(rows.scalars())


def officers(session: Session) -> list[User]:
    """The officers and their chiefs with a working account, by name: everybody whose absence matters."""
    rows = session.execute(
        select(User)
        .where(User.active, User.roles.any(Role.name.in_((AGENT, CHIEF))))
        .order_by(User.last_name, User.first_name, User.id)
    )
    return list(rows.scalars())


def names(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """The names of these people, family name first; one query, none for nobody."""
    if not person_ids:
        return {}
    rows = session.scalars(select(User).where(User.id.in_(person_ids)))
    return {user.id: spoken_name(user) for user in rows}


def profiles(session: Session, person_ids: Collection[int] | None = None) -> dict[int, StaffProfile]:
    """What is known of these people, or of everybody; those without a profile are left out."""
    asked = select(StaffProfile)
    if person_ids is not None:
        asked = asked.where(StaffProfile.person_id.in_(person_ids))
    return {row.person_id: row for row in session.scalars(asked)}


def profile_to_change(session: Session, person_id: int) -> StaffProfile | None:
    """What is known of one person, locked until it is written."""
    asked = select(StaffProfile).where(StaffProfile.person_id == person_id)
    return session.scalars(asked.with_for_update(of=StaffProfile)).one_or_none()


def daily_hand_ins(session: Session) -> dict[int, int]:
    """On how many steps a day each officer can go to a counter; who may any number is left out."""
    asked = select(StaffProfile.person_id, StaffProfile.daily_hand_ins)
    rows = session.execute(asked.where(StaffProfile.daily_hand_ins.is_not(None)))
    return {person_id: a_day for person_id, a_day in rows if a_day is not None}


def everyone(session: Session) -> list[User]:
    """Everybody who looks after projects in some stage, with a working account, by name."""
    rows = session.execute(
        select(User)
        .where(User.active, User.roles.any(Role.name.in_((AGENT, CHIEF, LIAISON, RESIDENT))))
        .order_by(User.last_name, User.first_name, User.id)
    )
    return list(rows.scalars())


def residents(session: Session) -> list[User]:
    """Those who may look after a project in operation: resident service officers, by name."""
    rows = session.execute(
        select(User)
        .where(User.active, User.roles.any(Role.name == RESIDENT))
        .order_by(User.last_name, User.first_name, User.id)
    )
    return list(rows.scalars())


def teams(session: Session) -> list[TeamRow]:
    """The teams and park offices, by name."""
    return list(session.scalars(select(TeamRow).order_by(TeamRow.name)))


def heads(session: Session) -> list[int]:
    """Who steps in where nobody is there, in this order: chiefs, leads of teams, the least laden officers.

    Source: AB-3, the unit head covers; the order is ours.
    """
    chiefs = session.scalars(
        select(User.id).where(User.active, User.roles.any(Role.name == CHIEF)).order_by(User.id)
    )
    leads = session.scalars(
        select(User.id).join(TeamRow, TeamRow.lead_id == User.id).where(User.active).order_by(TeamRow.id)
    )
    rest = (load.person_id for load in sorted(loads(session), key=lambda one: (one.weight, one.person_id)))
    return list(dict.fromkeys((*chiefs, *leads, *rest)))


def loads(session: Session, today: date | None = None) -> list[Load]:
    """What each concierge officer has on the desk, in three queries; with a day, also who is away soon."""
    as_a: Counter[int] = Counter()
    as_b: Counter[int] = Counter()
    partners: dict[int, Counter[int]] = defaultdict(Counter)
    for a_id, b_id in session.execute(select(Pairing.a_id, Pairing.b_id).where(Pairing.until.is_(None))):
        as_a[a_id] += 1
        as_b[b_id] += 1
        partners[a_id][b_id] += 1
        partners[b_id][a_id] += 1
    known = profiles(session)
    soon = absences(session, today, today + AWAY_SOON) if today is not None else ()
    away = {one.person_id for one in soon}
    return [
        Load(
            person_id=user.id,
            name=spoken_name(user),
            skills=tuple(known[user.id].skills.split()) if user.id in known else (),
            grid=known[user.id].grid if user.id in known else "",
            department=known[user.id].department if user.id in known else "",
            is_away=user.id in away,
            as_a=as_a[user.id],
            as_b=as_b[user.id],
            with_partner=tuple(sorted(partners[user.id].items())),
        )
        for user in agents(session)
    ]


def absences(session: Session, first_on: date, last_on: date | None = None) -> tuple[Away, ...]:
    """Who is away on some day of a stretch (without an end: from its first day on), by first day."""
    asked = select(Absence).where(Absence.last_on >= first_on)
    if last_on is not None:
        asked = asked.where(Absence.first_on <= last_on)
    found = (away_of(row) for row in session.scalars(asked.order_by(Absence.first_on, Absence.person_id)))
    return tuple(away for away in found if away is not None and away.last_on >= first_on)


def away_of(row: Absence) -> Away | None:
    """The minutes a person really was away: what was withdrawn before it began never was.

    Shape: one withdrawn later lasted until that minute.
    """
    asked = Away(
        person_id=row.person_id,
        first_on=row.first_on,
        last_on=row.last_on,
        is_planned=row.is_planned,
        from_time=row.from_time,
        until_time=row.until_time,
    )
    return asked if row.withdrawn_at is None else cut_short(asked, minute_at(row.withdrawn_at))


def absence_rows(session: Session, since: date) -> list[Absence]:
    """The absences that are not over on a day, with their people, by first day."""
    asked = (
        select(Absence)
        .where(Absence.withdrawn_at.is_(None), Absence.last_on >= since)
        .options(joinedload(Absence.person))
        .order_by(Absence.first_on, Absence.id)
    )
    return list(session.scalars(asked))


def duties(session: Session, person_id: int | None = None) -> tuple[Duty, ...]:
    """The pairs of the projects under way, or those with one person in them."""
    asked = select(Pairing).where(Pairing.until.is_(None)).order_by(Pairing.project_id)
    if person_id is not None:
        asked = asked.where(or_(Pairing.a_id == person_id, Pairing.b_id == person_id))
    return tuple(
        Duty(project_id=row.project_id, a_id=row.a_id, b_id=row.b_id) for row in session.scalars(asked)
    )


def duties_covered(session: Session, person_id: int, first_on: date, last_on: date) -> tuple[Duty, ...]:
    """The pairs of the projects one person is named C of on some of these days."""
    helped = {one.project_id for one in covers(session, first_on, last_on) if one.person_id == person_id}
    asked = select(Pairing).where(Pairing.until.is_(None), Pairing.project_id.in_(helped))
    return tuple(
        Duty(project_id=row.project_id, a_id=row.a_id, b_id=row.b_id)
        for row in session.scalars(asked.order_by(Pairing.project_id))
    )


def covers(session: Session, first_on: date, last_on: date) -> tuple[Cover, ...]:
    """Who covers what on some day of a stretch, in the order of naming.

    Shape: what was withdrawn after it had begun counts until the day before.
    """
    rows = session.scalars(
        select(CoverRow)
        .where(CoverRow.first_on <= last_on, CoverRow.last_on >= first_on)
        .order_by(CoverRow.id)
    )
    found = []
    for row in rows:
        ends_on = row.last_on if row.withdrawn_at is None else min(row.last_on, day_before(row.withdrawn_at))
        if ends_on >= max(row.first_on, first_on):
            found.append(
                Cover(
                    project_id=row.project_id,
                    person_id=row.person_id,
                    first_on=row.first_on,
                    last_on=ends_on,
                    rank=row.id,
                )
            )
    return tuple(found)


def pair_lines(
    session: Session,
    first_on: date,
    last_on: date,
    project_ids: Collection[int] | None = None,
    person_id: int | None = None,
) -> tuple[PairLine, ...]:
    """The pairs of these days, every change a line of its own, by project and time.

    Source: AB-8.
    """
    asked = select(Pairing).where(
        Pairing.since <= last_on, or_(Pairing.until.is_(None), Pairing.until >= first_on)
    )
    if project_ids is not None:
        asked = asked.where(Pairing.project_id.in_(project_ids))
    if person_id is not None:
        held = or_(Pairing.a_id == person_id, Pairing.b_id == person_id)
        helped = select(CoverRow.project_id).where(
            CoverRow.person_id == person_id, CoverRow.first_on <= last_on, CoverRow.last_on >= first_on
        )
        mine = select(Pairing.project_id).where(held)
        asked = asked.where(or_(Pairing.project_id.in_(mine), Pairing.project_id.in_(helped)))
    rows = session.scalars(asked.order_by(Pairing.project_id, Pairing.id)).all()
    found = []
    for place, row in enumerate(rows):
        after = rows[place + 1] if place + 1 < len(rows) else None
        follows = after is not None and after.project_id == row.project_id
        ends = minute_at(after.made_at) if after is not None and follows else None
        if ends is None and row.until is not None:
            ends = minute_of(row.until)
        found.append(
            PairLine(
                duty=Duty(project_id=row.project_id, a_id=row.a_id, b_id=row.b_id),
                begin=minute_at(row.made_at),
                end=ends,
            )
        )
    return tuple(found)


def acting_on(
    session: Session, on: date, project_ids: Collection[int] | None = None, at: time | None = None
) -> dict[int, Acting]:
    """Who acts for each project with a pair on a day, past or to come; three queries.

    Units: ``at`` a time of day in Asia/Shanghai.
    Shape: with ``at``, who acts in that minute; without, whose day it is: A's unless A is away all of the
        working day, then B's, then C's. ``person_id`` is None where nobody is there.
    Source: AB-1 to AB-3, AB-6.
    """
    presence = Presence(absences(session, on, on))
    helping = covers_by_project(covers(session, on, on))
    found: dict[int, Acting] = {}
    until = minute_of(on, at) if at else minute_of(on) + DAY - 1
    for line in pair_lines(session, on, on, project_ids):
        if not line.begins_by(until) or line.has_ended(minute_of(on, at) if at else until):
            continue
        duty, named = line.duty, helping.get(line.duty.project_id, [])
        found[duty.project_id] = (
            acting_at(duty, presence, named, until) if at else acting_on_day(duty, presence, named, on)
        )
    return found


def posts_of(session: Session, person_id: int, first_on: date, last_on: date) -> tuple[PostDays, ...]:
    """The posts of one person on these days, and the days on which the person acts in them; three queries.

    Shape: one for each project and post, by project; ``acts`` and ``covers`` are days.
    Source: AB-6, AB-7.
    """
    return days_in_posts(
        person_id,
        pair_lines(session, first_on, last_on, person_id=person_id),
        Presence(absences(session, first_on, last_on)),
        covers_by_project(covers(session, first_on, last_on)),
        (first_on, last_on),
    )


def contacts(session: Session, on: date) -> Sequence[ContactRow]:
    """Who can be called on a day, by department and post."""
    asked = select(ContactRow).where(_holds_on(on)).order_by(ContactRow.department, ContactRow.post)
    return session.scalars(asked.order_by(ContactRow.id)).all()


def holding(session: Session, post: ContactPost, on: date) -> Sequence[ContactRow]:
    """Who holds a post on a day, the latest named first."""
    asked = select(ContactRow).where(_holds_on(on), ContactRow.post == post)
    return session.scalars(asked.order_by(ContactRow.id.desc())).all()


def representatives(session: Session, on: date) -> dict[str, ContactRow]:
    """The chief window representative of each department that has named one, by its code."""
    found = reversed(holding(session, ContactPost.REPRESENTATIVE, on))
    return {row.department: row for row in found}


def named_person(contact: ContactRow | None) -> str:
    """A contact as a record names it: name and title; empty for nobody."""
    return f"{contact.name}{f'（{contact.title}）' if contact.title else ''}" if contact else ""


def _holds_on(on: date) -> ColumnElement[bool]:
    return (ContactRow.since <= on) & or_(ContactRow.until.is_(None), ContactRow.until >= on)
