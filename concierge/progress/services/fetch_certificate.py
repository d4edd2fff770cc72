"""Fetch a certificate by link: a code by SMS proves the hand, and each file that goes out is written down.

A link says who it was given to; it may have been forwarded. What an office issued opens doors elsewhere, so
it goes only to whoever holds the telephone on file as well.
"""

from __future__ import annotations

from datetime import timedelta

from concierge.kernel import clock, letters
from concierge.kernel.actor import Actor
from concierge.kernel.addresses import address_hint
from concierge.kernel.clients import client_family
from concierge.kernel.work import work
from concierge.progress.events import CertificateCodeAsked, CertificateFetched
from concierge.progress.models.certificates import CertificateProofRow, CertificateTakenRow
from concierge.progress.queries.certificates import (
    Certificate,
    certificate_at,
    certificates,
    is_proved,
    open_proof,
    proofs_since,
)
from concierge.progress.rules.certificates import HandNotProved, NothingIssued
from concierge.progress.rules.codes import CodeEnded, NoSmsHere, check_another
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.keep_incoming import HOLDER
from concierge.progress.services.sms_code import A_DAY, SMS, is_code, number_on_file, refusal_of, send_code

LASTS = timedelta(minutes=30)
"""How long the files can be fetched once the code was typed."""


def ask_certificate_code(link: ProgressLink, *, by: Actor = HOLDER) -> int:
    """Send a code to the number on file; answers its row.

    Raises: Missing; NothingIssued, NoSmsHere, NoMobileKnown, CodeTooSoon, TooManyCodes.
    Effects: leaves a letter for whoever carries SMS; tells ``CertificateCodeAsked``.
    Source: PL-8.
    """
    if not letters.can_carry(SMS):
        raise NoSmsHere
    with work(by) as w:
        if not certificates(w.session, link, "zh"):
            raise NothingIssued
        number = number_on_file(w, link.id)
        now = clock.now()
        before = proofs_since(w.session, link.id, now - A_DAY)
        check_another(before[0].asked_at if before else None, len(before), now)
        row = w.add(
            CertificateProofRow(
                project_id=link.project_id,
                link_id=link.id,
                hint=address_hint(number),
                asked_at=now,
                code_tries=0,
            )
        )
        send_code(w, row, f"certificate:{row.id}", number)
        w.record(CertificateCodeAsked(row.id, row.project_id, row.link_id))
        return row.id


def prove_hand(link: ProgressLink, code: str, *, by: Actor = HOLDER) -> int:
    """Take the code; answers the proof, which is good for half an hour.

    Raises: CodeEnded, CodeWrong.
    """
    with work(by) as w:
        row = open_proof(w.session, link.id)
        if row is None:
            raise CodeEnded(field="code")
        is_right = is_code(row, f"certificate:{row.id}", code)
        if is_right:
            row.proved_at = clock.now()
        tries, proof = row.code_tries, row.id
    if not is_right:
        raise refusal_of(tries)
    return proof


def fetch_certificate(
    link: ProgressLink, reference: str, proof: str, program: str, *, by: Actor = HOLDER
) -> Certificate:
    """One certificate, to hand out. Shape: ``proof`` is what the browser keeps of the code it typed.

    Raises: Missing; HandNotProved.
    Effects: who took what with which program is written down; tells ``CertificateFetched``.
    Source: PL-8.
    """
    with work(by) as w:
        one = certificate_at(w.session, link, reference, "zh")
        if not is_proved(w.session, link.id, proof, clock.now(), LASTS):
            raise HandNotProved
        w.add(
            CertificateTakenRow(
                project_id=link.project_id,
                link_id=link.id,
                material=one.material,
                name=one.file.name,
                sha256=one.file.sha256,
                client=client_family(program),
                taken_at=clock.now(),
            )
        )
        w.record(CertificateFetched(link.project_id, link.id, one.material, one.file.sha256))
        return one
