"""Report a no, and look at it a second time: nobody at a counter says no alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.queries import catalogue as catalogue_queries
from approvals.services.take_number import take_number
from concierge.escalation.events import NegativeReported, NegativeRuled
from concierge.escalation.models.learning import NegativeRow
from concierge.escalation.queries.desk import figures_in_force
from concierge.escalation.queries.learning import known_negative, negative
from concierge.escalation.rules.learning import check_ruling, written
from concierge.escalation.rules.report import NegativeRuling
from concierge.escalation.rules.telling import DepartmentNeeded
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Stale
from concierge.kernel.work import Work, work

SERIES = "FD"
LEAST_MATTER = 2  # the name of a matter, not a sentence


@dataclass(frozen=True, kw_only=True)
class Negative:
    """One no as it was said.

    Shape: ``occasion`` names the record it comes from, None where somebody writes it down; ``said_by_id`` is
        None where the person has no account.
    """

    department: str
    matter: str
    reason: str
    basis: str
    said_by: str
    said_on: date
    said_by_id: int | None = None
    applicant: str = ""
    phone: str = ""
    occasion: str | None = None
    project_id: int | None = None
    step_id: int | None = None
    report_id: int | None = None


def report_negative(said: Negative, *, by: Actor) -> int:
    """Report a no for a second look; answers its row.

    Raises: Missing; DepartmentNeeded, UnclearWords.
    Source: ES-8.
    """
    with work(by) as w:
        if not said.department:
            raise DepartmentNeeded(field="department")
        written(said.matter, "matter", least=LEAST_MATTER)
        written(said.reason, "reason")
        written(said.basis, "basis")
        return keep_negative(w, said)


def keep_negative(w: Work, said: Negative) -> int:
    """Report a no inside the caller's work; the same record twice is one no.

    Raises: Missing.
    Source: ES-8.
    """
    if said.project_id is not None:
        scope.require(w.session, w.by, said.project_id)
    known = known_negative(w.session, said.occasion) if said.occasion else None
    if known is not None:
        return known.id
    days = figures_in_force(w.session).negative_workdays
    row = w.add(
        NegativeRow(
            number=take_number(w, SERIES, said.said_on),
            occasion=said.occasion,
            project_id=said.project_id,
            step_id=said.step_id,
            report_id=said.report_id,
            department=said.department,
            matter=said.matter.strip(),
            applicant=said.applicant.strip(),
            phone=said.phone.strip(),
            said_by=said.said_by,
            said_by_id=said.said_by_id,
            said_on=said.said_on,
            reason=said.reason.strip(),
            basis=said.basis.strip(),
            due_on=catalogue_queries.work_calendar(w.session).add_workdays(clock.today(), days),
            made_at=clock.now(),
        )
    )
    w.record(
        NegativeReported(
            negative_id=row.id,
            project_id=row.project_id,
            number=row.number,
            department=row.department,
            due_on=row.due_on,
        )
    )
    return row.id


def drop_negative(w: Work, occasion: str, why: str) -> None:
    """The record a no came from was taken back: nobody has to look at it any more."""
    row = known_negative(w.session, occasion)
    if row is not None and row.ruled_on is None:
        row.ruling, row.ruling_note = NegativeRuling.OVERTURNED, why
        row.ruled_on, row.ruled_by = clock.today(), w.by.label


def rule_on_negative(
    negative_id: int, ruling: NegativeRuling, note: str, *, version: int | None = None, by: Actor
) -> None:
    """Look at a no a second time: it holds, or it is overturned and the matter is done.

    Raises: Missing, Stale; RuledAlready, OwnNegative, UnclearWords.
    Source: ES-8.
    """
    with work(by) as w:
        row = negative(w.session, negative_id, by)
        if version is not None and row.version != version:
            raise Stale
        check_ruling(row.said_by_id, row.said_by, row.ruled_on, row.ruled_by, by=by.id, name=by.label)
        row.ruling, row.ruling_note = ruling, written(note, "note")
        row.ruled_on, row.ruled_by, row.ruled_by_id = clock.today(), by.label, by.id
        w.record(
            NegativeRuled(
                negative_id=row.id,
                project_id=row.project_id,
                number=row.number,
                department=row.department,
                ruling=ruling.value,
                on=row.ruled_on,
            )
        )
