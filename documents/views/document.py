"""One document: what it says, where each part came from, its versions and its files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Response, flash, redirect, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel.contents import PDF, WORD
from concierge.kernel.db import db
from concierge.kernel.downloads import hand_out
from concierge.kernel.errors import Missing
from concierge.kernel.web import Page, actor, allowed, may
from concierge.kernel.work import work
from documents.models.document import DocumentRow
from documents.queries.documents import document, versions_of
from documents.rules.document_state import DocumentState
from documents.rules.kept_faults import parts
from documents.services.make_document import write_again
from documents.services.print_documents import ask_print_again
from documents.services.write_document import file_name
from documents.views.documents import document_row, may_make
from documents.views.words import ON, kind_names, maker, project_href, state_pill

SHORT_DIGEST = 12
LONGEST_VALUE = 400
NOT_SHOWN = frozenset({"pictures", "basis", "prefilled", "changes", "version", "number", "office", "title"})


@dataclass(frozen=True)
class DocumentSheet:
    """One document for one reader."""

    row: DocumentRow
    versions: list[DocumentRow]

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Everything its page was made from."""
        told: dict[str, Any] = json.loads(self.row.facts)
        return told

    @property
    def kind(self) -> str:
        """What kind of document it is."""
        return kind_names().get(self.row.kind, self.row.kind)

    @property
    def pill(self) -> dict[str, str]:
        """How far it is."""
        return state_pill(self.row.state)

    @property
    def project_href(self) -> str:
        """The page of its project, for those who may open it."""
        return project_href(self.row.project_id)

    @property
    def maker(self) -> str:
        """Who made it."""
        return maker(self.row)

    def fault(self) -> str:
        """Why it could not be written or printed, in the reader's language; empty when it could."""
        if not self.row.fault:
            return ""
        message, facts = parts(self.row.fault)
        return str(gettext(message, **facts) if facts else gettext(message))

    @property
    def is_failed(self) -> bool:
        """Whether its page could not be written."""
        return self.row.state is DocumentState.FAILED

    @property
    def newer_href(self) -> str:
        """The version that took its place, empty where it holds."""
        newest = self.versions[0]
        return "" if newest.id == self.row.id else url_for("DocumentView.one", document_id=newest.id)

    def may_take_back(self) -> bool:
        """Whether the reader may send in a filled-in copy."""
        return may("send", "ReturnedForm")

    def may_again(self) -> bool:
        """Whether the reader may have it tried again."""
        return may_make() and bool(self.row.fault)

    def may_remake(self) -> bool:
        """Whether a new version can be made from here."""
        return may_make() and not self.newer_href

    def files(self) -> Iterator[dict[str, Any]]:
        """Its files, the sealed one first."""
        row = self.row
        if row.sealed_key:
            yield _file(gettext("Sealed PDF"), "DocumentView.sealed", row.id, row.sealed_sha256)
        if row.pdf_key:
            yield _file("PDF", "DocumentView.pdf", row.id, row.pdf_sha256)
        if row.docx_key:
            yield _file("Word", "DocumentView.docx", row.id, row.docx_sha256)

    def basis(self) -> list[str]:
        """The laws it rests on, as printed."""
        return [f"《{law['title']}》{law['wenhao']}{law['articles']}" for law in self.facts.get("basis", ())]

    def sources(self) -> list[dict[str, Any]]:
        """Which fields came from which earlier result."""
        return list(self.facts.get("prefilled", ()))

    def lines(self) -> Iterator[tuple[str, str]]:
        """What its page was given, name by name."""
        for name, value in sorted(self.facts.items()):
            if name not in NOT_SHOWN:
                yield from _lines(name, value)

    def history(self) -> list[dict[str, Any]]:
        """Every version, the newest first."""
        names = kind_names()
        return [
            document_row(one, names) | {"changes": one.changes, "is_here": one.id == self.row.id}
            for one in self.versions
        ]


def _file(name: str, endpoint: str, document_id: int, sha256: str) -> dict[str, str]:
    return {
        "name": name,
        "href": url_for(endpoint, document_id=document_id),
        "digest": sha256[:SHORT_DIGEST],
        "sha256": sha256,
    }


def _lines(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for part, inner in sorted(value.items()):
            yield from _lines(f"{name}.{part}", inner)
    elif isinstance(value, list):
        yield name, str(gettext("%(n)s entries", n=len(value)))
    elif value not in (None, "", False):
        yield name, str(value)[:LONGEST_VALUE]


class DocumentView(Page):
    """The page of one document."""

    route_base = "/documents"
    class_permission_name = ON
    default_view = "one"

    @expose("/<int:document_id>")
    @allowed("show")
    def one(self, document_id: int) -> Any:
        """The document, its sources and versions."""
        row = document(db.session, document_id, actor())
        return self.show("documents/one.html", page=DocumentSheet(row, versions_of(db.session, row)))

    @expose("/<int:document_id>/docx")
    @allowed("show")
    def docx(self, document_id: int) -> Response:
        """The Word file."""
        row = document(db.session, document_id, actor())
        return _handed(row.docx_key, file_name(row), WORD.media_type, row.docx_size_bytes)

    @expose("/<int:document_id>/pdf")
    @allowed("show")
    def pdf(self, document_id: int) -> Response:
        """The PDF, in the browser."""
        row = document(db.session, document_id, actor())
        return _handed(row.pdf_key, file_name(row, "pdf"), PDF.media_type, row.pdf_size_bytes)

    @expose("/<int:document_id>/sealed")
    @allowed("show")
    def sealed(self, document_id: int) -> Response:
        """The PDF under its seal."""
        row = document(db.session, document_id, actor())
        return _handed(row.sealed_key, file_name(row, "pdf"), PDF.media_type, row.sealed_size_bytes)

    @expose("/<int:document_id>/again", methods=["POST"])
    @allowed("make")
    def again(self, document_id: int) -> Any:
        """Have the page written, or printed, once more."""
        row = document(db.session, document_id, actor())
        if row.state is DocumentState.FAILED:
            write_again(document_id, by=actor())
        else:
            with work(actor()) as w:
                ask_print_again(w, document_id)
        flash(gettext("It is being tried again."), "success")
        return redirect(url_for("DocumentView.one", document_id=document_id), code=303)


def _handed(key: str, name: str, media_type: str, size_bytes: int) -> Response:
    if not key:
        raise Missing
    return hand_out(key, name, media_type, size_bytes, in_place=True)
