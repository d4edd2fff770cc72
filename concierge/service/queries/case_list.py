"""The cases somebody may see, filtered, a page at a time, with the step each is at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.service.models.case import CaseItem, CaseStep, CaseStop, ServiceCase
from concierge.service.models.file import Delivery
from concierge.service.models.office import OfficeClerk, Transfer
from concierge.service.queries.sight import in_sight
from concierge.service.rules.case import CaseState, DeliveryState, StepState, typed_case_number

PER_PAGE = 30


@dataclass(frozen=True)
class CaseAsk:
    """What somebody looks for. Shape: ``show`` is mine, office, open, late or closed."""

    show: str = "mine"
    words: str = ""
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class FoundCases:
    """One page of cases, with the step each is at and the names of its services."""

    rows: Sequence[ServiceCase]
    steps: Mapping[int, CaseStep]
    items: Mapping[int, Sequence[CaseItem]]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // PER_PAGE))


def found_cases(session: Session, reader: Actor, ask: CaseAsk, today: date) -> FoundCases:
    """One page of cases, the nearest promise first, in four queries."""
    asked = _asked(reader, ask, today)
    total = session.scalar(select(func.count()).select_from(asked.order_by(None).subquery())) or 0
    rows = session.scalars(asked.limit(PER_PAGE).offset((ask.page - 1) * PER_PAGE)).all()
    ids = [row.id for row in rows]
    return FoundCases(rows=rows, steps=steps_of(session, ids), items=items_of(session, ids), total=total)


def _asked(reader: Actor, ask: CaseAsk, today: date) -> Select[tuple[ServiceCase]]:
    asked = select(ServiceCase).where(in_sight(reader))
    is_running = ServiceCase.state != CaseState.CLOSED
    seats = select(OfficeClerk.office).where(
        OfficeClerk.person_id == reader.id, OfficeClerk.until_on.is_(None)
    )
    kinds = {
        "mine": (is_running, ServiceCase.holder_id == reader.id),
        "office": (is_running, or_(ServiceCase.office.in_(seats), ServiceCase.id.in_(_coming(reader)))),
        "open": (is_running,),
        "late": (is_running, ServiceCase.due_on < today),
        "closed": (~is_running,),
    }
    asked = asked.where(*kinds.get(ask.show, kinds["mine"]))
    if ask.words:
        number = typed_case_number(ask.words)
        like = ServiceCase.customer_name.contains(ask.words, autoescape=True)
        if number:
            like = or_(like, (ServiceCase.year == number[0]) & (ServiceCase.serial == number[1]))
        asked = asked.where(like)
    if ask.show == "closed":
        return asked.order_by(ServiceCase.closed_at.desc(), ServiceCase.id.desc())
    return asked.order_by(ServiceCase.due_on.is_(None), ServiceCase.due_on, ServiceCase.id)


def _coming(reader: Actor) -> Select[tuple[int]]:
    """Cases on their way to an office of this person."""
    seats = select(OfficeClerk.office).where(
        OfficeClerk.person_id == reader.id, OfficeClerk.until_on.is_(None)
    )
    return select(Transfer.case_id).where(Transfer.taken_at.is_(None), Transfer.to_office.in_(seats))


def steps_of(session: Session, case_ids: Collection[int]) -> dict[int, CaseStep]:
    """The step each of these cases is at; no question where there are none."""
    if not case_ids:
        return {}
    asked = select(CaseStep).where(CaseStep.case_id.in_(case_ids), CaseStep.state == StepState.CURRENT)
    return {row.case_id: row for row in session.scalars(asked)}


def items_of(session: Session, case_ids: Collection[int]) -> dict[int, list[CaseItem]]:
    """The services of each of these cases; no question where there are none."""
    if not case_ids:
        return {}
    asked = select(CaseItem).where(CaseItem.case_id.in_(case_ids)).order_by(CaseItem.place)
    found: dict[int, list[CaseItem]] = {}
    for row in session.scalars(asked):
        found.setdefault(row.case_id, []).append(row)
    return found


def cases_of_project(session: Session, project_id: int) -> Sequence[ServiceCase]:
    """The cases of one project, the newest first."""
    asked = select(ServiceCase).where(ServiceCase.project_id == project_id)
    return session.scalars(asked.order_by(ServiceCase.id.desc())).all()


def waiting_count(session: Session, reader: Actor) -> int:
    """How many running cases somebody has in hand or may take over: the figure beside the menu entry."""
    coming = _coming(reader).subquery()
    asked = select(func.count(ServiceCase.id)).where(
        ServiceCase.state != CaseState.CLOSED,
        or_(ServiceCase.holder_id == reader.id, ServiceCase.id.in_(select(coming))),
    )
    return session.scalar(asked) or 0


@dataclass(frozen=True)
class InHand:
    """One running case of somebody's, with its step; ``is_coming`` where it is still to be taken over.

    Shape: ``stop`` is the suspension that is on.
    """

    case: ServiceCase
    step: CaseStep | None
    is_coming: bool
    stop: CaseStop | None


def in_hand(session: Session, reader: Actor) -> list[InHand]:
    """The running cases somebody has in hand, and those on their way to his or her office; two queries."""
    asked = (
        select(ServiceCase, ServiceCase.id.in_(_coming(reader)), CaseStop)
        .outerjoin(CaseStop, and_(CaseStop.case_id == ServiceCase.id, CaseStop.resumed_on.is_(None)))
        .where(
            ServiceCase.state != CaseState.CLOSED,
            or_(ServiceCase.holder_id == reader.id, ServiceCase.id.in_(_coming(reader))),
        )
        .order_by(ServiceCase.due_on.is_(None), ServiceCase.due_on, ServiceCase.id)
    )
    rows = session.execute(asked).all()
    steps = steps_of(session, [case.id for case, _, _ in rows])
    return [InHand(case, steps.get(case.id), bool(is_coming), stop) for case, is_coming, stop in rows]


def unsigned(session: Session, reader: Actor) -> list[tuple[Delivery, ServiceCase]]:
    """The results of somebody's cases that nobody has signed for yet, the longest on their way first."""
    asked = (
        select(Delivery, ServiceCase)
        .join(ServiceCase, ServiceCase.id == Delivery.case_id)
        .where(Delivery.state == DeliveryState.SENT, ServiceCase.holder_id == reader.id)
        .order_by(Delivery.sent_on, Delivery.id)
    )
    return [(delivery, case) for delivery, case in session.execute(asked)]
