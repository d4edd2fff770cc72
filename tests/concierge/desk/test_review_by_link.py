"""A department gives its opinion in a joint review by link."""

from datetime import date

import pytest

from approvals.queries import joint_reviews
from approvals.rules.opinions import OpinionWay, Stance
from approvals.services.convene_review import NewReview, convene_review
from concierge.desk.rules.links import LinkScope, LinkTerms
from concierge.desk.services.make_link import make_link
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.kernel.work import reading
from tests.builders import a_project


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
