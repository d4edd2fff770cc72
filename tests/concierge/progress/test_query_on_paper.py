"""The query code on what an enterprise takes home: printed, told by SMS, and kept nowhere."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from sqlalchemy import select

from concierge.kernel import jobs, storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from concierge.progress.models.links import QueryCodeRow
from concierge.progress.rules.query_codes import LENGTH, SIGNS, code_of_seed, read
from concierge.progress.services.query_code import make_query_code
from documents.models.document import DocumentRow
from documents.services.make_document import make_document
from projects.models.project import Enterprise, Project
from tests.builders import a_project
from tests.kernel.fixtures_office import Office, apart

TAKEN_HOME = "project-entrustment"
STAYS_HERE = "material-list"


@pytest.fixture
def project_id(county: Office) -> int:
    """A project with a pair and somebody to call."""
    county.app.appbuilder.sm.limiter.enabled = False  # type: ignore[attr-defined]
    officers = county.employs("zhoumin", "Concierge").id, county.employs("chenli", "Concierge").id
    made = a_project(pair=officers)
    with work(SYSTEM) as w:
        owner = w.get(Enterprise, w.get(Project, made).enterprise_id)
        owner.contact, owner.phone = "吴倩", "0730-1234567"
    return made


def printed(county: Office, kind: str, project_id: int) -> tuple[str, DocumentRow]:
    """The words of a document of this kind, and its row."""
    document_id = make_document(kind, project_id, by=SYSTEM)
    jobs.run_due()
    row = county.has(DocumentRow, document_id)
    page = Document(io.BytesIO(b"".join(storage.fetch(row.docx_key))))
    return "\n".join(one.text for one in page.paragraphs), row


def test_what_an_enterprise_takes_home_carries_a_code_that_opens_and_is_in_no_row(county, project_id):
    words, row = printed(county, TAKEN_HOME, project_id)

    code = re.search(r"输入查询码(\w{5}-\w{5})", words)[1]
    answer = apart(county.stranger().get, f"/q/{read(code)}?lang=en")
    assert answer.status_code == 200
    assert "In the stage" in answer.text
    assert code not in row.facts
    kept = county.asked(select(QueryCodeRow))[0]
    columns = [str(getattr(kept, one.name)) for one in kept.__table__.columns]
    assert not any(read(code) in text for text in columns)


def test_the_code_on_the_paper_is_the_one_staff_told_and_a_newer_one_ends_both(county, project_id):
    told = make_query_code(project_id, by=SYSTEM)

    words, _ = printed(county, TAKEN_HOME, project_id)

    assert read(re.search(r"输入查询码(\w{5}-\w{5})", words)[1]) == told
    make_query_code(project_id, by=SYSTEM)
    assert apart(county.stranger().get, f"/q/{told}").status_code == 404


def test_what_stays_in_the_house_carries_none(county, project_id):
    words, _ = printed(county, STAYS_HERE, project_id)

    assert "查询码" not in words
    assert county.asked(select(QueryCodeRow)) == []


def test_a_code_follows_from_its_seed_and_from_the_secret_key():
    one = code_of_seed("seed", "key")

    assert one == code_of_seed("seed", "key")
    assert one not in (code_of_seed("seed", "other"), code_of_seed("other", "key"))
    assert len(one) == LENGTH
    assert set(one) <= set(SIGNS)
