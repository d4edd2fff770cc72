"""A list that lies with what it lists: composed like a document, but given its facts and never a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from documents.press.compose import write
from documents.press.fill import fill
from documents.press.kind import DocumentKind, Form
from documents.press.page import Page
from documents.rules.facts import DocumentFacts


def list_template(
    code: str, title: str, name: str, series: str, *, form: Form, compose: Callable[[Page], None]
) -> bytes:
    """The Word template of a list. Shape: ``name`` is the marked English title; caching is the caller's."""
    about = code.partition("-")[0]
    return write(
        DocumentKind(
            code=code,
            title_zh=title,
            name=name,
            about=about,
            series=series,
            form=form,
            facts=_no_facts,
            compose=compose,
        )
    )


def list_page(template: bytes, on: date, head: dict[str, Any], own: dict[str, Any]) -> bytes:
    """The list as a Word file; the same values give the same bytes.

    Shape: ``head`` has ``number``, ``version``, ``changes``, ``title``, ``addressee``, ``office`` and
        ``phone``; ``own`` is what only this list says, ``rows`` among it.
    """
    office = {"name": head["office"], "full_name": head["office"], "phone": head["phone"], "address": ""}
    every = {"data_on": on, "made_on": on, "basis": [], "prefilled": [], "pictures": {}}
    return fill(template, {**head, **every, "office": office, **own})


def _no_facts(_session: Any, _about_id: int, on: date) -> DocumentFacts:
    return DocumentFacts(values={}, addressee="", data_on=on)
