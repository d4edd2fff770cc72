"""Open the file an enterprise sent: who of the office read it is on record."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.storage import Stored
from concierge.kernel.work import work
from concierge.progress.events import UploadOpened
from concierge.progress.models.acts import IncomingRow, UploadRow


def open_upload(incoming_id: int, *, by: Actor) -> Stored:
    """The file to hand out.

    Raises: Missing, out of the reader's charge or without a file.
    Effects: tells ``UploadOpened``.
    """
    with work(by) as w:
        row = w.get(IncomingRow, incoming_id)
        upload = w.session.scalar(select(UploadRow).where(UploadRow.incoming_id == row.id))
        if upload is None:
            raise Missing
        w.record(UploadOpened(row.id, row.project_id, upload.material))
        return Stored(
            upload.key, upload.name, upload.media_type, upload.size_bytes, upload.sha256, upload.pages
        )
