"""一张表单: the merged forms of a project on screen, every field asked once and kept for all later forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext

from concierge.kernel import scope
from concierge.kernel.db import db
from concierge.kernel.errors import Invalid, Missing
from concierge.kernel.spoken import is_chinese
from concierge.kernel.web import Page, actor, allowed, say
from documents.kinds.stage_forms import STAGE_OF
from documents.queries.form_answers import answers_of
from documents.queries.form_case import asked_by_words, form_of, matters_of_stage
from documents.queries.kinds import kind_of
from documents.queries.project_case import ProjectCase, project_case
from documents.rules.merged_form import LONGEST_ANSWER, Known, MergedField, MergedForm
from documents.services.keep_form_answers import keep_form_answers
from documents.views.documents import may_make
from documents.views.words import ON, kind_name

ON_SCREEN = "网上填报"


@dataclass(frozen=True, kw_only=True)
class FormSheet:
    """One merged form as it stands, or as it was typed. Shape: ``problem`` is the field and what is wrong."""

    code: str
    case: ProjectCase
    form: MergedForm
    typed: Mapping[str, str]
    problem: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """What the form is called."""
        return kind_name(kind_of(self.code))

    @cached_property
    def blanks(self) -> int:
        """How many fields nobody has filled in."""
        return len(self.form.fields) - self.form.known_count

    @property
    def href(self) -> str:
        """Where it is filled in."""
        return url_for("FormFieldsView.one", project_id=self.case.project.id, code=self.code)

    def sections(self) -> list[dict[str, Any]]:
        """The fields in their sections."""
        return [
            {
                "title": title if is_chinese() else fields[0].field.section_en,
                "fields": [self._field(one) for one in fields],
            }
            for title, fields in self.form.sections().items()
        ]

    def _field(self, one: MergedField) -> dict[str, Any]:
        return {
            "code": one.field.code,
            "name": one.field.name if is_chinese() else one.field.name_en,
            "control": one.field.control,
            "choices": [{"value": choice, "text": choice} for choice in one.field.choices],
            "is_known": bool(one.field.source),
            "value": self.typed.get(one.field.code, one.value),
            "origin": one.known.origin if one.known else "",
            "asked": asked_by_words(self.case, self.form.matters, one.asked_by),
            "most": LONGEST_ANSWER,
            "error": self.problem[1] if self.problem and self.problem[0] == one.field.code else None,
        }

    def problems(self) -> list[dict[str, str]]:
        """What is wrong, for the summary on top."""
        return [{"field": self.problem[0], "message": self.problem[1]}] if self.problem else []


class FormFieldsView(Page):
    """The merged forms of a project."""

    route_base = "/documents/forms"
    class_permission_name = ON

    @expose("/<int:project_id>")
    @allowed("list")
    def list(self, project_id: int) -> str:
        """The forms of a project, and how much of each is filled in."""
        case, answers = _read(project_id)
        sheets = [_sheet(code, case, answers) for code in STAGE_OF]
        return self.show(
            "documents/forms.html",
            sheets=[sheet for sheet in sheets if sheet.form.matters],
            project=case.project,
            may_make=may_make(),
        )

    @expose("/<int:project_id>/<code>")
    @allowed("list")
    def one(self, project_id: int, code: str) -> str:
        """One of them."""
        return self._page(_sheet(code, *_read(project_id)))

    @expose("/<int:project_id>/<code>", methods=["POST"])
    @allowed("make")
    def keep(self, project_id: int, code: str) -> Any:
        """Keep what was filled in."""
        sheet = _sheet(code, *_read(project_id), typed=request.form.to_dict())
        asked = {one.field.code for one in sheet.form.fields if not one.field.source}
        answers = {field: value for field, value in sheet.typed.items() if field in asked}
        try:
            kept = keep_form_answers(project_id, answers, source=ON_SCREEN, by=actor())
        except Invalid as error:
            problem = (error.field or "", say(error))
            typed = _sheet(code, *_read(project_id), typed=sheet.typed, problem=problem)
            return self._page(typed), error.status
        flash(
            ngettext(
                "%(num)s field kept; no later form asks for it again.",
                "%(num)s fields kept; no later form asks for them again.",
                kept,
            )
            if kept
            else gettext("Nothing was changed."),
            "success",
        )
        return redirect(sheet.href, code=303)

    def _page(self, sheet: FormSheet) -> str:
        return self.show("documents/form.html", sheet=sheet, may_make=may_make())


def _read(project_id: int) -> tuple[ProjectCase, Mapping[str, Known]]:
    scope.require(db.session, actor(), project_id)
    return project_case(db.session, project_id), answers_of(db.session, project_id)


def _sheet(
    code: str,
    case: ProjectCase,
    answers: Mapping[str, Known],
    *,
    typed: Mapping[str, str] | None = None,
    problem: tuple[str, str] | None = None,
) -> FormSheet:
    """One form of a project. Raises: Missing."""
    if code not in STAGE_OF:
        raise Missing
    form = form_of(case, matters_of_stage(case, STAGE_OF[code]), answers)
    return FormSheet(code=code, case=case, form=form, typed=typed or {}, problem=problem)
