"""One thing that came in, as the inbox and its own page show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import url_for
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.web import language
from concierge.outreach.queries import visits
from concierge.progress.queries.incoming import IncomingLine
from concierge.progress.rules.acts import ActKind
from concierge.progress.services.keep_incoming import person_of
from concierge.progress.views.words import KINDS, STATES
from concierge.staff.queries import spoken_name


@dataclass(frozen=True)
class IncomingSheet:
    """One line of the inbox."""

    line: IncomingLine

    @property
    def kind(self) -> str:
        """What kind of thing it is."""
        return gettext(KINDS[self.line.row.kind])

    @property
    def state(self) -> str:
        """How far it got."""
        return gettext(STATES[self.line.row.state])

    @property
    def title(self) -> str:
        """What it is about: the material's name, or its first words."""
        row = self.line.row
        if row.kind is ActKind.UPLOAD:
            return self.material
        return row.words.partition("\n")[0][:60] or self.kind

    @cached_property
    def material(self) -> str:
        """The material's name."""
        catalogue = catalogue_queries.catalogue(self.line.edition_id, db.session)
        code = self.line.row.material
        found = next(
            (one for papers in catalogue.materials_of.values() for one in papers if one.code == code), None
        )
        return found.spoken(language()) if found is not None else code

    @property
    def is_late(self) -> bool:
        """Whether the enterprise should have heard by now."""
        row = self.line.row
        return not row.state.is_over and row.answer_by_on < clock.today()

    @cached_property
    def person(self) -> tuple[str, str]:
        """Name and telephone that came with it."""
        return person_of(self.line.row)

    @property
    def about(self) -> str:
        """Where what became of it is seen; empty for nowhere."""
        row = self.line.row
        if row.about_id is None:
            return ""
        if row.kind is ActKind.PROBLEM:
            return url_for("ProblemReportView.one", report_id=row.about_id)
        if row.kind is ActKind.COMMITMENT:
            return url_for("CommitmentsView.one", deferral_id=row.about_id)
        if row.kind is ActKind.UPLOAD:
            return url_for("PapersView.list", project_id=row.project_id)
        if row.place:
            return url_for("VisitView.one", visit_id=row.about_id)
        return ""

    def visitors(self) -> list[dict[str, object]]:
        """Who can be sent."""
        return [{"value": one.id, "text": spoken_name(one)} for one in visits.visitors(db.session)]
