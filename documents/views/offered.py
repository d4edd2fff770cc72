"""The documents one page of another addon can have made: each with the one there is, and a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from flask import render_template
from markupsafe import Markup

from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import may
from documents.queries.kinds import kind_of
from documents.queries.offers import made_documents
from documents.views.words import ON, kind_name, state_pill

Wanted: TypeAlias = Sequence[tuple[str, int, str]]


def offered_documents(wanted: Wanted, _reader: Actor) -> Markup | str:
    """The box of a page's documents, for the slot ``documents.about``; one query.

    Shape: ``wanted`` are the codes of kinds, each with the number of what it would be about and a word for
        that, empty where the page says it; in their order. The page has looked at who may see it.
    """
    if not wanted or not may("list", ON):
        return ""
    rows = offers_of(wanted)
    return Markup(  # noqa: S704  (the template escapes)
        render_template("documents/offered.html", rows=rows, may_make=may("make", ON))
    )


def offers_of(wanted: Wanted) -> list[dict[str, Any]]:
    """Each document as a line: its name, and the newest version there is of it."""
    made = made_documents(db.session, [(code, about_id) for code, about_id, _of in wanted])
    return [
        {
            "code": code,
            "about_id": about_id,
            "name": kind_name(kind_of(code)),
            "of": of,
            "made": made.get((code, about_id)),
            "pill": state_pill(made[code, about_id].state) if (code, about_id) in made else None,
        }
        for code, about_id, of in wanted
    ]
