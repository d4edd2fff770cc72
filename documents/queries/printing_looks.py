"""What can be wrong with printing, seals and the archive, for the doctor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.kernel import clock
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from concierge.kernel.doctor import Finding, watch, well
from concierge.kernel.errors import N_, ConciergeError
from concierge.kernel.keeping_for_good import archive_shelf
from concierge.kernel.storage import SCRATCH
from documents.models.archive import ArchiveRow
from documents.models.document import DocumentRow
from documents.models.seal import SealRow
from documents.press import fonts
from documents.press.printer import PrinterMissing, printer
from documents.rules.document_state import DocumentState
from documents.rules.keeping import ArchiveState

SOON = timedelta(days=30)


def looks(settings: Settings) -> Iterator[Finding]:
    """Whether documents can be printed as they should look, sealed, and kept."""
    yield from _printing(settings)
    with Session(db.engine) as session:
        yield _waiting(session)
        yield _certificates(session)
        yield _archive(session, settings)


def _printing(settings: Settings) -> Iterator[Finding]:
    try:
        machine = printer(settings.soffice, settings.home / SCRATCH, settings.home / settings.fonts_folder)
    except PrinterMissing:
        yield watch(
            "printing",
            N_("LibreOffice is not here: documents stay Word files. Install it, or set CONCIERGE_SOFFICE."),
        )
        return
    yield well("printing", N_("%(version)s prints the documents."), version=machine.version)
    if not machine.cage:
        yield watch(
            "printing",
            N_(
                "This machine does not let LibreOffice run without a network, so its own settings alone keep"
                " it from fetching anything. Allow user namespaces, or run the worker without a way out."
            ),
        )
    yield _faces(fonts.stand_ins(machine.rules))


def _faces(stands: dict[str, str]) -> Finding:
    poor = [name for name, family in stands.items() if family not in fonts.fitting(name)]
    if poor:
        return watch(
            "fonts",
            N_(
                "No fitting font stands for %(faces)s: documents look unlike those of other offices. Put the"
                " licensed fonts into CONCIERGE_FONTS, or run `make fonts`."
            ),
            faces="、".join(poor),
        )
    told = "、".join(f"{name} → {family}" for name, family in stands.items() if name != family)
    if not told:
        return well("fonts", N_("The faces of official documents are all here."))
    return well("fonts", N_("Free fonts stand for the licensed ones: %(faces)s."), faces=told)


def _waiting(session: Session) -> Finding:
    count = session.scalar(
        select(func.count()).where(DocumentRow.state == DocumentState.RENDERED, DocumentRow.fault != "")
    )
    if count:
        return watch(
            "documents",
            N_("%(count)s documents could not be printed; each says why on its page."),
            count=count,
        )
    return well("documents", N_("No document waits for its PDF with a fault."))


def _certificates(session: Session) -> Finding:
    before = clock.today() + SOON
    ending = session.scalars(
        select(SealRow.name).where(SealRow.retired_at.is_(None), SealRow.last_on <= before)
    ).all()
    if ending:
        return watch(
            "seals",
            N_("The certificates of %(seals)s end within 30 days or have ended. Renew them."),
            seals="、".join(ending),
        )
    return well("seals", N_("No certificate of a seal ends within 30 days."))


def _archive(session: Session, settings: Settings) -> Finding:
    rows = session.scalars(
        select(ArchiveRow)
        .where(ArchiveRow.state == ArchiveState.MADE)
        .order_by(ArchiveRow.id.desc())
        .limit(1)
    )
    for row in rows:
        try:
            archive_shelf(settings).kept_until(row.shelf_key, row.shelf_version)
        except ConciergeError as error:
            return watch("archive", type(error).message, **error.facts)
    failed = session.scalar(select(func.count()).where(ArchiveRow.state == ArchiveState.FAILED))
    if failed:
        return watch(
            "archive", N_("%(count)s project files could not be laid down in the archive."), count=failed
        )
    return well("archive", N_("The archive answers."))
