"""Import with a dry run, and export: the catalogue as files, out and in."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as Answer

from approvals.queries import catalogue as queries
from approvals.rules.catalogue_files.difference import ADDED, CHANGED, REMOVED
from approvals.rules.catalogue_files.sheets import Fault
from approvals.services.export_catalogue import export_archive, export_file
from approvals.services.import_catalogue import DryRun, decline_shipped, dry_run, import_catalogue
from approvals.services.ship_catalogue import shipped_files
from approvals.services.unpack_catalogue import pack, unpack
from approvals.views import code_words, spoken_faults
from approvals.views.catalogue_home import CATALOGUE
from concierge.kernel.db import db
from concierge.kernel.downloads import named
from concierge.kernel.errors import N_, ConciergeError, Invalid
from concierge.kernel.web import Page, actor, allowed, language, say

MOST_SHOWN = 300
ARCHIVE = "catalogue.zip"


class UploadLost(Invalid):
    """The files a dry run carried along did not come back whole."""

    message = N_("The files of the dry run are no longer readable. Choose them again.")


class CatalogueExchange(Page):
    """The catalogue as files."""

    route_base = "/catalogue/files"
    class_permission_name = CATALOGUE
    default_view = "front"

    @expose("/")
    @allowed("import")
    def front(self) -> str:
        """Choose a file."""
        return self._page()

    @expose("/", methods=["POST"])
    @allowed("import")
    def try_out(self) -> str | tuple[str, int]:
        """Say row by row what the files would change, or what is wrong with them."""
        sent = request.files.get("file")
        name = sent.filename if sent and sent.filename else ""
        files, wrong = unpack(name, sent.read() if sent and name else b"")
        if wrong and not files:
            return self._page(faults=_spoken(wrong), fault_total=len(wrong), name=name), Invalid.status
        return self._dry(dry_run(db.session, files, wrong), files, name=name)

    @expose("/shipped")
    @allowed("import")
    def shipped(self) -> str | tuple[str, int]:
        """The same for the files this release brings."""
        files = shipped_files()
        run = dry_run(db.session, files)
        return self._dry(run, files, name=gettext("Files of this release"), is_shipped=True)

    @expose("/shipped/decline", methods=["POST"])
    @allowed("import")
    def decline(self) -> Answer:
        """Keep the office's own catalogue."""
        decline_shipped(by=actor())
        flash(gettext("Your own catalogue stays as it is."), "success")
        return redirect(url_for("CatalogueHome.list"))

    @expose("/apply", methods=["POST"])
    @allowed("import")
    def apply(self) -> Answer | str | tuple[str, int]:
        """Take the files over into the draft."""
        name = request.form.get("name", "")
        try:
            files = _carried(request.form.get("files", ""))
            run = import_catalogue(files, draft_digest=request.form.get("draft", ""), by=actor())
        except ConciergeError as error:
            if isinstance(error, UploadLost):
                return self._page(refusal=say(error)), error.status
            again = self._dry(dry_run(db.session, files), files, name=name, refusal=say(error))
            return again if isinstance(again, tuple) else (again, error.status)
        rows = len(run.changes)
        flash(
            ngettext("%(num)s row of the draft changed.", "%(num)s rows of the draft changed.", rows),
            "success",
        )
        return redirect(url_for("CatalogueHome.list"))

    @expose("/export")
    @allowed("list")
    def export(self) -> Response:
        """Every file in one ZIP."""
        return _download(export_archive(queries.draft_catalogue(db.session)), ARCHIVE, "application/zip")

    @expose("/editions/<int:number>/export")
    @allowed("list")
    def export_edition(self, number: int) -> Response:
        """Every file of a published edition in one ZIP."""
        edition_id = queries.edition_id(db.session, number)
        archive = export_archive(queries.catalogue(edition_id, db.session))
        return _download(archive, f"catalogue-edition-{number}.zip", "application/zip")

    @expose("/export/<file>")
    @allowed("list")
    def export_one(self, file: str) -> Response:
        """One file."""
        content = export_file(queries.draft_catalogue(db.session), file)
        kind = "text/csv; charset=utf-8" if file.endswith(".csv") else "application/yaml; charset=utf-8"
        return _download(content, file, kind)

    def _dry(self, run: DryRun, files: dict[str, bytes], **said: Any) -> str | tuple[str, int]:
        page = self._page(
            **said,
            run=run,
            faults=_spoken(run.faults),
            fault_total=len(run.faults),
            findings=[spoken_faults.finding(finding) for finding in run.findings],
            carried=base64.b64encode(pack(files)).decode() if run.changes else "",
            counts={kind: run.count(kind) for kind in (ADDED, CHANGED, REMOVED)},
        )
        return (page, Invalid.status) if run.faults else page

    def _page(self, **said: Any) -> str:
        return self.show(
            "approvals/import.html", most_shown=MOST_SHOWN, words=code_words, lang=language(), **said
        )


def _spoken(faults: tuple[Fault, ...]) -> list[dict[str, Any]]:
    return [
        {"file": f.file, "row": f.row, "column": f.column, "sentence": spoken_faults.fault(f)}
        for f in faults[:MOST_SHOWN]
    ]


def _carried(text: str) -> dict[str, bytes]:
    """The files that the dry run's own form brought back. Raises: UploadLost."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise UploadLost from None
    files, wrong = unpack(ARCHIVE, content)
    if wrong or not files:
        raise UploadLost
    return files


def _download(content: bytes, name: str, kind: str) -> Response:
    return named(Response(content, content_type=kind), name)
