"""The pages of officers as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from concierge.handover.queries.officers import (
    Held,
    coming_covers,
    held_by,
    officer_lines,
    without_officers,
)
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.web import language, may
from concierge.staff import queries as staff_queries
from concierge.staff.models import StaffProfile, TeamRow
from concierge.staff.queries import spoken_name
from concierge.staff.rules.cover import CoverCause
from concierge.staff.rules.pairing import TooFewAgents, Wanted, suggested_pair
from projects.models.project import Project
from projects.queries.deferring import projects_to_choose

OFFICERS = "Officer"


@dataclass(frozen=True, kw_only=True)
class BoardSheet:
    """Everybody's load, the queue without officers, covers and teams."""

    today: date
    lines: list[dict[str, Any]]
    queue: list[dict[str, Any]]
    covers: list[dict[str, Any]]
    teams: list[TeamRow]
    people: list[dict[str, Any]]
    projects: list[dict[str, Any]]
    problems: Sequence[dict[str, str]]
    typed: Mapping[str, str]
    may_assign: bool


@dataclass(frozen=True, kw_only=True)
class PersonSheet:
    """One officer: entry and projects."""

    id: int
    name: str
    today: date
    profile: StaffProfile
    held: list[Held]
    skills: list[dict[str, str]]
    departments: list[dict[str, str]]
    teams: list[TeamRow]
    people: list[dict[str, Any]]
    problems: Sequence[dict[str, str]]
    typed: Mapping[str, str]
    may_assign: bool
    may_keep: bool


def board_sheet(
    session: Session, reader: Actor, today: date, problems: Sequence[dict[str, str]], typed: Mapping[str, str]
) -> BoardSheet:
    """Read the page of everybody."""
    lines = officer_lines(session, today)
    people = staff_queries.officers(session)
    away = {one.person_id for one in staff_queries.absences(session, today, today)}
    loads = [line.load for line in lines]
    pairs = {duty.project_id for duty in staff_queries.duties(session)}
    visible = _names(session, reader) if may("assign", OFFICERS) else {}
    return BoardSheet(
        today=today,
        lines=[
            {
                "href": url_for("StaffBoardView.one", person_id=line.user.id),
                "name": spoken_name(line.user),
                "team": line.profile.team.name if line.profile and line.profile.team else "",
                "phone": line.profile.phone if line.profile else "",
                "office": line.profile.office if line.profile else "",
                "grid": line.profile.grid if line.profile else "",
                "as_a": line.load.as_a,
                "as_b": line.load.as_b,
                "weight": f"{line.load.weight / 2:g}",
                "acting": line.acting,
                "due": line.due,
                "is_away": line.user.id in away,
            }
            for line in lines
        ],
        queue=[_queued(project, loads) for project in without_officers(session, reader)],
        covers=[
            {
                "id": row.id,
                "project": name,
                "href": url_for("ProjectView.one", project_id=row.project_id),
                "name": spoken_name(row.person),
                "first_on": row.first_on,
                "last_on": row.last_on,
                "is_head": row.cause is CoverCause.HEAD,
            }
            for row, name in coming_covers(session, reader, today)
        ],
        teams=staff_queries.teams(session),
        people=[{"value": one.id, "text": spoken_name(one)} for one in people],
        projects=[{"value": one, "text": name} for one, name in visible.items() if one in pairs],
        problems=problems,
        typed=typed,
        may_assign=may("assign", OFFICERS),
    )


def person_sheet(
    session: Session,
    person_id: int,
    reader: Actor,
    today: date,
    problems: Sequence[dict[str, str]],
    typed: Mapping[str, str],
) -> PersonSheet:
    """Read the page of one officer.

    Raises: Missing, when the person is none.
    """
    known = {one.id: one for one in staff_queries.everyone(session)}
    if person_id not in known:
        raise Missing
    catalogue = catalogue_queries.latest_catalogue(session)
    lang = language()
    may_assign = may("assign", OFFICERS)
    return PersonSheet(
        id=person_id,
        name=spoken_name(known[person_id]),
        today=today,
        profile=staff_queries.profiles(session, [person_id]).get(person_id)
        or StaffProfile(
            person_id=person_id, phone="", office="", grid="", skills="", department="", papers=""
        ),
        held=held_by(session, person_id, reader, today),
        skills=[
            {"value": one.code, "text": one.spoken(lang)}
            for one in (catalogue.templates if catalogue else ())
        ],
        departments=[
            {"value": one.code, "text": one.spoken(lang)}
            for one in (catalogue.departments if catalogue else ())
        ],
        teams=staff_queries.teams(session),
        people=[
            {"value": one.id, "text": spoken_name(one)}
            for one in staff_queries.agents(session)
            if one.id != person_id
        ],
        problems=problems,
        typed=typed,
        may_assign=may_assign,
        may_keep=may("keep", OFFICERS) and (may_assign or person_id == reader.id),
    )


def _names(session: Session, reader: Actor) -> dict[int, str]:
    return dict(projects_to_choose(session, reader))


def _queued(project: Project, loads: list[Any]) -> dict[str, Any]:
    """A project without officers, with the pair one would propose."""
    wanted = Wanted(template=project.template, place=project.enterprise.address or "")
    try:
        pair = " / ".join(load.name for load in suggested_pair(loads, wanted))
    except TooFewAgents:
        pair = ""
    return {
        "name": project.name,
        "code": project.code,
        "enterprise": project.enterprise.name,
        "since": project.opened_at,
        "pair": pair,
        "href": url_for("OfficersView.one", project_id=project.id),
    }
