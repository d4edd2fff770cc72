"""Add the day's part to the demonstration county: windows of departments, and notes of officers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from concierge.kernel.actor import Actor
from concierge.kernel.typed_values import typed_time
from concierge.kernel.work import reading
from concierge.staff.queries import spoken_name
from concierge.today.services.keep_place import PlaceAsked, keep_places
from concierge.today.services.write_note import NoteAsked, write_note
from projects.models.project import Project

LOADER = Actor(None, "demonstration")
COUNTY = Path(__file__).parents[1] / "data" / "demonstration.yaml"


def load_demonstration() -> dict[str, list[str]]:
    """Write down where departments receive and what officers noted.

    Shape: notes of people or about projects that are not there are left out. There is no address to tell.
    """
    county = yaml.safe_load(COUNTY.read_text(encoding="utf-8"))
    keep_places(
        [
            PlaceAsked(department=code, place=place, contact=contact, phone=phone, position=position)
            for code, (place, contact, phone, position) in county["places"].items()
        ],
        by=LOADER,
    )
    for writer, note in _notes(county["notes"]):
        write_note(note, by=writer)
    return {}


def _notes(told: list[Mapping[str, Any]]) -> Iterator[tuple[Actor, NoteAsked]]:
    with reading() as session:
        people = {user.username: Actor(user.id, spoken_name(user)) for user in session.scalars(select(User))}
        projects = dict(session.execute(select(Project.code, Project.id)).tuples().all())
    for note in told:
        project = note.get("project")
        if note["by"] not in people or (project and project not in projects):
            continue
        yield (
            people[note["by"]],
            NoteAsked(
                text=note["text"],
                due_on=note["day"],
                due_at=typed_time(note.get("at"), "at"),
                project_id=projects[project] if project else None,
                place=note.get("place", ""),
                phone=note.get("phone", ""),
                is_promise=note.get("promise", False),
            ),
        )
