"""The green channel: whose delay weighs more when all projects are planned together, and who may have it."""

from __future__ import annotations

from collections.abc import Sequence

from concierge.kernel.errors import N_, Invalid, Refusal

GREEN_FACTOR = 2
"""How many times a day late counts on the green channel. Source: DF-11 names the channel, not the number."""


class GreenReasonMissing(Invalid):
    """Nobody will know later why this project went before others."""

    message = N_(
        "Say in a few words why the project is put on the green channel or taken off it; it stays on record."
    )
    field = "reason"


class OwnerNotTrustworthy(Refusal):
    """The owner has a broken promise on record."""

    message = N_(
        "%(enterprise)s has broken promises on record (%(numbers)s). The green channel is for those who keep"
        " theirs: have the record repaired first."
    )


class GreenAlready(Refusal):
    """It is on the green channel, or off it, as asked."""

    message = N_("The green channel of this project was changed meanwhile. Reload the page.")


def check_green(reason: str, enterprise: str, broken: Sequence[str], *, is_green: bool) -> None:
    """Whether a project may be put on the green channel.

    Shape: ``broken`` are the numbers of its owner's broken promises that show today.
    Raises: GreenAlready, OwnerNotTrustworthy, GreenReasonMissing.
    Source: DF-11.
    """
    if is_green:
        raise GreenAlready
    if broken:
        raise OwnerNotTrustworthy(enterprise=enterprise, numbers="、".join(broken))
    check_green_reason(reason)


def check_green_end(reason: str, *, is_green: bool) -> None:
    """Whether a project may be taken off the green channel.

    Raises: GreenAlready, GreenReasonMissing.
    """
    if not is_green:
        raise GreenAlready
    check_green_reason(reason)


def check_green_reason(reason: str) -> None:
    """Whether something was said.

    Raises: GreenReasonMissing.
    """
    if not reason.strip():
        raise GreenReasonMissing


def green_weight(weight: int, *, is_green: bool) -> int:
    """What a day late costs in the plan of all projects, with the green channel counted.

    Source: DF-11.
    """
    return weight * GREEN_FACTOR if is_green else weight
