"""Make the rows of the draft say what a catalogue says: the last step of every import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from approvals.models.calendar import OFFICIAL, PROVISIONAL, CalendarYearRow, HolidayRow
from approvals.models.edition import DraftState
from approvals.models.parts import MIRRORED, Key, Part
from approvals.models.template import TemplateRow, TemplateStepRow
from approvals.rules.catalogue import Catalogue, Holiday, Template
from concierge.kernel.work import Work

TEMPLATES = Part("templates", TemplateRow, ("code",))


def open_draft(w: Work) -> DraftState:
    """The draft as a whole, locked: publishing and importing wait for each other here."""
    state = w.session.execute(select(DraftState).with_for_update()).scalar_one_or_none()
    return state or w.add(DraftState(id=1, source_note="", shipped_digest=""))


def write_draft(w: Work, catalogue: Catalogue) -> None:
    """Make the draft this catalogue.

    Effects: rows that say the same are left alone, so that only what moved gets a new version; rows the
    catalogue does not have are deleted.
    """
    open_draft(w).source_note = catalogue.source_note
    for part in MIRRORED:
        _write(w, part, getattr(catalogue, part.name))
    _write(w, TEMPLATES, catalogue.templates)
    for template in catalogue.templates:
        _write_steps(w, template)
    _remove_steps_of_others(w, {template.code for template in catalogue.templates})
    write_holidays(w, catalogue.holidays)
    w.session.flush()


def _write(w: Work, part: Part, facts: Iterable[Any]) -> None:
    there: dict[Key, Any] = {part.key_of(row): row for row in w.session.scalars(select(part.row))}
    for position, fact in enumerate(facts):
        row = there.pop(part.key_of(fact), None)
        if row is None:
            row = part.row()
            w.session.add(row)
        row.apply(fact)
        row.position = position
    for row in there.values():
        w.session.delete(row)


def _write_steps(w: Work, template: Template) -> None:
    own = select(TemplateStepRow).where(TemplateStepRow.template == template.code)
    there = {row.matter: row for row in w.session.scalars(own)}
    for position, matter in enumerate(template.steps):
        row = there.pop(matter, None) or TemplateStepRow()
        row.apply(template.code, matter, template.override_of.get(matter))
        row.position = position
        w.session.add(row)
    for row in there.values():
        w.session.delete(row)


def _remove_steps_of_others(w: Work, templates: set[str]) -> None:
    for row in w.session.scalars(select(TemplateStepRow).where(TemplateStepRow.template.not_in(templates))):
        w.session.delete(row)


def write_holidays(w: Work, holidays: Iterable[Holiday]) -> None:
    """Make the year tables these days. Effects: years without a day lose their table."""
    by_year: dict[int, list[Holiday]] = defaultdict(list)
    for holiday in holidays:
        by_year[holiday.on.year].append(holiday)
    years = {row.year: row for row in w.session.scalars(select(CalendarYearRow))}
    there = {row.day: row for row in w.session.scalars(select(HolidayRow))}
    for year, days in by_year.items():
        row = years.pop(year, None) or CalendarYearRow(year=year)
        row.status = OFFICIAL if all(day.status == OFFICIAL for day in days) else PROVISIONAL
        row.source = days[0].source
        w.session.add(row)
        for day in days:
            of_day = there.pop(day.on, None) or HolidayRow()
            of_day.apply(day)
            w.session.add(of_day)
    for gone in (*years.values(), *there.values()):
        w.session.delete(gone)
