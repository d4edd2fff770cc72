"""归档: project files that were laid down, their index, and a copy to take away."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from markupsafe import Markup

from concierge.kernel.actor import Actor
from concierge.kernel.contents import PDF
from concierge.kernel.db import db
from concierge.kernel.downloads import SEALED_OFF, hand_out, named
from concierge.kernel.errors import N_, ConciergeError, Missing
from concierge.kernel.keeping_for_good import take_out
from concierge.kernel.tables import XLSX
from concierge.kernel.web import Page, actor, allowed, may, say
from documents.models.archive import ArchiveRow
from documents.press.archive_page import INDEX, index_table
from documents.press.kind import Retention
from documents.queries.archives import archive_of, archives_in_sight, editions_of, is_being_made
from documents.rules.keeping import ArchiveState
from documents.rules.kept_faults import parts
from documents.services.archive_project import archive_project, note_taken_out
from documents.views.words import project_href

ON = "Archive"
SHOWN = ("序号", "类别", "题名", "文件", "日期", "SHA-256")
STATES = {
    ArchiveState.ASKED: ("running", N_("Being laid down")),
    ArchiveState.MADE: ("done", N_("In the archive")),
    ArchiveState.FAILED: ("overdue", N_("Not laid down")),
}
CLASSES = {
    Retention.TEN_YEARS: N_("10 years"),
    Retention.THIRTY_YEARS: N_("30 years"),
    Retention.PERMANENT: N_("for good"),
}


@dataclass(frozen=True)
class ArchiveSheet:
    """One edition of a project's file."""

    row: ArchiveRow
    project: str = ""

    @property
    def pill(self) -> dict[str, str]:
        """How far it is."""
        look, word = STATES[self.row.state]
        return {"state": look, "text": gettext(word)}

    @property
    def project_href(self) -> str:
        """The page of the project, for those who may open it."""
        return project_href(self.row.project_id)

    @property
    def kept(self) -> str:
        """How long it is kept."""
        return str(gettext(CLASSES[self.row.retention]))

    @property
    def fault(self) -> str:
        """Why it was not laid down, in the reader's language."""
        if not self.row.fault:
            return ""
        message, facts = parts(self.row.fault)
        return str(gettext(message, **facts) if facts else gettext(message))

    def lines(self) -> list[list[str]]:
        """The index as it lies in the file."""
        told: list[dict[str, str]] = json.loads(self.row.contents or "[]")
        return [
            [one["序号"], one["类别"], one["题名"], one["文件"], one["日期"], one["SHA-256"]] for one in told
        ]


def project_archive(file: Any, _reader: Actor) -> Markup | str:
    """The box of the archive on a project's page. One query."""
    if not may("list", ON):
        return ""
    editions = editions_of(db.session, file.project.id)
    return Markup(  # noqa: S704  (the template escapes)
        render_template(
            "documents/archive_box.html",
            sheets=[ArchiveSheet(one) for one in editions],
            project_id=file.project.id,
            may_make=may("make", ON) and not is_being_made(editions),
        )
    )


class ArchiveView(Page):
    """The archive."""

    route_base = "/documents/archive"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """What was laid down."""
        sheets = [ArchiveSheet(row, name) for row, name in archives_in_sight(db.session, actor())]
        return self.show("documents/archives.html", sheets=sheets)

    @expose("/", methods=["POST"])
    @allowed("make")
    def make(self) -> Any:
        """Lay a project's file down now."""
        told = request.form.get("project_id", "")
        if not told.isdecimal() or len(told) > 18:
            raise Missing
        try:
            archive_id = archive_project(int(told), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            flash(say(error), "danger")
            return redirect(url_for("ProjectView.one", project_id=int(told)), code=303)
        flash(gettext("The file is being laid down."), "success")
        return redirect(url_for("ArchiveView.one", archive_id=archive_id), code=303)

    @expose("/<int:archive_id>")
    @allowed("show")
    def one(self, archive_id: int) -> str:
        """One edition and its index."""
        row = archive_of(db.session, archive_id, actor())
        return self.show("documents/archive.html", sheet=ArchiveSheet(row))

    @expose("/<int:archive_id>/index.pdf")
    @allowed("show")
    def index_pdf(self, archive_id: int) -> Response:
        """The index as it was printed, in the browser."""
        row = archive_of(db.session, archive_id, actor())
        if row.index_key is None:
            raise Missing
        name = f"{row.number} {INDEX}.pdf"
        return hand_out(row.index_key, name, PDF.media_type, row.index_size_bytes, in_place=True)

    @expose("/<int:archive_id>/index.xlsx")
    @allowed("show")
    def index_xlsx(self, archive_id: int) -> Response:
        """The index as a workbook."""
        row = archive_of(db.session, archive_id, actor())
        if not row.contents:
            raise Missing
        return index_table(json.loads(row.contents), name=f"archive-{row.id}-index").answer(XLSX)

    @expose("/<int:archive_id>/take", methods=["POST"])
    @allowed("take")
    def take(self, archive_id: int) -> Response:
        """A copy of the file, and a line in the trace of who took it."""
        row = archive_of(db.session, archive_id, actor())
        if row.state is not ArchiveState.MADE:
            raise Missing
        note_taken_out(archive_id, by=actor())
        pieces = take_out(row.shelf_key, row.shelf_version)
        first = next(pieces)  # what is wrong is told before anything is sent
        answer = Response(_going_on(first, pieces), mimetype="application/zip")
        answer.content_length = row.size_bytes
        g.content_policy = SEALED_OFF
        return named(answer, f"{row.number}.zip")


def _going_on(first: bytes, rest: Any) -> Any:
    yield first
    yield from rest
