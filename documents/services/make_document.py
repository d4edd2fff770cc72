"""Make a document: read its facts, give it its number and version, and have its page written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from approvals.services.take_number import next_in_series
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.config import Settings
from concierge.kernel.work import Work, reading, work
from documents.events import DocumentAsked
from documents.models.document import DocumentRow
from documents.press.fill import plain_values
from documents.press.kind import DocumentKind
from documents.queries.documents import latest_version, require_sight
from documents.queries.kinds import kind_of
from documents.queries.laws import basis_on
from documents.queries.office import office
from documents.queries.shipped import template_digest
from documents.rules.document_state import DocumentState
from documents.rules.editions import canonical, changed_words, digest_of
from documents.rules.facts import DocumentFacts
from documents.rules.faults import FactsMissing
from documents.rules.laws import cited
from documents.rules.numbers import FIRST_VERSION, document_number

RENDER = "documents.tasks:render_document"
ANOTHER_LAYOUT = "版式更新"
ENGINES_OWN = frozenset({"number", "title"})
"""What a page is given beside its kind's own facts, and no change of them."""


@dataclass(frozen=True)
class _Told:
    """What one document is made from. Shape: ``template`` is the digest of the template in force."""

    kind: DocumentKind
    about_id: int
    facts: DocumentFacts
    office: Mapping[str, Any]
    office_word: str
    template: str


def make_document(code: str, about_id: int, *, by: Actor) -> int:
    """Make a document and answer its number in our rows; asking twice with nothing changed makes one.

    Raises: Missing, for a kind or thing that is not there or out of scope; FactsMissing, naming each fact
        and where it is entered.
    Effects: a number is given out, the page is queued to be written.
    """
    with reading() as session:
        told = _told(session, code, about_id, by)
    with work(by) as w:
        return _kept(w, told)


def ask_for_document(w: Work, code: str, about_id: int) -> int:
    """The same inside the caller's transaction. Raises: Missing, FactsMissing."""
    w.session.flush()
    return _kept(w, _told(w.session, code, about_id, w.by))


def write_again(document_id: int, *, by: Actor) -> None:
    """Have a page that could not be written tried again, after its template was mended.

    Raises: Missing.
    """
    with work(by) as w:
        _try_again(w, w.get(DocumentRow, document_id))


def _told(session: Session, code: str, about_id: int, by: Actor) -> _Told:
    kind, today = kind_of(code), clock.today()
    facts = kind.facts(session, about_id, today)
    require_sight(session, kind, about_id, facts.project_id, by)
    if facts.missing:
        raise FactsMissing(title=kind.title_zh, missing=facts.missing)
    settings: Settings = current_app.config["CONCIERGE"]
    here = office(session, county=settings.county_name, phone=settings.office_phone)
    return _Told(kind, about_id, facts, asdict(here), here.number_word, template_digest(session, code, today))


def _kept(w: Work, told: _Told) -> int:
    """The document of these facts: the one there is where nothing changed, a new version otherwise."""
    today = clock.today()
    before = latest_version(w.session, told.kind.code, told.about_id)
    if before is not None:
        before = w.get(DocumentRow, before.id)
        changes = _changes(before, told)
        if not changes:
            _try_again(w, before)
            return before.id
        before.replaced_at = clock.now()
        return _added(w, told, before, changes, today)
    return _added(w, told, None, "", today)


def _changes(before: DocumentRow, told: _Told) -> str:
    after = _stored(told.facts.values, told.facts)
    kept = {name: one for name, one in _content(before).items() if name in after or name not in ENGINES_OWN}
    changed = changed_words(kept, after)
    if changed:
        return changed
    is_same_layout = before.template_sha256 in ("", told.template)
    return "" if is_same_layout else ANOTHER_LAYOUT


def _content(row: DocumentRow) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(row.facts)
    return told


def _stored(values: Mapping[str, Any], facts: DocumentFacts) -> dict[str, Any]:
    """The kind's own values as they are kept: clean, and days as text."""
    plain = plain_values({name: one for name, one in values.items() if name != "pictures"})
    plain.pop("pictures")
    return plain | {"addressee": facts.addressee}


def _added(w: Work, told: _Told, before: DocumentRow | None, changes: str, today: date) -> int:
    series = told.kind.series
    year = before.year if before else today.year
    serial = before.serial if before else next_in_series(w, series, year)
    number = before.number if before else document_number(told.office_word, series, year, serial)
    version = before.version + 1 if before else FIRST_VERSION
    values = _all_values(told, number, version, changes, today)
    text = canonical(values)
    row = w.add(
        DocumentRow(
            project_id=told.facts.project_id,
            kind=told.kind.code,
            about=told.kind.about,
            about_id=told.about_id,
            department=told.facts.department,
            series=series,
            year=year,
            serial=serial,
            number=number,
            version=version,
            title=str(values["title"]),
            addressee=told.facts.addressee,
            data_on=told.facts.data_on,
            made_on=today,
            made_at=clock.now(),
            made_by_id=w.by.id,
            made_by=w.by.label,
            state=DocumentState.ASKED,
            facts=text,
            facts_sha256=digest_of(text),
            changes=changes,
        )
    )
    w.record(_asked(row))
    w.enqueue(RENDER, document_id=row.id)
    return row.id


def _all_values(told: _Told, number: str, version: int, changes: str, today: date) -> dict[str, Any]:
    """Everything the template is given, as plain as JSON."""
    facts, kind = told.facts, told.kind
    laws = cited(basis_on(kind.basis, facts.data_on))
    common: dict[str, Any] = {
        "number": number,
        "version": version,
        "changes": changes,
        "made_on": today,
        "data_on": facts.data_on,
        "office": told.office,
        "basis": [{"title": one.title, "wenhao": one.wenhao, "articles": one.articles} for one in laws],
        "prefilled": [{"field": one.field, "source": one.source, "on": one.on} for one in facts.prefilled],
    }
    values = plain_values({"title": kind.title_zh} | dict(_stored(facts.values, facts)) | common)
    return values | {"pictures": dict(facts.pictures)}


def _try_again(w: Work, row: DocumentRow) -> None:
    if row.state is DocumentState.FAILED:
        row.state, row.fault = DocumentState.ASKED, ""
        w.enqueue(RENDER, document_id=row.id)


def _asked(row: DocumentRow) -> DocumentAsked:
    return DocumentAsked(
        document_id=row.id,
        project_id=row.project_id,
        kind=row.kind,
        about=row.about,
        about_id=row.about_id,
        number=row.number,
        version=row.version,
        department=row.department,
    )
