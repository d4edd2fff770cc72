"""What service cases ask of a person, for the page of the day and the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_
from concierge.service.models.case import ServiceCase
from concierge.service.queries.case_list import InHand, in_hand, unsigned
from concierge.service.rules.case import case_number, veiled_name
from concierge.service.rules.catalogue import Names
from concierge.staff.rules.todo import Todo, TodoKind

TAKE = N_("Take over the case %(number)s of %(customer)s")
STEP = N_("%(step)s: case %(number)s of %(customer)s")
SUSPENDED = N_("Suspended: case %(number)s of %(customer)s")
SIGNATURE = N_("Follow the delivery of %(number)s to %(customer)s")
OPEN_VERB = N_("Open the file")
TAKE_VERB = N_("Take it over")


def todos(session: Session, reader: Actor, _on: date) -> Iterable[Todo]:
    """Cases to take over, steps under way, deliveries nobody has signed for; three queries at most."""
    if reader.is_system:
        return
    for one in in_hand(session, reader):
        yield _todo(one)
    for delivery, case in unsigned(session, reader):
        yield Todo(
            key=f"service.delivery:{delivery.id}:sign",
            text=SIGNATURE,
            facts=_facts(case),
            kind=TodoKind.WAIT,
            waiting_since_on=delivery.sent_on,
            project_id=case.project_id,
            place=delivery.to_where,
            phone=case.phone,
            href=_href(case) + "#result",
            action=OPEN_VERB,
        )


def _todo(one: InHand) -> Todo:
    case, step = one.case, one.step
    if one.is_coming:
        return Todo(
            key=f"service.case:{case.id}:take",
            text=TAKE,
            facts=_facts(case),
            kind=TodoKind.ACCEPT,
            due_on=case.due_on,
            project_id=case.project_id,
            phone=case.phone,
            href=_href(case) + "#take",
            action=TAKE_VERB,
        )
    if one.stop is not None or step is None:
        return Todo(
            key=f"service.case:{case.id}:resume",
            text=SUSPENDED,
            facts=_facts(case),
            kind=TodoKind.WAIT,
            due_on=one.stop.planned_last_on if one.stop else None,
            waiting_since_on=one.stop.first_on if one.stop else case.opened_on,
            project_id=case.project_id,
            phone=case.phone,
            href=_href(case) + "#suspension",
            action=OPEN_VERB,
        )
    return Todo(
        key=f"service.step:{step.id}:finish",
        text=STEP,
        facts={**_facts(case), "step": Names(step.name_zh, step.name_en)},
        due_on=case.due_on,
        project_id=case.project_id,
        place=case.address if step.code in ("visit", "survey") else "",
        phone=case.phone,
        href=_href(case) + "#step",
        action=OPEN_VERB,
    )


def _facts(case: ServiceCase) -> dict[str, object]:
    return {
        "number": case_number(case.year, case.serial),
        "customer": veiled_name(case.customer, case.customer_name),
    }


def _href(case: ServiceCase) -> str:
    return url_for("ServiceCaseView.one", case_id=case.id)
