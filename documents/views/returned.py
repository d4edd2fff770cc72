"""Forms that came back filled in: send one in, see what differs, take it over field by field."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext

from concierge.kernel import storage
from concierge.kernel.contents import WORD
from concierge.kernel.db import db
from concierge.kernel.downloads import named
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.storage import Stored
from concierge.kernel.typed_values import typed_number
from concierge.kernel.uploads import takes_files
from concierge.kernel.web import Page, actor, allowed, language, may, say
from documents.models.document import DocumentRow
from documents.models.returned import ReturnedFieldRow, ReturnedFormRow
from documents.queries.documents import document
from documents.queries.returned import returned_form, returned_forms, returned_of_document
from documents.rules.returned import FieldDecision, ReturnedBy, ReturnState
from documents.services.settle_returned import OPINION_SHEET, settle_returned, target_of
from documents.services.take_in_returned import Returned, take_in_returned
from documents.views.returned_words import DECISIONS, FOUND_BY, STATES

RETURNED = "ReturnedForm"
LARGEST = 2**31 - 1


class FileMissing(Invalid):
    """A form without its file."""

    message = N_("Choose the filled-in Word file (docx) first.")


@dataclass(frozen=True, kw_only=True)
class ReturnedSheet:
    """One returned form as its reader sees it. Shape: ``problems`` are what was wrong with the last try."""

    row: ReturnedFormRow
    document: DocumentRow
    problems: tuple[dict[str, str], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.row.state is ReturnState.OPEN

    @property
    def state(self) -> str:
        """Where it stands."""
        return gettext(STATES[self.row.state])

    def differing(self) -> list[dict[str, Any]]:
        """The fields that say something else than what was sent."""
        return [_field(field) for field in self.row.fields if field.decision is not FieldDecision.SAME]

    def same(self) -> list[dict[str, Any]]:
        """The fields that came back as they were sent."""
        return [_field(field) for field in self.row.fields if field.decision is FieldDecision.SAME]

    def lost(self) -> list[str]:
        """The fields that could not be found in the file."""
        return self.row.notes.splitlines()

    def becomes(self) -> str:
        """What taking it over does."""
        if self.row.kind == OPINION_SHEET:
            return gettext("What you take over becomes the department's opinion in the joint review.")
        if target_of(self.row.kind) is not None:
            return gettext("What you take over is printed again on every form that asks for the same.")
        return gettext("What you take over is kept with this document.")


def _field(field: ReturnedFieldRow) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label,
        "before": field.before,
        "said": field.said,
        "found_by": gettext(FOUND_BY[field.found_by]),
        "decision": gettext(DECISIONS[field.decision]),
    }


class ReturnedView(Page):
    """Forms that came back filled in."""

    route_base = "/documents/returned"
    class_permission_name = RETURNED
    default_view = "list"
    base_permissions = ["can_list", "can_send", "can_settle"]

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """Those that wait for a decision, or those that were decided on."""
        is_open = request.args.get("state") != "settled"
        rows = [
            {
                "href": url_for("ReturnedView.one", returned_id=row.id),
                "project": project,
                "title": title,
                "number": number,
                "name": row.name,
                "sent_at": row.sent_at,
                "sent_by": row.sent_by,
                "state": gettext(STATES[row.state]),
            }
            for row, project, title, number in returned_forms(db.session, actor(), is_open=is_open)
        ]
        return self.show("documents/returned.html", rows=rows, is_open=is_open)

    @expose("/for/<int:document_id>")
    @allowed("send")
    def form(self, document_id: int) -> str:
        """Where a filled copy of one document is sent in."""
        return self._form(document_id)

    @expose("/for/<int:document_id>", methods=["POST"])
    @takes_files
    @allowed("send")
    def send(self, document_id: int) -> Any:
        """Read a filled copy."""
        row = document(db.session, _id(document_id), actor())
        try:
            returned = Returned(file=_uploaded(), way=ReturnedBy.STAFF, form_key=_form_key())
            returned_id = take_in_returned(row.id, returned, reader=actor(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            return self._form(document_id, ({"field": "file", "message": say(error)},)), error.status
        return redirect(url_for("ReturnedView.one", returned_id=returned_id), code=303)

    @expose("/<int:returned_id>")
    @allowed("list")
    def one(self, returned_id: int) -> str:
        """One returned form: what was sent, what it says, field by field."""
        return self._one(returned_id)

    @expose("/<int:returned_id>", methods=["POST"])
    @allowed("settle")
    def settle(self, returned_id: int) -> Any:
        """Take over the fields that were ticked; the others stay as they are."""
        names = request.form.getlist("take")
        try:
            version = typed_number(request.form.get("version"), "version")
            taken = settle_returned(_id(returned_id), names, version=version, lang=language(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._one(returned_id, ({"field": "take", "message": say(error)},)), error.status
        flash(ngettext("%(num)s field was taken over.", "%(num)s fields were taken over.", taken), "success")
        return redirect(url_for("ReturnedView.one", returned_id=returned_id), code=303)

    @expose("/<int:returned_id>/file")
    @allowed("list")
    def file(self, returned_id: int) -> Response:
        """The file as it came back."""
        row = returned_form(db.session, _id(returned_id), actor())
        answer = Response(storage.fetch(row.key), mimetype=WORD.media_type)
        answer.content_length = row.size_bytes
        return named(answer, row.name)

    def _form(self, document_id: int, problems: tuple[dict[str, str], ...] = ()) -> str:
        row = document(db.session, _id(document_id), actor())
        return self.show(
            "documents/returned_form.html",
            row=row,
            earlier=returned_of_document(db.session, row.id),
            states=_spoken_states(),
            problems=problems,
            key=secrets.token_hex(16),
        )

    def _one(self, returned_id: int, problems: tuple[dict[str, str], ...] = ()) -> str:
        row = returned_form(db.session, _id(returned_id), actor())
        about = document(db.session, row.document_id or 0, actor())
        sheet = ReturnedSheet(row=row, document=about, problems=problems)
        return self.show("documents/returned_one.html", sheet=sheet, may_settle=may("settle", RETURNED))


def _spoken_states() -> Mapping[ReturnState, str]:
    return {state: gettext(words) for state, words in STATES.items()}


def _id(raw: int) -> int:
    """A number from an address, if a row can have it. Raises: Missing."""
    if not 0 < raw <= LARGEST:
        raise Missing
    return raw


def _form_key() -> str | None:
    return request.form.get("key", "")[:64] or None


def _uploaded() -> Stored:
    """The file that came. Raises: FileMissing; what the storage refuses."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise FileMissing(field="file")
    return storage.store(cast("BinaryIO", file.stream), name=file.filename, taken=(WORD,))
