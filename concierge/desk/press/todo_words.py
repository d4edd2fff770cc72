"""One thing to do, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext

from concierge.kernel import spoken
from concierge.kernel.web import language
from concierge.staff.rules.todo import Todo


def todo_sentence(todo: Todo) -> str:
    """The sentence of a task, its facts filled in: days as days, things by their names."""
    facts = {name: _said(value) for name, value in todo.facts.items()}
    return str(gettext(todo.text, **facts) if facts else gettext(todo.text))


def _said(value: object) -> Any:
    if isinstance(value, date):
        return spoken.day(value)
    speaks: Callable[[str], str] | None = getattr(value, "spoken", None)
    return speaks(language()) if speaks is not None else value
