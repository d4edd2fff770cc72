"""What a department fetches besides the files of its package: printed list, signature, receipt."""

import subprocess
import zipfile

import pytest
from sqlalchemy import select

from concierge.kernel import jobs
from documents.models.document import DocumentRow
from documents.models.package import PackageRow
from documents.rules.sealing import Keeper
from documents.services.keep_seal import NewSeal, make_seal
from tests.concierge.desk.test_package_files import WITH_PAPERS, package, paper  # noqa: F401  (fixtures)

RECEIPT = "package-receipt"


@pytest.fixture
def seal(amy):
    """The office's seal, whose key signs packages."""
    named = {"name": "业务专用章", "office": "青禾县帮代办服务中心"}
    return make_seal(NewSeal(**named, keeper=Keeper.SOFTWARE), by=amy.actor)


def _part(visitor, name):
    return visitor.opens(f"{visitor.front.partition('?')[0]}/parts/{name}")


def _confirmed(visitor, hands_out, **typed):
    page = visitor.enters(hands_out(code=WITH_PAPERS))
    assert visitor.sends(page, outcome="receipt", on="2026-04-15", **typed).status_code == 303
    jobs.run_due()
    return visitor.opens(visitor.front)


@pytest.mark.usefixtures("without_printer")
def test_the_receipt_bears_the_typed_name(visitor, hands_out, package, county):  # noqa: F811  (by its name)
    page = _confirmed(visitor, hands_out, received_by="审批股 李工")

    (receipt,) = county.asked(select(DocumentRow).where(DocumentRow.kind == RECEIPT))
    assert county.asked(select(PackageRow.received_by)) == ["审批股 李工"]
    assert "Receipt confirmed on 15 April 2026 by 审批股 李工" in page.text
    assert f"Receipt {receipt.number} (Word)" in page.text
    answer = _part(visitor, "receipt")
    assert (answer.status_code, len(answer.data)) == (200, receipt.docx_size_bytes)


@pytest.mark.usefixtures("without_printer")
def test_before_it_is_received_there_is_no_receipt(visitor, hands_out, package):  # noqa: F811  (by its name)
    page = visitor.enters(hands_out(code=WITH_PAPERS))

    assert "王工" in page.text.partition('name="received_by"')[2].partition(">")[0]  # offered, to be changed
    assert _part(visitor, "receipt").status_code == 404


def test_the_printed_list_is_shown_in_the_browser(visitor, hands_out, package, county):  # noqa: F811  (by its name)
    page = visitor.enters(hands_out(code=WITH_PAPERS))

    answer = _part(visitor, "contents.pdf")

    (row,) = county.asked(select(PackageRow))
    assert "List of contents (PDF)" in page.text
    assert (answer.mimetype, len(answer.data)) == ("application/pdf", row.list_size_bytes)
    assert answer.headers["Content-Disposition"].startswith("inline")


@pytest.mark.usefixtures("without_printer")
def test_without_a_printer_the_page_says_that_the_list_is_a_word_file(visitor, hands_out, package):  # noqa: F811  (by its name)
    page = visitor.enters(hands_out(code=WITH_PAPERS))

    assert "Its list of contents is a Word file only" in page.text
    assert _part(visitor, "contents.pdf").status_code == 404


@pytest.mark.usefixtures("without_printer")
def test_the_commands_of_the_page_prove_it(seal, visitor, hands_out, package, tmp_path):  # noqa: F811  (by its name)
    page = visitor.enters(hands_out(code=WITH_PAPERS))
    shown = page.text.partition("<pre")[2].partition(">")[2].partition("</pre>")[0]
    commands = shown.replace("&#39;", "'").replace("&gt;", ">")
    (tmp_path / "package.zip").write_bytes(
        visitor.opens(f"{visitor.front.partition('?')[0]}/package.zip").data
    )
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        archive.extractall(tmp_path)
    signature = _part(visitor, "signature.txt")
    (tmp_path / "manifest-sha256.sm2.txt").write_bytes(signature.data)

    def told():
        return subprocess.run(["bash", "-c", commands], cwd=tmp_path, capture_output=True, text=True)

    assert "Signed with SM2 by 青禾县帮代办服务中心 业务专用章" in page.text
    assert signature.headers["Content-Disposition"] == "attachment; filename=manifest-sha256.sm2.txt"
    assert "Signature Verified Successfully" in told().stdout
    manifest = tmp_path / "manifest-sha256.txt"
    manifest.write_bytes(manifest.read_bytes().replace(b"0", b"1", 1))
    assert "Signature Verified Successfully" not in told().stdout


@pytest.mark.usefixtures("without_printer")
def test_an_unsigned_package_offers_no_signature(visitor, hands_out, package):  # noqa: F811  (by its name)
    page = visitor.enters(hands_out(code=WITH_PAPERS))

    assert "Signed with SM2" not in page.text
    assert _part(visitor, "signature.txt").status_code == 404


@pytest.mark.usefixtures("without_printer")
def test_the_office_fetches_the_same_parts(seal, visitor, hands_out, package, amy):  # noqa: F811  (by its name)
    _confirmed(visitor, hands_out)

    page = amy.opens(f"/packages/{package}?lang=en").text

    for part, status in (("receipt", 200), ("signature.txt", 200), ("contents.pdf", 404)):
        assert amy.opens(f"/packages/{package}/parts/{part}").status_code == status
        assert (f"/packages/{package}/parts/{part}" in page) is (status == 200)


@pytest.mark.usefixtures("without_printer")
def test_whoever_does_not_see_the_project_fetches_nothing(seal, package, county):  # noqa: F811  (by its name)
    stranger = county.employs("eve", "Concierge")

    for part in ("receipt", "signature.txt", "contents.pdf"):
        assert stranger.opens(f"/packages/{package}/parts/{part}").status_code == 404
