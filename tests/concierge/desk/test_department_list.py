"""The list of a department's link: what waits for its receipt, what is in progress, what it closed."""

import re
from datetime import date

import pytest

from approvals.rules.progress import Move
from concierge.desk.queries.department_cases import answerable, open_cases
from concierge.desk.rules.links import LinkScope
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from documents.services.receive_package import receive_package
from documents.services.request_package import request_package
from projects.services.record_move import record_move
from tests.concierge.desk.conftest import FIRST
from tests.concierge.desk.test_package_files import WITH_PAPERS, paper  # noqa: F401  (fixtures)

TODAY = date(2026, 4, 15)
pytestmark = pytest.mark.usefixtures("without_printer")


@pytest.fixture
def sent(paper, the_step, amy):  # noqa: F811  (the fixture by its name)
    """The package of a step that was not recorded as handed in yet."""
    package_id = request_package(the_step(WITH_PAPERS).id, by=amy.actor)
    jobs.run_due()
    return package_id


def _groups(page):
    """The numbers of the steps by the group they stand in."""
    found = {}
    for part in page.text.split('aria-labelledby="cases-')[1:]:
        name, _, rest = part.partition('"')
        found[name] = re.findall(r"/cases/[^/]+/([^?\"]+)", rest)
    return found


def test_a_package_waits_for_its_receipt_and_then_is_in_progress(visitor, hands_out, the_step, sent, amy):
    link, number = hands_out(LinkScope.DEPARTMENT, code=WITH_PAPERS), the_step(WITH_PAPERS).number
    before = _groups(visitor.enters(link))
    record_move(the_step(WITH_PAPERS).id, Move.RECEIVE, TODAY, by=SYSTEM)

    receive_package(sent, received_by="王工", on=TODAY, by=amy.actor)

    assert before == {"waiting": [number]}
    assert _groups(visitor.opens(visitor.front)) == {"running": [number]}


def test_a_case_that_was_decided_stays_in_sight(visitor, hands_out, the_step):
    link = hands_out(LinkScope.DEPARTMENT)
    number = the_step().number
    assert _groups(visitor.enters(link)) == {"running": [number]}

    record_move(the_step(FIRST).id, Move.PASS, TODAY, result_number="3号", by=SYSTEM)

    page = visitor.opens(visitor.front)
    assert _groups(page) == {"answered": [number]}
    assert "0 cases are with you" in page.text
    assert visitor.opens(f"{visitor.front.partition('?')[0]}/cases/{_case(page)}").status_code == 200


def _case(page):
    return re.search(r"/cases/([^/]+/[^?\"]+)", page.text).group(1)


def test_the_list_to_fill_in_leaves_out_what_was_not_handed_in(visitor, hands_out, the_step, sent):
    visitor.enters(hands_out(LinkScope.DEPARTMENT, code=WITH_PAPERS))

    with db.session() as session:
        cases = open_cases(session, the_step(WITH_PAPERS).department)
        assert [case.number for case in cases] == [the_step(WITH_PAPERS).number]
        assert list(answerable(cases)) == []


def test_the_list_takes_few_questions_however_long_it_is(visitor, hands_out, statements):
    visitor.enters(hands_out(LinkScope.DEPARTMENT))
    visitor.opens(visitor.front)

    with statements() as asked:
        visitor.opens(visitor.front)

    assert len(asked) <= 6, asked
