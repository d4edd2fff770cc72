"""A department's package: what is in it, what keeps it back, and that everybody can check it."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import bagit
import jsonschema
import pytest
from docx import Document
from sqlalchemy import select

import documents
from approvals.models.step import Step
from approvals.rules.papers import PaperWay
from approvals.services.take_in_paper import take_in
from concierge.kernel import jobs, storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from documents.models.package import PackageRow
from documents.queries.packages import draft_of_step, package_at, revisions, told_changes
from documents.rules.packages import Change, ItemStatus, PackageIncomplete, PackageState, PackageUnchanged
from documents.services.build_package import build, plan_of
from documents.services.make_document import make_document
from documents.services.receive_package import ReceivedLater, receive_package
from documents.services.request_package import request_package
from tests.builders import a_project
from tests.kernel.papers_made import a_pdf

TODAY = date(2026, 4, 15)
pytestmark = pytest.mark.usefixtures("without_printer")
STEP = "water-supply"  # a form, a list of what is needed, drawings that may come later
SCHEMA = Path(documents.__file__).parent / "data" / "package.schema.json"


@pytest.fixture
def amy(county):
    return county.employs("amy", "Concierge")


@pytest.fixture
def step(county, amy):
    """A step of a project in Amy's charge that asks for several papers."""
    project_id = a_project(pair=(amy.id, county.employs("bo", "Concierge").id))
    jobs.run_due()
    return county.asked(select(Step).where(Step.project_id == project_id, Step.code == STEP))[0]


@pytest.fixture
def hand_in(county):
    """Hand in a paper of a step, with files by their names."""

    def handed(step, material, files, way=PaperWay.COUNTER):
        stored = [storage.store(io.BytesIO(data), name=name) for name, data in files.items()]
        with work(SYSTEM) as w:
            take_in(w, step.project_id, material, stored, source=way, on=TODAY, step_id=step.id)
        jobs.run_due()

    return handed


@pytest.fixture
def complete(step, hand_in):
    """The step with every paper it lacks handed in, each with one file of its own length."""
    for n, item in enumerate(_draft(step).missing, 1):
        hand_in(step, item.code, {f"{item.name_zh}.pdf": a_pdf(n)})
    return step


def _draft(step):
    with db.session() as session:
        return draft_of_step(session, step.id, SYSTEM)


def _made(step, by):
    package_id = request_package(step.id, by=by.actor)
    jobs.run_due()
    return _package(package_id)


def _package(package_id):
    with db.session() as session:
        return package_at(session, package_id, SYSTEM)


def _bag(row, folder):
    path = folder / "package.zip"
    path.write_bytes(b"".join(storage.fetch(row.key)))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / "bag")
    return folder / "bag"


def test_what_is_missing_is_named_and_nothing_is_kept(county, step, amy):
    with pytest.raises(PackageIncomplete) as refused:
        request_package(step.id, by=amy.actor)

    missing = [item.name_zh for item in _draft(step).missing]
    assert missing == ["市政公用服务联合报装申请表", "用水(用气、用热)需求表", "管线(外线)设计图"]
    assert refused.value.facts["papers"] == "、".join(missing)
    assert county.asked(select(PackageRow)) == []


def test_everything_handed_in_is_in_the_package_and_outside_tools_agree(complete, amy, tmp_path):
    row = _made(complete, amy)

    assert row.state is PackageState.READY
    assert row.number == "SB-2026-001"
    bag = _bag(row, tmp_path)
    assert bagit.Bag(str(bag)).is_valid()
    files = sorted(path.name for path in (bag / "data").iterdir())
    assert files[:3] == [
        "01-1 市政公用服务联合报装申请表.pdf",
        "02-1 用水(用气、用热)需求表.pdf",
        "03-1 管线(外线)设计图.pdf",
    ]
    assert {"目录.docx", "材料清单.xlsx", "元数据.json"} <= set(files)
    page = "\n".join(
        cell.text for row in Document(bag / "data" / "目录.docx").tables[1].rows for cell in row.cells
    )
    assert "管线(外线)设计图" in page
    assert (bag / "data" / files[1]).read_bytes() == a_pdf(2)
    for tool in (["sha256sum", "-c", "manifest-sha256.txt"], ["sha256sum", "-c", "tagmanifest-sha256.txt"]):
        subprocess.run(tool, cwd=bag, check=True, capture_output=True)


def test_one_changed_byte_is_found_by_outside_tools(complete, amy, tmp_path):
    bag = _bag(_made(complete, amy), tmp_path)
    changed = bag / "data" / "元数据.json"
    changed.write_bytes(changed.read_bytes().replace(b"SB-2026", b"SB-2027", 1))

    assert not bagit.Bag(str(bag)).is_valid()
    assert subprocess.run(["sha256sum", "-c", "manifest-sha256.txt"], cwd=bag, check=False).returncode == 1


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_the_sm3_of_every_file_is_what_openssl_says(complete, amy, tmp_path):
    row = _made(complete, amy)
    bag = _bag(row, tmp_path)
    lines = (bag / "checks-sm3.txt").read_text(encoding="utf-8").splitlines()
    manifest = (bag / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()

    assert [line[66:] for line in lines] == [line[66:] for line in manifest]
    for line in lines:
        told = subprocess.run(
            ["openssl", "dgst", "-sm3", "-r", line[66:]], cwd=bag, check=True, capture_output=True, text=True
        )
        assert told.stdout.split()[0] == line[:64]
    assert hashlib.new("sm3", (tmp_path / "package.zip").read_bytes()).hexdigest() == row.sm3


def test_the_facts_keep_to_the_published_schema(complete, amy, tmp_path):
    bag = _bag(_made(complete, amy), tmp_path)

    facts = json.loads((bag / "data" / "元数据.json").read_text(encoding="utf-8"))

    jsonschema.validate(facts, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert (facts["number"], facts["revision"]) == ("SB-2026-001", 1)
    assert [len(line["files"]) for line in facts["contents"]] == [1, 1, 1]
    told = {file["path"]: file["sha256"] for line in facts["contents"] for file in line["files"]}
    for path, digest in told.items():
        assert hashlib.sha256((bag / path).read_bytes()).hexdigest() == digest


def test_the_list_names_every_paper_with_its_digest(complete, amy, tmp_path):
    bag = _bag(_made(complete, amy), tmp_path)

    text = (bag / "contents.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [(row["place"], row["paper"]) for row in rows] == [
        ("1", "市政公用服务联合报装申请表"),
        ("2", "用水(用气、用热)需求表"),
        ("3", "管线(外线)设计图"),
    ]
    assert [row["pages"] for row in rows] == ["1", "2", "3"]
    for row in rows:
        assert hashlib.sha256((bag / row["file"]).read_bytes()).hexdigest() == row["sha256"]


def test_building_twice_gives_the_same_bytes(complete, amy):
    package_id = request_package(complete.id, by=amy.actor)
    with db.session() as session:
        plan = plan_of(session, package_id)

    first, second = build(plan), build(plan)

    assert first.stored.sha256 == second.stored.sha256
    assert first == second


def test_a_second_delivery_of_the_task_changes_nothing(complete, amy):
    row = _made(complete, amy)

    with db.session() as session:
        assert plan_of(session, row.id) is None


def test_a_new_revision_says_what_changed_and_the_old_one_stays(complete, amy, hand_in):
    first = _made(complete, amy)
    hand_in(complete, first.items[0].code, {"改后.pdf": a_pdf(7)})

    second = _made(complete, amy)

    assert (second.number, second.revision) == (first.number, 2)
    with db.session() as session:
        rows = revisions(session, second)
    assert [(one.change, one.name_zh) for one in told_changes(second)] == [
        (Change.REPLACED, "市政公用服务联合报装申请表")
    ]
    assert [row.replaced_at is not None for row in rows] == [False, True]
    assert b"".join(storage.fetch(rows[1].key))[:2] == b"PK"
    assert json.loads(second.facts)["changes"][0]["change"] == "replaced"


def test_the_same_package_is_not_made_twice(complete, amy):
    _made(complete, amy)

    with pytest.raises(PackageUnchanged):
        request_package(complete.id, by=amy.actor)


def test_a_paper_without_a_file_is_listed_and_not_invented(step, amy, hand_in, tmp_path):
    first, *rest = _draft(step).missing
    with work(SYSTEM) as w:
        take_in(w, step.project_id, first.code, [], source=PaperWay.COUNTER, on=TODAY, step_id=step.id)
    for item in rest:
        hand_in(step, item.code, {"一.pdf": a_pdf(1)})

    bag = _bag(_made(step, amy), tmp_path)

    facts = json.loads((bag / "data" / "元数据.json").read_text(encoding="utf-8"))
    assert facts["contents"][0]["status"] == ItemStatus.ORIGINAL.value
    assert facts["contents"][0]["files"] == []


def test_a_receipt_is_kept_once_and_not_from_the_future(complete, amy):
    row = _made(complete, amy)
    with pytest.raises(ReceivedLater):
        receive_package(row.id, received_by="王工", on=date(2026, 4, 16), by=amy.actor)

    receive_package(row.id, received_by="王工", on=TODAY, by=amy.actor)
    receive_package(row.id, received_by="李工", on=TODAY, by=amy.actor)

    kept = _package(row.id)
    assert (kept.received_by, kept.received_on) == ("王工", TODAY)


def test_a_file_whose_content_is_not_what_its_row_says_fails_the_package(complete, amy, hand_in):
    package_id = request_package(complete.id, by=amy.actor)
    row = _package(package_id)
    with db.session() as session:
        kept = session.get(type(row.items[0]), row.items[0].id)
        kept.sha256 = "0" * 64
        session.commit()

    jobs.run_due()

    failed = _package(package_id)
    assert failed.state is PackageState.FAILED
    assert failed.fault == row.items[0].path
    again = _made(complete, amy)
    assert (again.state, again.revision) == (PackageState.READY, 2)


def test_a_form_made_here_is_the_paper_the_step_asks_for(step, amy, hand_in, tmp_path):
    make_document("own-part-form", step.id, by=amy.actor)
    jobs.run_due()
    missing = _draft(step).missing
    assert [item.name_zh for item in missing] == ["用水(用气、用热)需求表", "管线(外线)设计图"]
    for item in missing:
        hand_in(step, item.code, {"一.pdf": a_pdf(1)})

    row = _made(step, amy)

    first = row.items[0].facts()
    assert (first.place, first.code, first.origin) == (1, "form-util", "system")
    bag = _bag(row, tmp_path)
    assert hashlib.sha256((bag / "data" / first.path).read_bytes()).hexdigest() == first.sha256
    assert len(row.items) == 3
