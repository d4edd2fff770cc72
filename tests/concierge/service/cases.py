"""Cases as tests need them: opened, accepted, with everything settled."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import reading
from concierge.service.models.case import CaseItem, ServiceCase
from concierge.service.models.file import FormField, SetPaper
from concierge.service.queries.case_file import CaseFile, file_of
from concierge.service.rules.case import Customer, DeliveryWay, ItemState, PaperState, Record
from concierge.service.services.fill_form import fill_form
from concierge.service.services.issue_slip import issue_acceptance, issue_entrustment, sign_entrustment
from concierge.service.services.note_paper import note_paper
from concierge.service.services.open_case import NewCase, open_case
from concierge.service.services.record_act import NewRecord, record_act
from concierge.service.services.send_result import NewDelivery, send_result
from concierge.service.services.settle_item import settle_item

GOOD_ID = "11010519491231002X"  # the example of the standard: the sum is 167, 167 mod 11 = 2, so X
TYPED = {"id_number": GOOD_ID, "day": "2026-04-02", "phone": "0730-0000101", "number": "3"}


def a_case(by: Actor, **told: object) -> int:
    """A case of one service for a person."""
    facts: dict[str, object] = {
        "customer": Customer.PERSON,
        "customer_name": "周淑兰",
        "services": ("elderly-card",),
        "workflow": "lianshui",
    }
    return open_case(NewCase(**{**facts, **told}), by=by)  # type: ignore[arg-type]


def file(case_id: int) -> CaseFile:
    """Its file, read afresh."""
    with reading() as session:
        found = file_of(session, session.get_one(ServiceCase, case_id))
        session.expunge_all()
        return found


def signed(case_id: int, by: Actor) -> None:
    """The customer signs the letter."""
    issue_entrustment(case_id, by=by)
    sign_entrustment(case_id, "周淑兰", clock.today(), by=by)


def filled(case_id: int, by: Actor) -> None:
    """Every field is filled in, every paper is here."""
    with reading() as session:
        fields = session.scalars(select(FormField).where(FormField.case_id == case_id)).all()
        papers = session.scalars(select(SetPaper.id).where(SetPaper.case_id == case_id)).all()
    fill_form(case_id, {one.code: TYPED.get(one.kind, "文字") for one in fields}, by=by)
    for paper_id in papers:
        note_paper(paper_id, PaperState.RECEIVED, by=by)


def accepted(case_id: int, by: Actor) -> None:
    """Entrusted, filled, accepted today."""
    filled(case_id, by)
    issue_acceptance(case_id, by=by)


def settled(case_id: int, by: Actor, *, refused: int = 0) -> None:
    """Every service is done but the first few, which are refused."""
    with reading() as session:
        asked = select(CaseItem.id).where(CaseItem.case_id == case_id).order_by(CaseItem.place)
        items = session.scalars(asked).all()
    for place, item_id in enumerate(items):
        state = ItemState.REFUSED if place < refused else ItemState.DONE
        settle_item(item_id, state, "不符合规定的条件", by=by)


def noted(case_id: int, kind: Record, by: Actor, on: date | None = None) -> None:
    """Something was done with people."""
    new = NewRecord(kind=kind, happened_on=on or clock.today(), whom="周淑兰", words="已告知办理结果")
    record_act(case_id, new, by=by)


def handed_over(case_id: int, by: Actor) -> None:
    """The result is signed for at the counter."""
    send_result(case_id, NewDelivery(what="证件", way=DeliveryWay.COUNTER, to_whom="周淑兰"), by=by)
