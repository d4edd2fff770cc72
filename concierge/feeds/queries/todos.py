"""What other addons have for a person to do, as entries of that person's calendar.

Steps, sittings and deferred papers are left out here: calendars have them by themselves, under names that
stay with the thing and not with the person.
Source: FE-1.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from typing import Any

from flask import current_app, has_request_context
from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from approvals.rules.facts import Label
from concierge.feeds.rules.entry import EntryKind, EntryState, Matter
from concierge.kernel import addon, spoken
from concierge.kernel.actor import Actor
from concierge.staff.rules.todo import Todo, TodoKind

OF_STEPS = "concierge.today"
LONGEST_SOURCE = 250
USUAL_MINUTES = 30


def todo_matters(session: Session, reader: Actor, today: date) -> list[Matter]:
    """What has a day and is this person's own to do, worded in both languages."""
    base = current_app.config["CONCIERGE"].base_url
    asked = nullcontext() if has_request_context() else current_app.test_request_context(base_url=base)
    with asked:  # addresses of pages are made as for a request
        found = {todo.key: todo for todo in _todos(session, reader, today)}
        return [_matter(todo, todo.due_on, reader) for todo in found.values() if todo.due_on is not None]


def _todos(session: Session, reader: Actor, today: date) -> Iterator[Todo]:
    for installed in addon.installed():
        if installed.name == OF_STEPS:
            continue
        for name in installed.todos:
            for todo in addon.resolve(name, of=installed.name)(session, reader, today):
                if todo.kind is not TodoKind.WAIT:
                    yield todo


def _matter(todo: Todo, due_on: date, reader: Actor) -> Matter:
    return Matter(
        source=f"todo:{reader.id}:{todo.key}"[:LONGEST_SOURCE],
        kind=EntryKind.TASK,
        state=EntryState.OPEN,
        on=due_on,
        begins_at=todo.at,
        minutes=(todo.minutes or USUAL_MINUTES) if todo.at else 0,
        name=Label(_said(todo, "zh"), _said(todo, "en")),
        project_id=todo.project_id,
        project=todo.project,
        department=Label(todo.department, todo.department),
        place=todo.place,
        href=todo.href[:LONGEST_SOURCE],
        subjects=((f"person:{reader.id}", todo.post or "A"),),
    )


def _said(todo: Todo, lang: str) -> str:
    with force_locale(lang):
        return str(gettext(todo.text, **{name: _spoken(fact, lang) for name, fact in todo.facts.items()}))


def _spoken(fact: Any, lang: str) -> Any:
    if isinstance(fact, date):
        return spoken.day(fact)
    return fact.spoken(lang) if hasattr(fact, "spoken") else fact
