"""Take in a form that came back filled: read it, set it beside what was sent, decide nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from concierge.kernel import clock, storage
from concierge.kernel.actor import Actor
from concierge.kernel.storage import Stored
from concierge.kernel.work import Work, reading, work
from documents.events import FormReturned
from documents.models.document import DocumentRow
from documents.models.returned import ReturnedFieldRow, ReturnedFormRow
from documents.press.returned_form import FormField, NoFieldsFound, ReadForm, form_fields, read_form
from documents.queries.documents import document
from documents.rules.returned import (
    LONGEST_SAID,
    AnotherForm,
    FieldDecision,
    FormNotThere,
    HasNoFields,
    ReturnedBy,
    same_words,
)


@dataclass(frozen=True, kw_only=True)
class Returned:
    """A file that came back. Shape: ``form_key`` is the number of the form it was sent with, if any."""

    file: Stored
    way: ReturnedBy
    form_key: str | None = None


def take_in_returned(document_id: int, returned: Returned, *, reader: Actor, by: Actor) -> int:
    """Read a form that came back; answers the number of its row, the same for the same form sent twice.

    Shape: ``reader`` is whose sight counts, ``by`` who sent it.
    Raises: Missing, FormNotThere, HasNoFields, AnotherForm; NoFieldsFound, FormUnreadable.
    Effects: tells ``FormReturned``; nothing else is changed before a person has decided.
    """
    with reading() as session:
        row = document(session, document_id, reader)
    sent, read = _compared(row, returned.file)
    with work(by) as w:
        return _kept(w, row, returned, sent, read)


def _compared(row: DocumentRow, file: Stored) -> tuple[tuple[FormField, ...], ReadForm]:
    """The fields as they were sent and as they came back. Raises: as above."""
    if not row.docx_key:
        raise FormNotThere(title=row.title)
    sent = form_fields(b"".join(storage.fetch(row.docx_key)))
    if not sent or row.project_id is None:
        raise HasNoFields(title=row.title)
    read = read_form(b"".join(storage.fetch(file.key)), sent, name=file.name)
    if read.number and read.number != row.number:
        raise AnotherForm(found=read.number, expected=row.number, field="file")
    if not read.fields:
        raise NoFieldsFound(form=row.title, name=file.name, field="file")
    return sent, read


def _kept(
    w: Work, document_row: DocumentRow, returned: Returned, sent: tuple[FormField, ...], read: ReadForm
) -> int:
    if returned.form_key:
        asked = select(ReturnedFormRow.id).where(ReturnedFormRow.form_key == returned.form_key)
        before = w.session.scalar(asked)
        if before is not None:
            return int(before)
    file = returned.file
    row = w.add(
        ReturnedFormRow(
            project_id=document_row.project_id,
            document_id=document_row.id,
            kind=document_row.kind,
            about_id=document_row.about_id,
            department=document_row.department,
            way=returned.way,
            form_key=returned.form_key,
            key=file.key,
            name=file.name,
            sha256=file.sha256,
            size_bytes=file.size_bytes,
            sent_at=clock.now(),
            sent_by_id=w.by.id,
            sent_by=w.by.label,
            notes="\n".join(read.lost),
        )
    )
    was = {field.name: field.value for field in sent}
    for position, field in enumerate(read.fields, 1):
        said = field.value[:LONGEST_SAID]
        is_same = same_words(was[field.name], said)
        w.session.add(
            ReturnedFieldRow(
                returned_id=row.id,
                position=position,
                name=field.name,
                label=field.label,
                found_by=field.found_by,
                before=was[field.name],
                said=said,
                decision=FieldDecision.SAME if is_same else FieldDecision.OPEN,
            )
        )
    w.record(
        FormReturned(
            returned_id=row.id,
            project_id=row.project_id,
            kind=row.kind,
            number=document_row.number,
            way=returned.way.value,
        )
    )
    return row.id
