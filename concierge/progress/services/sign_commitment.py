"""Sign a commitment by a link and a code sent to the number the office has of its holder.

The link says who it was given to, the code that the number is in that person's hand: two things, of which a
forwarded address is only one. What is signed is the letter as it stood on the screen; its digest is kept with
the signing, so that nobody can say later it was another one.
"""

from __future__ import annotations

import hmac

from approvals.models.deferral import DeferralRow
from approvals.rules.agents import check_owner_signs
from approvals.rules.commitment import check_signature
from approvals.services.sign_deferral import sign
from concierge.kernel import clock, letters
from concierge.kernel.actor import Actor
from concierge.kernel.addresses import address_hint
from concierge.kernel.errors import Missing, Stale
from concierge.kernel.work import Work, work
from concierge.progress.events import CommitmentCodeAsked, CommitmentSigned
from concierge.progress.models.acts import SigningRow
from concierge.progress.queries.signable import open_signing, signable_of, signings_since
from concierge.progress.rules.acts import ActKind
from concierge.progress.rules.codes import CodeEnded, NoSmsHere, check_another
from concierge.progress.rules.incoming import LONGEST_NAME
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.keep_incoming import HOLDER, Sent, keep, known
from concierge.progress.services.sms_code import A_DAY, SMS, is_code, number_on_file, refusal_of, send_code


def ask_code(link: ProgressLink, deferral_id: int, signer: str, digest: str, *, by: Actor = HOLDER) -> int:
    """Send a code for signing this commitment; answers the signing.

    Shape: ``digest`` is that of the letter the signer read.
    Raises: Missing; Stale, when the letter is another one by now; SignatureMissing, OwnerMustSign;
        NoMobileKnown, NoSmsHere, CodeTooSoon, TooManyCodes.
    Effects: leaves a letter for whoever carries SMS; tells ``CommitmentCodeAsked``.
    Source: DF-2, DF-3, AC-16.
    """
    check_signature(signer)
    check_owner_signs(signer, ())
    if not letters.can_carry(SMS):
        raise NoSmsHere
    with work(by) as w:
        deferral = _held(w, link, deferral_id)
        statement = signable_of(w.session, deferral.id, link.id, "zh")
        if not hmac.compare_digest(statement.digest, digest):
            raise Stale
        number = number_on_file(w, link.id)
        now = clock.now()
        before = signings_since(w.session, link.id, now - A_DAY)
        check_another(before[0].asked_at if before else None, len(before), now)
        row = w.add(
            SigningRow(
                project_id=link.project_id,
                link_id=link.id,
                deferral_id=deferral.id,
                signer=signer.strip()[:LONGEST_NAME],
                statement=statement.statement,
                statement_sha256=statement.digest,
                hint=address_hint(number),
                asked_at=now,
                code_tries=0,
            )
        )
        send_code(w, row, f"signing:{row.id}", number)
        w.record(CommitmentCodeAsked(row.id, row.project_id, row.deferral_id))
        return row.id


def sign_commitment(
    link: ProgressLink, form_key: str, deferral_id: int, code: str, *, by: Actor = HOLDER
) -> None:
    """Sign it with the code that came; the same form sent twice signs once.

    Raises: Missing; CodeEnded, CodeWrong; Stale, when the letter is another one by now; NoSuchDeferralMove.
    Effects: the commitment is signed and waits for the department; tells ``CommitmentSigned``.
    Source: DF-2, DF-3.
    """
    with work(by) as w:
        if known(w, link, form_key) is not None:
            return
        row = open_signing(w.session, link.id, deferral_id)
        if row is None:
            raise CodeEnded(field="code")
        is_right = is_code(row, f"signing:{row.id}", code)
        if is_right:
            _sign(w, link, row, form_key)
        tries = row.code_tries
    if not is_right:
        raise refusal_of(tries)


def _sign(w: Work, link: ProgressLink, row: SigningRow, form_key: str) -> None:
    deferral = _held(w, link, row.deferral_id)
    if signable_of(w.session, deferral.id, link.id, "zh").digest != row.statement_sha256:
        raise Stale
    sign(w, deferral, row.signer, on=clock.today())
    row.signed_at = clock.now()
    sent = Sent(
        kind=ActKind.COMMITMENT,
        form_key=form_key,
        words=row.statement,
        material=deferral.material,
        step_id=deferral.step_id,
        name=row.signer,
    )
    keep(w, link, sent, about_id=deferral.id)
    w.record(CommitmentSigned(row.id, row.project_id, row.deferral_id, row.statement_sha256))


def _held(w: Work, link: ProgressLink, deferral_id: int) -> DeferralRow:
    deferral = w.get(DeferralRow, deferral_id)
    if deferral.project_id != link.project_id:
        raise Missing
    return deferral
