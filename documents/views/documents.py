"""The list of documents, and making one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext

from concierge.kernel.db import db
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from documents.models.document import DocumentRow
from documents.queries.documents import PAGE_ROWS, Found, Wanted, documents_to_take, find_documents
from documents.queries.kinds import kind_of
from documents.rules.bundles import MOST_DOCUMENTS, BundleTooLarge, NoDocumentChosen
from documents.rules.document_state import DocumentState
from documents.rules.faults import FactsMissing
from documents.services.make_document import make_document
from documents.views.bundle import bundle
from documents.views.words import ON, STATES, kind_name, kind_names, maker, project_href, state_pill

COUNTYS_OWN = "month"
FILTER = ("q", "kind", "state", "project", "all")
LONGEST_TEXT, MOST_PAGES, MOST_IDS = 60, 10_000, 10**9


class NothingToMake(Invalid):
    """The form named no document."""

    message = N_("Choose the document to make.")
    field = "code"


@dataclass(frozen=True)
class ListSheet:
    """One page of the list for one reader."""

    found: Found
    wanted: Wanted
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.found.total // PAGE_ROWS))

    @property
    def is_filtered(self) -> bool:
        """Whether the reader asked for some of them only."""
        return self.wanted != Wanted()

    def lead(self) -> str:
        """How many documents there are."""
        return str(ngettext("%(num)s document", "%(num)s documents", self.found.total))

    @property
    def take_all(self) -> str:
        """Where all that the filter finds are fetched, empty where they are too many for one ZIP."""
        is_possible = 0 < self.found.total <= MOST_DOCUMENTS
        return url_for("DocumentsView.files", which="all", **_filter()) if is_possible else ""

    def filter(self) -> dict[str, Any]:
        """The filter, for the form that takes documents along."""
        return _filter()

    def kinds(self) -> list[dict[str, str]]:
        """The kinds to choose from."""
        return [{"value": code, "text": name} for code, name in kind_names().items()]

    def states(self) -> list[dict[str, Any]]:
        """The states to choose from."""
        return [{"value": state.value, "text": gettext(word)} for state, (_look, word) in STATES.items()]

    def rows(self) -> Iterator[dict[str, Any]]:
        """One document a row."""
        names = kind_names()
        for row, project in self.found.rows:
            yield document_row(row, names) | {
                "project": project,
                "project_href": project_href(row.project_id),
            }


def document_row(row: DocumentRow, names: dict[str, str]) -> dict[str, Any]:
    """One document as a line of a list."""
    return {
        "id": row.id,
        "href": url_for("DocumentView.one", document_id=row.id),
        "number": row.number,
        "version": row.version,
        "is_replaced": row.replaced_at is not None,
        "kind": names.get(row.kind, row.kind),
        "title": row.title,
        "addressee": row.addressee,
        "is_county": row.about == COUNTYS_OWN,
        "made_on": row.made_on,
        "made_by": maker(row),
        "pill": state_pill(row.state),
        "docx": url_for("DocumentView.docx", document_id=row.id) if row.docx_key else "",
        "pdf": url_for("DocumentView.pdf", document_id=row.id) if row.pdf_key else "",
    }


class DocumentsView(Page):
    """Every document a reader may see, and the way to a new one."""

    route_base = "/documents"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The list, newest first."""
        page = whole_number(request.args.get("page"), default=1, least=1, most=MOST_PAGES)
        wanted = _wanted()
        found = find_documents(db.session, wanted, actor(), page=page)
        return self.show("documents/list.html", page=ListSheet(found, wanted, page))

    @expose("/files.zip")
    @allowed("show")
    def files(self) -> Any:
        """Those chosen in the list, or all that its filter finds, as one ZIP."""
        is_all = request.args.get("which") == "all"
        ids = None if is_all else _chosen()
        wanted = _wanted() if is_all else Wanted(is_with_replaced=True)
        rows = documents_to_take(db.session, wanted, actor(), ids=ids, most=MOST_DOCUMENTS)
        try:
            return bundle(rows)
        except (NoDocumentChosen, BundleTooLarge) as refusal:
            flash(say(refusal), "danger")
            return redirect(url_for("DocumentsView.list", **_filter()), code=303)

    @expose("/make", methods=["POST"])
    @allowed("make")
    def make(self) -> Any:
        """Make a document, and go to it; what is missing is named with the page where it is entered."""
        code = request.form.get("code", "").strip()
        about_id = whole_number(request.form.get("about_id"), default=0, most=MOST_IDS)
        if not code:
            raise NothingToMake
        kind = kind_of(code)
        try:
            document_id = make_document(code, about_id, by=actor())
        except FactsMissing as missing:
            page = self.show(
                "documents/missing.html",
                name=kind_name(kind),
                missing=[{"name": one.name, "href": one.page} for one in missing.missing],
                said=say(missing),
                code=code,
                about_id=about_id,
                back=here_or(request.form.get("back"), url_for("DocumentsView.list")),
            )
            return page, missing.status
        flash(gettext("The document has its number and is being written."), "success")
        return redirect(url_for("DocumentView.one", document_id=document_id), code=303)


def here_or(path: str | None, usual: str) -> str:
    """A path of our own, however it was typed; the usual one for everything else."""
    parts = urlsplit((path or "").replace("\\", "/"))
    is_ours = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    return f"{parts.path}{'?' + parts.query if parts.query else ''}" if is_ours else usual


def may_make() -> bool:
    """Whether this reader may make documents."""
    return may("make", ON)


def _chosen() -> list[int]:
    """The numbers that were ticked, what is no number left out."""
    told = [one for one in request.args.getlist("id") if one.isdecimal() and len(one) < 10]
    return [int(one) for one in told]


def _filter() -> dict[str, Any]:
    """The filter of the list as an address carries it."""
    return {name: value for name in FILTER if (value := request.args.get(name, ""))}


def _wanted() -> Wanted:
    asked = request.args
    state = asked.get("state", "")
    project_id = whole_number(asked.get("project"), default=0, most=MOST_IDS)
    return Wanted(
        text=asked.get("q", "").strip()[:LONGEST_TEXT],
        kind=asked.get("kind", "").strip()[:LONGEST_TEXT],
        state=DocumentState(state) if state in {one.value for one in DocumentState} else None,
        project_id=project_id or None,
        is_with_replaced=asked.get("all") == "1",
    )
