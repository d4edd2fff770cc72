"""The pages of packages: what is with whom, making the next, its receipt and what the department answered."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from approvals.rules.papers import PaperWay
from approvals.services.take_in_paper import take_in
from concierge.kernel import jobs, storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from documents.models.package import PackageRow
from documents.queries.packages import draft_of_step
from documents.services.request_package import request_package
from tests.concierge.desk.conftest import FIRST
from tests.kernel.papers_made import a_pdf

TODAY = date(2026, 4, 15)
pytestmark = pytest.mark.usefixtures("without_printer")
WATER = "water-supply"


@pytest.fixture
def hands_in(county):
    """Hands in every paper a step lacks."""

    def handed(step, pages=1):
        with db.session() as session:
            codes = [item.code for item in draft_of_step(session, step.id, SYSTEM).missing]
        for code in codes:
            file = storage.store(io.BytesIO(a_pdf(pages)), name="材料.pdf")
            with work(SYSTEM) as w:
                take_in(w, step.project_id, code, file, source=PaperWay.COUNTER, on=TODAY, step_id=step.id)
        return codes

    return handed


@pytest.fixture
def package(the_step, hands_in, amy):
    """A package that was sent for a step nobody has accepted yet."""
    step = the_step(WATER)
    hands_in(step)
    package_id = request_package(step.id, by=amy.actor)
    jobs.run_due()
    return package_id


def test_an_incomplete_package_names_what_is_missing_and_offers_no_button(amy, the_step):
    page = amy.opens(f"/packages/steps/{the_step(WATER).id}?lang=en")

    assert "The package is not complete" in page.text
    assert "Unified utility application form" in page.text
    assert 'id="make"' not in page.text


def test_sending_an_incomplete_package_is_refused_with_the_list(amy, the_step):
    step = the_step(WATER)

    sent = amy.sends(f"/packages/steps/{step.id}?lang=en", {})

    assert sent.status_code == 409
    assert "The package lacks: 市政公用服务联合报装申请表" in sent.text


def test_a_complete_package_is_made_from_its_page_and_listed(amy, the_step, hands_in, county):
    step = the_step(WATER)
    hands_in(step)

    sent = amy.sends(f"/packages/steps/{step.id}", {})
    jobs.run_due()

    row = county.asked(select(PackageRow))[0]
    assert sent.status_code == 303
    assert sent.headers["Location"].endswith(f"/packages/{row.id}")
    page = amy.opens("/packages/?lang=en")
    assert "Receipt not confirmed" in page.text
    assert row.number in page.text
    assert row.sha256[:4] in page.text


def test_a_receipt_moves_a_package_to_the_department(amy, package, county):
    sent = amy.sends(f"/packages/{package}/receive", {"received_by": "王工", "received_on": "2026-04-15"})

    assert sent.status_code == 303
    page = amy.opens(f"/packages/{package}?lang=en")
    assert "With the department" in page.text
    assert "confirmed on 15 April 2026 by 王工" in page.text


def test_a_receipt_without_a_name_is_refused_and_the_day_is_kept(amy, package):
    sent = amy.sends(
        f"/packages/{package}/receive?lang=en", {"received_by": " ", "received_on": "2026-04-15"}
    )

    assert sent.status_code == 422
    assert "Write who received the package" in sent.text
    assert 'value="2026-04-15"' in sent.text


def test_what_the_department_said_is_recorded_beside_its_package(amy, the_step, hands_in, county):
    step = the_step(FIRST)
    hands_in(step)
    package_id = request_package(step.id, by=amy.actor)
    jobs.run_due()
    typed = {
        "outcome": "done",
        "on": "2026-04-15",
        "number": "3号",
        "version": str(step.version),
        "key": "k1",
    }

    sent = amy.sends(f"/packages/{package_id}/answer", typed)
    jobs.run_due()

    assert sent.status_code == 303
    assert the_step(FIRST).result_number == "3号"
    assert county.asked(select(PackageRow.received_by)) == ["Amy"]
    assert "Answered" in amy.opens("/packages/?state=answered&lang=en").text


def test_the_zip_and_its_files_are_fetched_by_whoever_sees_the_project(amy, package, county):
    row = county.asked(select(PackageRow))[0]

    whole, one = amy.opens(f"/packages/{package}/package.zip"), amy.opens(f"/packages/{package}/files/1/1")

    assert len(whole.data) == row.size_bytes
    assert one.data == a_pdf(1)
    assert amy.opens(f"/packages/{package}/files/9/1").status_code == 404


def test_a_package_out_of_sight_is_not_there(county, package):
    stranger = county.employs("eve", "Concierge")

    for path in ("", "/package.zip", "/files/1/1"):
        assert stranger.opens(f"/packages/{package}{path}").status_code == 404
    assert "No package is under way" in stranger.opens("/packages/?lang=en").text


def test_whoever_may_only_look_cannot_make_or_answer(county, package, the_step):
    watcher = county.employs("sue", "Supervisor", sees=(None,))

    assert watcher.opens(f"/packages/{package}").status_code == 200
    assert watcher.opens(f"/packages/steps/{the_step(WATER).id}").status_code == 403
    assert watcher.sends(f"/packages/{package}/receive", {}).status_code == 403


def test_the_list_takes_few_questions(amy, package, statements):
    amy.opens(f"/packages/{package}")

    with statements() as sent:
        amy.opens(f"/packages/{package}")

    assert len(sent) <= 45
