"""What a returned form says reaches a record only by a person's word, field by field."""

import io
from datetime import date

import pytest
from docx import Document
from sqlalchemy import select

from approvals.models.joint_review import ReviewMemberRow
from approvals.queries import joint_reviews
from approvals.rules.opinions import OpinionWay, Stance
from approvals.services.convene_review import NewReview, convene_review
from concierge.kernel import jobs, storage
from concierge.kernel.work import reading
from documents.models.document import DocumentRow
from documents.models.returned import ReturnedFormRow
from documents.press.returned_form import NoFieldsFound
from documents.queries.form_answers import answers_of
from documents.queries.returned import returned_form
from documents.rules.returned import (
    AnotherForm,
    FieldDecision,
    FormSettled,
    ReturnedBy,
    ReturnState,
    StanceUnread,
)
from documents.services.make_document import make_document
from documents.services.settle_returned import settle_returned
from documents.services.take_in_returned import Returned, take_in_returned
from tests.builders import a_project
from tests.documents.returned.forms_filled import filled_in


@pytest.fixture
def amy(county):
    return county.employs("amy", "Concierge")


@pytest.fixture
def project(county, amy):
    project_id = a_project(pair=(amy.id, county.employs("bo", "Concierge").id))
    jobs.run_due()
    return project_id


@pytest.fixture
def made(amy):
    """Makes a document and writes its page; answers its row and the Word file."""

    def make(code, about_id):
        document_id = make_document(code, about_id, by=amy.actor)
        jobs.run_due()
        with reading() as session:
            row = session.get(DocumentRow, document_id)
        return row, b"".join(storage.fetch(row.docx_key))

    return make


@pytest.fixture
def sends(amy):
    """Sends a filled copy in; answers the number of its row."""

    def send(row, docx, *, form_key=None):
        file = storage.store(io.BytesIO(docx), name="退回.docx")
        returned = Returned(file=file, way=ReturnedBy.STAFF, form_key=form_key)
        return take_in_returned(row.id, returned, reader=amy.actor, by=amy.actor)

    return send


@pytest.fixture
def sheet(project, county, made, amy):
    """The opinion sheet of one department in a joint review."""
    asked = NewReview(project_id=project, review_group="JR_PERMIT", steps=("construction-permit",))
    review = convene_review(asked, by=amy.actor)
    members = county.asked(select(ReviewMemberRow).where(ReviewMemberRow.review_id == review))
    member = next(one for one in members if one.department == "HCB")
    row, docx = made("opinion-sheet", member.id)
    return review, row, docx


def _form(returned_id, amy):
    with reading() as session:
        return returned_form(session, returned_id, amy.actor)


SAID = {
    "stance": "附条件同意",
    "conditions": "围挡不低于2.5米\n施工期间保留消防通道",
    "given_by": "郑工",
    "given_on": "2026-04-15",
    "number": "建审〔2026〕7号",
}


def test_what_differs_waits_and_changes_nothing(sheet, sends, amy):
    review, row, docx = sheet

    form = _form(sends(row, filled_in(docx, SAID)), amy)

    assert {one.name: one.said for one in form.fields if one.decision is FieldDecision.OPEN} == SAID
    assert form.state is ReturnState.OPEN
    with reading() as session:
        assert joint_reviews.review(session, review).member("HCB").given is None


def test_an_opinion_taken_over_is_the_departments_opinion(sheet, sends, amy):
    review, row, docx = sheet
    returned_id = sends(row, filled_in(docx, SAID))

    assert settle_returned(returned_id, list(SAID), by=amy.actor) == 5

    with reading() as session:
        given = joint_reviews.review(session, review).member("HCB").given
    assert (given.stance, given.way) == (Stance.CONDITIONS, OpinionWay.DOCUMENT)
    assert [one.text for one in given.conditions] == ["围挡不低于2.5米", "施工期间保留消防通道"]
    assert (given.given_by, given.given_on, given.number) == ("郑工", date(2026, 4, 15), "建审〔2026〕7号")
    assert given.file_name == "退回.docx"


def test_a_field_that_is_not_ticked_stays_as_it_was(sheet, sends, amy):
    review, row, docx = sheet
    returned_id = sends(row, filled_in(docx, SAID))

    settle_returned(returned_id, [name for name in SAID if name != "number"], by=amy.actor)

    with reading() as session:
        assert joint_reviews.review(session, review).member("HCB").given.number == ""
    decided = {one.name: one.decision for one in _form(returned_id, amy).fields}
    assert decided["number"] is FieldDecision.LEFT
    assert decided["stance"] is FieldDecision.TAKEN


def test_an_answer_the_sheet_does_not_offer_is_refused_and_the_form_waits_on(sheet, sends, amy):
    _, row, docx = sheet
    returned_id = sends(row, filled_in(docx, {"stance": "基本同意"}))

    with pytest.raises(StanceUnread):
        settle_returned(returned_id, ["stance"], by=amy.actor)

    assert _form(returned_id, amy).state is ReturnState.OPEN


def test_a_form_is_decided_on_once(sheet, sends, amy):
    _, row, docx = sheet
    returned_id = sends(row, filled_in(docx, SAID))
    settle_returned(returned_id, [], by=amy.actor)

    assert _form(returned_id, amy).state is ReturnState.LEFT
    with pytest.raises(FormSettled):
        settle_returned(returned_id, list(SAID), by=amy.actor)


def test_the_same_form_sent_twice_is_kept_once(sheet, sends, county):
    _, row, docx = sheet

    assert sends(row, filled_in(docx, SAID), form_key="k1") == sends(
        row, filled_in(docx, SAID), form_key="k1"
    )
    assert len(county.asked(select(ReturnedFormRow))) == 1


def test_answers_of_a_merged_form_are_printed_on_the_next_one(project, made, sends, amy):
    row, docx = made("utility-form", project)
    returned_id = sends(row, filled_in(docx, {"legal_person": "何清", "agent": "苏禾"}))

    settle_returned(returned_id, ["legal_person"], by=amy.actor)

    with reading() as session:
        known = answers_of(session, project)
    assert known["legal_person"].value == "何清"
    assert row.number in known["legal_person"].origin
    assert "agent" not in known
    again, newer = made("utility-form", project)
    assert (again.number, again.version) == (row.number, 2)
    assert "何清" in {field.said for field in _form(sends(again, newer), amy).fields}


def test_another_document_is_refused_by_its_number(sheet, project, made, sends):
    _, row, _ = sheet
    other, docx = made("utility-form", project)

    with pytest.raises(AnotherForm) as refused:
        sends(row, docx)

    assert refused.value.facts == {"found": other.number, "expected": row.number, "field": "file"}


def test_a_word_file_that_is_no_form_of_ours_is_refused(sheet, sends):

    _, row, _ = sheet
    blank = io.BytesIO()
    Document().save(blank)

    with pytest.raises(NoFieldsFound):
        sends(row, blank.getvalue())
