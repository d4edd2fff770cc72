"""The desk of forms in the browser: an editor sends a template in, another person publishes it."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from concierge.kernel import clock, jobs
from concierge.kernel.db import db
from concierge.kernel.storage import fetch
from concierge.kernel.work import reading
from documents.models.template import DocumentTemplateRow, TemplateFindingRow, TemplatePageRow
from documents.queries.office import office
from documents.queries.shipped import shipped_digest, shipped_template, template_digest
from documents.queries.templates import published_template
from documents.rules.template_state import TemplateState
from documents.services.draft_template import (
    TemplateNoWordFile,
    TemplateUnchanged,
    TemplateUnsafe,
    draft_template,
)
from documents.services.publish_template import publish_template
from documents.services.retire_template import retire_template
from documents.services.try_template import Tried, settle
from documents.views.template_words import finding_place, finding_sentence
from tests.documents.templates.files import CODE, with_line, with_relation, with_words

TODAY = date(2026, 4, 15)
MOST_QUESTIONS = 14
PATH = f"/documents/templates/{CODE}"


@pytest.fixture
def editor(county):
    """Somebody who edits templates."""
    return county.employs("lihua", "TemplateEditor")


@pytest.fixture
def publisher(county):
    """Somebody who publishes them."""
    return county.employs("wangmin", "TemplatePublisher")


def sent_in(person, line="本告知书一式两份。") -> int:
    """A version with one more line."""
    return draft_template(CODE, io.BytesIO(with_line(line)), "告知书.docx", "加一句", by=person.actor)


def tried(template_id: int, *, is_clean: bool = True) -> None:
    """The end of its trial, without the trial."""
    from concierge.kernel.actor import SYSTEM
    from concierge.kernel.work import work

    with work(SYSTEM) as w:
        settle(w, template_id, Tried((), is_clean, ()))


def in_force(on: date) -> int | None:
    """The number of the version a document of a day is made from."""
    with reading() as session:
        row = published_template(session, CODE, on)
        return row.number if row else None


def test_an_edited_template_is_tried_published_by_another_and_used(county, editor, publisher):
    docx = with_line("本告知书一式两份。")

    sent = editor.sends(PATH, {"file": (io.BytesIO(docx), "告知书.docx"), "remark": "加一句"})
    jobs.run_due()

    assert sent.status_code == 303
    (row,) = county.asked(select(DocumentTemplateRow))
    assert (row.number, row.state, row.remark) == (1, TemplateState.READY, "加一句")
    assert county.asked(select(TemplateFindingRow)) == []
    assert county.asked(select(TemplatePageRow.of_pages)) != []
    assert publisher.opens(f"{PATH}/1").status_code == 200

    published = publisher.sends(f"{PATH}/1/publish", {"effective_on": "2026-04-15", "version": row.version})

    assert published.status_code == 303
    with reading() as session:
        assert template_digest(session, CODE, TODAY) == row.sha256 != shipped_digest(CODE)
    used = publisher.opens(f"{PATH}/in-use.docx").data
    assert used == b"".join(fetch(row.file_key)) != shipped_template(CODE)


def test_a_faulty_template_names_what_to_mend_and_cannot_be_published(county, editor, publisher):
    docx = with_words("{{ project.code }}", "{{ project.cod }}")

    editor.sends(PATH, {"file": (io.BytesIO(docx), "告知书.docx")})
    jobs.run_due()

    (row,) = county.asked(select(DocumentTemplateRow))
    assert row.state is TemplateState.FAULTY
    page = editor.opens(f"{PATH}/1?lang=en").text
    assert "There is no field “project.cod”. Did you mean “project.code”?" in page
    refused = publisher.sends(f"{PATH}/1/publish", {"effective_on": "2026-04-15", "version": row.version})
    assert refused.status_code == 409


def test_an_editor_cannot_publish_even_with_both_rights(county):
    both = county.employs("zhao", "TemplateEditor", "TemplatePublisher")
    tried(sent_in(both))

    refused = both.sends(f"{PATH}/1/publish", {"effective_on": "2026-04-15"})

    assert refused.status_code == 409
    assert "Somebody else" in both.opens(f"{PATH}/1?lang=en").text
    assert in_force(TODAY) is None


def test_versions_follow_one_another_and_taking_one_back_returns_to_the_shipped(county, editor, publisher):
    first, second = sent_in(editor), sent_in(editor, "本告知书一式三份。")
    for template_id in (first, second):
        tried(template_id)
    publish_template(first, TODAY, by=publisher.actor)
    publish_template(second, TODAY + timedelta(days=5), by=publisher.actor)

    days = [TODAY, TODAY + timedelta(days=4), TODAY + timedelta(days=5)]
    assert [in_force(day) for day in days] == [1, 1, 2]

    retire_template(second, "印错了份数", by=publisher.actor)
    assert [in_force(day) for day in days] == [1, 1, 1]

    with clock.standing_at(TODAY + timedelta(days=2)):
        retire_template(first, "改用系统模板", by=publisher.actor)
    assert [in_force(day) for day in (TODAY + timedelta(days=1), TODAY + timedelta(days=2))] == [1, None]


def test_nothing_hostile_and_nothing_unchanged_is_kept(county, editor):
    with pytest.raises(TemplateUnsafe) as refusal:
        draft_template(
            CODE,
            io.BytesIO(with_relation("attachedTemplate", "https://example.org/t.dotm")),
            "告知书.docx",
            "",
            by=editor.actor,
        )
    assert refusal.value.facts["what"] == "attachedTemplate"

    sent_in(editor)
    with pytest.raises(TemplateUnchanged):
        sent_in(editor)
    with pytest.raises(TemplateNoWordFile):
        draft_template(CODE, io.BytesIO(), "", "", by=editor.actor)

    assert len(county.asked(select(DocumentTemplateRow))) == 1


def test_a_file_that_is_no_word_file_keeps_what_was_typed(county, editor):
    refused = editor.sends(PATH, {"file": (io.BytesIO(b"%PDF-1.7 x"), "告知书.pdf"), "remark": "改了第二段"})

    assert refused.status_code == 422
    assert "改了第二段" in refused.text


def test_a_version_put_aside_is_never_published(county, editor, publisher):
    template_id = sent_in(editor)
    tried(template_id)

    editor.sends(f"{PATH}/1/drop", {})

    assert publisher.sends(f"{PATH}/1/publish", {"effective_on": "2026-04-15"}).status_code == 409
    assert editor.sends(f"{PATH}/1/drop", {}).status_code == 409


def test_who_may_do_what(county, editor, publisher):
    template_id = sent_in(editor)
    tried(template_id)
    reader = county.employs("chen", "Concierge")

    assert reader.opens("/documents/templates/").status_code == 200
    assert reader.sends(PATH, {"file": (io.BytesIO(with_line("甲")), "a.docx")}).status_code == 403
    assert editor.sends(f"{PATH}/1/publish", {"effective_on": "2026-04-15"}).status_code == 403
    assert publisher.sends(f"{PATH}/1/drop", {}).status_code == 403
    assert reader.opens(f"{PATH}/9").status_code == 404
    assert reader.opens("/documents/templates/nothing").status_code == 404


def questions(person, path: str) -> int:
    """How many questions a page asks of the database."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert person.opens(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def test_the_pages_ask_the_same_few_questions_however_many_versions(county, editor):
    sent_in(editor)
    for path in ("/documents/templates/", PATH):
        questions(editor, path)
    few = [questions(editor, path) for path in ("/documents/templates/", PATH)]

    sent_in(editor, "本告知书一式三份。")

    assert [questions(editor, path) for path in ("/documents/templates/", PATH)] == few
    assert max(few) <= MOST_QUESTIONS


def test_the_office_writes_down_its_names_and_the_older_words_stay(county):
    chief = county.employs("jiang", "Chief")
    words = {
        "name": "青禾县项目帮办中心",
        "short_name": "帮办中心",
        "number_word": "青帮",
        "address": "人民路1号",
        "postcode": "431000",
        "phone": "0731-2345678",
    }

    assert chief.sends("/documents/office/", words).status_code == 303
    assert chief.sends("/documents/office/", words | {"postcode": "12"}).status_code == 422

    with reading() as session:
        here = office(session, county="青禾县", phone="12345")
    assert (here.name, here.number_word, here.phone, here.is_sealed) == (
        "青禾县项目帮办中心",
        "青帮",
        "0731-2345678",
        False,
    )


def test_findings_are_said_in_words(county):
    row = TemplateFindingRow(
        severity="error",
        code="margin",
        place='{"part": "body", "paragraph": 4, "table": 1, "row": 2, "column": 3, "snippet": "x"}',
        facts='{"edge": "left", "found": "31.7", "wanted": "28"}',
    )

    with county.app.test_request_context("/?lang=en"):
        assert finding_sentence(row) == "The left margin is 31.7 mm, not 28 mm."
        assert finding_place(row) == ("Body, table 1, row 2, column 3", "x")
    db.session.remove()
