"""What a person sees follows from their role and their charge, and stops when these stop."""

from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.security.accounts import change_account
from concierge.kernel.work import work
from concierge.staff.services.assign_pair import assign_pair
from tests.builders import a_project


def test_a_chief_and_a_supervisor_see_every_project_from_their_first_day(county):
    project_id = a_project()
    chief, supervisor, officer = (
        county.employs(name, role)
        for name, role in [("jiang", "Chief"), ("fang", "Supervisor"), ("amy", "Concierge")]
    )
    jobs.run_due()

    seen = [who.opens(f"/projects/{project_id}").status_code for who in (chief, supervisor, officer)]
    assert seen == [200, 200, 404]


def test_who_is_no_chief_any_more_sees_only_what_is_in_their_charge(county):
    theirs, other = a_project(), a_project()
    chief, bo = county.employs("jiang", "Chief"), county.employs("bo", "Concierge")
    with work(SYSTEM) as w:
        assign_pair(w, theirs, chief.id, bo.id)
    jobs.run_due()

    change_account(chief.id, "Jiang", ["Concierge"], is_active=True, by=SYSTEM)
    jobs.run_due()

    again = county.lets_in(chief.id, "jiang")
    assert again.opens(f"/projects/{theirs}").status_code == 200
    assert again.opens(f"/projects/{other}").status_code == 404


def test_an_officer_who_hands_over_sees_the_project_no_longer(county):
    project_id = a_project()
    amy, bo, cy = (county.employs(name, "Concierge") for name in ("amy", "bo", "cy"))
    with work(SYSTEM) as w:
        assign_pair(w, project_id, amy.id, bo.id)
    with work(SYSTEM) as w:
        assign_pair(w, project_id, cy.id, bo.id)

    seen = [who.opens(f"/projects/{project_id}").status_code for who in (amy, bo, cy)]
    assert seen == [404, 200, 200]
