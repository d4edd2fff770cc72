"""The opinion sheet as a Word file, below a joint review's link: fetched, filled in anywhere, read back.

What was read fills the form on the page; the department looks at it there and sends it itself.
"""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session

from approvals.queries import joint_reviews
from concierge.desk.rules.links import DepartmentLink, LinkScope
from concierge.desk.rules.reply import OutcomeMissing
from concierge.desk.views import visit
from concierge.desk.views.link_pages import holder, pages
from concierge.desk.views.review_pages import review_page
from concierge.kernel import storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.contents import WORD
from concierge.kernel.db import db
from concierge.kernel.downloads import named
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.uploads import takes_files_if
from concierge.kernel.web import language, say
from documents.models.document import DocumentRow
from documents.queries.documents import latest_version
from documents.queries.returned import returned_by_link
from documents.rules.returned import ReturnedBy
from documents.services.settle_returned import OPINION_SHEET, STANCES
from documents.services.take_in_returned import Returned, take_in_returned

FIELDS = ("conditions", "materials", "text", "given_on", "given_by", "number")


class SheetMissing(Invalid):
    """A returned sheet without its file."""

    message = N_("Choose the filled-in opinion sheet (docx) first.")


def opinion_document(session: Session, link: DepartmentLink) -> DocumentRow:
    """The opinion sheet that was made for the department of a review's link. Raises: Missing."""
    member = joint_reviews.review(session, link.review_id or 0).member(link.department)
    row = latest_version(session, OPINION_SHEET, member.id) if member is not None else None
    if row is None or not row.docx_key:
        raise Missing
    return row


@pages.get("/at/<handle>/opinion-sheet.docx")
def opinion_docx(handle: str) -> Response:
    """The sheet to fill in."""
    row = opinion_document(db.session, _review_link(handle))
    answer = Response(storage.fetch(row.docx_key), mimetype=WORD.media_type)
    answer.content_length = row.docx_size_bytes
    return named(answer, f"{row.title} {row.number}.docx")


@pages.post("/at/<handle>/opinion-sheet")
@takes_files_if(visit.is_visiting)
def send_sheet(handle: str) -> Any:
    """Read a filled-in sheet, and show what it says in the form."""
    link = _review_link(handle)
    try:
        form = visit.sent_form(link)
        row = opinion_document(db.session, link)
        returned = Returned(file=_uploaded(), way=ReturnedBy.LINK, form_key=form.key)
        returned_id = take_in_returned(row.id, returned, reader=SYSTEM, by=holder(link.recipient))
    except Missing:
        raise
    except ConciergeError as error:
        made = review_page(link, problem={"field": "sheet", "message": say(error)})
        made.status_code = error.status
        return made
    return redirect(url_for(".read_sheet", handle=handle, returned=returned_id, lang=language()), code=303)


@pages.get("/at/<handle>/opinion-sheet")
def read_sheet(handle: str) -> Response:
    """The form, filled with what a returned sheet says."""
    link = _review_link(handle)
    raw = request.args.get("returned", "")
    row = opinion_document(db.session, link)
    if not raw.isdecimal() or len(raw) > 9:
        raise Missing
    said = returned_by_link(db.session, int(raw), row.id)
    stance = STANCES.get(said.get("stance", ""))
    typed = {name: said.get(name, "") for name in FIELDS} | {"stance": stance.value if stance else ""}
    problem = {"field": "stance", "message": say(OutcomeMissing())} if stance is None else None
    return review_page(link, typed=typed, problem=problem, is_read=True)


def _review_link(handle: str) -> DepartmentLink:
    link = visit.visited(handle)
    if link.kind is not LinkScope.REVIEW:
        raise Missing
    return link


def _uploaded() -> storage.Stored:
    file = request.files.get("sheet")
    if file is None or not file.filename:
        raise SheetMissing(field="sheet")
    return storage.store(cast("BinaryIO", file.stream), name=file.filename, taken=(WORD,))
