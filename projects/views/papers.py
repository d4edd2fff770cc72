"""The papers of a project: all of them, one of them, its files; taking in, comparing, taking back."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext

from approvals.rules.papers import Finding, NothingHandedIn, PaperNotAsked
from approvals.services.check_paper import check_paper
from approvals.services.open_paper import open_paper
from approvals.services.withdraw_paper import withdraw_paper
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.downloads import hand_out
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.uploads import takes_files
from concierge.kernel.web import Page, actor, allowed, language, say, whole_number
from projects.queries.papers import ProjectPapers, project_papers
from projects.rules.papers import ProjectPaper
from projects.services.hand_in_papers import hand_in
from projects.views.paper_upload import Typed, Upload, typed, uploaded
from projects.views.papers_sheet import PaperSheet, PapersSheet
from projects.views.step_papers import PAPER

LONGEST_REASON = 500
LARGEST_VERSION = 10**9


class PapersView(Page):
    """The papers of one project."""

    route_base = "/projects"
    class_permission_name = PAPER
    default_view = "list"

    @expose("/<int:project_id>/papers")
    @allowed("list")
    def list(self, project_id: int) -> Any:
        """Every paper of the project, each once."""
        return self._list(PapersSheet(_papers(project_id), Typed()))

    @expose("/<int:project_id>/papers", methods=["POST"])
    @allowed("take")
    @takes_files
    def take(self, project_id: int) -> Any:
        """Take papers in: what is good is kept, what is not is named."""
        said, upload, sent = "", Upload(), typed()
        papers = _papers(project_id)
        try:
            receipt = sent.receipt()
            upload = uploaded(papers)
            if not upload.brought and not upload.refused:
                raise NothingHandedIn
            if upload.brought:
                hand_in(project_id, upload.brought, receipt, lang=language(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            return self._not_taken(project_id, sent, upload, error)
        if upload.refused:
            sheet = PapersSheet(
                _papers(project_id), sent, said, refused=upload.refused, taken=len(upload.brought)
            )
            return self._list(sheet), 422
        count = len(upload.brought)
        flash(ngettext("%(num)s paper taken in.", "%(num)s papers taken in.", count), "success")
        return redirect(_back(project_id, sent, upload), code=303)

    @expose("/<int:project_id>/papers/<material>")
    @allowed("list")
    def one(self, project_id: int, material: str) -> Any:
        """One paper."""
        papers = _papers(project_id)
        return self._one(PaperSheet(papers, _asked(papers, material), Typed(back="paper")))

    @expose("/<int:project_id>/papers/<material>/check/<int:version_id>", methods=["POST"])
    @allowed("check")
    def check(self, project_id: int, material: str, version_id: int) -> Any:
        """Say that a version is right, or what is wrong with it."""
        reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
        finding = Finding.FIT if request.form.get("finding") == "fit" else Finding.UNFIT
        said = gettext("Found right.") if finding is Finding.FIT else gettext("Found wrong.")
        return self._done(
            project_id,
            material,
            said,
            reason,
            lambda version: check_paper(version_id, finding, reason=reason, version=version, by=actor()),
        )

    @expose("/<int:project_id>/papers/<material>/withdraw/<int:version_id>", methods=["POST"])
    @allowed("take")
    def withdraw(self, project_id: int, material: str, version_id: int) -> Any:
        """Take a wrong handing-in back."""
        reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
        return self._done(
            project_id,
            material,
            gettext("Taken back. It stays on record."),
            reason,
            lambda version: withdraw_paper(version_id, reason=reason, version=version, by=actor()),
        )

    @expose("/<int:project_id>/papers/files/<int:file_id>")
    @allowed("open")
    def file(self, project_id: int, file_id: int) -> Response:
        """Hand a file out; who reads it is on record."""
        file = open_paper(project_id, file_id, by=actor())
        return hand_out(
            file.key, file.name, file.media_type, file.size_bytes, in_place="show" in request.args
        )

    def _done(self, project_id: int, material: str, said: str, reason: str, do: Any) -> Any:
        papers = _papers(project_id)
        one = _asked(papers, material)
        try:
            do(whole_number(request.form.get("version"), default=0, most=LARGEST_VERSION))
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            papers = _papers(project_id)
            sheet = PaperSheet(papers, papers.one(one.code), Typed(back="paper"), say(error), reason=reason)
            return self._one(sheet), error.status
        flash(said, "success")
        return redirect(url_for("PapersView.one", project_id=project_id, material=material), code=303)

    def _not_taken(self, project_id: int, sent: Typed, upload: Upload, error: ConciergeError) -> Any:
        db.session.expire_all()
        sheet = PapersSheet(_papers(project_id), sent, say(error), refused=upload.refused)
        return self._list(sheet), error.status

    def _list(self, sheet: PapersSheet) -> str:
        return self.show("projects/papers.html", sheet=sheet, file=sheet.papers.file)

    def _one(self, sheet: PaperSheet) -> str:
        return self.show("projects/paper.html", sheet=sheet, file=sheet.papers.file)


def _papers(project_id: int) -> ProjectPapers:
    return project_papers(db.session, project_id, actor(), today=clock.today())


def _asked(papers: ProjectPapers, material: str) -> ProjectPaper:
    try:
        return papers.one(material)
    except PaperNotAsked:
        raise Missing from None


def _back(project_id: int, sent: Typed, upload: Upload) -> str:
    if sent.back == "step" and sent.step:
        return url_for("StepView.one", project_id=project_id, number=sent.step, _anchor="papers")
    if sent.back == "paper":
        return url_for("PapersView.one", project_id=project_id, material=upload.brought[0].material)
    return url_for("PapersView.list", project_id=project_id)
