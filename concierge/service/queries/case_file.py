"""The whole file of one case, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.service.models.case import CaseItem, CaseRecord, CaseStep, CaseStop, ServiceCase
from concierge.service.models.file import CaseSlip, Delivery, DeliveryMove, FormField, SetPaper
from concierge.service.models.office import Transfer
from concierge.service.queries.sight import require_sight
from concierge.service.rules.case import (
    DeliveryState,
    ItemState,
    Mode,
    PaperState,
    Slip,
    StepState,
    case_number,
)
from concierge.service.rules.exits import CaseProgress


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """Everything in the file, each list in its own order."""

    case: ServiceCase
    items: Sequence[CaseItem]
    steps: Sequence[CaseStep]
    fields: Sequence[FormField]
    papers: Sequence[SetPaper]
    slips: Sequence[CaseSlip]
    records: Sequence[CaseRecord]
    stops: Sequence[CaseStop]
    transfers: Sequence[Transfer]
    deliveries: Sequence[Delivery]
    moves: Sequence[DeliveryMove]

    @property
    def number(self) -> str:
        """The case's one number."""
        return case_number(self.case.year, self.case.serial)

    @property
    def current(self) -> CaseStep | None:
        """The step under way; None when the case is over."""
        return next((step for step in self.steps if step.state is StepState.CURRENT), None)

    @property
    def stop(self) -> CaseStop | None:
        """The suspension that is on."""
        return next((stop for stop in self.stops if stop.resumed_on is None), None)

    @property
    def hop(self) -> Transfer | None:
        """The transfer nobody has taken yet."""
        return next((one for one in self.transfers if one.taken_at is None), None)

    def slip(self, kind: Slip) -> CaseSlip | None:
        """The latest paper of one kind."""
        return next((one for one in reversed(self.slips) if one.kind is kind), None)

    def progress(self, office: str = "") -> CaseProgress:
        """How far the case is. Shape: ``office`` is the name of where it is on its way to, if it is."""
        letter = self.slip(Slip.ENTRUSTMENT)
        return CaseProgress(
            is_entrusted=letter is not None and letter.signed_on is not None,
            fields_empty=sum(
                field.is_required and not field.answer and field.sealed is None for field in self.fields
            ),
            papers_missing=sum(paper.state is PaperState.MISSING for paper in self.papers),
            papers_later=sum(paper.state is PaperState.LATER for paper in self.papers),
            is_acceptance_issued=self.slip(Slip.ACCEPTANCE) is not None,
            office=office if self.hop or self.case.holder_id is None else "",
            is_set_awaited=self.case.mode is not Mode.LOCAL and self.case.set_received_on is None,
            items_open=sum(item.state is ItemState.OPEN for item in self.items),
            items_done=sum(item.state is ItemState.DONE for item in self.items),
            deliveries=sum(one.state is not DeliveryState.RETURNED for one in self.deliveries),
            deliveries_unsigned=sum(one.state is DeliveryState.SENT for one in self.deliveries),
            records=frozenset(record.kind for record in self.records),
        )


def case_file(session: Session, case_id: int, reader: Actor) -> CaseFile:
    """The file of a case for somebody who may see it, in a dozen queries however much is in it.

    Raises: Missing.
    """
    require_sight(session, reader, case_id)
    case = session.get(ServiceCase, case_id)
    if case is None:
        raise Missing
    return file_of(session, case)


def file_of(session: Session, case: ServiceCase) -> CaseFile:
    """The file of a case that is at hand already."""

    def rows(kind: Any, *order: Any) -> Sequence[Any]:
        asked = select(kind).where(kind.case_id == case.id).order_by(*order, kind.id)
        return session.scalars(asked).all()

    deliveries = rows(Delivery)
    moves = select(DeliveryMove).where(DeliveryMove.delivery_id.in_([one.id for one in deliveries]))
    return CaseFile(
        case=case,
        items=rows(CaseItem, CaseItem.place),
        steps=rows(CaseStep, CaseStep.place),
        fields=rows(FormField, FormField.place),
        papers=rows(SetPaper, SetPaper.place),
        slips=rows(CaseSlip),
        records=rows(CaseRecord),
        stops=rows(CaseStop),
        transfers=rows(Transfer, Transfer.place),
        deliveries=deliveries,
        moves=session.scalars(moves.order_by(DeliveryMove.id)).all() if deliveries else (),
    )
