"""What the pages of the window share: departments by name, choices of a list, an error beside its field."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from flask import flash, redirect
from flask_babel import gettext

from approvals.rules.catalogue import Catalogue
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.web import Page, language, say
from projects.rules.owner import owner_name

ON = "Escalation"
LONGEST = 4000
LONGEST_NAME = 80
MOST = 2**31 - 1
Word = TypeVar("Word", bound=enum.Enum)
Problems = list[dict[str, str]]


class NotChosen(Invalid):
    """Nothing on the list."""

    message = N_("Choose one from the list.")


def department_name(catalogue: Catalogue, code: str) -> str:
    """A department as people call it."""
    return owner_name(catalogue.department_of.get(code), code, language())


def department_options(catalogue: Catalogue) -> list[dict[str, str]]:
    """The departments to choose from: neither the enterprise nor its intermediaries."""
    return [
        {"value": one.code, "text": department_name(catalogue, one.code)}
        for one in catalogue.departments
        if one.code not in ("ENT", "INT")
    ]


def word_options(words: Mapping[Word, str], only: Iterable[Word] | None = None) -> list[dict[str, str]]:
    """The words of an enum to choose from, in the reader's language."""
    shown = set(words if only is None else only)
    return [{"value": one.value, "text": gettext(text)} for one, text in words.items() if one in shown]


def chosen(kind: type[Word], raw: str | None, name: str) -> Word:
    """The word somebody chose. Raises: NotChosen, when it is none of them."""
    try:
        return kind(raw)
    except ValueError:
        raise NotChosen(field=name) from None


def problem(error: ConciergeError, default: str) -> Problems:
    """What went wrong, beside its field, for the summary on top of a form."""
    return [{"field": str(error.facts.get("field", default)), "message": say(error)}]


class WindowPage(Page):
    """The parent of the window's pages: a form is done, or shown again as it was typed with what is wrong."""

    class_permission_name = ON

    def attempt(
        self, keep: Callable[[], object], again: Callable[[Problems], str], *, said: str, to: str, field: str
    ) -> Any:
        """Do what a form asks; when it is refused, show the page again with the reason.

        Shape: ``field`` is where a refusal without a field of its own is shown.
        Raises: Missing.
        """
        try:
            keep()
        except Missing:
            raise
        except ConciergeError as error:
            db.session.rollback()
            db.session.expire_all()
            return again(problem(error, field)), error.status
        flash(said, "success")
        return redirect(to, code=303)
