"""The record of a promise that was not kept: the bare fact, how long it shows, and how it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concierge.kernel.errors import N_, Invalid, Refusal
from scheduler import WorkCalendar

YEARS_PUBLISHED = 5
WORKDAYS_TO_ANSWER = 3


class RecordIsGone(Refusal):
    """A record that shows no more."""

    message = N_("The record of %(number)s was removed on %(on)s. There is nothing left to do about it.")


class ObjectionOpen(Refusal):
    """A second objection while the first waits."""

    message = N_(
        "An objection to the record of %(number)s waits for its answer until %(due)s. Answer that first."
    )


class NoObjection(Refusal):
    """An answer to nothing."""

    message = N_("Nobody objects to the record of %(number)s. Reload the page.")


class CreditReasonMissing(Invalid):
    """A decision without its reason."""

    message = N_("Say why, in one sentence: it stands in the file for whoever asks later.")


@dataclass(frozen=True, kw_only=True)
class CreditRecord:
    """The bare fact: who, which promise, due when, supplied or not.

    Units: civil days.
    Source: DF-12: the fact, not a judgement.
    """

    number: str
    uscc: str
    due_on: date
    was_supplied: bool
    recorded_on: date
    published_until: date
    objected_on: date | None = None
    answer_due_on: date | None = None
    answered_on: date | None = None
    removed_on: date | None = None

    @property
    def has_open_objection(self) -> bool:
        """Whether somebody objected and waits for the answer."""
        return self.objected_on is not None and self.answered_on is None

    def shows(self, today: date) -> bool:
        """Whether the record may be seen, and bars the next promise.

        Source: DF-12, 5 years, and at once no more when repaired or revoked.
        """
        return self.removed_on is None and today <= self.published_until


def published_until(recorded_on: date) -> date:
    """The last day a record may be seen.

    Units: a civil day; 29 February counts as 28.
    Source: DF-12, at most 5 years.
    """
    last = recorded_on.replace(day=28) if (recorded_on.month, recorded_on.day) == (2, 29) else recorded_on
    return last.replace(year=last.year + YEARS_PUBLISHED)


def answer_due_on(objected_on: date, calendar: WorkCalendar) -> date:
    """The last day to answer an objection.

    Units: a civil day; the period is in working days.
    Source: DF-12, 3 working days.
    """
    return calendar.add_workdays(objected_on, WORKDAYS_TO_ANSWER)


def check_change(record: CreditRecord, reason: str, *, today: date) -> None:
    """Refuse to change a record that shows no more, or without a reason.

    Raises: RecordIsGone, CreditReasonMissing.
    Source: DF-12.
    """
    if not record.shows(today):
        gone_on = record.removed_on or record.published_until
        raise RecordIsGone(number=record.number, on=gone_on.isoformat())
    if not reason.strip():
        raise CreditReasonMissing(field="reason")


def check_objection(record: CreditRecord, reason: str, *, today: date) -> None:
    """Refuse a second objection while the first waits.

    Raises: RecordIsGone, CreditReasonMissing, ObjectionOpen.
    Source: DF-12.
    """
    check_change(record, reason, today=today)
    if record.has_open_objection and record.answer_due_on is not None:
        raise ObjectionOpen(number=record.number, due=record.answer_due_on.isoformat())


def check_answer(record: CreditRecord, reason: str, *, today: date) -> None:
    """Refuse an answer where nobody objected.

    Raises: RecordIsGone, CreditReasonMissing, NoObjection.
    Source: DF-12.
    """
    check_change(record, reason, today=today)
    if not record.has_open_objection:
        raise NoObjection(number=record.number)
