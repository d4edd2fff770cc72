"""The demonstration has an own template, a sealed document and a filed project; its keepers see them."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event, select

from concierge.kernel.db import db
from documents.models.archive import ArchiveRow
from documents.models.document import DocumentRow
from documents.models.seal import SealUseRow
from documents.models.template import DocumentTemplateRow
from documents.rules.keeping import ArchiveState, Occasion
from documents.rules.sealing import SealState
from documents.rules.template_state import TemplateState

MOST_QUERIES = 40
LED_TO = re.compile(r'href="(/projects/\d+|/documents/office/|/documents/archive/\d+)"')
PAGES = {
    "SealKeeper": ("/documents/", "/documents/seals/", "/documents/seals/1"),
    "TemplateEditor": ("/documents/templates/", "/documents/templates/acceptance-slip", "/documents/office/"),
    "TemplatePublisher": ("/documents/templates/", "/documents/templates/acceptance-slip"),
    "Archivist": ("/documents/", "/documents/archive/", "/documents/archive/1"),
}


def test_one_edited_a_template_another_published_it_and_slips_are_made_from_it(demonstration):
    row = db.session.scalars(select(DocumentTemplateRow)).one()

    assert (row.state, row.kind) == (TemplateState.PUBLISHED, "acceptance-slip")
    assert row.made_by_id != row.published_by_id
    slip = db.session.scalars(select(DocumentRow).where(DocumentRow.kind == "acceptance-slip")).one()
    assert slip.template_sha256 == row.sha256


def test_a_document_bears_the_trial_seal_and_the_project_lies_in_the_archive(demonstration):
    use = db.session.scalars(select(SealUseRow)).one()
    archives = db.session.scalars(select(ArchiveRow)).all()
    (filed,) = [archive for archive in archives if archive.occasion is Occasion.ASKED]

    assert use.state is SealState.SEALED
    sealed = db.session.scalars(select(DocumentRow).where(DocumentRow.sealed_key != "")).one()
    assert sealed.kind == "project-entrustment"
    assert [archive.state for archive in archives] == [ArchiveState.MADE] * 3  # two of them for an ending
    assert "签章.pdf" in filed.contents


@pytest.mark.parametrize("role", PAGES)
def test_who_keeps_documents_opens_what_is_theirs_in_few_queries(demonstration, role):
    person = demonstration.employs("keeper-of-it", role, sees=(None,))
    for path in PAGES[role]:
        person.opens(f"{path}?lang=en")
        asked: list[str] = []

        def note(*facts: object, asked: list[str] = asked) -> None:
            asked.append(str(facts[2]))

        event.listen(db.engine, "before_cursor_execute", note)
        answer = person.opens(path)
        event.remove(db.engine, "before_cursor_execute", note)

        assert answer.status_code == 200, path
        assert len(asked) <= MOST_QUERIES, (path, len(asked))


@pytest.mark.parametrize("role", [*PAGES, "Liaison"])
def test_a_keeper_is_led_to_no_page_that_is_closed_to_them(demonstration, role):
    person = demonstration.employs("keeper-of-it", role, sees=(None,))
    pages = [person.opens(path).text for path in PAGES.get(role, ("/documents/", "/documents/templates/"))]
    led_to = {address for page in pages for address in LED_TO.findall(page)}

    assert [a for a in sorted(led_to) if person.opens(a).status_code != 200] == []
