"""Send a result to its customer, and follow it until somebody signs."""

from __future__ import annotations

from dataclasses import dataclass

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.service.events import ServiceResultMoved, ServiceResultSent
from concierge.service.models.file import Delivery, DeliveryMove
from concierge.service.rules.case import DeliveryState, DeliveryWay
from concierge.service.rules.delivery import check_move, check_sending
from concierge.service.services.pick_up_case import pick_up_case


@dataclass(frozen=True, kw_only=True)
class NewDelivery:
    """What goes, to whom, and how."""

    what: str
    way: DeliveryWay
    to_whom: str
    to_where: str = ""
    carrier: str = ""
    tracking: str = ""
    signed_by: str = ""


def send_result(case_id: int, new: NewDelivery, *, by: Actor) -> int:
    """Send a result; handed over at the counter it is signed for at once. Answers the delivery.

    Raises: Missing; CaseClosed, CaseSuspended; ReceiverNeeded, DeliveryAddressNeeded, TrackingNeeded,
        SignatureNeeded.
    Source: SF-14.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id)
        check_sending(new.way, new.to_whom, new.to_where, new.carrier, new.tracking)
        row = w.add(
            Delivery(
                project_id=case.project_id,
                case_id=case.id,
                what=new.what.strip(),
                way=new.way,
                carrier=new.carrier.strip(),
                tracking=new.tracking.strip(),
                to_whom=new.to_whom.strip(),
                to_where=new.to_where.strip(),
                state=DeliveryState.SENT,
                sent_on=clock.today(),
                sent_by=w.by.label,
            )
        )
        w.record(ServiceResultSent(case.id, case.project_id, row.id, new.way.value))
        if new.way is DeliveryWay.COUNTER:
            _move(w, row, DeliveryState.SIGNED, "", new.signed_by or new.to_whom)
        return row.id


def track_result(delivery_id: int, to: DeliveryState, words: str, signed_by: str = "", *, by: Actor) -> None:
    """Note where a result is: on its way still, signed for, or come back.

    Raises: Missing; CaseClosed, CaseSuspended; DeliveryOver, SignatureNeeded.
    Source: SF-14.
    """
    with work(by) as w:
        row = w.get(Delivery, delivery_id)
        pick_up_case(w, row.case_id)
        _move(w, row, to, words, signed_by)


def _move(w: Work, row: Delivery, to: DeliveryState, words: str, signed_by: str) -> None:
    check_move(row.state, to, signed_by)
    row.state = to
    if to is not DeliveryState.SENT:
        row.ended_on, row.signed_by = clock.today(), signed_by.strip()
    w.add(
        DeliveryMove(
            project_id=row.project_id,
            delivery_id=row.id,
            at=clock.now(),
            state=to,
            words=words.strip(),
            by=w.by.label,
        )
    )
    w.record(ServiceResultMoved(row.case_id, row.project_id, row.id, to.value))
