"""A document under seal, from the button to the checked PDF, on real rows and with the real LibreOffice."""

import io
import time
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from concierge.kernel import clock, jobs, storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from documents.models.document import DocumentRow
from documents.models.printed import PrintedRow
from documents.models.seal import SealRow, SealUseRow
from documents.press.pdf import text_of
from documents.press.seal_check import NotAPdf, is_all_sealed, seals_on
from documents.press.seal_place import place_of_seal
from documents.rules.document_state import DocumentState
from documents.rules.sealing import Keeper, SealNotKept, SealOutOfForce, SealState, SecondPersonNeeded
from documents.services.keep_seal import NewSeal, hand_out_seal, make_seal, retire_seal, take_back_seal
from documents.services.make_document import make_document
from documents.services.seal_document import (
    DeclineWhyNeeded,
    NothingToSeal,
    SealedAlready,
    ask_seal,
    confirm_seal,
    decline_seal,
)
from projects.models.project import Enterprise, Project
from tests.builders import a_project
from tests.documents.printing.words_made import MADE_AT

KIND, TODAY = "project-entrustment", date(2026, 4, 15)


@pytest.fixture
def amy(county):
    return county.employs("amy", "Concierge", "SealKeeper")


@pytest.fixture
def bo(county):
    return county.employs("bo", "Concierge", "SealKeeper")


@pytest.fixture
def chief(county):
    return county.employs("chief", "Chief")


@pytest.fixture
def project_id(county, amy, bo):
    """A project Amy and Bo look after, whose owner can be reached."""
    project_id = a_project(pair=(amy.id, bo.id))
    with work(SYSTEM) as w:
        owner = w.session.get_one(Enterprise, w.session.get_one(Project, project_id).enterprise_id)
        owner.contact, owner.phone = "周敏", "0539-1234567"
    jobs.run_due()
    return project_id


@pytest.fixture
def paper(county, project_id, letter):
    """A letter of that project that was printed."""
    stored = storage.keep(letter, name="a.pdf", media_type="application/pdf")
    row = DocumentRow(
        project_id=project_id, kind="acceptance-slip", about="project", about_id=1, series="受", year=2026,
        serial=7, number="帮代办受〔2026〕7号", version=1, title="受理通知书", data_on=TODAY, made_on=TODAY,
        made_at=MADE_AT, made_by="amy", state=DocumentState.PRINTED, facts="{}", facts_sha256="0" * 64,
        docx_key=stored.key, pdf_key=stored.key, pdf_sha256=stored.sha256, pdf_size_bytes=stored.size_bytes,
    )  # fmt: skip
    (document_id,) = county.keeps(row)
    return county.has(DocumentRow, document_id)


def a_seal(chief, *keepers, needs_two=False):
    new = NewSeal(
        name="帮代办业务专用章", office="青禾县帮代办服务中心", keeper=Keeper.SOFTWARE, needs_two=needs_two
    )
    seal_id = make_seal(new, by=chief.actor)
    for one in keepers:
        hand_out_seal(seal_id, one.id, by=chief.actor)
    return seal_id


def pdf_of(key):
    return b"".join(storage.fetch(key))


def test_a_document_is_printed_and_its_pdf_says_what_the_word_file_says(county, project_id, amy):
    document_id = make_document(KIND, project_id, by=amy.actor)
    jobs.run_due()
    jobs.run_due(now=clock.moment() + timedelta(minutes=1))

    paper = county.has(DocumentRow, document_id)
    assert (paper.state, paper.fault) == (DocumentState.PRINTED, "")
    assert paper.number in "".join(text_of(pdf_of(paper.pdf_key)).split())
    (printed,) = county.asked(select(PrintedRow))
    assert place_of_seal(pdf_of(paper.pdf_key), "青禾县").page == paper.pages - 1  # where it asks for one
    assert (printed.docx_sha256, printed.pdf_sha256) == (paper.docx_sha256, paper.pdf_sha256)


def test_one_keepers_word_is_enough_where_the_seal_asks_no_more(county, paper, amy, chief):
    seal_id = a_seal(chief, amy)

    use_id = ask_seal(paper.id, seal_id, by=amy.actor)
    jobs.run_due()

    row, use, seal = (
        county.has(DocumentRow, paper.id),
        county.has(SealUseRow, use_id),
        county.has(SealRow, seal_id),
    )
    assert (use.state, use.why) == (SealState.SEALED, "")
    assert (use.before_sha256, use.after_sha256) == (paper.pdf_sha256, row.sealed_sha256)
    assert is_all_sealed(seals_on(pdf_of(row.sealed_key), [seal.certificate]))
    assert pdf_of(row.sealed_key).startswith(pdf_of(row.pdf_key))
    with pytest.raises(SealedAlready):
        ask_seal(paper.id, seal_id, by=amy.actor)


def test_two_peoples_word_is_needed_and_nobody_gives_both(county, paper, amy, bo, chief):
    seal_id = a_seal(chief, amy, bo, needs_two=True)

    use_id = ask_seal(paper.id, seal_id, by=amy.actor)
    jobs.run_due()

    assert county.has(SealUseRow, use_id).state is SealState.ASKED
    with pytest.raises(SecondPersonNeeded):
        confirm_seal(use_id, by=amy.actor)
    confirm_seal(use_id, by=bo.actor)
    jobs.run_due()
    use = county.has(SealUseRow, use_id)
    assert (use.state, use.asked_by, use.confirmed_by) == (SealState.SEALED, "amy", "bo")


def test_a_second_keeper_may_say_no_and_says_why(county, paper, amy, bo, chief):
    seal_id = a_seal(chief, amy, bo, needs_two=True)
    use_id = ask_seal(paper.id, seal_id, by=amy.actor)

    with pytest.raises(DeclineWhyNeeded):
        decline_seal(use_id, " ", by=bo.actor)
    decline_seal(use_id, "日期有误", by=bo.actor)
    again = ask_seal(paper.id, seal_id, by=amy.actor)

    declined = county.has(SealUseRow, use_id)
    assert (declined.state, declined.why) == (SealState.DECLINED, "日期有误")
    assert county.has(SealUseRow, again).state is SealState.ASKED
    assert county.has(DocumentRow, paper.id).sealed_key == ""


def test_only_who_keeps_a_seal_today_can_use_it(county, paper, amy, bo, chief):
    seal_id = a_seal(chief, bo)

    with pytest.raises(SealNotKept):
        ask_seal(paper.id, seal_id, by=amy.actor)
    from documents.models.seal import SealKeeperRow

    (keeping,) = county.asked(select(SealKeeperRow))
    take_back_seal(keeping.id, by=chief.actor)
    with pytest.raises(SealNotKept):
        ask_seal(paper.id, seal_id, by=bo.actor)


def test_a_retired_seal_seals_nothing_more_but_what_it_sealed_holds(county, paper, amy, chief):
    seal_id = a_seal(chief, amy)
    ask_seal(paper.id, seal_id, by=amy.actor)
    jobs.run_due()

    retire_seal(seal_id, "换发新章", by=chief.actor)

    page = amy.sends("/documents/seals/check", {"file": (io.BytesIO(sealed_pdf(county, paper)), "a.pdf")})
    assert "The whole document is sealed and unchanged" in page.text
    with pytest.raises((SealOutOfForce, SealedAlready)):
        ask_seal(paper.id, seal_id, by=amy.actor)


def sealed_pdf(county, paper):
    return pdf_of(county.has(DocumentRow, paper.id).sealed_key)


def test_a_document_that_was_replaced_is_not_sealed(county, paper, amy, chief):
    seal_id = a_seal(chief, amy)
    with work(SYSTEM) as w:
        w.get(DocumentRow, paper.id).state = DocumentState.RENDERED

    with pytest.raises(NothingToSeal):
        ask_seal(paper.id, seal_id, by=amy.actor)


def test_a_device_that_is_not_set_up_leaves_the_document_as_it_was(county, paper, amy, chief):
    seal_id = a_seal(chief, amy)
    with work(SYSTEM) as w:
        w.get(SealRow, seal_id).keeper = Keeper.DEVICE

    use_id = ask_seal(paper.id, seal_id, by=amy.actor)
    jobs.run_due(now=None)

    use = county.has(SealUseRow, use_id)
    assert use.state in (SealState.CONFIRMED, SealState.FAILED)
    assert county.has(DocumentRow, paper.id).sealed_key == ""


def test_the_whole_way_on_the_screens(county, paper, amy, chief):
    chief.sends(
        "/documents/seals/",
        {"name": "帮代办业务专用章", "office": "青禾县帮代办服务中心", "keeper": "software"},
    )
    (seal,) = county.asked(select(SealRow))
    chief.sends(f"/documents/seals/{seal.id}/keepers", {"person_id": str(amy.id)})
    before = amy.opens(f"/documents/{paper.id}")
    assert "Seal with “帮代办业务专用章”" in before.text

    amy.sends("/documents/seal-uses/", {"document_id": str(paper.id), "seal_id": str(seal.id)})
    jobs.run_due()

    after = amy.opens(f"/documents/{paper.id}")
    assert "Sealed PDF" in after.text
    assert "Seal with" not in after.text
    handed = amy.opens(f"/documents/{paper.id}/sealed")
    assert handed.data == sealed_pdf(county, paper)
    log = chief.opens(f"/documents/seals/{seal.id}").text
    assert paper.number in log
    assert "测试样章" in log


def test_a_changed_pdf_is_not_to_be_relied_on(county, paper, amy, chief):
    seal_id = a_seal(chief, amy)
    ask_seal(paper.id, seal_id, by=amy.actor)
    jobs.run_due()
    changed = sealed_pdf(county, paper) + b"\n% more\n"

    page = amy.sends("/documents/seals/check", {"file": (io.BytesIO(changed), "a.pdf")})
    bare = amy.sends("/documents/seals/check", {"file": (io.BytesIO(pdf_of(paper.pdf_key)), "b.pdf")})
    none = amy.sends("/documents/seals/check", {"file": (io.BytesIO(b"no"), "c.pdf")})

    assert "Something was added after the last seal" in page.text
    assert "It bears no seal" in bare.text
    assert (none.status_code, "cannot be read as a PDF" in none.text) == (422, True)


@pytest.mark.parametrize("end", [b"", b"%%EOF", b"\nstartxref\n12\n%%EOF"])
def test_a_long_broken_pdf_is_refused_without_looking_through_it(end):
    broken, began = b"%PDF-1.7\n" + bytes(12_000_000) + end, time.process_time()

    with pytest.raises(NotAPdf):
        seals_on(broken, ())

    assert time.process_time() - began < 0.5  # 2.5 where the library looks for the end byte by byte


def test_a_wrong_password_and_a_missing_name_are_said_beside_what_was_typed(chief):
    wrong = chief.sends(
        "/documents/seals/",
        {
            "name": "公章",
            "office": "甲单位",
            "keeper": "software",
            "password": "x",
            "key_file": (io.BytesIO(b"no key"), "a.p12"),
        },
    )
    nameless = chief.sends("/documents/seals/", {"name": "", "office": "乙单位", "keeper": "software"})

    assert (wrong.status_code, "cannot be opened" in wrong.text, "甲单位" in wrong.text) == (422, True, True)
    assert (nameless.status_code, "乙单位" in nameless.text) == (422, True)


def test_a_concierge_without_the_role_sees_no_seals(county, paper):
    somebody = county.employs("di", "Concierge")

    assert somebody.opens("/documents/seals/").status_code == 403


def test_a_day_outside_the_certificate_seals_nothing():
    from documents.rules.sealing import SealFacts, ask

    seal = SealFacts(
        name="章",
        first_on=date(2026, 1, 1),
        last_on=date(2026, 12, 31),
        needs_two=False,
        is_retired=False,
        keepers=frozenset({1}),
    )

    assert ask(seal, 1, date(2026, 12, 31)) is SealState.CONFIRMED
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(SealOutOfForce):
            ask(seal, 1, day)
