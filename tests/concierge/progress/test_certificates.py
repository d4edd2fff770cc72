"""Certificates by link: named to whoever holds it, handed out only to whoever holds the telephone too."""

from __future__ import annotations

import dataclasses
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from approvals.rules.papers import PaperWay
from approvals.rules.progress import Move
from concierge.kernel import clock, letters
from concierge.kernel.actor import SYSTEM
from concierge.kernel.letters import LetterRow
from concierge.kernel.storage import store
from concierge.kernel.work import reading, work
from concierge.progress.models.certificates import CertificateProofRow, CertificateTakenRow
from concierge.progress.rules.links import RecipientKind
from concierge.progress.rules.shown import ItemKind
from concierge.progress.services.fetch_certificate import LASTS
from concierge.progress.services.keep_shown import keep_shown
from projects.services.hand_in_papers import Brought, Receipt, hand_in
from projects.services.record_move import record_move
from tests.concierge.progress.fixtures_acts import MOBILE, Holder, a_holder, a_pdf, holder, project_id
from tests.concierge.progress.test_signing import BY_SMS
from tests.kernel.fixtures_office import Office

__all__ = ["holder", "project_id"]
STEP = "company-registration"
LICENSE = "business-license"
SCAN = a_pdf(2).getvalue()


@pytest.fixture(autouse=True)
def issued(county: Office, project_id: int) -> int:
    """A county that sends SMS, and a project whose first certificate is here; the number of its step."""
    county.app.appbuilder.sm.limiter.enabled = False  # type: ignore[attr-defined]
    settings = county.app.config["CONCIERGE"]
    county.app.config["CONCIERGE"] = dataclasses.replace(settings, **BY_SMS)
    (step_id,) = county.asked(select(Step.id).where(Step.project_id == project_id, Step.code == STEP))
    record_move(step_id, Move.ACCEPT, date(2026, 4, 10), by=SYSTEM)
    record_move(step_id, Move.PASS, date(2026, 4, 14), result_number="91439921MA7", by=SYSTEM)
    file = store(io.BytesIO(SCAN), name="营业执照.pdf")
    receipt = Receipt(way=PaperWay.COUNTER, on=date(2026, 4, 14))
    hand_in(project_id, [Brought(material=LICENSE, files=(file,))], receipt, by=SYSTEM)
    return step_id


def code_sent(county: Office) -> str:
    """The code in the letter that was left last."""
    (number,) = county.asked(select(LetterRow.id).order_by(LetterRow.id.desc()).limit(1))
    with reading() as session:
        letter = letters.read(session, number)
    assert letter.to == MOBILE
    return letter.short["code"]


def opened(county: Office, holder: Holder):
    """The page after the right code was typed."""
    page = holder.after(holder.sends(holder.goes("certificates"), "code"))
    return holder.after(holder.sends(page, "prove", code=code_sent(county)))


def file_address(page) -> str:
    """Where the page's first certificate is."""
    return page.text.partition("bd-btn-p")[2].partition('href="')[2].partition("?")[0]


def test_the_page_names_what_was_issued_and_gives_nothing_without_the_code(county, holder):
    assert "Certificates issued" in holder.enters().text

    page = holder.goes("certificates")

    assert "91439921MA7" in page.text
    assert "Send me the code" in page.text
    assert " download>" not in page.text


def test_the_code_opens_the_file_and_who_took_it_is_written_down(county, holder):
    page = opened(county, holder)

    answer = holder.opens(file_address(page))

    assert answer.status_code == 200
    assert answer.data == SCAN
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    (taken,) = county.asked(select(CertificateTakenRow))
    assert (taken.link_id, taken.material, taken.name) == (holder.link_id, LICENSE, "营业执照.pdf")
    liaison = county.employs("linxiao", "Liaison", sees=(holder.project_id,))
    assert "营业执照.pdf" in liaison.opens(f"/projects/{holder.project_id}/share").text


def test_a_wrong_code_and_the_same_link_in_another_browser_open_nothing(county, holder):
    page = holder.after(holder.sends(holder.goes("certificates"), "code"))
    wrong = f"{(int(code_sent(county)) + 1) % 10**6:06d}"
    assert holder.sends(page, "prove", code=wrong).status_code == 422
    here = file_address(holder.after(holder.sends(page, "prove", code=code_sent(county))))

    other = Holder(county.app.test_client(), holder.project_id, holder.link_id, holder.token)
    other.enters()
    refused = other.opens(here)

    assert refused.status_code == 409
    assert "Type the code" in refused.text
    assert county.asked(select(CertificateTakenRow)) == []


def test_five_wrong_codes_end_the_code(county, holder):
    page = holder.after(holder.sends(holder.goes("certificates"), "code"))
    code = code_sent(county)
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    answers = [holder.sends(page, "prove", code=wrong).status_code for _ in range(5)]

    assert answers == [422, 422, 422, 422, 409]
    assert holder.sends(page, "prove", code=code).status_code == 409


def test_the_proof_ends_after_half_an_hour_and_with_the_link(county, holder):
    here = file_address(opened(county, holder))
    with work(SYSTEM) as w:
        row = w.session.scalar(select(CertificateProofRow))
        row.proved_at = clock.now() - LASTS - timedelta(minutes=1)

    assert holder.opens(here).status_code == 409
    assert " download>" not in holder.goes("certificates").text


def test_a_second_code_waits_a_minute(county, holder):
    page = holder.after(holder.sends(holder.goes("certificates"), "code"))

    again = holder.sends(page, "code")

    assert again.status_code == 409
    assert "on its way" in again.text


def test_a_link_of_a_designer_or_without_a_mobile_number_gets_no_file(county, holder):
    designer = a_holder(county, holder.project_id, kind=RecipientKind.DESIGNER)
    assert "Certificates issued" not in designer.enters().text
    assert designer.goes("certificates").status_code == 404

    by_mail = a_holder(county, holder.project_id, address="wu@example.org")
    refused = by_mail.sends(by_mail.goes("certificates"), "code")

    assert refused.status_code == 409
    assert "no mobile number" in refused.text


def test_a_step_that_is_hidden_hides_its_certificate(county, holder, issued):
    here = file_address(opened(county, holder))

    keep_shown(holder.project_id, ItemKind.STEP, issued, is_shown=False, by=SYSTEM)

    assert holder.opens(here).status_code == 404
    assert "91439921MA7" not in holder.goes("certificates").text


def test_a_certificate_of_another_project_is_not_there(county, holder):
    other = a_holder(county, holder.project_id)
    page = opened(county, holder)
    reference = file_address(page).rpartition("/")[2]

    assert other.goes(f"certificates/{reference}").status_code == 404  # a reference belongs to one link


def test_a_result_no_later_step_asks_for_is_a_certificate_too(county, holder):
    (step_id,) = county.asked(
        select(Step.id).where(Step.project_id == holder.project_id, Step.code == "investment-lead-screening")
    )
    record_move(step_id, Move.ACCEPT, date(2026, 4, 10), by=SYSTEM)
    record_move(step_id, Move.PASS, date(2026, 4, 15), result_number="研判3号", by=SYSTEM)
    brought = Brought(
        material="result-of-investment-lead-screening",
        files=(store(io.BytesIO(SCAN + b"\n"), name="研判.pdf"),),
    )
    hand_in(holder.project_id, [brought], Receipt(way=PaperWay.COUNTER, on=date(2026, 4, 15)), by=SYSTEM)

    page = holder.goes("certificates").text

    assert page.index("研判3号") < page.index("91439921MA7")
