"""What service cases ask of a person on the page of the day."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import reading
from concierge.service.rules.case import DeliveryWay, Tier
from concierge.service.services.send_result import NewDelivery, send_result
from concierge.service.services.set_up_office import NewOffice, seat_clerk, set_up_office
from concierge.service.services.suspend_case import suspend_case
from concierge.service.services.transfer_case import transfer_case
from concierge.service.views.todos import todos
from concierge.staff.rules.todo import Todo, TodoKind
from tests.concierge.service.cases import a_case, accepted
from tests.kernel.fixtures_office import Office, Somebody

DAY = date(2026, 4, 15)
MOST_QUERIES = 3


def asked_of(county: Office, person: Somebody) -> tuple[list[Todo], int]:
    """What is asked of a person, and how many questions it took."""
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with county.app.test_request_context(), reading() as session:
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            found = list(todos(session, person.actor, DAY))
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
    return found, sum(one.startswith(("SELECT", "WITH")) for one in statements)


def test_a_case_in_hand_asks_for_its_step_by_its_promise(county: Office, clerk: Somebody) -> None:
    with clock.standing_at(DAY):
        case_id = a_case(clerk.actor)
        accepted(case_id, clerk.actor)

    (todo,), _ = asked_of(county, clerk)

    # accepted on 15 April, 5 working days: 22 April
    assert (todo.kind, todo.due_on) == (TodoKind.ACT, date(2026, 4, 22))
    assert (todo.facts["number"], todo.facts["customer"]) == ("BD2026000001", "周**")
    assert todo.href.endswith(f"/services/cases/{case_id}#step")


def test_a_case_on_its_way_is_for_the_office_it_goes_to(county: Office, clerk: Somebody) -> None:
    town = county.employs("townclerk", "Concierge")
    set_up_office(NewOffice(code="yunling", name="云岭镇便民服务中心", tier=Tier.TOWNSHIP), by=SYSTEM)
    seat_clerk("yunling", town.id, by=SYSTEM)
    case_id = a_case(clerk.actor)
    assert asked_of(county, town)[0] == []

    transfer_case(case_id, "yunling", "本级无权限，转镇里办理", by=clerk.actor)

    (todo,), _ = asked_of(county, town)
    assert (todo.kind, todo.key) == (TodoKind.ACCEPT, f"service.case:{case_id}:take")


def test_suspended_cases_and_results_on_their_way_are_waited_for(county: Office, clerk: Somebody) -> None:
    with clock.standing_at(DAY):
        case_id = a_case(clerk.actor)
        sent = NewDelivery(what="证", way=DeliveryWay.AGENT, to_whom="周淑兰", to_where="石桥村3组")
        send_result(case_id, sent, by=clerk.actor)
        suspend_case(case_id, "等待医院出具补充材料", "申请人书面申请", date(2026, 4, 20), by=clerk.actor)

    found, _ = asked_of(county, clerk)

    assert [one.kind for one in found] == [TodoKind.WAIT, TodoKind.WAIT]
    assert (found[0].waiting_since_on, found[0].due_on) == (DAY, date(2026, 4, 20))
    assert (found[1].place, found[1].waiting_since_on) == ("石桥村3组", DAY)


@pytest.mark.parametrize("cases", [1, 6])
def test_it_takes_three_questions_however_many_cases_there_are(
    county: Office, clerk: Somebody, cases: int
) -> None:
    for _ in range(cases):
        a_case(clerk.actor)

    found, questions = asked_of(county, clerk)

    assert len(found) == cases
    assert questions <= MOST_QUERIES
