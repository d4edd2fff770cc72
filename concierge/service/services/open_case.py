"""Open a service case: one number, one form, one set, one workflow, for everything ticked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from approvals.services.take_number import next_in_series
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.service.events import ServiceCaseOpened
from concierge.service.models.case import CaseItem, CaseStep, ServiceCase
from concierge.service.models.file import FormField, SetPaper
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.queries.offices import places
from concierge.service.rules.asking import Asking, check_asking
from concierge.service.rules.case import Customer, Mode, PaperState, StepState, case_number
from concierge.service.rules.catalogue import Workflow
from concierge.service.rules.union import OneApplication, one_application
from concierge.service.services.fill_form import put_answers

SERIES = "service"


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """What is known when somebody asks for something.

    Shape: ``services`` and ``bundles`` are codes of the catalogue; a bundle alone means its usual services.
        ``workflow`` is taken from the first bundle where it is empty. ``office`` is the code of the office
        that takes it in. ``answers`` are by field code; those of fields nobody asks for are left out.
        ``origin`` names whoever opens it by itself, as ``<source>:<key>``: the same origin opens one case,
        ever.
    """

    customer: Customer
    customer_name: str
    services: tuple[str, ...] = ()
    bundles: tuple[str, ...] = ()
    project_id: int | None = None
    contact: str = ""
    phone: str = ""
    address: str = ""
    workflow: str = ""
    mode: Mode = Mode.LOCAL
    place_in_charge: str = ""
    office: str = ""
    is_held_by_opener: bool = True
    answers: Mapping[str, str] = field(default_factory=dict)
    origin: str | None = None


def open_case(new: NewCase, *, by: Actor) -> int:
    """Open a case in a transaction of its own; answers its row.

    Raises: as ``add_case``.
    """
    with work(by) as w:
        return add_case(w, new)


def add_case(w: Work, new: NewCase) -> int:
    """Open a case inside the caller's transaction; answers its row, the old one's for an origin seen before.

    Raises: CustomerNeeded, PlaceInChargeNeeded, ProjectNeeded, UnknownOffice; UnknownService, NothingTicked,
        UnknownWorkflow; Missing, for a project out of sight; WrongAnswer.
    Effects: the entrustment letter can be printed at once; the first step is under way.
    Source: SF-4, SF-5, SF-6; S39.
    """
    known = _opened_before(w, new.origin)
    if known is not None:
        return known
    check_asking(_asking(new), places(w.session))
    if new.project_id is not None:
        scope.require(w.session, w.by, new.project_id)
    catalogue = service_catalogue(w.session)
    bundles = [catalogue.bundle(code) for code in new.bundles]
    codes = new.services or tuple(code for bundle in bundles for code in bundle.usual)
    asked = one_application(catalogue, codes, new.bundles)
    workflow = catalogue.workflow(new.workflow or (bundles[0].workflow if bundles else "lianshui"))
    case = w.add(_case(w, new, asked, workflow))
    _fill_file(w, case, asked, {code: bundle.code for bundle in bundles for code in bundle.services})
    _lay_steps(w, case, workflow)
    w.session.flush()
    put_answers(w, case, {code: text for code, text in new.answers.items() if text}, is_lenient=True)
    w.record(
        ServiceCaseOpened(
            case_id=case.id,
            project_id=case.project_id,
            number=case_number(case.year, case.serial),
            customer=case.customer.value,
            office=case.office,
            origin=case.origin,
        )
    )
    return case.id


def _asking(new: NewCase) -> Asking:
    return Asking(
        customer=new.customer,
        customer_name=new.customer_name,
        has_project=new.project_id is not None,
        mode=new.mode,
        place_in_charge=new.place_in_charge,
        office=new.office,
    )


def _opened_before(w: Work, origin: str | None) -> int | None:
    if origin is None:
        return None
    return w.session.scalar(select(ServiceCase.id).where(ServiceCase.origin == origin))


def _case(w: Work, new: NewCase, asked: OneApplication, workflow: Workflow) -> ServiceCase:
    today = clock.today()
    last = w.session.scalar(select(func.max(ServiceCase.serial)).where(ServiceCase.year == today.year))
    holds = new.is_held_by_opener and not w.by.is_system
    return ServiceCase(
        year=today.year,
        serial=next_in_series(w, SERIES, today.year, after=last or 0),
        project_id=new.project_id,
        customer=new.customer,
        customer_name=new.customer_name.strip(),
        contact=new.contact.strip(),
        phone=new.phone.strip(),
        address=new.address.strip(),
        workflow=workflow.code,
        mode=new.mode,
        place_in_charge=new.place_in_charge.strip(),
        office=new.office,
        holder_id=w.by.id if holds else None,
        holder=w.by.label if holds else "",
        period_workdays=asked.period_workdays,
        opened_by_id=w.by.id,
        opened_by=w.by.label,
        opened_at=clock.now(),
        opened_on=today,
        origin=new.origin,
    )


def _fill_file(w: Work, case: ServiceCase, asked: OneApplication, bundle_of: Mapping[str, str]) -> None:
    for place, one in enumerate(asked.services):
        w.session.add(
            CaseItem(
                project_id=case.project_id,
                case_id=case.id,
                place=place,
                code=one.code,
                bundle=bundle_of.get(one.code, ""),
                department=one.department,
                name_zh=one.names.zh,
                name_en=one.names.en,
                result_zh=one.result.zh,
                result_en=one.result.en,
            )
        )
    for place, want in enumerate(asked.form):
        w.session.add(
            FormField(
                project_id=case.project_id,
                case_id=case.id,
                place=place,
                code=want.field.code,
                name_zh=want.field.names.zh,
                name_en=want.field.names.en,
                kind=want.field.kind,
                is_required=True,
                is_sensitive=want.field.is_sensitive,
                asked_by=" ".join(want.asked_by),
            )
        )
    for place, need in enumerate(asked.papers):
        w.session.add(
            SetPaper(
                project_id=case.project_id,
                case_id=case.id,
                place=place,
                code=need.material.code,
                name_zh=need.material.names.zh,
                name_en=need.material.names.en,
                copies=need.material.copies,
                may_come_later=need.material.may_come_later,
                asked_by=" ".join(need.asked_by),
                state=PaperState.MISSING,
                source=need.material.shared_from,
            )
        )


def _lay_steps(w: Work, case: ServiceCase, workflow: Workflow) -> None:
    for place, step in enumerate(workflow.steps, start=1):
        w.session.add(
            CaseStep(
                project_id=case.project_id,
                case_id=case.id,
                place=place,
                code=step.code,
                name_zh=step.names.zh,
                name_en=step.names.en,
                post=step.post,
                document=step.document,
                exits=" ".join(step.exits),
                state=StepState.CURRENT if place == 1 else StepState.WAITING,
                began_at=clock.now() if place == 1 else None,
            )
        )
