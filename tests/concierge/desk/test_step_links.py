"""The form for a department's first link suggests who answers for the department."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from approvals.models.step import Step
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.staff.rules.contacts import ContactPost, NewContact
from concierge.staff.services.name_contact import name_contact
from tests.builders import a_project


def test_the_first_link_is_suggested_for_the_chief_representative(county):
    amy = county.employs("amy", "Concierge", sees=(None,))
    project_id = a_project(pair=(amy.id, county.employs("lin", "Concierge").id))
    asked = select(Step).where(Step.project_id == project_id, Step.department.not_in(("ENT", "INT")))
    step = county.asked(asked.order_by(Step.number))[0]
    page = f"/projects/{project_id}/steps/{step.number}?lang=en"
    field = 'id="recipient" name="recipient" type="text" value="'
    assert f'{field}"' in amy.opens(page).text

    with clock.standing_at(date(2026, 4, 8)):
        name_contact(
            NewContact(
                post=ContactPost.REPRESENTATIVE,
                departments=(step.department,),
                name="廖芳",
                phone="0730-0000231",
            ),
            by=SYSTEM,
        )

    assert f'{field}廖芳"' in amy.opens(page).text
