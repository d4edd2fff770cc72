"""签收回执: written by itself once a package is built and received; it says which bytes were received."""

import io
import json
from datetime import date

import pytest
from docx import Document
from sqlalchemy import select

from concierge.kernel import jobs, storage
from documents.models.document import DocumentRow
from documents.rules.faults import FactsMissing
from documents.services.make_document import make_document
from documents.services.receive_package import receive_package
from documents.services.request_package import request_package
from tests.documents.test_packages import _made, _package, amy, complete, hand_in, step  # noqa: F401  (fixtures)

TODAY = date(2026, 4, 15)
RECEIPT = "package-receipt"
pytestmark = pytest.mark.usefixtures("without_printer")


def _receipts(county):
    return county.asked(select(DocumentRow).where(DocumentRow.kind == RECEIPT).order_by(DocumentRow.id))


def test_a_receipt_names_who_when_which_revision_and_the_digests(complete, amy, county):  # noqa: F811  (by its name)
    row = _made(complete, amy)
    receive_package(row.id, received_by="审批股 王工", on=TODAY, by=amy.actor)
    jobs.run_due()

    (made,) = _receipts(county)

    page = Document(io.BytesIO(b"".join(storage.fetch(made.docx_key))))
    said = "\n".join(cell.text for table in page.tables for line in table.rows for cell in line.cells)
    for word in (
        "审批股 王工",
        "2026年4月15日",
        row.number,
        "第1版",
        row.sha256,
        row.sm3,
        "材料3项，文件3个",
    ):
        assert word in said
    assert (made.about_id, made.department, made.number) == (row.id, row.department, "青帮代签〔2026〕1号")


def test_a_package_received_before_it_is_built_has_its_receipt_afterwards(complete, amy, county):  # noqa: F811  (by its name)
    package_id = request_package(complete.id, by=amy.actor)
    receive_package(package_id, received_by="王工", on=TODAY, by=amy.actor)
    assert _package(package_id).sha256 == ""

    jobs.run_due()

    (made,) = _receipts(county)
    assert json.loads(made.facts)["package"]["sha256"] == _package(package_id).sha256


def test_a_receipt_confirmed_twice_is_one_document(complete, amy, county):  # noqa: F811  (by its name)
    row = _made(complete, amy)
    for name in ("王工", "李工"):
        receive_package(row.id, received_by=name, on=TODAY, by=amy.actor)
    jobs.run_due()

    assert [json.loads(one.facts)["received_by"] for one in _receipts(county)] == ["王工"]


def test_there_is_no_receipt_of_what_nobody_received(complete, amy):  # noqa: F811  (by its name)
    row = _made(complete, amy)

    with pytest.raises(FactsMissing) as refused:
        make_document(RECEIPT, row.id, by=amy.actor)

    assert [(one.name, one.page) for one in refused.value.missing] == [
        ("签收人和签收日期", f"/packages/{row.id}")
    ]
