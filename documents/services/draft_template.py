"""Send in an edited template as a new version, to be tried at the gate."""

from __future__ import annotations

import io
import zipfile
from typing import IO

from lxml import etree
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.kernel import clock, storage
from concierge.kernel.actor import Actor
from concierge.kernel.contents import WORD, clean_name, examined
from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.kernel.work import Work, work
from documents.events import DocumentTemplateSent
from documents.models.template import DocumentTemplateRow
from documents.press.gate_safety import unsafe
from documents.press.kind import DocumentKind
from documents.press.punctuation import with_punctuation_inside
from documents.queries.kinds import kind_of
from documents.queries.templates import published_template
from documents.rules.template_state import TemplateState

LARGEST_BYTES = 5 * 1024 * 1024
LONGEST_REMARK = 500
_OPEN = (TemplateState.WAITING, TemplateState.FAULTY, TemplateState.READY)


class TemplateNoWordFile(Invalid):
    """No file came with the form."""

    field = "file"
    message = N_("Choose the Word file you edited, then send it in.")


class TemplateUnreadable(Invalid):
    """A Word file whose parts cannot be taken apart."""

    field = "file"
    message = N_(
        "“%(name)s” cannot be taken apart. Open it in Word or WPS, save it anew as docx and send that."
    )


class TemplateUnsafe(Invalid):
    """A Word file with programs or outside things in it."""

    field = "file"
    message = N_(
        "“%(name)s” holds what no template may: %(what)s. Nothing was saved. Remove it in Word or WPS, or"
        " begin again from the template in use."
    )


class TemplateUnchanged(Refusal):
    """The file is, byte for byte, one that is there already."""

    message = N_("This file is version %(number)s as it stands. Edit it first, then send it in.")


def draft_template(kind: str, stream: IO[bytes], name: str, remark: str, *, by: Actor) -> int:
    """Keep a file as the next version of a kind's template and have it tried; answers its row.

    Raises: Missing, for a kind nobody makes; TemplateNoWordFile, TemplateUnreadable, TemplateUnsafe,
        TemplateUnchanged; FileTooLarge, and what ``contents.examined`` refuses: other kinds of files.
    Effects: a file in storage, a trial in the queue.
    """
    made = kind_of(kind)
    content = _examined(stream, name)
    digest = storage.keep(content, name=clean_name(name), media_type=WORD.media_type)
    with work(by) as w:
        _refuse_twice(w.session, made, digest.sha256)
        row = w.add(
            DocumentTemplateRow(
                kind=made.code,
                number=_next_number(w.session, made.code),
                state=TemplateState.WAITING,
                remark=remark.strip()[:LONGEST_REMARK],
                file_name=digest.name,
                file_key=digest.key,
                size_bytes=digest.size_bytes,
                sha256=digest.sha256,
                made_at=clock.now(),
                made_by_id=by.id,
                made_by=by.label,
            )
        )
        w.record(
            DocumentTemplateSent(template_id=row.id, kind=row.kind, number=row.number, sha256=row.sha256)
        )
        ask_for_trial(w, row.id)
        return row.id


def ask_for_trial(w: Work, template_id: int) -> None:
    """Put the trial of a version into the queue."""
    w.enqueue("documents.tasks:try_template", template_id=template_id)


def _examined(stream: IO[bytes], name: str) -> bytes:
    """The file, looked into as every upload is, with its parts in a fixed order."""
    raw = stream.read(LARGEST_BYTES + 1)
    if not name or not raw:
        raise TemplateNoWordFile
    if len(raw) > LARGEST_BYTES:
        raise storage.FileTooLarge(name=clean_name(name), megabytes=LARGEST_BYTES // 1024 // 1024)
    found = unsafe(raw) if zipfile.is_zipfile(io.BytesIO(raw)) else []
    if found:  # before the look every upload is given, whose advice is for papers
        raise TemplateUnsafe(name=clean_name(name), what="、".join(found))
    examined(io.BytesIO(raw), clean_name(name), taken=(WORD,))
    try:
        return with_punctuation_inside(raw)
    except (zipfile.BadZipFile, etree.LxmlError, KeyError, ValueError, OSError, RuntimeError) as error:
        raise TemplateUnreadable(name=clean_name(name)) from error


def _refuse_twice(session: Session, kind: DocumentKind, sha256: str) -> None:
    """Refuse a file that waits already, or is the one in use."""
    waiting = session.scalars(
        select(DocumentTemplateRow).where(
            DocumentTemplateRow.kind == kind.code,
            DocumentTemplateRow.sha256 == sha256,
            DocumentTemplateRow.state.in_(_OPEN),
        )
    ).first()
    in_use = published_template(session, kind.code, clock.today())
    same = waiting or (in_use if in_use is not None and in_use.sha256 == sha256 else None)
    if same is not None:
        raise TemplateUnchanged(number=same.number)


def _next_number(session: Session, kind: str) -> int:
    asked = select(func.max(DocumentTemplateRow.number)).where(DocumentTemplateRow.kind == kind)
    return (session.scalar(asked) or 0) + 1
