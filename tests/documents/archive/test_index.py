"""The index of an archive as PDF and as a workbook: in the file itself and on its page."""

import io

import openpyxl

from documents.press.pdf import text_of
from tests.documents.archive.test_archive import amy, laid_down, project_id, the_zip  # noqa: F401  (fixtures)


def test_the_index_lies_in_the_archive_as_pdf_and_is_shown_on_its_page(county, project_id, amy):  # noqa: F811  (by its name)
    row = laid_down(county, project_id, amy)

    with the_zip(row) as archive:
        printed = archive.read("data/卷内目录.pdf")
    shown = amy.opens(f"/documents/archive/{row.id}/index.pdf")
    said = "".join(text_of(printed).split())
    assert shown.data == printed
    assert shown.mimetype == "application/pdf"
    assert row.number in said
    assert "第1版-1-营业执照.pdf" in said
    assert f"{row.files}件" in said


def test_the_index_is_a_workbook_too_and_nobody_else_s(county, project_id, amy, without_printer):  # noqa: F811  (by its name)
    row = laid_down(county, project_id, amy)
    stranger = county.employs("di", "Archivist")

    book = openpyxl.load_workbook(io.BytesIO(amy.opens(f"/documents/archive/{row.id}/index.xlsx").data))

    assert book.active.max_row == row.files + 1
    assert stranger.opens(f"/documents/archive/{row.id}/index.xlsx").status_code == 404
    assert amy.opens(f"/documents/archive/{row.id}/index.pdf").status_code == 404  # nothing was printed
