"""Add service's part to the demonstration county: offices, people, lists, and cases at every stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import reading
from concierge.service.models.case import ServiceCase
from concierge.service.queries.case_file import CaseFile, file_of
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.queries.projects import project_head
from concierge.service.rules.case import Customer, DeliveryWay, ItemState, Mode, PaperState, Record, Tier
from concierge.service.services.fill_form import fill_form
from concierge.service.services.finish_step import finish_step
from concierge.service.services.issue_slip import issue_acceptance, issue_entrustment, sign_entrustment
from concierge.service.services.note_paper import note_paper
from concierge.service.services.open_case import NewCase, open_case
from concierge.service.services.publish_listing import publish_listing
from concierge.service.services.record_act import NewRecord, record_act
from concierge.service.services.send_result import NewDelivery, send_result
from concierge.service.services.set_up_office import NewOffice, seat_clerk, set_up_office
from concierge.service.services.settle_item import settle_item
from concierge.service.services.suspend_case import suspend_case
from concierge.service.services.transfer_case import transfer_case
from concierge.staff.queries import spoken_name
from projects.models.project import Project

COUNTY = Path(__file__).parents[1] / "data" / "demonstration.yaml"
LOADER = Actor(None, "demonstration")
TYPED = {"day": "2026-04-02", "phone": "0730-0000101", "number": "3", "id_number": "11010519491231002X"}
WORDS = {
    "advise": (Record.CONSULTATION, "告知所需材料、办理流程和承诺时限"),
    "survey": (Record.SURVEY, "比对老年人口台账，符合条件且尚未办理"),
    "visit": (Record.VISIT, "上门核对身份和居住状况，协助准备照片"),
    "coordinate": (Record.COORDINATION, "协调市场监管、公安、税务、人社和银行同日受理"),
    "progress": (Record.PROGRESS, "电话告知办理进度"),
    "answer": (Record.ANSWER, "告知办理结果和领取方式"),
    "rating": (Record.RATING, "已邀请评价"),
    "archive": (Record.ARCHIVE, "纸质件和电子件一并归档"),
}


def load_demonstration() -> dict[str, list[str]]:
    """Set up the offices, seat their people, publish their lists, and run the cases as far as they are.

    Shape: the addresses of the cases, for the script that looks at the county.
    """
    told = yaml.safe_load(COUNTY.read_text(encoding="utf-8"))
    base = current_app.config["CONCIERGE"].base_url
    with reading() as session:
        people = {one.username: Actor(one.id, spoken_name(one)) for one in session.scalars(select(User))}
    for office in told["offices"]:
        set_up_office(NewOffice(**{**office, "tier": Tier(office["tier"])}), by=LOADER)
    for seat in told["seats"]:
        for name in seat["people"]:
            if name in people:
                seat_clerk(seat["office"], people[name].id or 0, by=LOADER)
    _publish(told["lists"])
    found = [_live(case, people) for case in told["cases"] if case["of"] in people]
    return {"service_cases": [f"{base}/services/cases/{case_id}" for case_id in found]}


def _publish(lists: list[Mapping[str, Any]]) -> None:
    with reading() as session:
        catalogue = service_catalogue(session)
    for one in lists:
        codes = [code for bundle in one.get("bundles", ()) for code in catalogue.bundles[bundle].usual]
        for code in (*codes, *one.get("services", ())):
            publish_listing(one["office"], code, is_decided_here=one["here"], by=LOADER)
        for name in one.get("own", ()):
            publish_listing(one["office"], "", name, is_decided_here=one["here"], by=LOADER)


def _live(told: Mapping[str, Any], people: Mapping[str, Actor]) -> int:
    """One case, from its opening to where it stands; each act half a day after the one before."""
    by, day = people[told["of"]], told["opened"]
    with clock.standing_at(day):
        case_id = open_case(_new(told), by=by)
    today = current_app.config["CONCIERGE"].today or clock.today()
    for number, act in enumerate(told["done"]):
        name, what = next(iter(act.items())) if isinstance(act, dict) else (act, None)
        with clock.standing_at(min(day + timedelta(days=number // 2), today)):
            _ACTS.get(name, _recorded(name))(case_id, what, by)
    return case_id


def _new(told: Mapping[str, Any]) -> NewCase:
    project_id, name = None, told.get("name", "")
    contact = {key: told.get(key, "") for key in ("contact", "phone", "address")}
    if told.get("project"):
        with reading() as session:
            project_id = session.scalar(select(Project.id).where(Project.code == told["project"]))
            head = project_head(session, LOADER, project_id or 0)
        name, contact = (
            head.enterprise,
            {"contact": head.contact, "phone": head.phone, "address": head.address},
        )
    return NewCase(
        customer=Customer(told["customer"]),
        customer_name=name,
        bundles=tuple(told["bundles"]),
        project_id=project_id,
        office=told["office"],
        mode=Mode(told.get("mode", "local")),
        place_in_charge=told.get("place_in_charge", ""),
        **contact,
    )


def _file(case_id: int) -> CaseFile:
    with reading() as session:
        file = file_of(session, session.get_one(ServiceCase, case_id))
        session.expunge_all()
        return file


def _sign(case_id: int, _what: Any, by: Actor) -> None:
    issue_entrustment(case_id, by=by)
    sign_entrustment(case_id, _file(case_id).case.customer_name, clock.today(), by=by)


def _fill(case_id: int, _what: Any, by: Actor) -> None:
    file = _file(case_id)
    name = file.case.customer_name
    answers = {one.code: TYPED.get(one.kind, name if "name" in one.code else "见附件") for one in file.fields}
    fill_form(case_id, answers, by=by)
    for paper in file.papers:
        note_paper(paper.id, PaperState.SHARED if paper.source else PaperState.RECEIVED, by=by)


def _settle(case_id: int, what: Any, by: Actor) -> None:
    for item in _file(case_id).items[:what]:
        settle_item(item.id, ItemState.DONE, "", by=by)


def _finish(case_id: int, _what: Any, by: Actor) -> None:
    step = _file(case_id).current
    finish_step(case_id, step.place if step else 0, by=by)


def _hand(case_id: int, _what: Any, by: Actor) -> None:
    name = _file(case_id).case.customer_name
    send_result(case_id, NewDelivery(what="证照和印章", way=DeliveryWay.COUNTER, to_whom=name), by=by)


def _post(case_id: int, what: Any, by: Actor) -> None:
    case = _file(case_id).case
    new = NewDelivery(
        what="户口簿、社会保障卡等证件",
        way=DeliveryWay.COURIER,
        to_whom=case.customer_name,
        to_where=case.address,
        carrier="EMS",
        tracking=what,
    )
    send_result(case_id, new, by=by)


def _suspend(case_id: int, what: Any, by: Actor) -> None:
    suspend_case(case_id, what, "申请人书面申请", clock.today() + timedelta(days=5), by=by)


def _transfer(case_id: int, what: Any, by: Actor) -> None:
    transfer_case(case_id, what, "涉及镇级办理事项，转镇便民服务中心", by=by)


def _recorded(name: str) -> Callable[[int, Any, Actor], object]:
    def write_down(case_id: int, _what: Any, by: Actor) -> None:
        kind, words = WORDS[name]
        whom = _file(case_id).case.customer_name
        record_act(case_id, NewRecord(kind=kind, happened_on=clock.today(), whom=whom, words=words), by=by)

    return write_down


_ACTS: Mapping[str, Callable[[int, Any, Actor], object]] = {
    "sign": _sign,
    "fill": _fill,
    "accept": lambda case_id, _what, by: issue_acceptance(case_id, by=by),
    "settle": _settle,
    "finish": _finish,
    "hand": _hand,
    "post": _post,
    "suspend": _suspend,
    "transfer": _transfer,
}
