"""Put a seal on a document: a keeper asks, a second one confirms where the seal needs two, the key signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy.orm import Session

from concierge.kernel import clock, storage
from concierge.kernel.actor import Actor
from concierge.kernel.config import Settings
from concierge.kernel.contents import PDF
from concierge.kernel.errors import N_, ConciergeError, Invalid, Refusal, Stale, Unavailable
from concierge.kernel.jobs import Run
from concierge.kernel.storage import Stored
from concierge.kernel.work import Work, reading, work
from documents.events import DocumentSealed, SealAsked, SealConfirmed, SealDeclined, SealFailed
from documents.models.document import DocumentRow
from documents.models.seal import SealRow, SealUseRow
from documents.press.seal_place import place_of_seal
from documents.queries.documents import document
from documents.queries.seals import certificates, facts_of, uses_on
from documents.rules import sealing
from documents.rules.document_state import DocumentState
from documents.rules.kept_faults import kept
from documents.rules.sealing import Keeper, Sealable, SealState

if TYPE_CHECKING:
    from documents.press.seal import SealProvider

APPLY = "documents.tasks:apply_seal"
TRIES = 3
LIVE = (SealState.ASKED, SealState.CONFIRMED)


class NothingToSeal(Refusal):
    """A document without a PDF, or one that was replaced."""

    message = N_("Only the PDF of a document that holds can be sealed. Wait until it is printed.")


class SealedAlready(Refusal):
    """The same seal twice on one document."""

    message = N_("“%(seal)s” is on this document already, or was asked for.")


class DeclineWhyNeeded(Invalid):
    """A use declined without a reason."""

    message = N_("Say why the seal is not put on; who asked for it reads it.")
    field = "why"


@dataclass(frozen=True, kw_only=True, repr=False)
class _Sealing:
    """What one sealing needs, read before any key is touched."""

    use_id: int
    document_id: int
    provider: SealProvider
    pdf: bytes
    before_sha256: str
    stamp: bytes
    office: str
    reason: str
    trusted: tuple[str, ...]


@dataclass(frozen=True)
class _Outcome:
    """A sealed PDF that is kept. Shape: ``stamped_at`` is None where no timestamp server is set."""

    stored: Stored
    stamped_at: datetime | None


def ask_seal(document_id: int, seal_id: int, *, by: Actor) -> int:
    """Ask for a seal on a document; where one word is enough, it is put on at once.

    Raises: Missing; NothingToSeal, SealedAlready; SealOutOfForce, SealNotKept; NoPlaceForSeal.
    Effects: a line in the seal's log; what is sealed is the content shown now.
    """
    with reading() as session:
        told = document(session, document_id, by)
        if told.pdf_key:
            place_of_seal(_content(told.sealed_key or told.pdf_key))
    with work(by) as w:
        return _asked(w, w.get(DocumentRow, document_id), w.get(SealRow, seal_id))


def confirm_seal(use_id: int, *, by: Actor) -> None:
    """A second keeper confirms a use.

    Raises: Missing; UseSettled, SealOutOfForce, SealNotKept, SecondPersonNeeded.
    """
    with work(by) as w:
        use = w.get(SealUseRow, use_id)
        seal = facts_of(w.session, w.get(SealRow, use.seal_id), clock.today())
        use.state = sealing.confirm(
            seal, use.state, asked_by=use.asked_by_id or 0, person_id=by.id or 0, today=clock.today()
        )
        use.confirmed_at, use.confirmed_by_id, use.confirmed_by = clock.now(), by.id, by.label
        w.record(SealConfirmed(use_id=use.id, project_id=use.project_id, seal_id=use.seal_id))
        w.enqueue(APPLY, use_id=use.id)


def decline_seal(use_id: int, why: str, *, by: Actor) -> None:
    """Say no to a use; who asked for it may take it back the same way.

    Raises: Missing; UseSettled, SealNotKept; DeclineWhyNeeded.
    """
    told = " ".join(why.split())[:255]
    if not told:
        raise DeclineWhyNeeded
    with work(by) as w:
        use = w.get(SealUseRow, use_id)
        if use.state is not SealState.ASKED:
            raise sealing.UseSettled
        facts = facts_of(w.session, w.get(SealRow, use.seal_id), clock.today())
        if by.id not in facts.keepers | {use.asked_by_id}:
            raise sealing.SealNotKept(seal=facts.name, keepers=facts.keeper_names or "—")
        use.state, use.settled_at, use.why = SealState.DECLINED, clock.now(), told
        use.confirmed_by_id, use.confirmed_by = by.id, by.label
        w.record(SealDeclined(use_id=use.id, project_id=use.project_id, seal_id=use.seal_id, why=told))


def apply_seal(run: Run, use_id: int) -> None:
    """Put a confirmed seal on, look at what came out, and keep it.

    Raises: SealDoesNotAnswer, StorageAway: the job is tried again.
    Effects: the sealed PDF is kept before the rows name it; running it twice seals once.
    """
    with reading() as session:
        told = _sealing(session, use_id)
    if told is None:
        return
    try:
        outcome: _Outcome | ConciergeError = _sealed(told)
    except Unavailable as away:
        if run.attempt < TRIES:
            raise
        outcome = away
    except ConciergeError as fault:
        outcome = fault
    with run.work() as w:
        _settle(w, told, outcome)


def try_seal_again(use_id: int, *, by: Actor) -> None:
    """Have a use that failed tried once more. Raises: Missing; SealOutOfForce, SealNotKept."""
    with work(by) as w:
        use = w.get(SealUseRow, use_id)
        if use.state is not SealState.FAILED:
            raise sealing.UseSettled
        sealing.ask(
            facts_of(w.session, w.get(SealRow, use.seal_id), clock.today()), by.id or 0, clock.today()
        )
        use.state, use.why, use.settled_at = SealState.CONFIRMED, "", None
        w.enqueue(APPLY, use_id=use.id)


def provider_of(seal: SealRow, settings: Settings) -> SealProvider:
    """The way to a seal's key. Raises: NotOnShelf, StorageAway, SealBroken."""
    from documents.press import seal as ways  # the library of signatures is large; only a seal needs it

    timestamps = ways.timestamps_of(settings.timestamp_url)
    if seal.keeper is Keeper.SOFTWARE:
        return ways.SoftwareKey(p12=_content(seal.key_file), timestamps=timestamps)
    if seal.keeper is Keeper.DEVICE:
        return ways.DeviceKey(
            module=settings.pkcs11_module,
            token=settings.pkcs11_token,
            pin=settings.pkcs11_pin,
            label=seal.key_name,
            timestamps=timestamps,
        )
    return ways.PlatformSeal(
        url=settings.seal_platform_url, key=settings.seal_platform_key, number=seal.key_name
    )


def _asked(w: Work, row: DocumentRow, seal: SealRow) -> int:
    if row.state is not DocumentState.PRINTED or row.replaced_at is not None:
        raise NothingToSeal
    for use, other in uses_on(w.session, Sealable.DOCUMENT, row.id):
        if other.id == seal.id and use.state in (*LIVE, SealState.SEALED, SealState.FAILED):
            raise SealedAlready(seal=seal.name)
    state = sealing.ask(facts_of(w.session, seal, clock.today()), w.by.id or 0, clock.today())
    use = w.add(
        SealUseRow(
            seal_id=seal.id,
            project_id=row.project_id,
            subject=Sealable.DOCUMENT,
            subject_id=row.id,
            title=f"{row.number} {row.title.replace(chr(10), '')}",
            state=state,
            asked_at=clock.now(),
            asked_by_id=w.by.id,
            asked_by=w.by.label,
            before_sha256=row.sealed_sha256 or row.pdf_sha256,
        )
    )
    waits = state is SealState.ASKED
    w.record(
        SealAsked(
            use_id=use.id,
            project_id=row.project_id,
            seal_id=seal.id,
            subject=Sealable.DOCUMENT.value,
            subject_id=row.id,
            waits=waits,
        )
    )
    if not waits:
        w.enqueue(APPLY, use_id=use.id)
    return use.id


def _sealing(session: Session, use_id: int) -> _Sealing | None:
    use = session.get_one(SealUseRow, use_id)
    if use.state is not SealState.CONFIRMED:
        return None
    seal, row = session.get_one(SealRow, use.seal_id), session.get_one(DocumentRow, use.subject_id)
    settings: Settings = current_app.config["CONCIERGE"]
    return _Sealing(
        use_id=use.id,
        document_id=row.id,
        provider=provider_of(seal, settings),
        pdf=_content(row.sealed_key or row.pdf_key),
        before_sha256=row.sealed_sha256 or row.pdf_sha256,
        stamp=_content(seal.picture_key),
        office=seal.office,
        reason=use.title,
        trusted=tuple(certificates(session)),
    )


def _sealed(told: _Sealing) -> _Outcome:
    """Seal, and keep only what the check takes. Raises: SealNotSetUp, SealDoesNotAnswer, SealDoesNotHold."""
    from documents.press.seal import Application  # as above: large, and only here
    from documents.press.seal_check import refuse_unsealed

    application = Application(
        pdf=told.pdf,
        place=place_of_seal(told.pdf, told.office),
        stamp=told.stamp,
        office=told.office,
        reason=told.reason,
    )
    pdf = told.provider.seal(application)
    found = refuse_unsealed(pdf, told.trusted, at=clock.moment())
    stored = storage.keep(pdf, name="sealed.pdf", media_type=PDF.media_type)
    return _Outcome(stored=stored, stamped_at=found.signed_at if found.is_stamped else None)


def _settle(w: Work, told: _Sealing, outcome: _Outcome | ConciergeError) -> None:
    use, row = w.get(SealUseRow, told.use_id), w.get(DocumentRow, told.document_id)
    if use.state is not SealState.CONFIRMED:
        return
    use.settled_at = clock.now()
    is_changed = (row.sealed_sha256 or row.pdf_sha256) != told.before_sha256
    if isinstance(outcome, ConciergeError) or is_changed:
        fault = outcome if isinstance(outcome, ConciergeError) else Stale()
        use.state, use.why = SealState.FAILED, kept(fault)
        w.record(SealFailed(use_id=use.id, project_id=use.project_id, seal_id=use.seal_id, fault=use.why))
        return
    stored = outcome.stored
    use.state, use.result_key, use.after_sha256 = SealState.SEALED, stored.key, stored.sha256
    use.stamped_at = outcome.stamped_at
    row.sealed_key, row.sealed_sha256 = stored.key, stored.sha256
    row.sealed_size_bytes = stored.size_bytes
    w.record(
        DocumentSealed(
            document_id=row.id, project_id=row.project_id, seal_id=use.seal_id, sha256=stored.sha256
        )
    )


def _content(key: str) -> bytes:
    return b"".join(storage.fetch(key))
