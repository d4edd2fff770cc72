"""Who is told of milestones, and how: only whoever said yes twice, until they say stop."""

from __future__ import annotations

from datetime import datetime, timedelta

from concierge.kernel.addresses import is_mobile
from concierge.kernel.errors import N_, ConciergeError, Invalid, Refusal
from concierge.progress.rules.acts import TellingWay
from concierge.progress.rules.links import checked_address

KEY_PREFIX = "qyg_m_"
MOST_OPEN = 5
"""Ways one link may have at a time."""
CONFIRM_WITHIN = timedelta(hours=48)
"""How long a mail that asks for confirmation is good."""


class AddressNeeded(Invalid):
    """Neither a number nor an address."""

    message = N_("Give a mobile number of 11 digits for SMS, or a mail address for mail.")


class TooManyWays(Refusal):
    """More ways than one person has."""

    message = N_("This link tells %(most)s ways already. Stop one of them first.")


class WayNotOpen(Refusal):
    """This county has no SMS or mail service set up."""

    message = N_("This way is not set up here. Take the calendar, or ask your concierge officer to call you.")


class ConfirmedTooLate(ConciergeError):
    """A key to confirm with whose time is over."""

    message = N_("This confirmation was good for 48 hours. Subscribe again on the progress page.")
    status = 410


def address_for(way: TellingWay, typed: str) -> str:
    """The address of a way as it is kept; empty for a calendar.

    Raises: AddressNeeded, AddressUnknown.
    """
    if way is TellingWay.CALENDAR:
        return ""
    address = checked_address(typed)
    if not address or is_mobile(address) is not (way is TellingWay.SMS):
        raise AddressNeeded(field="address")
    return address


def check_confirming(made_at: datetime, now: datetime) -> None:
    """Whether a mail address may still be confirmed. Raises: ConfirmedTooLate."""
    if now - made_at > CONFIRM_WITHIN:
        raise ConfirmedTooLate
