"""The limit of the whole: how long a joint handling may take from the day everybody was sent it.

Source: AC-8.
"""

from __future__ import annotations

from datetime import date

from concierge.kernel.errors import N_, Invalid, Refusal
from scheduler import WorkCalendar

JOINT_WORKDAYS = 45
"""Unified, joint or centralised handling. Source: AC-8, S02 art. 42."""
LONGEST_EXTENSION_WORKDAYS = 15
"""The one extension, approved by the government. Source: AC-8, S02 art. 42."""


class ReviewExtensionTooLong(Invalid):
    """More than the law gives, or nothing at all."""

    message = N_("A joint handling is extended once, by 1 to %(most)s working days.")
    field = "workdays"


class ReviewExtendedAlready(Refusal):
    """The one extension is used."""

    message = N_("This joint review was extended already. The law gives one extension.")


class ReviewExtensionTooLate(Refusal):
    """The limit has passed; an extension cannot mend that."""

    message = N_("The limit ended on %(end_on)s. An extension is decided before that day.")


class ApprovalExpected(Invalid):
    """An extension nobody approved."""

    message = N_("Name who of the government approved the extension, with the number of the approval.")
    field = "approved_by"


class ExtensionReasonExpected(Invalid):
    """An extension whose reasons the applicant is not told."""

    message = N_("Write the reasons; the applicant is told them.")
    field = "reason"


def joint_end(sent_on: date, extended_workdays: int, calendar: WorkCalendar) -> date:
    """The last day of a joint handling.

    Units: working days; the day everybody was sent the submission is day 0.
    Source: AC-8; S02 (行政许可法) art. 42; WD-2.
    """
    return calendar.add_workdays(sent_on, JOINT_WORKDAYS + extended_workdays)


def check_extension(
    *, end_on: date, extended_workdays: int, workdays: int, approved_by: str, reason: str, today: date
) -> None:
    """Refuse an extension the law does not give.

    Raises: ReviewExtendedAlready, ReviewExtensionTooLong, ReviewExtensionTooLate, ApprovalExpected,
        ExtensionReasonExpected.
    Source: AC-8.
    """
    if extended_workdays:
        raise ReviewExtendedAlready
    if not 1 <= workdays <= LONGEST_EXTENSION_WORKDAYS:
        raise ReviewExtensionTooLong(most=LONGEST_EXTENSION_WORKDAYS)
    if today > end_on:
        raise ReviewExtensionTooLate(end_on=end_on)
    if not approved_by.strip():
        raise ApprovalExpected
    if not reason.strip():
        raise ExtensionReasonExpected
