"""A case is opened once, with one number, one form, one set and the steps of its workflow."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import reading, work
from concierge.service.models.case import CaseItem, CaseStep, ServiceCase
from concierge.service.models.file import FormField, SetPaper
from concierge.service.rules.asking import CustomerNeeded, PlaceInChargeNeeded, ProjectNeeded
from concierge.service.rules.case import Customer, Mode, StepState, case_number, typed_case_number
from concierge.service.rules.tiers import UnknownOffice
from concierge.service.services.open_case import NewCase, add_case, open_case
from tests.builders import a_project
from tests.kernel.fixtures_office import Office, Somebody

GOOD_ID = "11010519491231002X"  # the example of the standard: the sum is 167, 167 mod 11 = 2, so X


def a_death(**told: object) -> NewCase:
    facts: dict[str, object] = {
        "customer": Customer.PERSON,
        "customer_name": "周淑兰",
        "bundles": ("after-death",),
    }
    return NewCase(**{**facts, **told})  # type: ignore[arg-type]


def test_a_bundle_opens_one_case_with_one_form_one_set_and_six_steps(clerk: Somebody) -> None:
    with clock.standing_at(date(2026, 4, 15)):
        case_id = open_case(a_death(), by=clerk.actor)

    with reading() as session:
        case = session.get_one(ServiceCase, case_id)
        steps = session.scalars(select(CaseStep).order_by(CaseStep.place)).all()
        assert (case.year, case.serial, case.workflow) == (2026, 1, "lianshui")
        assert case.holder_id == clerk.id
        assert [one.code for one in steps] == ["entrust", "accept", "act", "answer", "report", "call-back"]
        assert [one.state for one in steps] == [StepState.CURRENT, *[StepState.WAITING] * 5]
        assert len(session.scalars(select(CaseItem)).all()) == 9
        fields = [one.code for one in session.scalars(select(FormField))]
        papers = [one.code for one in session.scalars(select(SetPaper))]
        assert len(fields) == len(set(fields))
        assert len(papers) == len(set(papers))
        assert case.period_workdays == 10


def test_numbers_run_through_the_year_and_begin_again(clerk: Somebody) -> None:
    numbers = []
    for day in (date(2026, 4, 15), date(2026, 4, 16), date(2027, 1, 4)):
        with clock.standing_at(day):
            case_id = open_case(a_death(), by=clerk.actor)
        with reading() as session:
            case = session.get_one(ServiceCase, case_id)
            numbers.append(case_number(case.year, case.serial))

    assert numbers == ["BD2026000001", "BD2026000002", "BD2027000001"]
    assert typed_case_number(" bd 2026-000002 ") == (2026, 2)
    assert typed_case_number("2026") is None


def test_the_same_origin_opens_one_case_however_often_it_asks(county: Office) -> None:
    new = a_death(origin="outreach:elderly-card:77", bundles=("old-age",), is_held_by_opener=False)

    with work(SYSTEM) as w:
        first, again = add_case(w, new), add_case(w, new)
    once_more = open_case(new, by=SYSTEM)

    assert first == again == once_more
    with reading() as session:
        names = session.scalars(
            select(EventRow.name).where(EventRow.name.endswith(":ServiceCaseOpened"))
        ).all()
        assert len(names) == 1


def test_a_sensitive_answer_lies_in_the_database_sealed_and_nowhere_else(clerk: Somebody) -> None:
    case_id = open_case(a_death(answers={"deceased_id": GOOD_ID, "deceased_name": "李德福"}), by=clerk.actor)

    with reading() as session:
        rows = {
            one.code: one for one in session.scalars(select(FormField).where(FormField.case_id == case_id))
        }
        assert rows["deceased_name"].answer == "李德福"
        assert rows["deceased_id"].answer == ""
        assert rows["deceased_id"].sealed is not None
        assert GOOD_ID.encode() not in rows["deceased_id"].sealed
        told = " ".join(one.facts for one in session.scalars(select(EventRow)))
        assert GOOD_ID not in told
        assert "李德福" not in told


def test_a_wrong_entry_of_a_ledger_is_left_out_and_the_case_opens(county: Office) -> None:
    wrong = GOOD_ID[:-1] + "1"

    case_id = open_case(a_death(answers={"deceased_id": wrong, "deceased_name": "李德福"}), by=SYSTEM)

    with reading() as session:
        row = session.scalar(
            select(FormField).where(FormField.case_id == case_id, FormField.code == "deceased_id")
        )
        assert row is not None
        assert row.sealed is None


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"customer_name": "  "}, CustomerNeeded),
        ({"customer": Customer.PROJECT}, ProjectNeeded),
        ({"project_id": 1}, ProjectNeeded),
        ({"mode": Mode.RELAY}, PlaceInChargeNeeded),
        ({"office": "nowhere"}, UnknownOffice),
    ],
)
def test_what_is_missing_is_named(clerk: Somebody, told: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        open_case(a_death(**told), by=clerk.actor)


def test_a_project_out_of_scope_looks_as_if_it_were_not_there(county: Office, clerk: Somebody) -> None:
    other = county.employs("wenzhou", "Concierge")
    third = county.employs("liruo", "Concierge")
    project_id = a_project(pair=(other.id, third.id))
    new = NewCase(
        customer=Customer.PROJECT,
        customer_name="远砺",
        project_id=project_id,
        bundles=("enterprise-start",),
    )

    with pytest.raises(Missing):
        open_case(new, by=clerk.actor)
    assert open_case(new, by=other.actor) > 0
