"""Another start, another target, another way of counting: the plan follows; and who looks after a project."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.rules.catalogue import UnknownTemplate
from approvals.rules.facts import FactOfWrongType, UnknownFact
from approvals.rules.periods import DaysMode
from concierge.kernel import jobs
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import Missing
from concierge.staff.models import Pairing
from concierge.staff.rules.pairing import PairOfOne
from projects.models.project import Enterprise, Plan, Project
from projects.rules.checked_terms import StartOutsideCalendar, TargetBeforeStart
from projects.rules.terms import GatesMode
from projects.services.assign_officers import NotAnOfficer, assign_officers
from projects.services.change_terms import Terms, TermsOvertaken, change_terms, terms_of_row
from tests.builders import START, a_project

TERMS = Terms(start_on=START, target_on=None, gates=GatesMode.TEMPLATE, days=DaysMode.ELAPSED)


@pytest.fixture
def liaison(county):
    return county.employs("lin", "Liaison")


@pytest.fixture
def project_id(county, liaison):
    return a_project(by=liaison.actor, template="private-building")


def the_plan(county, project_id):
    return county.has(Plan, county.has(Project, project_id).plan_id)


def test_the_plan_follows_the_terms_and_the_trace_names_what_changed(county, liaison, project_id):
    before = the_plan(county, project_id)
    relaxed = Terms(
        start_on=START, target_on=date(2026, 9, 30), gates=GatesMode.RELAXED, days=DaysMode.ELAPSED
    )

    changed = change_terms(project_id, relaxed, opened=TERMS, by=liaison.actor)
    jobs.run_due()

    assert changed == ("target_on", "gates")
    assert the_plan(county, project_id).permit_on < before.permit_on
    assert county.has(Project, project_id).revision == 2
    assert county.asked(select(AuditLine.act).where(AuditLine.act == "TermsChanged")) == ["TermsChanged"]


def test_the_same_terms_again_change_nothing(county, liaison, project_id):
    assert change_terms(project_id, TERMS, by=liaison.actor) == ()

    assert county.has(Project, project_id).revision == 1


def test_whoever_was_overtaken_changes_nothing(county, liaison, project_id):
    later = Terms(**{**vars(TERMS), "start_on": date(2026, 5, 6)})
    change_terms(project_id, later, opened=TERMS, by=liaison.actor)

    with pytest.raises(TermsOvertaken) as overtaken:
        change_terms(
            project_id,
            Terms(**{**vars(TERMS), "gates": GatesMode.NORMAL}),
            opened=TERMS,
            by=liaison.actor,
        )

    assert overtaken.value.facts["now"] == later
    assert terms_of_row(county.has(Project, project_id)) == later


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"start_on": date(2003, 12, 31)}, StartOutsideCalendar),
        ({"target_on": date(2026, 3, 1)}, TargetBeforeStart),
    ],
)
def test_days_no_plan_can_be_made_between_are_refused(county, liaison, project_id, changed, error):
    with pytest.raises(error):
        change_terms(project_id, Terms(**{**vars(TERMS), **changed}), by=liaison.actor)

    assert terms_of_row(county.has(Project, project_id)) == TERMS


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"start_on": date(2003, 12, 31)}, StartOutsideCalendar),
        ({"target_on": date(2026, 3, 1)}, TargetBeforeStart),
        ({"template": "moon-base"}, UnknownTemplate),
        ({"facts": {"moon_phase": "full"}}, UnknownFact),
        ({"facts": {"must_tender": "perhaps"}}, FactOfWrongType),
    ],
)
def test_a_project_no_plan_can_be_made_for_is_not_opened(county, liaison, told, error):
    with pytest.raises(error):
        a_project(by=liaison.actor, **told)

    assert not county.asked(select(Project.id)) + county.asked(select(Enterprise.id))


def test_officers_are_named_and_changed_and_the_line_before_stays(county, liaison, project_id):
    amy, bo, cy = (county.employs(name, "Concierge") for name in ("amy", "bo", "cy"))

    assign_officers(project_id, amy.id, bo.id, by=liaison.actor)
    assign_officers(project_id, amy.id, cy.id, by=liaison.actor)

    lines = county.asked(select(Pairing).order_by(Pairing.id))
    assert [(line.a_id, line.b_id, line.until is None) for line in lines] == [
        (amy.id, bo.id, False),
        (amy.id, cy.id, True),
    ]
    assert [who.opens(f"/projects/{project_id}").status_code for who in (amy, bo, cy)] == [200, 404, 200]


def test_one_person_twice_or_no_officer_is_refused(county, liaison, project_id):
    amy = county.employs("amy", "Concierge")

    with pytest.raises(PairOfOne):
        assign_officers(project_id, amy.id, amy.id, by=liaison.actor)
    with pytest.raises(NotAnOfficer):
        assign_officers(project_id, amy.id, liaison.id, by=liaison.actor)
    with pytest.raises(Missing):
        assign_officers(project_id, amy.id, liaison.id, by=amy.actor)

    assert not county.asked(select(Pairing))
