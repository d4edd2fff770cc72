"""What of a project its enterprise is shown: a switch for each step, each line of the history, each note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from sqlalchemy import select

from approvals.models.case import CaseMoveRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from approvals.rules.progress import Move
from concierge.kernel import clock
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from concierge.kernel.web import Page, actor, allowed, language, may, whole_number
from concierge.progress.queries.public_history import PUBLIC
from concierge.progress.queries.shown import Decisions, decisions
from concierge.progress.rules.public_progress import Happened
from concierge.progress.rules.shown import ItemKind
from concierge.progress.services.keep_shown import keep_shown
from concierge.progress.views import progress_words as words
from concierge.progress.views.share_sheet import LINK
from projects.models.project import Project
from projects.queries.project_file import visible_project
from projects.queries.standing import steps_of
from projects.rules.owner import owner_name

MOST_LINES = 60
MOST_NOTES = 50
LARGEST_ROW = 2**31 - 1


class ShowingPage(Page):
    """The switches “shown to the enterprise”."""

    route_base = "/projects"
    class_permission_name = LINK
    default_view = "one"

    @expose("/<int:project_id>/shown")
    @allowed("list")
    def one(self, project_id: int) -> Any:
        """Every switch of a project."""
        project = visible_project(db.session, project_id, actor())
        catalogue = catalogue_queries.catalogue(project.edition_id, db.session)
        decided = decisions(db.session, project_id)
        return self.show(
            "progress/shown.html",
            project=project,
            notes=list(_notes(project, catalogue, decided)),
            steps=list(_steps(project, catalogue, decided)),
            moves=list(_moves(project, catalogue, decided)),
            may_change=may("make", LINK),
        )

    @expose("/<int:project_id>/shown", methods=["POST"])
    @allowed("make")
    def change(self, project_id: int) -> Any:
        """Turn one switch."""
        kinds = {one.value: one for one in ItemKind}
        kind = kinds.get(request.form.get("kind", ""))
        if kind is None:
            raise Missing
        item_id = whole_number(request.form.get("item"), default=0, most=LARGEST_ROW)
        is_shown = request.form.get("shown") == "1"
        keep_shown(project_id, kind, item_id, is_shown=is_shown, by=actor())
        said = (
            gettext("The enterprise sees it now.") if is_shown else gettext("The enterprise does not see it.")
        )
        flash(said, "success")
        return redirect(url_for("ShowingPage.one", project_id=project_id, _anchor=kind.value), code=303)


def _item(kind: ItemKind, item_id: int, text: str, decided: Decisions, on: str = "") -> dict[str, Any]:
    return {
        "kind": kind.value,
        "id": item_id,
        "text": text,
        "on": on,
        "is_shown": decided.is_shown(kind, item_id),
    }


def _steps(project: Project, catalogue: Catalogue, decided: Decisions) -> Iterator[dict[str, Any]]:
    for step in steps_of(db.session, project.id):
        name = f"{step.number} {_name(catalogue, step.code)}"
        yield _item(ItemKind.STEP, step.id, name, decided)


def _moves(project: Project, catalogue: Catalogue, decided: Decisions) -> Iterator[dict[str, Any]]:
    rows = db.session.execute(
        select(CaseMoveRow, Step.code, Step.department)
        .join(Step, Step.id == CaseMoveRow.step_id)
        .where(
            CaseMoveRow.project_id == project.id,
            CaseMoveRow.undoes.is_(None),
            CaseMoveRow.move.in_([move.value for move in PUBLIC]),
        )
        .order_by(CaseMoveRow.on.desc(), CaseMoveRow.id.desc())
        .limit(MOST_LINES)
    )
    for row, code, department in rows:
        who = owner_name(catalogue.department_of.get(department), department, language())
        told = Happened(on=row.on, move=PUBLIC[Move(row.move)], step=_name(catalogue, code), department=who)
        yield _item(ItemKind.MOVE, row.id, words.happened(told), decided, words.day(row.on))


def _notes(project: Project, catalogue: Catalogue, decided: Decisions) -> Iterator[dict[str, Any]]:
    rows = db.session.scalars(
        select(AuditLine)
        .where(AuditLine.project_id == project.id, AuditLine.act == "StepNoted")
        .order_by(AuditLine.id.desc())
        .limit(MOST_NOTES)
    )
    for row in rows:
        facts = json.loads(row.facts)
        text = f"{_name(catalogue, str(facts.get('code', '')))}：{facts.get('text', '')}"
        yield _item(ItemKind.NOTE, row.id, text, decided, words.day(clock.local(row.at).date()))


def _name(catalogue: Catalogue, code: str) -> str:
    matter = catalogue.matter_of.get(code)
    return matter.spoken(language()) if matter else code
