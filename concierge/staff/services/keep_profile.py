"""Keep what is known of an officer, and the teams they work in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Missing
from concierge.kernel.work import work
from concierge.staff import queries
from concierge.staff.events import ProfileKept, TeamKept
from concierge.staff.models import StaffProfile, TeamRow


class TeamUnnamed(Invalid):
    """A team needs a name."""

    message = N_("Give the team a name, such as the park it looks after.")


class TeamNamedTwice(Invalid):
    """Two teams would have one name."""

    message = N_("There is a team “%(name)s” already. Give another name, or change that one.")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What is known of one officer, as typed. Shape: ``skills`` are codes."""

    phone: str = ""
    office: str = ""
    grid: str = ""
    skills: Sequence[str] = ()
    department: str = ""
    papers: str = ""
    team_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Team:
    """A team as typed. Shape: ``grids`` are names."""

    name: str
    is_zone_office: bool = False
    lead_id: int | None = None
    grids: Sequence[str] = ()


def keep_profile(person_id: int, told: Profile, *, by: Actor) -> None:
    """Write down what is known of an officer.

    Raises: Missing, when the person is no officer or the team is none.
    """
    with work(by) as w:
        if person_id not in {person.id for person in queries.everyone(w.session)}:
            raise Missing
        if told.team_id is not None and w.session.get(TeamRow, told.team_id) is None:
            raise Missing
        row = queries.profile_to_change(w.session, person_id) or w.add(StaffProfile(person_id=person_id))
        row.phone, row.office, row.grid = told.phone.strip(), told.office.strip(), told.grid.strip()
        row.skills = "\n".join(told.skills)
        row.department, row.papers, row.team_id = told.department, told.papers.strip(), told.team_id
        w.record(ProfileKept(person_id))


def keep_team(team_id: int | None, told: Team, *, by: Actor) -> int:
    """Make a team, or change one; answers its number.

    Raises: Missing; TeamUnnamed; TeamNamedTwice.
    """
    name = told.name.strip()
    if not name:
        raise TeamUnnamed(field="name")
    with work(by) as w:
        same = w.session.scalar(select(TeamRow.id).where(TeamRow.name == name))
        if same is not None and same != team_id:
            raise TeamNamedTwice(field="name", name=name)
        if told.lead_id is not None and told.lead_id not in {one.id for one in queries.officers(w.session)}:
            raise Missing
        row = w.get(TeamRow, team_id) if team_id is not None else None
        grids = "\n".join(one.strip() for one in told.grids if one.strip())
        if row is None:
            row = w.add(
                TeamRow(name=name, is_zone_office=told.is_zone_office, lead_id=told.lead_id, grids=grids)
            )
        else:
            row.name, row.is_zone_office, row.lead_id = name, told.is_zone_office, told.lead_id
            row.grids = grids
        w.record(TeamKept(row.id, name))
        return row.id
