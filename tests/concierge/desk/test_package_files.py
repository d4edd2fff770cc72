"""The files of a package by link: one by one, as one ZIP with list and digests, and the file of a result."""

import csv
import hashlib
import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.paper import PaperVersionRow
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.papers import PaperWay
from approvals.services.take_in_paper import take_in
from concierge.desk.models.links import SentFormRow
from concierge.kernel import storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from projects.rules.papers import results_of
from tests.kernel.papers_made import a_pdf

TODAY = date(2026, 4, 15)
WITH_PAPERS = "land-planning-permit"


@pytest.fixture
def paper(county, the_step):
    """A paper of the step, handed in with two files; answers its code and their contents."""
    step = the_step(WITH_PAPERS)
    edition_id = catalogue_queries.latest_edition_id(db.session)
    material = catalogue_queries.catalogue(edition_id, db.session).materials_of[step.code][0].code
    contents = {"正文.pdf": a_pdf(2), "附图.pdf": a_pdf(1)}
    stored = [storage.store(io.BytesIO(data), name=name) for name, data in contents.items()]
    with work(SYSTEM) as w:
        take_in(w, step.project_id, material, stored, source=PaperWay.COUNTER, on=TODAY, step_id=step.id)
    return material, contents


def _zip(visitor, page):
    assert "Download the package" in page.text
    return visitor.opens(f"{visitor.front.partition('?')[0]}/package.zip")


def test_the_package_holds_every_file_with_its_digest_and_a_list(visitor, hands_out, paper):
    _, contents = paper

    answer = _zip(visitor, visitor.enters(hands_out(code=WITH_PAPERS)))

    with zipfile.ZipFile(io.BytesIO(answer.data)) as bag:
        rows = list(csv.DictReader(io.StringIO(bag.read("contents.csv").decode("utf-8-sig"))))
        assert {row["file"].rpartition("-")[2].partition(" ")[2] for row in rows} == set(contents)
        for row in rows:
            data = bag.read(row["file"])
            assert data in contents.values()
            assert hashlib.sha256(data).hexdigest() == row["sha256"]
            assert int(row["bytes"]) == len(data)
            assert f"{row['sha256']}  {row['file']}\n" in bag.read("manifest-sha256.txt").decode()
        assert bag.read("bagit.txt").startswith(b"BagIt-Version: 1.0\n")


def test_the_same_papers_give_the_same_bytes(visitor, hands_out, paper):
    page = visitor.enters(hands_out(code=WITH_PAPERS))

    assert _zip(visitor, page).data == _zip(visitor, page).data


def test_one_file_is_offered_to_be_saved_and_is_what_was_handed_in(visitor, hands_out, paper):
    _, contents = paper
    page = visitor.enters(hands_out(code=WITH_PAPERS))
    links = [part.partition('"')[0] for part in page.text.split('href="') if "/papers/" in part[:80]]

    answers = [visitor.opens(link) for link in links]

    assert [answer.data for answer in answers] == list(contents.values())
    for answer in answers:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_files_that_are_not_there_are_404(visitor, hands_out, paper):
    visitor.enters(hands_out(code=WITH_PAPERS))
    front = visitor.front.partition("?")[0]

    for path in ("papers/99/1", "papers/1/99", "papers/0/0"):
        assert visitor.opens(f"{front}/{path}").status_code == 404


def test_the_file_of_a_result_is_kept_for_the_steps_that_ask_for_it(visitor, hands_out, the_step, county):
    step = the_step()
    page = visitor.enters(hands_out())

    sent = visitor.sends(
        page, outcome="done", on="2026-04-15", number="3号", file=(io.BytesIO(a_pdf(1)), "批复.pdf")
    )

    assert sent.status_code == 303
    kept = county.asked(select(SentFormRow).where(SentFormRow.act == "done"))[0]
    assert kept.file_name == "批复.pdf"
    assert b"".join(storage.fetch(kept.file_key)) == a_pdf(1)
    edition_id = catalogue_queries.latest_edition_id(db.session)
    wanted = results_of(catalogue_queries.catalogue(edition_id, db.session), step.code)
    taken = county.asked(select(PaperVersionRow.material).where(PaperVersionRow.way == PaperWay.RESULT))
    assert sorted(taken) == sorted(wanted)
