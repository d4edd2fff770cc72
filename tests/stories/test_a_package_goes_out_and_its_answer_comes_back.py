"""A package goes out and its answer comes back: what a department gets to check, to sign for and to send on.

The officer is told what is still missing, hands it in, and sends one bag with a list and digests. The
department opens its link without an account, checks the bag with tools of other makers, signs for it, finds a
fault, gets a second bag that says what changed, and reports its result; nobody types anything a second time.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import bagit
import pytest
from sqlalchemy import select

from approvals.models.case import StopRow
from approvals.models.step import Step
from approvals.rules.papers import PaperWay
from approvals.rules.progress import Move
from approvals.services.take_in_paper import take_in
from concierge.kernel import jobs, storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from documents.models.document import DocumentRow
from documents.models.package import PackageRow
from documents.queries.packages import draft_of_step
from projects.models.project import Project
from projects.services.record_move import record_move
from tests.concierge.desk.conftest import Visitor, amy, bo, hands_out, project_id, the_step, visitor
from tests.kernel.fixtures_office import Office, Somebody
from tests.kernel.papers_made import a_pdf

__all__ = ["amy", "bo", "hands_out", "project_id", "the_step", "visitor"]
pytestmark = pytest.mark.usefixtures("without_printer")
WEDNESDAY = date(2026, 4, 15)
LICENCE = "company-registration"  # asks for three papers, waits for nothing


def _missing(step: Step) -> list[str]:
    with db.session() as session:
        return [item.code for item in draft_of_step(session, step.id, SYSTEM).missing]


def _hand_in(step: Step, material: str, pages: int) -> None:
    file = storage.store(io.BytesIO(a_pdf(pages)), name="材料.pdf")
    with work(SYSTEM) as w:
        take_in(w, step.project_id, material, file, source=PaperWay.COUNTER, on=WEDNESDAY, step_id=step.id)
    jobs.run_due()


@pytest.fixture
def sends(amy: Somebody, the_step: Callable[[str], Step], county: Office) -> Callable[[], PackageRow]:
    """Amy presses the button on the package's page; answers the row it made."""

    def sent() -> PackageRow:
        answer = amy.sends(f"/packages/steps/{the_step(LICENCE).id}", {})
        assert answer.status_code == 303, answer.text
        jobs.run_due()
        rows: list[PackageRow] = county.asked(select(PackageRow).order_by(PackageRow.id))
        return rows[-1]

    return sent


@pytest.fixture
def materials(the_step: Callable[[str], Step]) -> list[str]:
    """What the step lacked, handed in and accepted today."""
    codes = _missing(the_step(LICENCE))
    for code in codes:
        _hand_in(the_step(LICENCE), code, pages=1)
    record_move(the_step(LICENCE).id, Move.ACCEPT, WEDNESDAY, by=SYSTEM)
    jobs.run_due()
    return codes


def _bag(visitor: Visitor, folder: Path) -> Path:
    answer = visitor.opens(f"{visitor.front.partition('?')[0]}/package.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as bag:
        bag.extractall(folder)
    return next(found.parent for found in folder.rglob("bagit.txt"))


def test_what_is_missing_is_named_and_nothing_goes_out_without_it(amy, the_step, county):
    assert len(_missing(the_step(LICENCE))) == 3

    refused = amy.sends(f"/packages/steps/{the_step(LICENCE).id}?lang=en", {})

    assert refused.status_code == 409
    assert "The package lacks" in refused.text
    assert county.asked(select(PackageRow)) == []


def test_the_department_checks_the_bag_with_tools_of_other_makers(
    materials, sends, visitor, hands_out, tmp_path
):
    sends()
    visitor.enters(hands_out(code=LICENCE))

    bag = _bag(visitor, tmp_path)

    assert bagit.Bag(str(bag)).is_valid()
    sums = shutil.which("sha256sum")
    assert sums is not None
    checked = subprocess.run(
        [sums, "--check", "--quiet", "manifest-sha256.txt"], cwd=bag, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_signing_for_the_bag_leaves_a_receipt_with_its_digest(materials, sends, visitor, hands_out, county):
    package = sends()
    page = visitor.enters(hands_out(code=LICENCE))

    visitor.sends(page, outcome="receipt", on="2026-04-15")
    jobs.run_due()

    assert county.asked(select(PackageRow.received_by)) == ["王工"]
    (receipt,) = county.asked(select(DocumentRow).where(DocumentRow.kind == "package-receipt"))
    assert package.sha256 in receipt.facts


def test_a_fault_stops_the_clock_and_the_second_bag_says_what_changed(
    materials, sends, visitor, hands_out, the_step, county
):
    sends()
    token = hands_out(code=LICENCE)
    page = visitor.enters(token)
    visitor.sends(page, outcome="faults", on="2026-04-15", faults="第一份材料缺盖章页", workdays="5")
    jobs.run_due()
    assert len(county.asked(select(StopRow))) == 1

    _hand_in(the_step(LICENCE), materials[0], pages=2)
    second = sends()

    assert second.revision == 2
    page = visitor.enters(token).text
    assert "Revision 2 takes the place of the one before" in page
    assert "1 replaced" in page


def test_the_result_is_recorded_and_the_project_is_planned_anew(
    materials, sends, visitor, hands_out, the_step, county, project_id
):
    sends()
    before = county.asked(select(Project.revision).where(Project.id == project_id))[0]

    visitor.sends(
        visitor.enters(hands_out(code=LICENCE)), outcome="done", on="2026-04-15", number="青招〔2026〕3号"
    )
    jobs.run_due()

    assert the_step(LICENCE).result_number == "青招〔2026〕3号"
    assert county.asked(select(Project.revision).where(Project.id == project_id))[0] > before
