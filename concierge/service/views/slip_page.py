"""The five papers and the one form, made to be printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import spoken
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, language, say
from concierge.service.models.file import CaseSlip
from concierge.service.queries.case_file import CaseFile, case_file
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.rules.case import ItemState, Mode, Outcome, PaperState, Slip
from concierge.service.rules.catalogue import ServiceCatalogue
from concierge.service.services.read_form import read_form
from concierge.service.views.case_sheet import slip_facts
from concierge.service.views.words import ITEMS, MODES, ON, OUTCOMES, PAPERS, SLIPS


@dataclass(frozen=True, kw_only=True)
class SlipSheet:
    """One paper as it was issued. Shape: ``facts`` is what it said on that day."""

    slip: CaseSlip
    facts: Mapping[str, Any]
    catalogue: ServiceCatalogue

    @property
    def title(self) -> str:
        """What it is called."""
        return gettext(SLIPS[self.slip.kind])

    @property
    def number(self) -> str:
        """Its number: that of the case, which paper, which of them."""
        order = list(Slip).index(self.slip.kind) + 1
        return f"{self.facts['number']}-{order}{self.slip.serial:02d}"

    @property
    def kind(self) -> str:
        """Which of the five."""
        return self.slip.kind.value

    def day(self, name: str) -> str:
        """One of its days, as it is written."""
        return spoken.day_full(date.fromisoformat(str(self.facts[name])))

    def name(self, row: Mapping[str, Any]) -> str:
        """A name in the reader's language."""
        return str(row["zh"] if language() == "zh" else row["en"])

    def party(self, code: str) -> str:
        """Who decides."""
        return self.catalogue.party(code).spoken(language())

    def item_word(self, code: str) -> str:
        """What became of a service."""
        return gettext(ITEMS[ItemState(code)])

    def paper_word(self, code: str) -> str:
        """Where a paper is."""
        return gettext(PAPERS[PaperState(code)])

    def mode(self) -> str:
        """Where it is decided."""
        return gettext(MODES[Mode(self.facts["mode"])])

    def outcome(self) -> str:
        """How it ended."""
        return gettext(OUTCOMES[Outcome(self.facts["outcome"])])


class ServiceSlipView(Page):
    """Papers on A4."""

    route_base = "/services/cases"
    class_permission_name = ON
    default_view = "slip"

    @expose("/<int:case_id>/slips/<int:slip_id>")
    @allowed("show")
    def slip(self, case_id: int, slip_id: int) -> str:
        """One of the five papers, as it was issued."""
        file = case_file(db.session, case_id, actor())
        slip = next((one for one in file.slips if one.id == slip_id), None)
        if slip is None:
            raise Missing
        page = SlipSheet(slip=slip, facts=slip_facts(slip), catalogue=service_catalogue(db.session))
        return self.show("service/print_slip.html", page=page, case_id=case_id)

    @expose("/<int:case_id>/form", methods=["GET"])
    @allowed("show")
    def form(self, case_id: int) -> str:
        """The one form, without what is sensitive."""
        return self._form(case_file(db.session, case_id, actor()), {})

    @expose("/<int:case_id>/form/whole", methods=["POST"])
    @allowed("act")
    def whole_form(self, case_id: int) -> Any:
        """The one form with everything, for a purpose that goes on record."""
        file = case_file(db.session, case_id, actor())
        db.session.rollback()
        try:
            answers = read_form(case_id, request.form.get("purpose", ""), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            file = case_file(db.session, case_id, actor())
            return self._form(file, {}, said=say(error)), error.status
        return self._form(case_file(db.session, case_id, actor()), answers)

    def _form(self, file: CaseFile, answers: Mapping[str, str], said: str = "") -> str:
        return self.show(
            "service/print_form.html", file=file, answers=answers, said=said, is_zh=language() == "zh"
        )
