"""Open a service case for everybody whose entitlement was begun: at the window of the right township."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel.work import Work
from concierge.outreach.models.entitlement import DueRow, EligibilityRuleRow
from concierge.outreach.models.people import PersonRow
from concierge.outreach.models.place import TownshipRow
from concierge.outreach.rules.personal import Personal
from concierge.outreach.rules.standing import DueState
from concierge.outreach.services.open_person import opened_all
from concierge.service.models.case import ServiceCase
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.queries.offices import places
from concierge.service.rules.case import Customer, case_number
from concierge.service.services.open_case import NewCase, add_case

OPENING = "concierge.outreach.tasks:open_cases"
ORIGIN = "outreach:due-"
"""What a case says it came from, before the number of the entitlement."""
AT_ONCE = 100
"""So many cases one transaction opens."""


def open_due_cases(w: Work, rule_id: int) -> int:
    """Open the next cases of one rule, and ask for more of the same; answers how many.

    Effects: one case each, ever, in the office whose code is the township's; one line in the log of openings.
        A service that is not in the catalogue of services gets none: its entitlements are served by the list.
    Source: SF-9, start the case automatically, push it to the right township window.
    """
    rule = w.get(EligibilityRuleRow, rule_id)
    if rule.code not in service_catalogue(w.session).services:
        return 0
    rows = _begun(w.session, rule_id)
    if not rows:
        return 0
    offices = places(w.session)
    opened = opened_all(w, [person.sealed for _, person, _ in rows], rule.purpose, service=rule.code)
    for (due, _, township), personal in zip(rows, opened, strict=True):
        due.case_number = _open(w, due, personal, rule.code, township if township in offices else "")
    w.enqueue(OPENING, rule_id=rule_id)
    return len(rows)


def _begun(session: Session, rule_id: int) -> list[tuple[DueRow, PersonRow, str]]:
    asked = (
        select(DueRow, PersonRow, TownshipRow.code)
        .join(PersonRow, PersonRow.id == DueRow.person_id)
        .join(TownshipRow, TownshipRow.id == DueRow.township_id)
        .where(DueRow.rule_id == rule_id, DueRow.state == DueState.STARTED, DueRow.case_number == "")
        .order_by(DueRow.id)
        .limit(AT_ONCE)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(asked)]


def _open(w: Work, due: DueRow, personal: Personal, code: str, office: str) -> str:
    case_id = add_case(
        w,
        NewCase(
            customer=Customer.PERSON,
            customer_name=personal.name,
            services=(code,),
            phone=personal.phone,
            address=personal.address,
            office=office,
            is_held_by_opener=False,
            answers=_answers(personal),
            origin=f"{ORIGIN}{due.id}",
        ),
    )
    case = w.session.get_one(ServiceCase, case_id)
    return case_number(case.year, case.serial)


def _answers(personal: Personal) -> dict[str, str]:
    """What the ledger answers of the form already, by field code."""
    return {
        "elder_name": personal.name,
        "elder_id": personal.id_number,
        "applicant_name": personal.name,
        "applicant_id": personal.id_number,
        "applicant_phone": personal.phone,
        "household_address": personal.address,
    }
