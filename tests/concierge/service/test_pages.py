"""The screens of service: what they show, what they keep when something is wrong, how much they ask."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event, select

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import reading
from concierge.service.models.case import ServiceCase
from concierge.service.models.file import CaseSlip
from concierge.service.rules.case import CaseState, PaperState, Slip, StepState, Tier
from concierge.service.services.set_up_office import NewOffice, seat_clerk, set_up_office
from concierge.service.services.suspend_case import suspend_case
from tests.builders import a_project
from tests.concierge.service.cases import GOOD_ID, a_case, accepted, file, filled, settled, signed
from tests.kernel.fixtures_office import Office, Somebody

DAY = date(2026, 4, 15)
MOST_QUERIES = 24


def questions(person: Somebody, path: str) -> int:
    """How many questions a page asks of the database."""
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert person.opens(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return sum(not one.startswith(("PRAGMA", "BEGIN", "SAVEPOINT")) for one in asked)


def at(case_id: int, deed: str = "") -> str:
    return f"/services/cases/{case_id}" + (f"/{deed}" if deed else "") + "?lang=en"


def test_a_case_is_opened_from_ticks_and_shows_its_one_form(clerk: Somebody) -> None:
    chosen = clerk.opens("/services/new/form?bundles=after-death&lang=en").text
    assert "instead of" in chosen

    answer = clerk.sends(
        "/services/new/form?lang=en",
        {
            "do": "open",
            "bundles": "after-death",
            "services": ["household-cancel", "licence-cancel"],
            "customer": "person",
            "customer_name": "周淑兰",
            "workflow": "lianshui",
            "mode": "local",
        },
    )

    assert answer.status_code == 303
    page = clerk.opens(answer.headers["Location"].partition("#")[0] + "?lang=en").text
    assert "BD2026000001" in page
    assert "Driving licence" in page
    assert page.count('id="f-deceased_name"') == 1


def test_counting_again_opens_nothing_and_keeps_what_was_typed(clerk: Somebody) -> None:
    page = clerk.sends(
        "/services/new/form?lang=en",
        {"do": "count", "services": ["elderly-card"], "customer_name": "陈桂英", "customer": "person"},
    )

    assert page.status_code == 200
    assert 'value="陈桂英"' in page.text
    with reading() as session:
        assert session.scalars(select(ServiceCase)).all() == []


def test_a_case_without_a_name_is_refused_beside_the_field_with_everything_kept(clerk: Somebody) -> None:
    page = clerk.sends(
        "/services/new/form?lang=en",
        {"do": "open", "services": ["elderly-card"], "customer": "person", "address": "石桥村3组"},
    )

    assert page.status_code == 422
    assert "Write who is served" in page.text
    assert 'value="石桥村3组"' in page.text
    assert 'value="elderly-card" checked' in page.text


def test_everything_about_a_case_is_done_by_its_forms(clerk: Somebody) -> None:
    case_id = a_case(clerk.actor)
    found = file(case_id)
    fields = {f"f-{one.code}": {"id_number": GOOD_ID}.get(one.kind, "文字") for one in found.fields}
    fields["f-applicant_phone"] = "0730-0000101"
    papers = {f"paper-{one.id}": "received" for one in found.papers}
    items = {f"item-{one.id}": "done" for one in found.items}
    record = {"happened_on": "2026-04-15", "whom": "周淑兰", "words": "已告知"}
    sent = [
        ("entrustment", {}),
        ("signature", {"signed_by": "周淑兰", "signed_on": "2026-04-15"}),
        ("step", {"place": "1"}),
        ("form", fields),
        ("papers", papers),
        ("acceptance", {}),
        ("step", {"place": "2"}),
        ("items", items),
        ("step", {"place": "3"}),
        ("record", {**record, "kind": "answer"}),
        ("result", {"way": "counter", "to_whom": "周淑兰", "what": "优待证"}),
        ("step", {"place": "4"}),
        ("record", {**record, "kind": "report"}),
        ("step", {"place": "5"}),
        ("record", {**record, "kind": "call_back", "satisfaction": "1"}),
        ("step", {"place": "6"}),
    ]

    for deed, data in sent:
        answer = clerk.sends(at(case_id, deed), data)
        assert answer.status_code == 303, (deed, answer.text[:2000])

    assert file(case_id).case.state is CaseState.CLOSED
    page = clerk.opens(at(case_id)).text
    assert "All services done" in page
    assert "Very satisfied" in page


def test_a_step_that_is_not_done_says_what_is_missing(clerk: Somebody) -> None:
    case_id = a_case(clerk.actor)

    page = clerk.sends(at(case_id, "step"), {"place": "1"})

    assert page.status_code == 409
    assert "The entrustment letter is not signed yet" in page.text


def test_a_wrong_identity_number_is_refused_and_what_was_typed_stays(clerk: Somebody) -> None:
    case_id = a_case(clerk.actor)

    page = clerk.sends(
        at(case_id, "form"), {"f-elder_id": "110105194912310021", "f-household_address": "石桥村"}
    )

    assert page.status_code == 422
    assert "cannot be right" in page.text
    assert 'value="石桥村"' in page.text


def test_only_the_chief_leaves_a_step_out(clerk: Somebody, chief: Somebody) -> None:
    case_id = a_case(clerk.actor)
    reason = {"place": "1", "skip_reason": "老人卧床，由村代办员电话确认"}

    assert clerk.sends(at(case_id, "skip"), reason).status_code == 403
    assert chief.sends(at(case_id, "skip"), {"place": "1", "skip_reason": "急"}).status_code == 422
    assert chief.sends(at(case_id, "skip"), reason).status_code == 303
    assert file(case_id).steps[0].state is StepState.SKIPPED


def test_a_case_out_of_sight_is_not_there(county: Office, clerk: Somebody) -> None:
    other = county.employs("liruo", "Concierge")
    case_id = a_case(clerk.actor)

    for path in (at(case_id), f"/services/cases/{case_id}/form"):
        assert other.opens(path).status_code == 404
    assert other.sends(at(case_id, "entrustment")).status_code == 404
    assert clerk.sends(at(case_id, "dance")).status_code == 404
    assert "周淑兰" not in other.opens("/services/?show=open&lang=en").text


def test_sensitive_answers_are_shown_for_a_purpose_that_goes_on_record(clerk: Somebody) -> None:
    case_id = a_case(clerk.actor)
    filled(case_id, clerk.actor)
    plain = clerk.opens(f"/services/cases/{case_id}/form?lang=en").text
    assert GOOD_ID not in plain
    assert GOOD_ID not in clerk.opens(at(case_id)).text

    assert clerk.sends(f"/services/cases/{case_id}/form/whole?lang=en", {"purpose": ""}).status_code == 422
    whole = clerk.sends(f"/services/cases/{case_id}/form/whole?lang=en", {"purpose": "打印申请表交民政窗口"})

    assert GOOD_ID in whole.text
    with reading() as session:
        told = session.scalars(select(EventRow.facts).where(EventRow.name.endswith(":ServiceFormRead"))).all()
    assert len(told) == 1
    assert "打印申请表交民政窗口" in told[0]


def test_each_of_the_papers_can_be_printed_as_it_was_issued(clerk: Somebody) -> None:
    with clock.standing_at(DAY):
        case_id = a_case(clerk.actor)
        signed(case_id, clerk.actor)
        accepted(case_id, clerk.actor)
        suspend_case(case_id, "等待医院出具补充材料", "申请人书面申请", date(2026, 4, 20), by=clerk.actor)

    with reading() as session:
        slips = {one.kind: one.id for one in session.scalars(select(CaseSlip))}
    pages = {
        kind: clerk.opens(f"/services/cases/{case_id}/slips/{slip_id}?lang=en").text
        for kind, slip_id in slips.items()
    }
    assert "promises no approval" in pages[Slip.ENTRUSTMENT]
    # accepted on 15 April, 5 working days: 22 April
    assert "by 22 April 2026" in pages[Slip.ACCEPTANCE]
    assert "等待医院出具补充材料" in pages[Slip.SUSPENSION]
    assert "BD2026000001-301" in pages[Slip.SUSPENSION]


def test_a_case_goes_to_the_next_office_and_is_taken_there(county: Office, clerk: Somebody) -> None:
    town = county.employs("townclerk", "Concierge")
    set_up_office(NewOffice(code="yunling", name="云岭镇便民服务中心", tier=Tier.TOWNSHIP), by=SYSTEM)
    set_up_office(
        NewOffice(code="shiqiao", name="石桥村便民服务站", tier=Tier.VILLAGE, upper="yunling"), by=SYSTEM
    )
    seat_clerk("shiqiao", clerk.id, by=SYSTEM)
    seat_clerk("yunling", town.id, by=SYSTEM)
    case_id = a_case(clerk.actor, office="shiqiao")

    sent = clerk.sends(
        at(case_id, "transfer"), {"to_office": "yunling", "hop_reason": "本级无权限，转镇里办理"}
    )

    assert sent.status_code == 303
    assert "BD2026000001" in town.opens("/services/?show=office&lang=en").text
    assert "Take the case in hand" in town.opens(at(case_id)).text
    assert town.sends(at(case_id, "take")).status_code == 303
    assert file(case_id).case.holder_id == town.id


def test_an_office_publishes_its_own_list(chief: Somebody, clerk: Somebody) -> None:
    new = {"code": "Shiqiao", "name": "石桥村便民服务站", "tier": "village"}

    assert clerk.sends("/services/offices/", new).status_code == 403
    assert chief.sends("/services/offices/", {**new, "name": ""}).status_code == 422
    assert chief.sends("/services/offices/", new).status_code == 303
    for data in ({"service": "elderly-card"}, {"name": "代缴水电费", "is_decided_here": "yes"}):
        assert chief.sends("/services/offices/shiqiao/list", data).status_code == 303

    page = clerk.opens("/services/offices/shiqiao/print?lang=en").text
    assert "Elderly card" in page
    assert "代缴水电费" in page
    assert clerk.opens("/services/offices/nowhere").status_code == 404


def test_the_catalogue_says_what_a_bundle_saves(clerk: Somebody) -> None:
    page = clerk.opens("/services/catalogue/?lang=en").text
    guide = clerk.opens("/services/catalogue/enterprise-start?lang=en").text

    assert "After a death" in page
    assert "instead of 32" in guide
    assert "instead of 15" in guide
    assert clerk.opens("/services/catalogue/moon").status_code == 404


def test_a_project_shows_its_cases_and_opens_new_ones(county: Office, clerk: Somebody) -> None:
    partner = county.employs("tangyuan", "Concierge")
    project_id = a_project(pair=(clerk.id, partner.id))
    sent = clerk.sends(
        "/services/new/form",
        {
            "do": "open",
            "bundles": "enterprise-start",
            "services": ["seal-engraving"],
            "customer": "project",
            "project_id": str(project_id),
            "customer_name": "第1号企业",
            "workflow": "xintian",
            "mode": "local",
        },
    )

    assert sent.status_code == 303
    assert "BD2026000001" in partner.opens(f"/projects/{project_id}?lang=en").text


def test_the_list_and_a_case_ask_a_fixed_number_of_questions(clerk: Somebody) -> None:
    def settles_at(path: str) -> int:
        """What a page asks when it is opened again: the first time it fills what is kept between requests."""
        assert questions(clerk, path) <= MOST_QUERIES
        return questions(clerk, path)

    first = a_case(clerk.actor)
    accepted(first, clerk.actor)
    listed = settles_at("/services/?show=mine")
    second = a_case(clerk.actor, bundles=("after-death",), services=())
    accepted(second, clerk.actor)
    settled(second, clerk.actor)
    for _ in range(4):
        a_case(clerk.actor, services=("elderly-card", "elderly-allowance", "social-card"))

    assert settles_at("/services/?show=mine") == listed
    assert settles_at(at(first)) == settles_at(at(second))


@pytest.mark.parametrize("number", [" bd2026-000001 ", "周淑"])
def test_a_case_is_found_by_number_or_name(clerk: Somebody, number: str) -> None:
    a_case(clerk.actor)

    assert "BD2026000001" in clerk.opens(f"/services/?show=open&q={number}&lang=en").text
    assert "BD2026000001" not in clerk.opens("/services/?show=open&q=nobody&lang=en").text


def test_a_paper_noted_as_later_without_a_day_is_refused_and_the_choice_stays(clerk: Somebody) -> None:
    case_id = a_case(clerk.actor)
    photo = next(one for one in file(case_id).papers if one.code == "photo")

    page = clerk.sends(at(case_id, "papers"), {f"paper-{photo.id}": PaperState.LATER.value})

    assert page.status_code == 422
    assert "Give the day by which it comes" in page.text
    assert '<option value="later" selected' in page.text
