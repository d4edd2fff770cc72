"""Making documents: numbers, versions, what is missing, the page written by a task, and the screens of it."""

import hashlib
import json
from datetime import date

import pytest
from sqlalchemy import event, select

from approvals.models.deferral import NumberSeriesRow
from concierge.kernel import clock, jobs, storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import work
from documents.models.document import DocumentRow
from documents.queries.offers import offers_on_project, offers_on_step
from documents.rules.document_state import DocumentState
from documents.rules.faults import FactsMissing
from documents.services.make_document import ask_for_document, make_document, write_again
from projects.models.project import Project
from tests.builders import a_project

FORM = "parallel-form"  # about a project, in the series 申
CLOSING = "project-closing"  # wants the end of the project
MOST_QUERIES = 30


@pytest.fixture
def amy(county):
    """An officer who sees her own projects."""
    return county.employs("amy", "Concierge")


@pytest.fixture
def project_id(county, amy):
    """A project in Amy's charge."""
    return a_project(pair=(amy.id, county.employs("bo", "Concierge").id))


@pytest.fixture
def row(county):
    """A document as the database has it now."""
    return lambda document_id: county.has(DocumentRow, document_id)


def renamed(project_id, name):
    """Have the project called otherwise."""
    with work(SYSTEM) as w:
        w.get(Project, project_id).name = name


def questions(person, path):
    """How many questions a page asks of the database."""
    asked = []

    def note(_conn, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert person.opens(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return sum(not one.startswith(("PRAGMA", "BEGIN", "SAVEPOINT")) for one in asked)


def test_a_document_gets_its_number_at_once_and_its_page_from_a_task(amy, project_id, row):
    document_id = make_document(FORM, project_id, by=amy.actor)

    asked = row(document_id)
    assert (asked.number, asked.version, asked.state) == ("青帮代申〔2026〕1号", 1, DocumentState.ASKED)
    assert (asked.data_on, asked.made_on, asked.made_by_id) == (date(2026, 4, 15), date(2026, 4, 15), amy.id)

    jobs.run_due()

    made = row(document_id)
    content = b"".join(storage.fetch(made.docx_key))
    assert made.state in (DocumentState.RENDERED, DocumentState.PRINTED)
    assert hashlib.sha256(content).hexdigest() == made.docx_sha256
    assert len(content) == made.docx_size_bytes
    assert len(made.template_sha256) == 64
    assert hashlib.sha256(made.facts.encode()).hexdigest() == made.facts_sha256


def test_numbers_of_a_series_follow_each_other_and_begin_anew_each_year(amy, project_id, row):
    other = a_project()
    first = make_document(FORM, project_id, by=SYSTEM)
    second = make_document(FORM, other, by=SYSTEM)
    with clock.standing_at(date(2027, 1, 4)):
        next_year = make_document(FORM, a_project(), by=SYSTEM)

    assert [row(one).number for one in (first, second, next_year)] == [
        "青帮代申〔2026〕1号",
        "青帮代申〔2026〕2号",
        "青帮代申〔2027〕1号",
    ]


def test_asking_twice_with_nothing_changed_is_one_document(amy, project_id, county):
    first = make_document(FORM, project_id, by=amy.actor)
    jobs.run_due()

    assert make_document(FORM, project_id, by=amy.actor) == first
    assert county.asked(select(NumberSeriesRow.last).where(NumberSeriesRow.series == "申")) == [1]


def test_another_version_keeps_the_number_and_says_what_it_changes(amy, project_id, row):
    first = make_document(FORM, project_id, by=amy.actor)
    before = row(first)
    jobs.run_due()
    renamed(project_id, "青禾新材料产业园")

    second = make_document(FORM, project_id, by=amy.actor)

    now, old = row(second), row(first)
    assert (now.number, now.version) == (before.number, 2)
    assert "改为“青禾新材料产业园”" in now.changes
    assert json.loads(now.facts)["changes"] == now.changes
    assert old.replaced_at is not None
    assert (old.facts, old.number, old.changes) == (before.facts, before.number, "")


def test_what_is_missing_is_named_with_its_page_and_no_number_is_used(amy, project_id, county):
    with pytest.raises(FactsMissing) as refusal:
        make_document(CLOSING, project_id, by=amy.actor)

    assert [(one.name, one.page) for one in refusal.value.missing] == [
        ("项目办结的记录", f"/projects/{project_id}")
    ]
    assert county.asked(select(NumberSeriesRow)) == []
    assert county.asked(select(DocumentRow)) == []


def test_a_work_that_fails_gives_its_number_back(project_id, row):
    def breaks_off():
        with work(SYSTEM) as w:
            ask_for_document(w, FORM, project_id)
            raise RuntimeError("the rest of the work failed")

    with pytest.raises(RuntimeError, match="failed"):
        breaks_off()

    assert row(make_document(FORM, project_id, by=SYSTEM)).number == "青帮代申〔2026〕1号"


def test_nobody_makes_a_document_of_a_project_that_is_not_theirs(county, project_id):
    stranger = county.employs("carl", "Concierge")

    with pytest.raises(Missing):
        make_document(FORM, project_id, by=stranger.actor)
    assert stranger.sends("/documents/make", {"code": FORM, "about_id": project_id}).status_code == 404


def test_what_is_about_the_whole_county_is_for_who_sees_every_project(county, row):
    chief = county.employs("jo", "Chief", sees=(None,))
    month = 202603

    with pytest.raises(Missing):
        make_document("monthly-statistics", month, by=county.employs("amy", "Concierge").actor)
    assert row(make_document("monthly-statistics", month, by=chief.actor)).project_id is None


def test_a_kind_nobody_has_is_not_found(amy, project_id):
    with pytest.raises(Missing):
        make_document("no-such-kind", project_id, by=amy.actor)
    assert amy.sends("/documents/make", {"code": "no-such-kind", "about_id": project_id}).status_code == 404


def test_writing_a_page_twice_keeps_one_and_tells_it_once(amy, project_id, county, row):
    document_id = make_document(FORM, project_id, by=amy.actor)
    with work(SYSTEM) as w:
        w.enqueue("documents.tasks:render_document", document_id=document_id)
    jobs.run_due()

    told = county.asked(select(EventRow.name).where(EventRow.name == "documents.events:DocumentMade"))
    assert len(told) == 1
    assert row(document_id).docx_key


def test_a_page_that_cannot_be_written_says_why_and_is_tried_again_on_request(amy, project_id, row):
    document_id = make_document(FORM, project_id, by=amy.actor)
    whole = row(document_id).facts
    with work(SYSTEM) as w:
        facts = json.loads(whole)
        del facts["project"]
        w.get(DocumentRow, document_id).facts = json.dumps(facts)
    jobs.run_due()

    assert row(document_id).state is DocumentState.FAILED
    page = amy.opens(f"/documents/{document_id}?lang=en").text
    assert "The template asks for a value that does not exist" in page
    assert "project" in page

    with work(SYSTEM) as w:
        w.get(DocumentRow, document_id).facts = whole
    write_again(document_id, by=amy.actor)
    jobs.run_due()

    assert row(document_id).docx_key
    assert row(document_id).fault == "" or row(document_id).state is DocumentState.RENDERED


def test_a_project_offers_its_documents_and_a_step_its_own(project_id, amy):
    make_document(FORM, project_id, by=amy.actor)
    with db.session() as session:
        offers = {one.kind.code: one for one in offers_on_project(session, project_id)}

    assert offers[FORM].made.number == "青帮代申〔2026〕1号"
    assert offers["project-plan"].made is None
    assert "own-part-form" not in offers
    with db.session() as session:
        step_id = session.scalar(select(_step_id(project_id)))
        assert {one.kind.about for one in offers_on_step(session, step_id)} == {"step"}


def _step_id(project_id):
    from approvals.models.step import Step

    return select(Step.id).where(Step.project_id == project_id).limit(1).scalar_subquery()


def test_the_button_makes_a_document_and_leads_to_it(amy, project_id):
    answer = amy.sends("/documents/make", {"code": FORM, "about_id": project_id})

    assert answer.status_code == 303
    jobs.run_due()
    page = amy.opens(answer.headers["Location"] + "?lang=en").text
    assert "青帮代申〔2026〕1号" in page
    assert "version 1" in page
    assert "Where its fields came from" in page


def test_the_button_says_what_is_missing_and_where_it_is_entered(amy, project_id):
    answer = amy.sends(
        "/documents/make", {"code": CLOSING, "about_id": project_id, "back": "//evil.example/x"}
    )

    assert answer.status_code == 409
    assert "项目办结的记录" in answer.text
    assert f'href="/projects/{project_id}"' in answer.text
    assert "evil.example" not in answer.text


def test_the_word_file_is_handed_out_under_its_number(amy, project_id):
    document_id = make_document(FORM, project_id, by=amy.actor)
    assert amy.opens(f"/documents/{document_id}/docx").status_code == 404  # not written yet
    jobs.run_due()

    answer = amy.opens(f"/documents/{document_id}/docx")

    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"
    assert "%E9%9D%92%E5%B8%AE%E4%BB%A3%E7%94%B3" in answer.headers["Content-Disposition"]  # 青帮代申
    assert amy.opens(f"/documents/{document_id}/sealed").status_code == 404


def test_the_list_shows_finds_and_pages_only_what_is_the_readers(county, amy, project_id):
    make_document(FORM, project_id, by=amy.actor)
    make_document(FORM, a_project(), by=SYSTEM)

    page = amy.opens("/documents/?lang=en").text

    assert "青帮代申〔2026〕1号" in page
    assert "青帮代申〔2026〕2号" not in page
    assert "1 document" in page
    assert "No document fits this filter" in amy.opens("/documents/?lang=en&q=没有的").text
    assert "青帮代申〔2026〕1号" in amy.opens(f"/documents/?kind={FORM}&state=rendered").text
    assert amy.opens("/documents/?state=nonsense&page=nine&project=x").status_code == 200


def test_a_document_out_of_scope_is_not_there(county, project_id):
    document_id = make_document(FORM, project_id, by=SYSTEM)
    stranger = county.employs("carl", "Concierge")

    for path in (
        f"/documents/{document_id}",
        f"/documents/{document_id}/docx",
        f"/documents/of/project/{project_id}",
    ):
        assert stranger.opens(path).status_code == 404


def test_who_keeps_the_seal_reads_and_makes_nothing(county, project_id):
    judge = county.employs("fang", "SealKeeper", sees=(None,))
    document_id = make_document(FORM, project_id, by=SYSTEM)

    assert judge.opens(f"/documents/{document_id}").status_code == 200
    assert judge.sends("/documents/make", {"code": FORM, "about_id": project_id}).status_code == 403


def test_project_and_step_pages_lead_to_their_documents(amy, project_id):
    make_document(FORM, project_id, by=amy.actor)

    assert "青帮代申〔2026〕1号" in amy.opens(f"/projects/{project_id}?lang=en").text
    assert "Can be made here" in amy.opens(f"/documents/of/project/{project_id}?lang=en").text


@pytest.mark.parametrize("path", ["/documents/", "/documents/{document}", "/documents/of/project/{project}"])
def test_the_pages_ask_few_questions_however_many_documents_there_are(amy, project_id, path):
    document_id = make_document(FORM, project_id, by=amy.actor)
    path = path.format(document=document_id, project=project_id)
    amy.opens(path)
    few = questions(amy, path)
    for code in ("project-plan", "utility-form", "stage-form-land-planning"):
        make_document(code, project_id, by=amy.actor)
    amy.opens(path)  # the menu counts anew after a change

    assert questions(amy, path) == few
    assert few < MOST_QUERIES
