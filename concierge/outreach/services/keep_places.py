"""Keep the townships with their windows, and the grids with those who look after them."""

from __future__ import annotations

from collections.abc import Mapping

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Missing, Refusal
from concierge.kernel.work import Work, work
from concierge.outreach.models.place import GridRow, TownshipRow
from concierge.staff.queries import spoken_name

LONGEST = 80


class PlaceNameNeeded(Invalid):
    """A place without a code or a name."""

    message = N_("Give the place a code and a name.")


class PlaceThere(Refusal):
    """The code or the name is another place's."""

    message = N_("There is a place “%(name)s” already. Change that one, or give another code and name.")


def keep_township(told: Mapping[str, str], *, by: Actor) -> int:
    """Add a township, or change the one of that code; answers its number.

    Raises: PlaceNameNeeded, PlaceThere; Missing, for an unknown officer.
    """
    code, name = _named(told)
    with work(by) as w:
        _free(w, TownshipRow, code, name)
        row = w.session.scalar(select(TownshipRow).where(TownshipRow.code == code)) or TownshipRow(code=code)
        row.name = name
        for field in ("window", "place", "phone"):
            setattr(row, field, told.get(field, "").strip()[:LONGEST])
        row.agent_id = _officer(w, told.get("agent", ""))[0]
        return w.add(row).id


def keep_grid(told: Mapping[str, str], *, by: Actor) -> int:
    """Add a grid, or change the one of that code; answers its number.

    Raises: PlaceNameNeeded, PlaceThere; Missing, for an unknown township or officer.
    Source: SF-7.
    """
    code, name = _named(told)
    with work(by) as w:
        _free(w, GridRow, code, name)
        row = w.session.scalar(select(GridRow).where(GridRow.code == code)) or GridRow(code=code)
        row.name, row.township_id = name, w.get(TownshipRow, _number(told.get("township", ""))).id
        row.keeper_id, officer = _officer(w, told.get("keeper_id", ""))
        row.keeper = told.get("keeper", "").strip()[:LONGEST] or officer
        row.phone = told.get("phone", "").strip()[:LONGEST]
        return w.add(row).id


def _named(told: Mapping[str, str]) -> tuple[str, str]:
    code, name = told.get("code", "").strip()[:LONGEST], told.get("name", "").strip()[:LONGEST]
    if not code or not name:
        raise PlaceNameNeeded(field="name" if code else "code")
    return code, name


def _free(w: Work, kind: type[TownshipRow] | type[GridRow], code: str, name: str) -> None:
    """Names tell places apart in the tables people send, so two places never share one."""
    taken = select(func.count(kind.id)).where(kind.name == name, kind.code != code)
    if w.session.scalar(taken):
        raise PlaceThere(name=name, field="name")


def _officer(w: Work, typed: str) -> tuple[int | None, str]:
    number = _number(typed)
    if not number:
        return None, ""
    person = w.session.get(User, number)
    if person is None or not person.active:
        raise Missing
    return person.id, spoken_name(person)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
