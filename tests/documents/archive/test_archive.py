"""A project's file in the archive: whole, proved by others, kept for its time, once for one ending."""

import csv
import io
import json
import shutil
import subprocess
import zipfile
from datetime import date, timedelta

import bagit
import openpyxl
import pytest
from sqlalchemy import select

from approvals.rules.papers import PaperWay
from approvals.services.take_in_paper import take_in
from concierge.kernel import clock, jobs, storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.keeping_for_good import take_out
from concierge.kernel.work import work
from documents.models.archive import ArchiveRow
from documents.models.document import DocumentRow
from documents.press.kind import Retention
from documents.rules.document_state import DocumentState
from documents.rules.keeping import ArchiveState, Occasion, archive_number, class_of, kept_until
from documents.services.archive_project import ArchiveUnderWay, archive_project, build_archive
from projects.events import ProjectEnded
from tests.builders import a_project
from tests.documents.printing.words_made import MADE_AT
from tests.kernel.papers_made import a_pdf

TODAY = date(2026, 4, 15)
LATER = timedelta(minutes=5)
pytestmark = pytest.mark.usefixtures("without_printer")


@pytest.fixture
def amy(county):
    return county.employs("amy", "Chief")


@pytest.fixture
def project_id(county, amy):
    """A project with a paper of two pages, and one document that was printed."""
    project_id = a_project(pair=(amy.id, county.employs("bo", "Concierge").id))
    paper = storage.store(io.BytesIO(a_pdf(2)), name="营业执照.pdf")
    with work(SYSTEM) as w:
        take_in(w, project_id, "business-licence", [paper], source=PaperWay.COUNTER, on=TODAY)
    pdf = storage.keep(a_pdf(1), name="a.pdf", media_type="application/pdf")
    county.keeps(
        DocumentRow(
            project_id=project_id, kind="acceptance-slip", about="project", about_id=1, series="受",
            year=2026, serial=7, number="帮代办受〔2026〕7号", version=1, title="受理通知书", data_on=TODAY,
            made_on=TODAY, made_at=MADE_AT, made_by="amy", state=DocumentState.PRINTED, facts="{}",
            facts_sha256="0" * 64, docx_key=pdf.key, docx_sha256=pdf.sha256, docx_size_bytes=pdf.size_bytes,
            pdf_key=pdf.key, pdf_sha256=pdf.sha256, pdf_size_bytes=pdf.size_bytes,
        )
    )  # fmt: skip
    jobs.run_due()
    return project_id


def the_zip(row):
    return zipfile.ZipFile(io.BytesIO(b"".join(take_out(row.shelf_key, row.shelf_version))))


def laid_down(county, project_id, by):
    archive_id = archive_project(project_id, by=by.actor)
    jobs.run_due(now=clock.moment() + LATER)
    return county.has(ArchiveRow, archive_id)


def test_the_whole_file_of_a_project_is_laid_down_with_an_index(county, project_id, amy):
    row = laid_down(county, project_id, amy)

    assert (row.state, row.fault, row.edition) == (ArchiveState.MADE, "", 1)
    with the_zip(row) as archive:
        names = archive.namelist()
        assert archive.read("data/1材料/business-licence/第1版-1-营业执照.pdf") == a_pdf(2)
        assert "data/2文书/帮代办受〔2026〕7号 受理通知书-第1版.pdf" in names
        assert "data/2文书/帮代办受〔2026〕7号 受理通知书-第1版.docx" in names
        rows = json.loads(archive.read("data/5数据/projects_project.json"))
        index = list(csv.reader(io.StringIO(archive.read("contents.csv").decode("utf-8-sig"))))
        book = openpyxl.load_workbook(io.BytesIO(archive.read("data/卷内目录.xlsx")))
    assert rows[0]["id"] == project_id
    assert [line[3] for line in index[1:]] == [name for name in names if _is_filed(name)]
    assert book.active.max_row == len(index)
    assert row.files == len(index) - 1


def _is_filed(name):
    return name.startswith("data/") and not name.endswith("目录.xlsx")


def test_no_key_of_the_storage_leaves_the_house_in_it(county, project_id, amy):
    row = laid_down(county, project_id, amy)
    document = county.asked(select(DocumentRow).where(DocumentRow.project_id == project_id))[0]

    with the_zip(row) as archive:
        told = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".json"))

    assert document.number.encode() in told
    assert document.pdf_key.encode() not in told


def test_programs_of_others_prove_it_whole_and_find_one_changed_byte(county, project_id, amy, tmp_path):
    row = laid_down(county, project_id, amy)
    with the_zip(row) as archive:
        archive.extractall(tmp_path / "bag")

    bagit.Bag(str(tmp_path / "bag")).validate()
    for command, listed in ((["sha256sum", "--quiet", "-c"], "manifest-sha256.txt"),):
        assert subprocess.run([*command, listed], cwd=tmp_path / "bag").returncode == 0

    (tmp_path / "bag" / "data" / "5数据" / "projects_project.json").write_bytes(b"[]")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path / "bag")).validate()
    shutil.rmtree(tmp_path / "bag")


def test_a_project_that_ends_is_laid_down_once_by_itself(county, project_id, amy):
    with work(SYSTEM) as w:
        w.record(ProjectEnded(project_id=project_id, how="completed", on=TODAY))
    jobs.run_due()
    jobs.run_due(now=clock.moment() + LATER)

    (row,) = county.asked(select(ArchiveRow))
    assert (row.occasion, row.state) == (Occasion.ENDED, ArchiveState.MADE)
    assert (row.retention, row.keep_until_on) == (Retention.THIRTY_YEARS, date(2056, 12, 31))


def test_another_edition_stands_beside_the_first(county, project_id, amy):
    first = laid_down(county, project_id, amy)
    second = laid_down(county, project_id, amy)

    assert (second.edition, second.number) == (2, "WS·2026-D30-0002-2")
    assert b"".join(take_out(first.shelf_key, first.shelf_version))


def test_while_one_is_being_made_no_other_is_begun(project_id, amy):
    archive_project(project_id, by=amy.actor)

    with pytest.raises(ArchiveUnderWay):
        archive_project(project_id, by=amy.actor)


def test_a_file_that_is_lost_is_said_and_nothing_is_laid_down(county, project_id, amy):
    settings = county.app.config["CONCIERGE"]
    shutil.rmtree(settings.home / "files")

    row = laid_down(county, project_id, amy)

    assert (row.state, row.shelf_key) == (ArchiveState.FAILED, "")
    assert not (settings.home / "archive").exists()
    page = amy.opens(f"/documents/archive/{row.id}").text
    assert "The file is not in the storage any more" in page


def test_the_screens_show_it_hand_it_out_and_say_who_took_it(county, project_id, amy):
    before = amy.opens(f"/projects/{project_id}").text
    assert "Lay it down now" in before
    amy.sends("/documents/archive/", {"project_id": str(project_id)})
    jobs.run_due(now=clock.moment() + LATER)
    (row,) = county.asked(select(ArchiveRow))

    listed, page = amy.opens("/documents/archive/").text, amy.opens(f"/documents/archive/{row.id}").text
    copy = amy.sends(f"/documents/archive/{row.id}/take")

    assert row.number in listed
    assert "营业执照.pdf" in page
    assert (copy.status_code, len(copy.data)) == (200, row.size_bytes)
    zipfile.ZipFile(io.BytesIO(copy.data)).testzip()
    from concierge.kernel.audit import AuditLine

    acts = county.asked(select(AuditLine.act).where(AuditLine.project_id == project_id))
    assert "ArchiveTakenOut" in acts


def test_who_does_not_see_the_project_does_not_see_its_file(county, project_id, amy):
    row = laid_down(county, project_id, amy)
    stranger = county.employs("di", "Archivist")

    assert stranger.opens(f"/documents/archive/{row.id}").status_code == 404
    assert stranger.sends(f"/documents/archive/{row.id}/take").status_code == 404
    assert row.number not in stranger.opens("/documents/archive/").text


def test_thirty_years_count_from_the_year_that_follows():
    """Closed on 15 April 2026: the years 2027 to 2056 are thirty."""
    assert kept_until("30y", TODAY) == date(2056, 12, 31)
    assert kept_until("10y", date(2026, 12, 31)) == date(2036, 12, 31)
    assert kept_until("permanent", TODAY) is None


def test_the_weightiest_paper_decides_the_class_of_a_file():
    assert class_of([]) == "30y"
    assert class_of(["10y", "10y"]) == "30y"
    assert class_of(["10y", "permanent", "30y"]) == "permanent"


def test_the_number_is_made_of_fonds_sort_year_class_and_piece():
    assert archive_number("Z109", "permanent", 2026, 3, 1) == "Z109-WS·2026-Y-0003"
    assert archive_number("", "30y", 2026, 12, 2) == "WS·2026-D30-0012-2"


def test_a_second_run_lays_nothing_down_again(county, project_id, amy):
    row = laid_down(county, project_id, amy)

    class Run:
        """A run that must not write."""

        def work(self):
            raise AssertionError("nothing is to be written")

    build_archive(Run(), row.id)
