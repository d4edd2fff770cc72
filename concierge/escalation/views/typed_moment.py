"""A day and time of day as typed into a field."""

from __future__ import annotations

from datetime import datetime

from concierge.kernel import clock
from concierge.kernel.errors import N_, Invalid


class NotAMoment(Invalid):
    """Something else than a day with a time."""

    message = N_("Give day and time, such as 2026-05-08 09:30.")


def typed_moment(raw: str | None, name: str) -> datetime:
    """An aware moment from a field, on the clock of Asia/Shanghai.

    Raises: NotAMoment.
    """
    try:
        found = datetime.fromisoformat((raw or "").strip())
    except ValueError:
        raise NotAMoment(field=name) from None
    return found if found.tzinfo else found.replace(tzinfo=clock.SHANGHAI)


def as_typed(moment: datetime) -> str:
    """A moment as such a field shows it."""
    return f"{clock.local(moment):%Y-%m-%dT%H:%M}"
