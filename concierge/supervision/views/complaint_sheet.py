"""One complaint in the words of whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext

from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock, spoken
from concierge.kernel.web import may
from concierge.supervision.models.complaint import ComplaintRow
from concierge.supervision.queries.complaints import ComplaintFile, is_open
from concierge.supervision.rules.complaints import ComplaintFinding, ComplaintStanding, complaint_number
from concierge.supervision.views.live_sheet import ON, department_name, step_name
from concierge.supervision.views.words import COMPLAINT_STANDINGS, COMPLAINT_WAYS, FINDINGS

COMPLAINT = "Complaint"


@dataclass(frozen=True, kw_only=True)
class ComplaintSheet:
    """A complaint for one reader. Units: ``now`` a moment."""

    file: ComplaintFile
    catalogue: Catalogue
    now: datetime

    @property
    def row(self) -> ComplaintRow:
        """The complaint itself."""
        return self.file.row

    @property
    def number(self) -> str:
        """Its number as it is written on paper."""
        return complaint_number(self.row.year, self.row.serial)

    @property
    def href(self) -> str:
        """Its page."""
        return url_for("ComplaintView.one", complaint_id=self.row.id)

    @property
    def department(self) -> str:
        """Whom it is about."""
        return department_name(self.catalogue, self.row.department)

    @property
    def step(self) -> str:
        """The step it names, empty for none."""
        return step_name(self.catalogue, self.file.step.code) if self.file.step else ""

    @property
    def step_href(self) -> str:
        """The page of the step it names."""
        step = self.file.step
        return url_for("StepView.one", project_id=step.project_id, number=step.number) if step else ""

    @property
    def way(self) -> str:
        """How it came in."""
        return gettext(COMPLAINT_WAYS[self.row.way])

    @property
    def standing(self) -> str:
        """Where it stands."""
        return gettext(COMPLAINT_STANDINGS[self.row.standing])

    @property
    def finding(self) -> str:
        """What was found, empty as long as nothing was."""
        return gettext(FINDINGS[self.row.finding]) if self.row.finding else ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return is_open(self.row)

    @property
    def is_late(self) -> bool:
        """Whether the day it was due is past."""
        return self.is_open and clock.local(self.now).date() > self.row.due_on

    def due(self) -> str:
        """What is owed next, and by when."""
        day = spoken.day_full(self.row.due_on)
        if self.row.standing is ComplaintStanding.RECEIVED:
            return gettext("decide on acceptance by %(day)s", day=day)
        return gettext("answer by %(day)s", day=day)

    def back_until(self) -> datetime | None:
        """Until when an order may go back to the hotline; None when it may not or is too late."""
        by = self.row.return_by
        return by if by is not None and self.is_open and self.now <= by else None

    def may_decide(self) -> bool:
        """Whether this reader may accept or decline it."""
        return self.row.standing is ComplaintStanding.RECEIVED and may("decide", COMPLAINT)

    def may_answer(self) -> bool:
        """Whether this reader may answer it."""
        return self.row.standing is ComplaintStanding.ACCEPTED and may("decide", COMPLAINT)

    def violation_href(self) -> str:
        """Where the red card of a complaint found right is shown; empty when it names no step."""
        is_right = self.row.finding in (ComplaintFinding.FOUNDED, ComplaintFinding.PARTLY)
        if not is_right or self.file.step is None or not may("record", ON):
            return ""
        return url_for("ViolationView.form", step_id=self.file.step.id)

    def findings(self) -> list[dict[str, str]]:
        """What may be found."""
        return [{"value": one.value, "text": gettext(text)} for one, text in FINDINGS.items()]
