"""What of a catalogue the rows can hold: the order they keep, and the texts that are too long for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import String, Text

from approvals.models.calendar import HolidayRow
from approvals.models.parts import MIRRORED
from approvals.models.template import TemplateRow
from approvals.rules.catalogue import Catalogue, Override, Template
from approvals.rules.catalogue_files.forms import (
    DEPARTMENTS,
    HOLIDAYS,
    LEGAL_BASES,
    MATERIALS,
    MATTERS,
    PRECEDENCES,
    TEMPLATES_FILE,
)
from approvals.rules.catalogue_files.sheets import CELL_TOO_LONG, Fault, SheetForm
from concierge.kernel.errors import N_

OVERRIDE_OF_NO_STEP = N_(
    "“%(matter)s” is not among the steps of this template, so nothing can be changed on it."
)
_HEADING_ROWS = 1
_FORMS: dict[str, SheetForm] = {
    "departments": DEPARTMENTS,
    "matters": MATTERS,
    "precedences": PRECEDENCES,
    "materials": MATERIALS,
    "legal_bases": LEGAL_BASES,
    "holidays": HOLIDAYS,
}
_ROWS: dict[str, Any] = {part.name: part.row for part in MIRRORED} | {
    "templates": TemplateRow,
    "holidays": HolidayRow,
}


def fitted(catalogue: Catalogue) -> Catalogue:
    """The catalogue as the rows give it back: what a template changes stands in the order of its steps."""
    return replace(catalogue, templates=tuple(_in_step_order(template) for template in catalogue.templates))


def _in_step_order(template: Template) -> Template:
    told = (template.override_of[step] for step in template.steps if step in template.override_of)
    return replace(template, overrides=tuple(o for o in told if o != Override(matter=o.matter)))


def misfits(catalogue: Catalogue) -> tuple[Fault, ...]:
    """Everything the rows cannot hold, at its place in the files."""
    return (*_overrides_of_no_step(catalogue), *_too_long(catalogue))


def _overrides_of_no_step(catalogue: Catalogue) -> Iterator[Fault]:
    for template in catalogue.templates:
        for override in template.overrides:
            if override.matter not in template.steps:
                place = f"templates.{template.code}.overrides.{override.matter}"
                yield Fault(TEMPLATES_FILE, 0, place, OVERRIDE_OF_NO_STEP, {"matter": override.matter})


def _too_long(catalogue: Catalogue) -> Iterator[Fault]:
    for part, row in _ROWS.items():
        limits = _limits(row)
        for position, fact in enumerate(getattr(catalogue, part)):
            for field, limit in limits.items():
                value = getattr(fact, field, "")
                if isinstance(value, str) and len(value) > limit:
                    yield _fault(part, position, fact, field, limit)


def _limits(row: Any) -> dict[str, int]:
    return {
        column.name: column.type.length
        for column in row.__table__.columns
        if isinstance(column.type, String) and not isinstance(column.type, Text) and column.type.length
    }


def _fault(part: str, position: int, fact: Any, field: str, limit: int) -> Fault:
    form = _FORMS.get(part)
    if form is None:
        name = getattr(fact, "code", "") or getattr(fact, "name", "")
        return Fault(TEMPLATES_FILE, 0, f"{part}.{name}.{field}", CELL_TOO_LONG, {"limit": limit})
    heading = next((column.heading for column in form.columns if column.field == field), field)
    return Fault(form.file, position + 1 + _HEADING_ROWS, heading, CELL_TOO_LONG, {"limit": limit})
