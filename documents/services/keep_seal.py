"""Set up a seal, hand it to people, take it back, and retire it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from flask_appbuilder.security.sqla.models import User

from concierge.kernel import clock, storage
from concierge.kernel.actor import Actor
from concierge.kernel.config import Settings
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.work import Work, work
from concierge.staff.queries import spoken_name
from documents.events import SealHandedOut, SealMade, SealRetired, SealTakenBack
from documents.models.seal import SealKeeperRow, SealRow
from documents.press import seal_keys, sm2
from documents.press.seal_keys import KeyFile, SealCertificate
from documents.press.seal_stamp import plain_stamp, read_stamp, trial_stamp
from documents.queries.seals import keepers_of, people_who_may_keep
from documents.rules.sealing import Keeper

LONGEST_NAME = 60
P12, PNG = "application/x-pkcs12", "image/png"


class SealNameNeeded(Invalid):
    """A seal without a name or an office."""

    message = N_("Say what the seal is called and whose it is, each in at most 60 signs.")


class KeeperNotFit(Invalid):
    """Somebody whose role does not let him keep a seal."""

    message = N_("Only people with the role of seal keeper can keep a seal. Give them the role first.")
    field = "person_id"


class CertificateUnreadable(Invalid):
    """What should be a certificate is none."""

    message = N_("This is no certificate. Send the .pem, .cer or .crt file of the seal.")
    field = "certificate"


class RetireWhyNeeded(Invalid):
    """A seal that goes without a reason."""

    message = N_("Say why the seal is retired: it expired, was lost, or was replaced.")
    field = "why"


@dataclass(frozen=True, kw_only=True, repr=False)
class NewSeal:
    """A seal as somebody sets it up.

    Shape: ``key_file`` and ``password`` for a key of this system, empty for a trial; ``key_name`` is the
        label on a device, or the platform's number; ``certificate`` the platform's, as its file; ``picture``
        is a PNG, empty for the house's plain one.
    """

    name: str
    office: str
    keeper: Keeper
    key_file: bytes = b""
    password: str = ""
    key_name: str = ""
    certificate: bytes = b""
    picture: bytes = b""
    needs_two: bool = False


def make_seal(new: NewSeal, *, by: Actor) -> int:
    """Set up a seal; it answers its number in our rows.

    Raises: SealNameNeeded, KeyFileUnreadable, KeyTooWeak, CertificateUnreadable, StampNotTaken; SealNotSetUp,
        SealDoesNotAnswer for a device that is not there.
    Effects: key, SM2 key and picture are kept sealed before the row names them.
    """
    name, office = new.name.strip(), new.office.strip()
    if not name or not office or max(len(name), len(office)) > LONGEST_NAME:
        raise SealNameNeeded
    is_trial = new.keeper is Keeper.SOFTWARE and not new.key_file
    key, certificate = _key_of(new, name, office)
    picture = _picture(new, office, name, is_trial=is_trial)
    manifest_key = sm2.new_private()
    with work(by) as w:
        row = w.add(
            SealRow(
                code=_code(certificate),
                name=name,
                office=office,
                keeper=new.keeper,
                key_name=new.key_name.strip(),
                key_file=_kept(key.p12, "seal.p12", P12) if key else "",
                manifest_key_file=_kept(manifest_key.encode(), "seal.sm2", "text/plain"),
                manifest_public=sm2.public_of(manifest_key),
                picture_key=_kept(picture, "stamp.png", PNG),
                certificate=certificate.pem,
                fingerprint=certificate.fingerprint,
                subject=certificate.subject[:255],
                first_on=certificate.first_on,
                last_on=certificate.last_on,
                is_trial=is_trial,
                needs_two=new.needs_two,
                made_at=clock.now(),
                made_by_id=by.id,
                made_by=by.label,
            )
        )
        w.record(SealMade(seal_id=row.id, name=name, keeper=new.keeper.value, fingerprint=row.fingerprint))
        return row.id


def hand_out_seal(seal_id: int, person_id: int, *, by: Actor) -> None:
    """Hand a seal to a person from today on; doing so twice changes nothing.

    Raises: Missing; KeeperNotFit.
    """
    with work(by) as w:
        hand_out(w, seal_id, person_id)


def hand_out(w: Work, seal_id: int, person_id: int) -> None:
    """The same inside the caller's transaction. Raises: Missing; KeeperNotFit."""
    row, today = w.get(SealRow, seal_id), clock.today()
    if person_id not in {id_ for id_, _ in people_who_may_keep(w.session)}:
        raise KeeperNotFit
    if person_id in {one.person_id for one in keepers_of(w.session, seal_id, today)}:
        return
    person = w.session.get(User, person_id)
    w.add(
        SealKeeperRow(
            seal_id=seal_id, person_id=person_id, person=spoken_name(person), first_on=today, last_on=None
        )
    )
    w.record(SealHandedOut(seal_id=row.id, person_id=person_id))


def take_back_seal(keeper_id: int, *, by: Actor) -> None:
    """Take a seal back from a person; what he sealed before stays sealed. Raises: Missing."""
    with work(by) as w:
        keeping = w.get(SealKeeperRow, keeper_id)
        today = clock.today()
        if keeping.last_on is not None:
            return
        if keeping.first_on == today:
            w.session.delete(keeping)
        else:
            keeping.last_on = today.fromordinal(today.toordinal() - 1)
        w.record(SealTakenBack(seal_id=keeping.seal_id, person_id=keeping.person_id))


def retire_seal(seal_id: int, why: str, *, version: int | None = None, by: Actor) -> None:
    """Retire a seal for good. Its log stays, and what it sealed can still be checked.

    Raises: Missing, Stale; RetireWhyNeeded.
    """
    told = " ".join(why.split())[:255]
    if not told:
        raise RetireWhyNeeded
    with work(by) as w:
        row = w.get(SealRow, seal_id, version=version)
        if row.retired_at is None:
            row.retired_at, row.retired_why = clock.now(), told
            w.record(SealRetired(seal_id=row.id, why=told))


def _key_of(new: NewSeal, name: str, office: str) -> tuple[KeyFile | None, SealCertificate]:
    """The key this system keeps, where it keeps one, and the certificate."""
    if new.keeper is Keeper.SOFTWARE:
        key = (
            seal_keys.read_key_file(new.key_file, new.password)
            if new.key_file
            else seal_keys.trial_key(name, office, clock.today())
        )
        return key, key.certificate
    if new.keeper is Keeper.DEVICE:
        from documents.press.seal import DeviceKey  # the library of signatures is large; only a seal needs it

        told: Settings = current_app.config["CONCIERGE"]
        device = DeviceKey(
            module=told.pkcs11_module,
            token=told.pkcs11_token,
            pin=told.pkcs11_pin,
            label=new.key_name.strip(),
        )
        return None, _certificate(device.certificate())
    return None, _certificate(new.certificate)


def _certificate(content: bytes) -> SealCertificate:
    try:
        return seal_keys.read_certificate(content)
    except ValueError:
        raise CertificateUnreadable from None


def _picture(new: NewSeal, office: str, name: str, *, is_trial: bool) -> bytes:
    if is_trial:
        return trial_stamp(office)  # whatever was sent: a trial never looks like a seal
    return read_stamp(new.picture) if new.picture else plain_stamp(office, name)


def _kept(content: bytes, name: str, media_type: str) -> str:
    return storage.keep(content, name=name, media_type=media_type).key


def _code(certificate: SealCertificate) -> str:
    """One seal for one certificate: the same key file sent twice is refused as there already."""
    return certificate.fingerprint[:16]
