"""The lines of the day in the reader's words: a sentence, a reason, when it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from flask_babel import gettext, ngettext

from concierge.kernel import spoken
from concierge.kernel.web import language
from concierge.staff.rules.todo import Todo
from scheduler import WorkCalendar

PERMISSION = "Today"
SOON_WORKDAYS = 1


@dataclass(frozen=True)
class DueWords:
    """When something is due, in words; ``look`` is late, soon or empty."""

    text: str
    look: str = ""


def said(text: str, facts: Mapping[str, Any]) -> str:
    """An English sentence with its facts, in the reader's language."""
    if not text:
        return ""
    return str(gettext(text, **{name: _spoken(value) for name, value in facts.items()}))


def _spoken(value: Any) -> Any:
    if isinstance(value, date):
        return spoken.day(value)
    return value.spoken(language()) if hasattr(value, "spoken") else value


def title(todo: Todo) -> str:
    """The sentence of a line."""
    return said(todo.text, todo.facts)


def due_words(todo: Todo, calendar: WorkCalendar, *, today: date) -> DueWords:
    """When a line is due."""
    if todo.due_on is None:
        return DueWords("")
    if todo.due_on < today:
        days = max(1, calendar.workdays_between(todo.due_on, today))
        return DueWords(ngettext("%(num)s working day late", "%(num)s working days late", days), "late")
    if todo.due_on == today:
        return DueWords(gettext("today, %(time)s", time=clock_time(todo.at)) if todo.at else gettext("today"))
    left = calendar.workdays_between(today, todo.due_on)
    if left <= SOON_WORKDAYS:
        return DueWords(_at(gettext("due on %(day)s", day=spoken.day(todo.due_on)), todo.at), "soon")
    return DueWords(_at(gettext("by %(day)s", day=spoken.day(todo.due_on)), todo.at))


def _at(text: str, at: time | None) -> str:
    return gettext("%(day)s, %(time)s", day=text, time=clock_time(at)) if at else text


def clock_time(at: time | None) -> str:
    """A time of day as people write it: 09:40."""
    return f"{at:%H:%M}" if at else ""
