"""The public directory: where the concierge is found, who answers the telephone today, what one can ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from concierge.progress.queries.officers import office_line
from concierge.service.models.office import Office
from concierge.service.queries.offices import listings, offices
from concierge.service.rules.case import Tier
from concierge.service.rules.catalogue import ServiceCatalogue
from concierge.staff.queries import absences, agents, loads, profiles, spoken_name
from concierge.staff.rules.minutes import WORKDAY_BEGINS, WORKDAY_ENDS, minute_of
from concierge.staff.rules.presence import Presence

TIERS = (Tier.CITY, Tier.COUNTY, Tier.TOWNSHIP, Tier.VILLAGE)


@dataclass(frozen=True, kw_only=True)
class Station:
    """One place people come to, as it is published."""

    code: str
    name: str
    tier: Tier
    address: str
    phone: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class Offered:
    """One service on a station's list. Shape: ``code`` is empty for one the station added itself."""

    code: str
    name: str
    note: str
    is_decided_here: bool


@dataclass(frozen=True, kw_only=True)
class OnDuty:
    """An officer with an office line, and whether they are there today.

    Shape: ``leads`` and ``stands_in`` say whether they hold an A or a B post of some project.
    """

    name: str
    office: str
    phone: str
    is_there: bool
    leads: bool
    stands_in: bool


def stations(session: Session) -> list[Station]:
    """Every station, the highest tier first; one query."""
    rows = sorted(offices(session), key=lambda row: (TIERS.index(row.tier), row.code))
    return [_station(row) for row in rows]


def station(session: Session, code: str) -> Station | None:
    """One station."""
    return next((one for one in stations(session) if one.code == code), None)


def _station(row: Office) -> Station:
    return Station(
        code=row.code,
        name=row.name,
        tier=row.tier,
        address=row.address,
        phone=row.phone,
        hours=row.hours,
    )


def offered(session: Session, code: str, catalogue: ServiceCatalogue, lang: str) -> list[Offered]:
    """What a station has published that it does; one query."""
    found = []
    for row in listings(session, code):
        known = catalogue.services.get(row.code) if row.code else None
        name = known.names.spoken(lang) if known else row.name or row.code
        found.append(Offered(code=row.code, name=name, note=row.note, is_decided_here=row.is_decided_here))
    return found


def on_duty(session: Session, on: date) -> Sequence[OnDuty]:
    """The officers who can be called today, those who are there first; a mobile number is never shown.

    Source: PL-8, AB-1.
    """
    presence = Presence(absences(session, on, on))
    begin, end = minute_of(on, WORKDAY_BEGINS), minute_of(on, WORKDAY_ENDS)
    known, held = profiles(session), {one.person_id: one for one in loads(session)}
    found = []
    for person in agents(session):
        profile, load = known.get(person.id), held.get(person.id)
        found.append(
            OnDuty(
                name=spoken_name(person),
                office=profile.office if profile else "",
                phone=office_line(profile.phone if profile else ""),
                is_there=presence.is_there(person.id, begin, end),
                leads=bool(load and load.as_a),
                stands_in=bool(load and load.as_b),
            )
        )
    return sorted(found, key=lambda one: (not one.is_there, one.name))
