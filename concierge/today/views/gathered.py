"""Everything the addons know a person has to do, put together into one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from flask import session as kept
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import addon, clock
from concierge.kernel.actor import Actor
from concierge.kernel.counts import Counts
from concierge.kernel.db import db
from concierge.kernel.errors import N_, Refusal
from concierge.kernel.shell import COUNTS
from concierge.staff.queries import acting_on
from concierge.staff.rules.presence import Acting
from concierge.staff.rules.todo import Todo
from concierge.today.queries import deeds
from concierge.today.queries.posts import my_projects
from concierge.today.rules.day import Day, Reader, made_day
from concierge.today.services.tick_line import LineAsked
from concierge.today.views.words import title
from scheduler import WorkCalendar

OPEN_TODAY = "today.open"
COUNTED_BY = "concierge.today.views.gathered:open_count"


class LineGone(Refusal):
    """The line somebody wanted to act on stands on the list no more."""

    message = N_("This line is no longer on your list: somebody has done it, or it has changed. Look again.")


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """One person's day with what it was made from."""

    day: Day
    todos: Mapping[str, Todo]
    acting: Mapping[int, Acting]
    posts: Mapping[int, tuple[str, str]]
    calendar: WorkCalendar
    today: date

    def line(self, key: str) -> LineAsked:
        """One line as a service takes it.

        Raises: LineGone.
        """
        todo = self.todos.get(key)
        if todo is None:
            raise LineGone
        return LineAsked(
            key=todo.key, text=title(todo), project_id=todo.project_id, is_for_good=todo.may_tick
        )


def everything(session: Session, reader: Actor, on: date) -> Sequence[Todo]:
    """What every installed addon has for a person; lower addons first."""
    return [
        todo
        for installed in addon.installed()
        for name in installed.todos
        for todo in addon.resolve(name, of=installed.name)(session, reader, on)
    ]


def gathered(session: Session, reader: Actor) -> Gathered:
    """One person's day. Shape: as many queries as the addons ask, whatever the number of projects.

    Effects: the figure beside the menu entry is this day's from now on.
    """
    today = clock.today()
    at = clock.local(clock.now()).time()
    todos = everything(session, reader, today)
    posts = {
        project_id: (name, post) for project_id, name, post in session.execute(my_projects(reader, today))
    }
    acting = acting_on(session, today, list(posts), at=at)
    calendar = catalogue_queries.work_calendar(session)
    made = made_day(
        todos,
        Reader(
            person_id=reader.id or 0,
            acting=acting,
            ticks=deeds.ticks(session, reader, today, {todo.key for todo in todos}),
            put_off=deeds.put_off(session, reader, today),
        ),
        calendar,
        today=today,
    )
    kept[OPEN_TODAY] = [today.isoformat(), reader.id, made.open]
    counts: Counts = current_app.extensions[COUNTS]
    counts.keep(reader, COUNTED_BY, counts.stamp(session), made.open)
    return Gathered(
        day=made,
        todos={todo.key: todo for todo in todos},
        acting=acting,
        posts=posts,
        calendar=calendar,
        today=today,
    )


def open_count(session: Session, reader: Actor) -> int | None:  # noqa: ARG001  (what the frame asks of every count)
    """How many lines waited when this person last looked today; None before.

    Shape: no query, for the frame asks on every page; the day itself counts anew each time it is opened.
    """
    on, person, count = kept.get(OPEN_TODAY) or ("", None, 0)
    return int(count) if (on, person) == (clock.today().isoformat(), reader.id) else None


def my_day(reader: Actor) -> Gathered:
    """The day of the person behind a request."""
    return gathered(db.session, reader)


def options(mine: Mapping[int, tuple[str, str]]) -> list[dict[str, Any]]:
    """A person's projects for a list to choose from."""
    return [{"value": project_id, "text": name} for project_id, (name, _) in mine.items()]
