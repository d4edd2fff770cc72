"""Collect the pages of a material: each is kept as it arrives, so a lost connection loses one at the most."""

from __future__ import annotations

import io
from typing import IO

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.contents import clean_name
from concierge.kernel.storage import Stored, store
from concierge.kernel.work import Work, work
from concierge.progress.models.acts import UploadPageRow, UploadRow
from concierge.progress.press.bare_pictures import JPEG_HEAD, PNG_HEAD, bare
from concierge.progress.press.joined_pages import as_jpeg, is_heic
from concierge.progress.queries.wanted import check_wanted
from concierge.progress.rules.acts import UploadState
from concierge.progress.rules.incoming import LinkMayNotSend
from concierge.progress.rules.links import ProgressLink
from concierge.progress.rules.uploads import MOST_BYTES, Part, check_addition
from concierge.progress.services.keep_incoming import HOLDER

SIGN_SIGNS = 16


def readied(stream: IO[bytes], name: str) -> Stored:
    """Check a file for what it is and keep it; a HEIC photograph becomes a JPEG on the way.

    Shape: of a photograph nothing is kept that the camera noted beside it: no place, no time, no device.
    Raises: what ``storage.store`` refuses; PictureDamaged, PictureTooLarge.
    Effects: the file is on the shelf; without a row that names it, it goes after a day.
    Source: PL-8.
    """
    if not is_heic(stream):
        return store(_bare(stream, name), name=name)
    whole = clean_name(name)
    stem = whole.rpartition(".")[0] or whole
    return store(io.BytesIO(as_jpeg(stream, whole)), name=f"{stem}.jpg")


def _bare(stream: IO[bytes], name: str) -> IO[bytes]:
    """A picture without the camera's notes; what is no picture, or too large to be one, as it came."""
    head = stream.read(len(PNG_HEAD))
    stream.seek(0)
    if not head.startswith((JPEG_HEAD, PNG_HEAD)):
        return stream
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        stream.seek(0)
        return stream
    return io.BytesIO(bare(content, clean_name(name)))


def add_page(
    link: ProgressLink, material: str, file: Stored, *, lang: str = "zh", by: Actor = HOLDER
) -> bool:
    """Add one photograph or file to the pages of a material; False where the same one is there already.

    Raises: LinkMayNotSend, PaperNotAsked, MaterialNotWanted, TooManyParts, StandsAlone.
    """
    if not link.may_upload:
        raise LinkMayNotSend
    with work(by) as w:
        upload = _collecting(w, link, material)
        if upload is None:
            check_wanted(w.session, link.project_id, material, lang=lang)
            upload = w.add(
                UploadRow(
                    project_id=link.project_id,
                    link_id=link.id,
                    material=material,
                    state=UploadState.COLLECTING,
                    made_at=clock.now(),
                    parts=[],
                )
            )
        if any(part.sha256 == file.sha256 for part in upload.parts):
            return False
        check_addition(parts_of(upload), Part(file.name, file.media_type, file.size_bytes, file.pages))
        w.add(_page(upload, file, _next_position(w, upload)))
        return True


def remove_page(link: ProgressLink, material: str, sign: str, *, by: Actor = HOLDER) -> None:
    """Take a page out again, before anything was sent; one that is gone already changes nothing.

    Shape: ``sign`` is the beginning of the content's digest, as the page shows it to its form.
    """
    with work(by) as w:
        upload = _collecting(w, link, material)
        for page in upload.parts if upload is not None and len(sign) >= SIGN_SIGNS else ():
            if page.sha256.startswith(sign):
                w.session.delete(page)


def parts_of(upload: UploadRow) -> list[Part]:
    """The pages of an upload as the rules see them. Shape: ``parts`` are loaded along."""
    return [part_of(page) for page in upload.parts]


def part_of(page: UploadPageRow) -> Part:
    """One page as the rules see it."""
    return Part(page.name, page.media_type, page.size_bytes, page.pages)


def _collecting(w: Work, link: ProgressLink, material: str) -> UploadRow | None:
    asked = (
        select(UploadRow)
        .where(
            UploadRow.link_id == link.id,
            UploadRow.material == material,
            UploadRow.state == UploadState.COLLECTING,
        )
        .options(selectinload(UploadRow.parts))
        .with_for_update()
    )
    return w.session.scalar(asked)


def _next_position(w: Work, upload: UploadRow) -> int:
    asked = select(func.max(UploadPageRow.position)).where(UploadPageRow.upload_id == upload.id)
    return (w.session.scalar(asked) or 0) + 1


def _page(upload: UploadRow, file: Stored, position: int) -> UploadPageRow:
    return UploadPageRow(
        upload_id=upload.id,
        project_id=upload.project_id,
        position=position,
        key=file.key,
        name=file.name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        pages=file.pages,
        came_at=clock.now(),
    )
