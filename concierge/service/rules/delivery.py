"""How a result reaches its customer, and when it is there."""

from __future__ import annotations

from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.service.rules.case import DeliveryState, DeliveryWay


class TrackingNeeded(Invalid):
    """A courier without a number to follow."""

    message = N_("Write the courier and the number on the waybill, so that it can be followed.")
    field = "tracking"


class DeliveryAddressNeeded(Invalid):
    """A delivery to nowhere."""

    message = N_("Write where it goes: somebody has to find the door.")
    field = "to_where"


class ReceiverNeeded(Invalid):
    """Nobody is named."""

    message = N_("Write who receives it.")
    field = "to_whom"


class SignatureNeeded(Invalid):
    """Signed by nobody."""

    message = N_("Write who signed for it.")
    field = "signed_by"


class DeliveryOver(Refusal):
    """It is signed for, or came back."""

    message = N_("This delivery is over. Send the result again if it did not arrive.")


def check_sending(way: DeliveryWay, to_whom: str, to_where: str, carrier: str, tracking: str) -> None:
    """What must be known before a result leaves the counter.

    Raises: ReceiverNeeded, DeliveryAddressNeeded, TrackingNeeded.
    Source: SF-14.
    """
    if not to_whom.strip():
        raise ReceiverNeeded(field="to_whom")
    if way is not DeliveryWay.COUNTER and not to_where.strip():
        raise DeliveryAddressNeeded(field="to_where")
    if way is DeliveryWay.COURIER and not (carrier.strip() and tracking.strip()):
        raise TrackingNeeded(field="tracking")


def check_move(state: DeliveryState, to: DeliveryState, signed_by: str) -> None:
    """Whether a delivery may go on so: it ends once, and a signature has a name.

    Raises: DeliveryOver, SignatureNeeded.
    Source: SF-14, delivery is followed until somebody signs.
    """
    if state is not DeliveryState.SENT:
        raise DeliveryOver
    if to is DeliveryState.SIGNED and not signed_by.strip():
        raise SignatureNeeded(field="signed_by")
