"""An enterprise signs a commitment by its link and a code sent to the number the office has of it."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select

from approvals.models.deferral import DeferralRow
from approvals.rules.deferral_course import DeferralState
from concierge.kernel import clock, letters
from concierge.kernel.actor import SYSTEM
from concierge.kernel.letters import LetterRow
from concierge.kernel.work import reading, work
from concierge.progress.models.acts import IncomingRow, SigningRow
from concierge.progress.queries.signable import signable_of
from concierge.progress.rules.acts import ActKind
from concierge.progress.rules.codes import CodeTooSoon, TooManyCodes, check_another
from tests.builders import a_project
from tests.concierge.progress.fixtures_acts import MOBILE, Holder, a_holder
from tests.deferrals import CONTRACT, a_deferral, hand_in_main_papers, the_deferral
from tests.kernel.fixtures_office import Office

BY_SMS = {
    "sms_access_key": "key",
    "sms_access_secret": "wheat-secret",
    "sms_endpoint": "http://127.0.0.1:9",
    "sms_sign": "帮代办",
    "sms_code_template": "SMS_1",
    "sms_notice_template": "SMS_2",
}


@pytest.fixture
def deferral(county: Office) -> DeferralRow:
    """A commitment that is drafted and waits for a signature, in a county that can send SMS."""
    settings = county.app.config["CONCIERGE"]
    county.app.config["CONCIERGE"] = dataclasses.replace(settings, **BY_SMS)
    return a_draft()


def a_draft() -> DeferralRow:
    """A drafted commitment of a project of its own."""
    project_id = a_project()
    hand_in_main_papers(project_id, but=CONTRACT)
    return the_deferral(a_deferral(project_id, grantor=None, signed_by=""))


@pytest.fixture
def signer(county: Office, deferral: DeferralRow) -> Holder:
    """The enterprise's own link."""
    return a_holder(county, deferral.project_id)


def letter_page(signer: Holder, deferral: DeferralRow):
    with reading() as session:
        one = signable_of(session, deferral.id, signer.link_id, "zh")
    return signer.goes(f"commitments/{one.reference}"), one


def sent_code(county: Office) -> str:
    (number,) = county.asked(select(LetterRow.id).order_by(LetterRow.id.desc()).limit(1))
    with reading() as session:
        letter = letters.read(session, number)
    assert letter is not None
    assert letter.to == MOBILE
    return (letter.short or {})["code"]


def test_a_commitment_is_signed_with_the_code_that_came(
    county: Office, signer: Holder, deferral: DeferralRow
):
    page, one = letter_page(signer, deferral)
    assert one.statement in page.text  # what is signed is what is read
    page = signer.after(signer.sends(page, "code", signer="吴倩", read="1"))
    assert "138…2468" in page.text

    thanks = signer.after(signer.sends(page, "sign", code=sent_code(county)))

    assert "Signed on 15 April 2026." in thanks.text
    kept = county.has(DeferralRow, deferral.id)
    assert (kept.state, kept.signed_by, kept.signed_on) == (DeferralState.SIGNED, "吴倩", clock.today())
    (signing,) = county.asked(select(SigningRow))
    assert (signing.statement_sha256, signing.code_hash) == (one.digest, "")
    (incoming,) = county.asked(select(IncomingRow))
    assert (incoming.kind, incoming.about_id) == (ActKind.COMMITMENT, deferral.id)
    amy = county.employs("amy", "Concierge", sees=(deferral.project_id,))
    assert f"/commitments/{deferral.id}" in amy.opens(f"/progress/inbox/{incoming.id}").text


def test_a_wrong_code_is_counted_and_the_fifth_ends_it(county: Office, signer: Holder, deferral: DeferralRow):
    page, _ = letter_page(signer, deferral)
    page = signer.after(signer.sends(page, "code", signer="吴倩", read="1"))
    right = sent_code(county)
    wrong = f"{(int(right) + 1) % 10**6:06d}"

    first = signer.sends(page, "sign", code=wrong)
    assert first.status_code == 422
    assert "you may try 4 more times" in first.text
    for _ in range(4):
        signer.sends(page, "sign", code=wrong)

    late = signer.sends(page, "sign", code=right)
    assert late.status_code == 409
    assert "not good any more" in late.text
    assert county.has(DeferralRow, deferral.id).state is DeferralState.DRAFTED


def test_a_code_is_kept_as_a_keyed_hash_only(county: Office, signer: Holder, deferral: DeferralRow):
    page, _ = letter_page(signer, deferral)
    signer.sends(page, "code", signer="吴倩", read="1")

    code = sent_code(county)

    assert code not in str(vars(county.asked(select(SigningRow))[0]))


def test_nobody_signs_what_nobody_read(county: Office, signer: Holder, deferral: DeferralRow):
    page, _ = letter_page(signer, deferral)

    answer = signer.sends(page, "code", signer="吴倩")

    assert answer.status_code == 422
    assert "Tick that you have read the letter" in answer.text
    assert 'value="吴倩"' in answer.text
    assert county.asked(select(SigningRow)) == []


def test_a_letter_that_changed_meanwhile_is_not_signed(county: Office, signer: Holder, deferral: DeferralRow):
    page, _ = letter_page(signer, deferral)
    page = signer.after(signer.sends(page, "code", signer="吴倩", read="1"))
    with work(SYSTEM) as w:
        row = w.get(DeferralRow, deferral.id)
        row.asked_due_on += timedelta(days=1)

    answer = signer.sends(page, "sign", code=sent_code(county))

    assert answer.status_code == 409
    assert county.has(DeferralRow, deferral.id).state is DeferralState.DRAFTED


def test_without_a_number_on_file_the_office_is_to_be_called(county: Office, deferral: DeferralRow):
    signer = a_holder(county, deferral.project_id, address="")
    page, _ = letter_page(signer, deferral)

    answer = signer.sends(page, "code", signer="吴倩", read="1")

    assert answer.status_code == 409
    assert "The office has no mobile number for this link" in answer.text


def test_a_commitment_of_another_project_is_not_there(county: Office, deferral: DeferralRow):
    stranger = a_holder(county, a_draft().project_id)
    with reading() as session:
        reference = signable_of(session, deferral.id, stranger.link_id, "zh").reference

    assert stranger.goes(f"commitments/{reference}").status_code == 404


def test_codes_have_a_pause_and_an_end():
    now = clock.now()
    with pytest.raises(CodeTooSoon):
        check_another(now - timedelta(seconds=59), 1, now)
    with pytest.raises(TooManyCodes):
        check_another(now - timedelta(seconds=60), 5, now)
    check_another(now - timedelta(seconds=60), 4, now)
