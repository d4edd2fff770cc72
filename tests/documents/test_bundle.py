"""Several documents as one ZIP: what was chosen, nobody else's, and never more than a machine carries."""

import hashlib
import io
import zipfile
from datetime import date

import openpyxl
import pytest

from concierge.kernel import storage
from documents.models.document import DocumentRow
from documents.rules.bundles import MOST_BYTES, MOST_DOCUMENTS, BundleTooLarge, NoDocumentChosen, check_bundle
from documents.rules.document_state import DocumentState
from tests.builders import a_project
from tests.documents.printing.words_made import MADE_AT
from tests.kernel.papers_made import a_pdf

TODAY = date(2026, 4, 15)


@pytest.fixture
def amy(county):
    return county.employs("amy", "Concierge")


@pytest.fixture
def project_id(county, amy):
    return a_project(pair=(amy.id, county.employs("bo", "Concierge").id))


@pytest.fixture
def keeps(county, project_id):
    """Keeps a document of the project with a PDF of so many pages; none for one that is being written."""

    def kept(serial, pages):
        row = DocumentRow(
            project_id=project_id, kind="project-plan", about="project", about_id=serial, series="计",
            year=2026, serial=serial, number=f"青帮代计〔2026〕{serial}号", version=1, title="项目办理计划",
            data_on=TODAY, made_on=TODAY, made_at=MADE_AT, made_by="amy", facts="{}", facts_sha256="0" * 64,
            state=DocumentState.ASKED,
        )  # fmt: skip
        if pages:
            pdf = storage.keep(a_pdf(pages), name="a.pdf", media_type="application/pdf")
            row.state = DocumentState.PRINTED
            row.docx_key = row.pdf_key = pdf.key
            row.docx_sha256 = row.pdf_sha256 = pdf.sha256
            row.docx_size_bytes = row.pdf_size_bytes = pdf.size_bytes
        county.keeps(row)
        return row.id

    return kept


def _names(answer):
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_the_chosen_ones_come_with_their_list(amy, keeps):
    first, _second, third = (keeps(serial, serial) for serial in (1, 2, 3))

    answer = amy.opens(f"/documents/files.zip?id={first}&id={third}")

    assert answer.content_length == len(answer.data)
    assert _names(answer) == [
        "001 青帮代计〔2026〕1号 项目办理计划.pdf",
        "002 青帮代计〔2026〕3号 项目办理计划.pdf",
        "文书目录.xlsx",
    ]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        files = [archive.read(name) for name in archive.namelist()]
    assert files[:2] == [a_pdf(1), a_pdf(3)]
    rows = list(openpyxl.load_workbook(io.BytesIO(files[2])).active.iter_rows(min_row=2, values_only=True))
    assert [row[-1] for row in rows] == [hashlib.sha256(file).hexdigest() for file in files[:2]]


def test_all_that_a_filter_finds_are_taken_but_what_is_not_written(amy, keeps, project_id):
    keeps(1, 1)
    keeps(2, 0)

    page = amy.opens(f"/documents/?project={project_id}&lang=en").text
    answer = amy.opens(f"/documents/files.zip?which=all&project={project_id}")

    assert "Take all 2 found (ZIP)" in page
    assert page.count('name="id"') == 1
    assert len(_names(answer)) == 2  # the one that is written, and the list


@pytest.mark.parametrize("asked", ["", "id=x", "id=999999999", "which=all&q=nothing-of-this-name"])
def test_nothing_chosen_is_said_and_the_filter_stays(amy, keeps, asked):
    keeps(1, 1)

    answer = amy.opens(f"/documents/files.zip?{asked}&kind=project-plan")

    assert answer.status_code == 303
    assert "kind=project-plan" in answer.headers["Location"]
    told = amy.opens(f"{answer.headers['Location']}&lang=en").text
    assert "Choose at least one document whose file is ready" in told


def test_nobody_takes_what_he_does_not_see(county, keeps):
    own = keeps(1, 1)
    stranger = county.employs("eve", "Concierge")

    assert stranger.opens(f"/documents/files.zip?id={own}").status_code == 303  # nothing was found
    assert county.employs("ray", "Archivist").opens(f"/documents/files.zip?id={own}").status_code == 303


def test_one_zip_takes_no_more_than_its_measure():
    check_bundle([MOST_BYTES // MOST_DOCUMENTS] * MOST_DOCUMENTS)
    with pytest.raises(BundleTooLarge) as refused:
        check_bundle([1] * (MOST_DOCUMENTS + 1))
    assert (refused.value.facts["count"], refused.value.facts["size"]) == (201, 1)
    with pytest.raises(BundleTooLarge):
        check_bundle([MOST_BYTES, 1])
    with pytest.raises(NoDocumentChosen):
        check_bundle([])
