"""Send what was collected of a material: one PDF of all photographs and pages, for the office to look at."""

from __future__ import annotations

import io

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from concierge.kernel import storage
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Stale
from concierge.kernel.storage import Stored, store
from concierge.kernel.work import Work, reading, work
from concierge.progress.models.acts import IncomingRow, UploadPageRow, UploadRow
from concierge.progress.press.joined_pages import joined
from concierge.progress.rules.acts import ActKind, UploadState
from concierge.progress.rules.incoming import LinkMayNotSend, checked_words
from concierge.progress.rules.links import ProgressLink
from concierge.progress.rules.uploads import MOST_BYTES, NothingToSend, check_sending, stays_as_it_is
from concierge.progress.services.collect_pages import part_of, parts_of
from concierge.progress.services.keep_incoming import HOLDER, Sent, keep, known


def send_upload(
    link: ProgressLink, form_key: str, material: str, *, title: str, words: str = "", by: Actor = HOLDER
) -> int:
    """Put the pages together and send them; answers the row of what came in, the same one for the same form.

    Shape: ``title`` names the file; ``words`` may be empty.
    Raises: LinkMayNotSend, NothingToSend, TooManyPages, TooMuchTogether, PagesNotJoined, PictureDamaged,
        WordsTooLong; Stale, when a page came or went meanwhile.
    Effects: nothing counts as handed in before somebody of the office has looked at it.
    """
    if not link.may_upload:
        raise LinkMayNotSend
    note = checked_words(words, least=0)
    with reading() as session:
        before = session.scalar(
            select(IncomingRow.id).where(IncomingRow.link_id == link.id, IncomingRow.form_key == form_key)
        )
        if before is not None:
            return before
        upload = _collected(session, link, material)
        if upload is None:
            raise NothingToSend(field="files")
        check_sending(parts_of(upload))
        pages = list(upload.parts)
    whole = _whole(pages, title)
    with work(by) as w:
        sent = Sent(kind=ActKind.UPLOAD, form_key=form_key, words=note, material=material)
        return _sent(w, link, sent, whole, pages)


def _collected(session: Session, link: ProgressLink, material: str) -> UploadRow | None:
    return session.scalar(
        select(UploadRow)
        .where(
            UploadRow.link_id == link.id,
            UploadRow.material == material,
            UploadRow.state == UploadState.COLLECTING,
        )
        .options(selectinload(UploadRow.parts))
    )


def _whole(pages: list[UploadPageRow], title: str) -> Stored:
    """The one file of all pages: the only one as it came, or a PDF of all."""
    if stays_as_it_is([part_of(page) for page in pages]):
        one = pages[0]
        return Stored(one.key, one.name, one.media_type, one.size_bytes, one.sha256, one.pages)
    content = joined((page.name, page.media_type, b"".join(storage.fetch(page.key))) for page in pages)
    return store(io.BytesIO(content), name=f"{title}.pdf", limit_bytes=MOST_BYTES)


def _sent(w: Work, link: ProgressLink, sent: Sent, whole: Stored, pages: list[UploadPageRow]) -> int:
    before = known(w, link, sent.form_key)
    if before is not None:
        return before.id
    upload = _collected(w.session, link, sent.material)
    if upload is None or [page.id for page in upload.parts] != [page.id for page in pages]:
        raise Stale
    row = keep(w, link, sent)
    upload.incoming_id, upload.state = row.id, UploadState.SENT
    upload.key, upload.name, upload.media_type = whole.key, whole.name, whole.media_type
    upload.size_bytes, upload.sha256, upload.pages = whole.size_bytes, whole.sha256, whole.pages
    return row.id
