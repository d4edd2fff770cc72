"""What a person has to do, asked of every installed addon, outside anybody's request."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import Context
from datetime import date

from flask import current_app
from flask_appbuilder.security.sqla.models import Role, User
from flask_login import login_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.desk.press.letters import Task
from concierge.desk.press.todo_words import todo_sentence
from concierge.kernel import addon
from concierge.kernel.actor import Actor
from concierge.kernel.web import full_name
from concierge.kernel.work import reading
from concierge.staff.rules.todo import Todo, TodoKind
from projects.models.project import Project

NOTICE = "Notice"
HEARS = "hear"


def listeners(session: Session) -> list[User]:
    """The people with a working account who may hear notices, by number."""
    roles = {
        role
        for one in addon.installed()
        for role, grants in one.roles.items()
        if any(grant.on == NOTICE and HEARS in grant.verbs for grant in grants)
    }
    asked = select(User).where(User.active, User.roles.any(Role.name.in_(roles))).order_by(User.id)
    return list(session.scalars(asked))


def todos_of(person_id: int, on: date) -> tuple[tuple[Todo, Task], ...]:
    """What one person has to do, each with its words; what they only wait for is left out.

    The addons' functions answer in a request, because they say where a thing is done: one is opened for them,
    in the person's name, apart from whatever runs here.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  (for the other context)

    def asked() -> tuple[tuple[Todo, Task], ...]:
        with app.test_request_context("/"), reading() as session:
            user = session.get(User, person_id)
            if user is None or not user.active:
                return ()
            login_user(user)
            found = [
                one
                for one in _all(session, Actor(user.id, full_name(user)), on)
                if one.kind is not TodoKind.WAIT
            ]
            codes = _codes(session, {one.project_id for one in found if one.project_id is not None})
            return tuple((one, _worded(one, codes)) for one in found)

    return Context().run(asked)


def _all(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    for one in addon.installed():
        for name in one.todos:
            yield from addon.resolve(name, of=one.name)(session, reader, on)


def _codes(session: Session, project_ids: set[int]) -> dict[int, str]:
    asked = select(Project.id, Project.code).where(Project.id.in_(project_ids))
    return {row[0]: row[1] for row in session.execute(asked)} if project_ids else {}


def _worded(todo: Todo, codes: dict[int, str]) -> Task:
    return Task(
        text=todo_sentence(todo),
        due_on=todo.due_on,
        project=todo.project,
        project_code=codes.get(todo.project_id or 0, ""),
    )
