"""A department gives its opinion in a joint review by link."""

import io
from datetime import date

import pytest

from approvals.queries import joint_reviews
from approvals.rules.opinions import OpinionWay, Stance
from approvals.services.convene_review import NewReview, convene_review
from concierge.desk.rules.links import LinkScope, LinkTerms
from concierge.desk.services.make_link import make_link
from concierge.kernel import jobs, storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.kernel.work import reading
from documents.models.document import DocumentRow
from documents.services.make_document import make_document
from tests.builders import a_project
from tests.documents.returned.forms_filled import filled_in
from tests.kernel.papers_made import a_pdf


@pytest.fixture
def review_id(county):
    """Housing leads, the papers go to all members of the group on 15 April."""
    project_id = a_project()
    new = NewReview(project_id=project_id, review_group="JR_PERMIT", steps=("construction-permit",))
    return convene_review(new, by=SYSTEM)


def _review(review_id):
    with reading() as session:
        return joint_reviews.review(session, review_id)


def _link(review_id, department):
    terms = LinkTerms(
        kind=LinkScope.REVIEW,
        department=department,
        recipient="消防科",
        project_id=_review(review_id).project_id,
        review_id=review_id,
    )
    return make_link(terms, by=SYSTEM)[1].token


def _somebody(review_id):
    return next(m.department for m in _review(review_id).standing if not m.is_lead)


def test_an_opinion_with_conditions_arrives_line_by_line_and_confirms_the_receipt(visitor, review_id):
    department = _somebody(review_id)
    page = visitor.enters(_link(review_id, department))
    assert "Silence after that day counts as consent" in page.text

    sent = visitor.sends(
        page, stance="conditions", conditions="消防车道不小于4米\n\n出入口不少于2个", given_on="2026-04-15"
    )

    member = _review(review_id).member(department)
    assert sent.status_code == 303
    assert member.given.stance is Stance.CONDITIONS
    assert [line.text for line in member.given.conditions] == ["消防车道不小于4米", "出入口不少于2个"]
    assert (member.given.way, member.given.given_by, member.received_way) == (
        OpinionWay.LINK,
        "消防科",
        OpinionWay.LINK,
    )


def test_conditions_without_a_line_are_refused_beside_the_field(visitor, review_id):
    page = visitor.enters(_link(review_id, _somebody(review_id)))

    refused = visitor.sends(page, stance="conditions", text="见附件", given_on="2026-04-15")

    assert refused.status_code == 422
    assert 'id="conditions-error"' in refused.text
    assert "见附件" in refused.text


def test_the_same_opinion_sent_twice_is_one(visitor, review_id):
    department = _somebody(review_id)
    page = visitor.enters(_link(review_id, department))

    for _ in range(2):
        assert visitor.sends(page, stance="agree", given_on="2026-04-15").status_code == 303

    assert _review(review_id).member(department).given.given_on == date(2026, 4, 15)
    with reading() as session:
        assert len(joint_reviews.open_for(session, department)) == 0


def test_a_receipt_is_confirmed_without_an_opinion(visitor, review_id):
    department = _somebody(review_id)
    page = visitor.enters(_link(review_id, department))

    visitor.sends(page, stance="receipt")

    member = _review(review_id).member(department)
    assert member.received_by == "消防科"
    assert member.given is None


def test_the_lead_is_not_offered_to_hand_the_matter_back(visitor, review_id):
    lead = _review(review_id).lead

    assert 'value="not_ours"' not in visitor.enters(_link(review_id, lead)).text


def test_no_link_is_made_for_a_department_that_is_not_asked(review_id):
    asked = {member.department for member in _review(review_id).standing}
    other = next(code for code in ("TAX", "FIN", "LRC") if code not in asked)

    with pytest.raises(Missing):
        _link(review_id, other)


@pytest.fixture
def sheet(review_id):
    """The opinion sheet of one department, written as a Word file."""
    department = _somebody(review_id)
    document_id = make_document("opinion-sheet", _review(review_id).member(department).id, by=SYSTEM)
    jobs.run_due()
    with reading() as session:
        return department, session.get(DocumentRow, document_id)


def test_a_filled_in_sheet_fills_the_form_and_is_an_opinion_only_when_it_is_sent(visitor, review_id, sheet):
    department, row = sheet
    page = visitor.enters(_link(review_id, department))
    fetched = visitor.opens(f"{visitor.front.partition('?')[0]}/opinion-sheet.docx")
    assert fetched.data == b"".join(storage.fetch(row.docx_key))
    said = {"stance": "附条件同意", "conditions": "消防车道不小于4米", "given_on": "2026-04-15"}
    file = io.BytesIO(filled_in(fetched.data, said))

    path = f"{visitor.front.partition('?')[0]}/opinion-sheet?lang=en"
    sent = visitor.sends(page, path, sheet=(file, "意见表.docx"))

    assert sent.status_code == 303
    read = visitor.opens(sent.headers["Location"])
    assert "This is what the sheet says" in read.text
    assert "消防车道不小于4米" in read.text
    assert _review(review_id).member(department).given is None

    visitor.sends(read, stance="conditions", conditions="消防车道不小于4米", given_on="2026-04-15")

    assert _review(review_id).member(department).given.stance is Stance.CONDITIONS


def test_a_file_that_is_no_sheet_of_ours_is_refused_beside_its_field(visitor, review_id, sheet):
    department, _ = sheet
    page = visitor.enters(_link(review_id, department))

    path = f"{visitor.front.partition('?')[0]}/opinion-sheet?lang=en"
    sent = visitor.sends(page, path, sheet=(io.BytesIO(a_pdf()), "意见表.pdf"))

    assert sent.status_code == 422
    assert 'id="sheet-error"' in sent.text


def test_a_sheet_of_another_department_cannot_be_read_by_this_link(visitor, review_id, sheet):
    department, _ = sheet
    other = next(m.department for m in _review(review_id).standing if m.department != department)
    visitor.enters(_link(review_id, other))
    front = visitor.front.partition("?")[0]

    assert visitor.opens(f"{front}/opinion-sheet.docx").status_code == 404
    assert visitor.opens(f"{front}/opinion-sheet?returned=1").status_code == 404
