"""Which notices cannot wait for the morning, and how long a message rests after a failure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

IN_MORNING = frozenset({"near", "near_many"})
"""Notices that say what the morning message says as well."""
ALWAYS = IN_MORNING | {
    "step_correct",
    "card_red",
    "card_up",
    "handover_sudden",
    "handover_given",
    "handover_late",
    "substitution_to_tell",
    "rating_late",
    "report_came",
    "report_department",
    "report_leader",
    "report_again",
}
"""Notices that ask for something today, whatever day they name."""
DUE_FACTS = ("due_on", "limit_on", "due_at", "first_on")
"""The facts that name a day on which something falls due or begins."""
DUE_BY_TEXT: Mapping[str, str] = {"sitting": "on", "sitting_off": "on"}
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
"""How long a message rests after each failed attempt; after the last it is given up."""


def due_day(text: str, facts: Mapping[str, object]) -> date | None:
    """The day a notice is about, None for one without a day.

    Shape: a fact is a day, a moment, or either as it stands in a row.
    """
    for name in (*((DUE_BY_TEXT[text],) if text in DUE_BY_TEXT else ()), *DUE_FACTS):
        found = _day(facts.get(name))
        if found is not None:
            return found
    return None


def is_pressing(text: str, facts: Mapping[str, object], near_until: date) -> bool:
    """Whether a notice goes out at once: it asks for something today, or its day is near or past.

    Units: ``near_until`` is the last day that is near.
    Source: FE-16, SF-15.
    """
    due = due_day(text, facts)
    return text in ALWAYS or (due is not None and due <= near_until)


PAUSES_OF_A_CODE = PAUSES[:1]
"""Somebody waits before the screen for a code: what does not arrive now is of no use later."""


def pause_after(attempt: int, *, is_code: bool = False) -> timedelta | None:
    """How long a message rests after a failed attempt, counted from 1; None when it is given up."""
    pauses = PAUSES_OF_A_CODE if is_code else PAUSES
    return pauses[attempt - 1] if attempt <= len(pauses) else None


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
