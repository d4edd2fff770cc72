"""The documents of a project or a step on one page: what there is, what can be made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import render_template, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from markupsafe import Markup

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel import scope, spoken
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from concierge.kernel.web import Page, actor, allowed, language, may
from documents.queries.documents import documents_of_project
from documents.queries.offers import MOVE, OPINION, REVIEW, Offer, offers_on_project, offers_on_step
from documents.views.documents import document_row, may_make
from documents.views.words import ON, kind_name, kind_names, move_word, state_pill
from projects.models.project import Project

if TYPE_CHECKING:
    from projects.queries.project_file import ProjectFile
    from projects.queries.step_file import StepFile

SHOWN = 5


class MakingView(Page):
    """Choosing a document to make."""

    route_base = "/documents/of"
    class_permission_name = ON
    default_view = "project"

    @expose("/project/<int:project_id>")
    @allowed("list")
    def project(self, project_id: int) -> Any:
        """The documents of a project."""
        project = _project(project_id)
        catalogue = catalogue_queries.catalogue(project.edition_id, db.session)
        offers = _offered(offers_on_project(db.session, project_id), catalogue)
        return self._shown(
            project, offers, title=project.name, back=url_for("ProjectView.one", project_id=project_id)
        )

    @expose("/step/<int:step_id>")
    @allowed("list")
    def step(self, step_id: int) -> Any:
        """The documents of a step."""
        step = db.session.get(Step, step_id)
        if step is None:
            raise Missing
        project = _project(step.project_id)
        catalogue = catalogue_queries.catalogue(project.edition_id, db.session)
        offers = _offered(offers_on_step(db.session, step_id), catalogue)
        matter = catalogue.matter_of.get(step.code)
        name = matter.spoken(language()) if matter else step.code
        return self._shown(
            project,
            offers,
            title=f"{project.name}　{name}",
            back=url_for("StepView.one", project_id=project.id, number=step.number),
        )

    def _shown(self, project: Project, offers: Sequence[dict[str, Any]], *, title: str, back: str) -> str:
        names = kind_names()
        rows = [document_row(row, names) for row in documents_of_project(db.session, project.id)]
        return self.show(
            "documents/making.html",
            title=title,
            back=back,
            offers=offers,
            rows=rows,
            project_id=project.id,
            may_make=may_make(),
        )


def project_documents(file: ProjectFile, _reader: Actor) -> Markup | str:
    """The newest documents of a project, and the way to a new one."""
    if not may("list", ON):
        return ""
    names = kind_names()
    rows = [
        document_row(row, names) for row in documents_of_project(db.session, file.project.id, limit=SHOWN)
    ]
    return Markup(  # noqa: S704  (the template escapes)
        render_template(
            "documents/project_box.html",
            rows=rows,
            all_href=url_for("DocumentsView.list", project=file.project.id),
            make_href=url_for("MakingView.project", project_id=file.project.id),
            forms_href=url_for("FormFieldsView.list", project_id=file.project.id),
            may_make=may_make(),
        )
    )


def step_documents(file: StepFile, _reader: Actor) -> Markup | str:
    """The way from a step to its documents."""
    if not may("list", ON):
        return ""
    return Markup(  # noqa: S704  (the template escapes)
        render_template("documents/step_act.html", href=url_for("MakingView.step", step_id=file.row.id))
    )


def _project(project_id: int) -> Project:
    scope.require(db.session, actor(), project_id)
    project = db.session.get(Project, project_id)
    if project is None:
        raise Missing
    return project


def _offered(offers: Sequence[Offer], catalogue: Catalogue) -> list[dict[str, Any]]:
    return [
        {
            "code": one.kind.code,
            "about_id": one.subject.id,
            "name": kind_name(one.kind),
            "of": _subject(one, catalogue),
            "made": one.made.number if one.made else "",
            "version": one.made.version if one.made else 0,
            "href": url_for("DocumentView.one", document_id=one.made.id) if one.made else "",
            "pill": state_pill(one.made.state) if one.made else None,
        }
        for one in offers
    ]


def _subject(offer: Offer, catalogue: Catalogue) -> str:
    """What the document would be about, where there may be several."""
    subject = offer.subject
    on = spoken.day(subject.on) if subject.on else ""
    if subject.about == OPINION:
        known = catalogue.department_of.get(subject.word)
        return known.spoken(language()) if known else subject.word
    if subject.about == REVIEW:
        group = catalogue.review_group_of.get(subject.word)
        return str(gettext(", ")).join(filter(None, (group.spoken(language()) if group else "", on)))
    word = move_word(subject.move) if subject.about == MOVE else subject.word
    return str(gettext(", ")).join(filter(None, (word, on)))
