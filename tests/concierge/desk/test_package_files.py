"""The files of a package by link: one by one, as one ZIP with list and digests, and the file of a result."""

import csv
import hashlib
import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.paper import PaperVersionRow
from approvals.rules.papers import PaperWay
from approvals.rules.progress import Move
from approvals.services.take_in_paper import take_in
from concierge.desk.models.links import SentFormRow
from concierge.kernel import jobs, storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from concierge.kernel.work import work
from documents.models.package import PackageRow
from documents.queries.packages import draft_of_step
from documents.services.request_package import request_package
from projects.services.record_move import record_move
from tests.kernel.papers_made import a_pdf

TODAY = date(2026, 4, 15)
pytestmark = pytest.mark.usefixtures("without_printer")
WITH_PAPERS = "water-supply"


@pytest.fixture
def paper(county, the_step):
    """The papers of the step, handed in, the first with two files; answers its code and their contents."""
    step = the_step(WITH_PAPERS)
    with db.session() as session:
        codes = [item.code for item in draft_of_step(session, step.id, SYSTEM).missing]
    contents = {"正文.pdf": a_pdf(2), "附图.pdf": a_pdf(1)}
    for n, code in enumerate(codes):
        files = {"材料.pdf": a_pdf(3)} if n else contents
        stored = [storage.store(io.BytesIO(data), name=name) for name, data in files.items()]
        with work(SYSTEM) as w:
            take_in(w, step.project_id, code, stored, source=PaperWay.COUNTER, on=TODAY, step_id=step.id)
    return codes[0], contents


@pytest.fixture
def package(paper, the_step, amy):
    """The package of the step, sent; answers its row's number."""
    package_id = request_package(the_step(WITH_PAPERS).id, by=amy.actor)
    jobs.run_due()
    return package_id


def _zip(visitor, page):
    assert "Download the package" in page.text
    return visitor.opens(f"{visitor.front.partition('?')[0]}/package.zip")


def test_the_package_that_was_sent_is_fetched_as_it_was_sealed(visitor, hands_out, paper, package, county):
    _, contents = paper

    answer = _zip(visitor, visitor.enters(hands_out(code=WITH_PAPERS)))

    row = county.asked(select(PackageRow))[0]
    assert hashlib.sha256(answer.data).hexdigest() == row.sha256
    assert answer.headers["Content-Disposition"] == f"attachment; filename={row.number}-1.zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as bag:
        rows = list(csv.DictReader(io.StringIO(bag.read("contents.csv").decode("utf-8-sig"))))
        assert {bag.read(row["file"]) for row in rows} >= set(contents.values())
    taken = county.asked(select(AuditLine).where(AuditLine.act == "PackageTaken"))
    assert [line.actor for line in taken] == ["供水企业（链接）"]


def test_without_a_package_there_is_no_zip_and_the_page_says_so(visitor, hands_out, paper):
    page = visitor.enters(hands_out(code=WITH_PAPERS))

    assert "No package has been sent for this case yet" in page.text
    assert "Download the package" not in page.text
    assert visitor.opens(f"{visitor.front.partition('?')[0]}/package.zip").status_code == 404


def test_what_came_after_the_package_is_not_in_it(visitor, hands_out, paper, package, the_step):
    code, _ = paper
    step = the_step(WITH_PAPERS)
    with work(SYSTEM) as w:
        later = storage.store(io.BytesIO(a_pdf(9)), name="改后.pdf")
        take_in(w, step.project_id, code, later, source=PaperWay.COUNTER, on=TODAY, step_id=step.id)

    page = visitor.enters(hands_out(code=WITH_PAPERS))

    assert "改后.pdf" not in page.text
    assert "正文.pdf" in page.text


def test_a_second_revision_says_what_it_replaced(visitor, hands_out, paper, package, the_step, amy):
    test_what_came_after_the_package_is_not_in_it(visitor, hands_out, paper, package, the_step)
    request_package(the_step(WITH_PAPERS).id, by=amy.actor)
    jobs.run_due()

    page = visitor.opens(visitor.front)

    assert "Revision 2 takes the place of the one before" in page.text
    assert "1 replaced: 市政公用服务联合报装申请表" in page.text
    assert "改后.pdf" in page.text


def test_confirming_receipt_confirms_that_of_the_package(visitor, hands_out, paper, package, county):
    page = visitor.enters(hands_out(code=WITH_PAPERS))

    sent = visitor.sends(page, outcome="receipt", on="2026-04-15")

    assert sent.status_code == 303
    assert county.asked(select(PackageRow.received_by)) == ["王工"]  # whom the link was made for


def test_one_file_is_offered_to_be_saved_and_is_what_was_handed_in(visitor, hands_out, paper):
    _, contents = paper
    page = visitor.enters(hands_out(code=WITH_PAPERS))
    links = [part.partition('"')[0] for part in page.text.split('href="') if "/papers/" in part[:80]]

    answers = [visitor.opens(link) for link in links]

    assert [answer.data for answer in answers[:2]] == list(contents.values())
    for answer in answers:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_files_that_are_not_there_are_404(visitor, hands_out, paper):
    visitor.enters(hands_out(code=WITH_PAPERS))
    front = visitor.front.partition("?")[0]

    for path in ("papers/99/1", "papers/1/99", "papers/0/0"):
        assert visitor.opens(f"{front}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("code", "material"),
    [
        ("company-registration", "business-license"),  # asked for by later steps
        ("investment-lead-screening", "result-of-investment-lead-screening"),  # asked for by none
    ],
)
def test_the_file_of_a_result_is_kept_for_whoever_asks_for_it(
    visitor, hands_out, the_step, county, code, material
):
    if the_step(code).accepted_on is None:
        record_move(the_step(code).id, Move.ACCEPT, TODAY, by=SYSTEM)
    page = visitor.enters(hands_out(code=code))

    sent = visitor.sends(
        page, outcome="done", on="2026-04-15", number="3号", file=(io.BytesIO(a_pdf(1)), "批复.pdf")
    )

    assert sent.status_code == 303
    kept = county.asked(select(SentFormRow).where(SentFormRow.act == "done"))[0]
    assert kept.file_name == "批复.pdf"
    assert b"".join(storage.fetch(kept.file_key)) == a_pdf(1)
    taken = county.asked(select(PaperVersionRow.material).where(PaperVersionRow.way == PaperWay.RESULT))
    assert taken == [material]
