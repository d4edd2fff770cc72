"""Cases travel one office at a time, each hop on record, and people see what their office had."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.kernel.work import reading
from concierge.service.models.case import ServiceCase
from concierge.service.queries.case_file import case_file
from concierge.service.queries.offices import listings
from concierge.service.queries.sight import in_sight
from concierge.service.rules.case import DeliveryState, DeliveryWay, Tier
from concierge.service.rules.delivery import (
    DeliveryAddressNeeded,
    DeliveryOver,
    SignatureNeeded,
    TrackingNeeded,
)
from concierge.service.rules.tiers import (
    AlreadyThereNow,
    HopWaits,
    ListingUnnamed,
    NoHopWaits,
    NoSuchHop,
    NotSeatedHere,
    NotYourOffice,
    Place,
    UpperWrong,
    check_hop,
)
from concierge.service.services.give_case import give_case
from concierge.service.services.publish_listing import publish_listing, withdraw_listing
from concierge.service.services.send_result import NewDelivery, send_result, track_result
from concierge.service.services.set_up_office import NewOffice, seat_clerk, set_up_office, unseat_clerk
from concierge.service.services.transfer_case import take_case, transfer_case
from tests.concierge.service.cases import a_case, file
from tests.kernel.fixtures_office import Office, Somebody

COUNTY = Place(code="county", name="县政务服务中心", tier=Tier.COUNTY)
TOWN = Place(code="yunling", name="云岭镇便民服务中心", tier=Tier.TOWNSHIP, upper="county")
NEXT = Place(code="baishui", name="白水乡便民服务中心", tier=Tier.TOWNSHIP, upper="county")
VILLAGE = Place(code="shiqiao", name="石桥村代办点", tier=Tier.VILLAGE, upper="yunling")
PLACES = {one.code: one for one in (COUNTY, TOWN, NEXT, VILLAGE)}
WHY = "本级无权限，转上一级办理"


@pytest.fixture
def tiers(county: Office) -> None:
    """A county centre, two towns, a village."""
    for one in (COUNTY, TOWN, NEXT, VILLAGE):
        set_up_office(NewOffice(code=one.code, name=one.name, tier=one.tier, upper=one.upper), by=SYSTEM)


def test_one_hop_goes_up_down_or_next_door_and_no_farther() -> None:
    assert check_hop("shiqiao", "yunling", PLACES) is TOWN
    assert check_hop("county", "baishui", PLACES) is NEXT
    assert check_hop("yunling", "baishui", PLACES) is NEXT
    with pytest.raises(NoSuchHop) as refusal:
        check_hop("shiqiao", "county", PLACES)
    assert refusal.value.facts["next"] == TOWN.name
    with pytest.raises(NoSuchHop) as down:
        check_hop("county", "shiqiao", PLACES)
    assert down.value.facts["next"] == TOWN.name
    with pytest.raises(AlreadyThereNow):
        check_hop("county", "county", PLACES)


@given(start=st.sampled_from(sorted(PLACES)), end=st.sampled_from(sorted(PLACES)))
def test_whoever_hands_on_can_be_handed_back(start: str, end: str) -> None:
    try:
        check_hop(start, end, PLACES)
    except (NoSuchHop, AlreadyThereNow) as refusal:
        with pytest.raises(type(refusal)):
            check_hop(end, start, PLACES)
    else:
        assert check_hop(end, start, PLACES).code == start


def test_a_case_travels_with_one_number_and_every_hop_has_its_time_and_holder(
    tiers: None, county: Office, clerk: Somebody
) -> None:
    town, other = county.employs("townclerk", "Concierge"), county.employs("liruo", "Concierge")
    seat_clerk("shiqiao", clerk.id, by=SYSTEM)
    seat_clerk("yunling", town.id, by=SYSTEM)
    case_id = a_case(clerk.actor, office="shiqiao")
    with pytest.raises(NoHopWaits):
        take_case(case_id, by=clerk.actor)

    transfer_case(case_id, "yunling", WHY, by=clerk.actor)

    with pytest.raises(HopWaits):
        transfer_case(case_id, "yunling", WHY, by=clerk.actor)
    with pytest.raises(Missing):
        take_case(case_id, by=other.actor)
    with pytest.raises(NotYourOffice):
        take_case(case_id, by=clerk.actor)
    take_case(case_id, by=town.actor)
    found = file(case_id)
    assert (found.case.office, found.case.holder_id) == ("yunling", town.id)
    (hop,) = found.transfers
    assert (hop.from_office, hop.to_office, hop.sent_by, hop.taken_by) == (
        "shiqiao",
        "yunling",
        "hejia",
        "townclerk",
    )
    assert hop.taken_at is not None
    assert hop.taken_at >= hop.sent_at


def test_a_case_is_given_to_a_colleague_who_sits_in_its_office(
    tiers: None, county: Office, clerk: Somebody
) -> None:
    colleague, other = county.employs("tangyuan", "Concierge"), county.employs("liruo", "Concierge")
    seat_clerk("yunling", colleague.id, by=SYSTEM)
    case_id = a_case(clerk.actor, office="yunling")

    with pytest.raises(NotSeatedHere):
        give_case(case_id, other.id, by=clerk.actor)
    with pytest.raises(Missing):
        give_case(case_id, 10**6, by=clerk.actor)
    give_case(case_id, colleague.id, by=clerk.actor)

    assert file(case_id).case.holder_id == colleague.id
    transfer_case(case_id, "county", WHY, by=colleague.actor)
    with pytest.raises(HopWaits):
        give_case(case_id, clerk.id, by=colleague.actor)


def test_a_persons_case_is_seen_by_the_offices_that_had_it_and_by_nobody_else(
    tiers: None, county: Office, clerk: Somebody, chief: Somebody
) -> None:
    town, other = county.employs("townclerk", "Concierge"), county.employs("liruo", "Concierge")
    seat_clerk("yunling", town.id, by=SYSTEM)
    case_id = a_case(clerk.actor, office="shiqiao")

    def seen(person: Somebody) -> bool:
        with reading() as session:
            return bool(session.scalars(select(ServiceCase.id).where(in_sight(person.actor))).all())

    assert [seen(one) for one in (clerk, town, other, chief)] == [True, False, False, True]
    transfer_case(case_id, "yunling", WHY, by=clerk.actor)
    assert [seen(one) for one in (clerk, town, other, chief)] == [True, True, False, True]
    unseat_clerk("yunling", town.id, by=SYSTEM)
    assert not seen(town)
    with reading() as session, pytest.raises(Missing):
        case_file(session, case_id, other.actor)


def test_an_office_under_its_own_tier_is_refused(tiers: None) -> None:
    with pytest.raises(UpperWrong):
        set_up_office(NewOffice(code="x", name="某村", tier=Tier.TOWNSHIP, upper="yunling"), by=SYSTEM)


def test_each_office_has_its_own_list_and_keeps_what_stood_there(tiers: None) -> None:
    first = publish_listing("shiqiao", "elderly-card", is_decided_here=False, by=SYSTEM)
    own = publish_listing("shiqiao", "", "代取快递和药品", is_decided_here=True, by=SYSTEM)
    again = publish_listing("shiqiao", "elderly-card", is_decided_here=False, by=SYSTEM)
    with pytest.raises(ListingUnnamed):
        publish_listing("shiqiao", "", " ", is_decided_here=True, by=SYSTEM)
    withdraw_listing(own, by=SYSTEM)

    assert first == again
    with reading() as session:
        assert [one.id for one in listings(session, "shiqiao")] == [first]
        assert {one.id for one in listings(session, "shiqiao", with_ended=True)} == {first, own}
        assert listings(session, "yunling") == []


def test_a_result_is_followed_until_somebody_signs(clerk: Somebody) -> None:
    me = clerk.actor
    case_id = a_case(me)
    with pytest.raises(DeliveryAddressNeeded):
        send_result(case_id, NewDelivery(what="证", way=DeliveryWay.AGENT, to_whom="周淑兰"), by=me)
    with pytest.raises(TrackingNeeded):
        send_result(
            case_id,
            NewDelivery(what="证", way=DeliveryWay.COURIER, to_whom="周淑兰", to_where="石桥村"),
            by=me,
        )
    sent = NewDelivery(
        what="证",
        way=DeliveryWay.COURIER,
        to_whom="周淑兰",
        to_where="石桥村3组",
        carrier="EMS",
        tracking="EB123456789CN",
    )
    delivery_id = send_result(case_id, sent, by=me)
    track_result(delivery_id, DeliveryState.SENT, "到达云岭镇", by=me)
    assert file(case_id).progress().deliveries_unsigned == 1
    with pytest.raises(SignatureNeeded):
        track_result(delivery_id, DeliveryState.SIGNED, "", by=me)
    track_result(delivery_id, DeliveryState.SIGNED, "本人签收", "周淑兰", by=me)
    with pytest.raises(DeliveryOver):
        track_result(delivery_id, DeliveryState.RETURNED, "", by=me)

    found = file(case_id)
    assert found.deliveries[0].signed_by == "周淑兰"
    assert [one.words for one in found.moves] == ["到达云岭镇", "本人签收"]
