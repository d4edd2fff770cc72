"""What a record of something done with people must say."""

from __future__ import annotations

from datetime import date

from concierge.kernel.errors import N_, Invalid
from concierge.service.rules.case import Record

WITH_SOMEBODY = frozenset(
    {Record.CONSULTATION, Record.VISIT, Record.COORDINATION, Record.ANSWER, Record.CALL_BACK, Record.PROGRESS}
)
LEVELS = range(1, 6)


class WordsMissing(Invalid):
    """A record that says nothing."""

    message = N_("Write what was done or said, in a sentence.")
    field = "words"


class WhomMissing(Invalid):
    """A talk with nobody."""

    message = N_("Write with whom: a talk has two sides.")
    field = "whom"


class RecordInFuture(Invalid):
    """A record of what has not happened."""

    message = N_("Give a day up to today: only what has happened is written down.")
    field = "happened_on"


class SatisfactionWrong(Invalid):
    """A satisfaction outside the five levels."""

    message = N_("Choose one of the five levels, or leave it open.")
    field = "satisfaction"


def check_record(
    kind: Record, words: str, whom: str, satisfaction: int | None, *, happened_on: date, today: date
) -> None:
    """Whether a record says enough.

    Raises: WordsMissing, WhomMissing, RecordInFuture, SatisfactionWrong.
    Source: SF-4; RT-1 for the five levels.
    """
    if not words.strip():
        raise WordsMissing(field="words")
    if kind in WITH_SOMEBODY and not whom.strip():
        raise WhomMissing(field="whom")
    if happened_on > today:
        raise RecordInFuture(field="happened_on")
    if satisfaction is not None and satisfaction not in LEVELS:
        raise SatisfactionWrong(field="satisfaction")
