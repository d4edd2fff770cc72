"""落款与文号: how documents name the office, over, under and in their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from concierge.kernel.errors import Invalid
from concierge.kernel.web import Page, actor, allowed, may, say
from documents.models.office import OfficeRow
from documents.queries.office import office, office_row
from documents.rules.office import OfficeFacts
from documents.services.keep_office import keep_office

ON = "DocumentOffice"


@dataclass(frozen=True, kw_only=True)
class OfficeSheet:
    """The office's words as they stand or were typed. Shape: ``problem`` is the field and what is wrong."""

    facts: OfficeFacts
    row: OfficeRow | None
    year: int
    problem: tuple[str, str] | None = None

    @property
    def may_edit(self) -> bool:
        """Whether this reader may change them."""
        return may("edit", ON)

    def error(self, field: str) -> str | None:
        """What is wrong with one field."""
        return self.problem[1] if self.problem and self.problem[0] == field else None

    def problems(self) -> list[dict[str, str]]:
        """What is wrong, for the summary on top."""
        return [{"field": self.problem[0], "message": self.problem[1]}] if self.problem else []

    def number(self) -> str:
        """A number as these words would print it. Source: S80, 7.2.5."""
        return f"{self.facts.number_word}告〔{self.year}〕12号"


class OfficeWordsView(Page):
    """The office's names on its documents."""

    route_base = "/documents/office"
    class_permission_name = ON
    default_view = "one"

    @expose("/")
    @allowed("show")
    def one(self) -> str:
        """How documents name the office now."""
        settings: Settings = current_app.config["CONCIERGE"]
        facts = office(db.session, county=settings.county_name, phone=settings.office_phone)
        return self._page(facts)

    def _page(self, facts: OfficeFacts, problem: tuple[str, str] | None = None) -> str:
        sheet = OfficeSheet(facts=facts, row=office_row(db.session), year=clock.today().year, problem=problem)
        return self.show("documents/office.html", sheet=sheet)

    @expose("/", methods=["POST"])
    @allowed("edit")
    def keep(self) -> Any:
        """Keep them."""
        form = request.form
        names = ("name", "short_name", "number_word", "address", "postcode", "phone")
        facts = OfficeFacts(
            **{name: form.get(name, "")[:500] for name in names}, is_sealed="is_sealed" in form
        )
        try:
            keep_office(facts, by=actor())
        except Invalid as error:
            return self._page(facts, (error.field or "name", say(error))), error.status
        flash(gettext("Kept. Documents that are made from now on say it so."), "success")
        return redirect(url_for("OfficeWordsView.one"), code=303)
