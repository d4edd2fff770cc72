"""The one application form of a case as a Word document: the union of the fields, each asked once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Missing
from concierge.service.models.case import CaseItem, ServiceCase
from concierge.service.models.file import FormField, SetPaper
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.queries.sight import require_sight
from concierge.service.rules.case import case_number
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Field, Page
from documents.rules.facts import DocumentFacts, MissingFact, Prefilled

CODE = "service-one-form"
SEALED = "（已采集，密封保存）"


def one_form_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """What the customer answered, each field once; what is sensitive is named and stays sealed.

    Shape: each field says which of the services ticked need it; four queries.
    Raises: Missing.
    Source: SF-5, SF-6; SF-10, a sensitive answer leaves its envelope only for a purpose that is on record.
    """
    case = session.get(ServiceCase, about_id)
    if case is None:
        raise Missing
    items = session.scalars(
        select(CaseItem).where(CaseItem.case_id == about_id).order_by(CaseItem.place)
    ).all()
    fields = session.scalars(
        select(FormField).where(FormField.case_id == about_id).order_by(FormField.place)
    ).all()
    papers = session.scalars(
        select(SetPaper).where(SetPaper.case_id == about_id).order_by(SetPaper.place)
    ).all()
    place_of = {item.code: str(number) for number, item in enumerate(items, 1)}
    number = case_number(case.year, case.serial)
    catalogue = service_catalogue(session)
    return DocumentFacts(
        values={
            "case_number": number,
            "customer": case.customer_name,
            "contact": case.contact,
            "phone": case.phone,
            "items": [
                {"number": at, "name": one.name_zh, "department": catalogue.party(one.department).zh}
                for at, one in enumerate(items, 1)
            ],
            "fields": [
                {
                    "number": at,
                    "name": one.name_zh,
                    "answer": SEALED if one.sealed is not None else one.answer,
                    "asked_by": _places(one.asked_by, place_of),
                }
                for at, one in enumerate(fields, 1)
            ],
            "papers": [
                {
                    "number": at,
                    "name": one.name_zh,
                    "copies": one.copies,
                    "asked_by": _places(one.asked_by, place_of),
                }
                for at, one in enumerate(papers, 1)
            ],
            "asked_before": sum(len(one.asked_by.split()) for one in fields),
            "asked_now": len(fields),
        },
        addressee=case.customer_name,
        data_on=day,
        project_id=case.project_id,
        prefilled=(
            Prefilled(
                field="服务对象、联系人和办理事项", source=f"代办业务{number}建档记录", on=case.opened_on
            ),
        ),
        missing=[
            MissingFact(name=one.name_zh, page=f"/services/cases/{about_id}")
            for one in fields
            if one.is_required and not one.answer and one.sealed is None
        ],
    )


def _sight(session: Session, about_id: int, reader: Actor) -> None:
    """Who may see the case may see its form. Raises: Missing. Source: SF-10."""
    require_sight(session, reader, about_id)


def _places(codes: str, place_of: Mapping[str, str]) -> str:
    """The numbers of the services that ask for something."""
    return "、".join(place_of[code] for code in codes.split() if code in place_of)


def compose_one_form(page: Page) -> None:
    """一次性申请表: one form for every service ticked. Source: SF-6."""
    page.title("综合申请表")
    page.number()
    page.fields(
        [
            [Field("业务编号", "{{ case_number }}"), Field("填表日期", "{{ data_on|cndate }}")],
            [Field("服务对象", "{{ customer }}"), Field("联系电话", "{{ contact }} {{ phone }}")],
        ]
    )
    page.text("本次一并申请下列事项，一张表单、一套材料，相同内容只填写一次：")
    page.table(
        [
            Column("序号", 14, "{{ row.number }}", align="center"),
            Column("申请事项", 82, "{{ row.name }}"),
            Column("审批（办理）部门", 60, "{{ row.department }}"),
        ],
        "items",
    )
    page.text("申请信息（各事项合计{{ asked_before }}项，合并后{{ asked_now }}项）：")
    page.table(
        [
            Column("序号", 14, "{{ row.number }}", align="center"),
            Column("填写内容", 46, "{{ row.name }}"),
            Column("填写", 60, "{{ row.answer }}"),
            Column("用于事项", 36, "{{ row.asked_by }}"),
        ],
        "fields",
    )
    with page.when("papers"):
        page.text("需提交材料：")
        page.table(
            [
                Column("序号", 14, "{{ row.number }}", align="center"),
                Column("材料名称", 84, "{{ row.name }}"),
                Column("份数", 30, "{{ row.copies }}"),
                Column("用于事项", 28, "{{ row.asked_by }}"),
            ],
            "papers",
        )
    page.text("本人（单位）保证以上内容和所提交材料真实、合法、有效，并承担相应责任。")
    page.fields(
        [
            [Field("申请人（签名或盖章）", ""), Field("日期", "")],
        ]
    )
    page.basis()
    page.prefilled()


KINDS = (
    DocumentKind(
        code=CODE,
        title_zh="综合申请表",
        name=N_("One application form"),
        about="service_case",
        series="申",
        form=Form.SHEET,
        facts=one_form_facts,
        compose=compose_one_form,
        basis=("one-thing", "online-services-7"),
        sight=_sight,
        retention=Retention.TEN_YEARS,
    ),
)
