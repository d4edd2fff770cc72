"""What was printed already, and what waits to be printed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from documents.models.document import DocumentRow
from documents.models.printed import PrintedRow
from documents.rules.document_state import DocumentState
from documents.rules.kept_faults import AGAIN


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A document that has its Word file and no PDF."""

    document_id: int
    docx_key: str
    docx_sha256: str
    made_at: datetime


def waiting_for_print(session: Session, most: int) -> list[Waiting]:
    """The documents to print next, oldest first; those whose fault a new try does not mend are left out."""
    asked = (
        select(DocumentRow.id, DocumentRow.docx_key, DocumentRow.docx_sha256, DocumentRow.made_at)
        .where(DocumentRow.state == DocumentState.RENDERED)
        .where(or_(DocumentRow.fault == "", DocumentRow.fault.startswith(AGAIN, autoescape=True)))
        .order_by(DocumentRow.id)
        .limit(most)
    )
    return [
        Waiting(document_id=id_, docx_key=key, docx_sha256=digest, made_at=made_at)
        for id_, key, digest, made_at in session.execute(asked)
    ]


def printed_before(session: Session, digests: Collection[str], converter: str) -> dict[str, PrintedRow]:
    """What this converter printed of these contents, by the digest of the Word file."""
    asked = select(PrintedRow).where(
        PrintedRow.converter == converter, PrintedRow.docx_sha256.in_(sorted(digests))
    )
    return {row.docx_sha256: row for row in session.scalars(asked)}
