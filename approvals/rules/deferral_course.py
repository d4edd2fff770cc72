"""The course of a deferral: its states, the only moves between them, its days and its reminders."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from approvals.rules.progress import NotYet
from concierge.kernel.errors import N_, Invalid, Refusal
from scheduler import WorkCalendar


class DeferralState(enum.Enum):
    """Where a deferral stands."""

    DRAFTED = "drafted"
    SIGNED = "signed"
    REFUSED = "refused"
    GRANTED = "granted"
    SUPPLIED = "supplied"
    VERIFIED = "verified"
    CLOSED = "closed"
    OVERDUE = "overdue"
    DEFAULTED = "defaulted"
    CREDIT_RECORDED = "credit_recorded"
    REPAIRED = "repaired"
    VOID = "void"


class ExtensionGround(enum.Enum):
    """Why a due day may move once.

    Source: DF-9.
    """

    FORCE_MAJEURE = "force_majeure"
    AUTHORITY_DELAY = "authority_delay"


class Reminder(enum.Enum):
    """When the enterprise and both officers are told.

    Source: DF-8.
    """

    GRANTED = "granted"
    HALF_TIME = "half_time"
    THREE_LEFT = "three_left"
    ONE_LEFT = "one_left"
    DUE = "due"
    OVERDUE = "overdue"


class DeferralMove(enum.Enum):
    """What happens to a deferral. A reminder and an extension leave it granted."""

    DRAFT = "draft"
    SIGN = "sign"
    REFUSE = "refuse"
    GRANT = "grant"
    EXTEND = "extend"
    SUPPLY = "supply"
    REJECT = "reject"
    REJECT_LATE = "reject_late"
    VERIFY = "verify"
    CLOSE = "close"
    LAPSE = "lapse"
    CURE = "cure"
    DEFAULT = "default"
    RECORD_CREDIT = "record_credit"
    REPAIR = "repair"
    VOID = "void"
    REOPEN = "reopen"


_S, _M = DeferralState, DeferralMove
LAWFUL: Mapping[tuple[DeferralState, DeferralMove], DeferralState] = MappingProxyType(
    {
        (_S.DRAFTED, _M.SIGN): _S.SIGNED,
        (_S.SIGNED, _M.GRANT): _S.GRANTED,
        (_S.SIGNED, _M.REFUSE): _S.REFUSED,
        (_S.GRANTED, _M.EXTEND): _S.GRANTED,
        (_S.GRANTED, _M.SUPPLY): _S.SUPPLIED,
        (_S.GRANTED, _M.LAPSE): _S.OVERDUE,
        (_S.OVERDUE, _M.CURE): _S.SUPPLIED,
        (_S.OVERDUE, _M.DEFAULT): _S.DEFAULTED,
        (_S.SUPPLIED, _M.VERIFY): _S.VERIFIED,
        (_S.SUPPLIED, _M.REJECT): _S.GRANTED,
        (_S.SUPPLIED, _M.REJECT_LATE): _S.OVERDUE,
        (_S.SUPPLIED, _M.DEFAULT): _S.DEFAULTED,
        (_S.VERIFIED, _M.CLOSE): _S.CLOSED,
        (_S.CLOSED, _M.REOPEN): _S.GRANTED,
        (_S.DEFAULTED, _M.RECORD_CREDIT): _S.CREDIT_RECORDED,
        (_S.CREDIT_RECORDED, _M.REPAIR): _S.REPAIRED,
        (_S.DRAFTED, _M.VOID): _S.VOID,
        (_S.SIGNED, _M.VOID): _S.VOID,
        (_S.GRANTED, _M.VOID): _S.VOID,
        (_S.SUPPLIED, _M.VOID): _S.VOID,
        (_S.OVERDUE, _M.VOID): _S.VOID,
    }
)
"""Every move there is, and where it leads. A closed bridge opens again when the result under it goes."""

OPEN = frozenset({_S.GRANTED, _S.SUPPLIED, _S.VERIFIED, _S.OVERDUE})
"""What is granted and not made good: it counts against the caps and holds the certificate back."""

PENDING = frozenset({_S.DRAFTED, _S.SIGNED})
"""What is asked for and not granted yet."""

BRIDGING = OPEN | {_S.CLOSED}
"""Where the gate stays relaxed: a case accepted over the bridge stays accepted once the paper is there."""

UNREPAIRED = frozenset({_S.DEFAULTED, _S.CREDIT_RECORDED})
"""Promises that were not kept and bar the next one. Source: DF-11."""


class Consequence(enum.Enum):
    """What becomes of the case after a default.

    Source: DF-10.
    """

    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    PUT_RIGHT = "put_right"
    REVOKED = "revoked"


def consequences(*, is_decided: bool, was_to_be_put_right: bool) -> tuple[Consequence, ...]:
    """What may follow a default: a case under way is closed; a certificate already issued is put to
    correction within a time, and only then revoked.

    Source: DF-10.
    """
    if not is_decided:
        return Consequence.WITHDRAWN, Consequence.REFUSED
    return (Consequence.REVOKED,) if was_to_be_put_right else (Consequence.PUT_RIGHT,)


class NoSuchConsequence(Refusal):
    """What does not follow from where the case stands."""

    message = N_(
        "This does not follow a default here: a case under way is closed as withdrawn or refused; a "
        "certificate already issued is first to be put right within a time, then revoked."
    )


class NoSuchDeferralMove(Refusal):
    """The deferral stands where this is not possible."""

    message = N_("%(number)s cannot do this from where it stands. Reload the page to see its state.")


class DeferralExtendedAlready(Refusal):
    """A second extension."""

    message = N_("%(number)s was extended once already; a due day moves only once.")


class DeferralExtensionTooLong(Invalid):
    """An extension beyond the first period, or of no day."""

    message = N_("An extension has 1 to %(most)s working days here, no more than the first period had.")


class DeferralExtensionTooLate(Refusal):
    """An extension after the due day."""

    message = N_(
        "%(number)s was due on %(due)s; an extension is asked for before that. "
        "Bring the paper in within the one working day that is left."
    )


class ProofMissing(Invalid):
    """An extension without proof."""

    message = N_("Say what proves the ground: the document, its number, its date.")


class BeforeTheGrant(Invalid):
    """A paper that came before its deferral was granted."""

    message = N_("%(day)s is before %(granted)s, when the deferral was granted. Check the day.")


def moved(number: str, state: DeferralState, move: DeferralMove) -> DeferralState:
    """Where a move leads.

    Raises: NoSuchDeferralMove.
    """
    after = LAWFUL.get((state, move))
    if after is None:
        raise NoSuchDeferralMove(number=number)
    return after


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A paper the certificate of a step waits for, under a granted deferral.

    Shape: ``producer`` is the step whose result it is, empty where the enterprise brings it;
        ``may_issue_first`` that the certificate need not wait (state 12).
    Source: DF-7; S12, state 12.
    """

    deferral_id: int
    number: str
    material: str
    state: DeferralState
    due_on: date
    producer: str = ""
    may_issue_first: bool = False


@dataclass(frozen=True, kw_only=True)
class Course:
    """A granted deferral and its days.

    Units: civil days; ``period_workdays`` is the first period.
    Shape: ``is_bridge`` says that another step's result is awaited, so that the enterprise owes nothing.
    """

    number: str
    state: DeferralState
    granted_on: date
    due_on: date
    period_workdays: int
    is_bridge: bool = False
    extended_on: date | None = None
    overdue_on: date | None = None


def due_after_extension(
    course: Course, workdays: int, proof: str, *, today: date, calendar: WorkCalendar
) -> date:
    """The due day after the one extension there may be.

    Units: ``workdays`` are working days after the first due day.
    Raises: DeferralExtendedAlready, DeferralExtensionTooLate, DeferralExtensionTooLong, ProofMissing,
        OutsideCalendar.
    Source: DF-9.
    """
    if course.extended_on is not None:
        raise DeferralExtendedAlready(number=course.number)
    if today > course.due_on or course.state is not DeferralState.GRANTED:
        raise DeferralExtensionTooLate(number=course.number, due=course.due_on.isoformat())
    if not 1 <= workdays <= course.period_workdays:
        raise DeferralExtensionTooLong(most=course.period_workdays, field="workdays")
    if not proof.strip():
        raise ProofMissing(field="proof")
    return calendar.add_workdays(course.due_on, workdays)


def supplying_move(course: Course, on: date, *, today: date) -> DeferralMove:
    """How a paper that comes in on a day is recorded: in time, or on the day of grace.

    Shape: a paper that came in time but is recorded late counts as in time.
    Raises: BeforeTheGrant, NotYet, NoSuchDeferralMove.
    Source: DF-10; the lifecycle of deferrals, cured within 1 working day.
    """
    if on > today:
        raise NotYet(day=on.isoformat(), field="on")
    if on < course.granted_on:
        raise BeforeTheGrant(day=on.isoformat(), granted=course.granted_on.isoformat(), field="on")
    return DeferralMove.CURE if course.state is DeferralState.OVERDUE else DeferralMove.SUPPLY


def rejecting_move(course: Course, *, today: date) -> DeferralMove:
    """What becomes of a paper that is unfit: brought again in time, on the day of grace, or a default.

    Source: DF-10, supplied and unfit is not supplied.
    """
    if today <= course.due_on:
        return DeferralMove.REJECT
    return DeferralMove.DEFAULT if course.overdue_on is not None else DeferralMove.REJECT_LATE


def move_of_the_day(course: Course, today: date, calendar: WorkCalendar) -> DeferralMove | None:
    """What the new day does to a deferral; None where nothing.

    Shape: overdue from the first working day after the due day; that day is the day of grace, and the default
        follows on the next working day. Rest days do nothing. A bridge never defaults: its enterprise owes
        nothing, so it stays overdue until the step behind it closes.
    Source: DF-8, DF-10, DF-15; the lifecycle of deferrals, cured within 1 working day.
    """
    if not calendar.is_workday(today):
        return None
    if course.state is DeferralState.GRANTED and today > course.due_on:
        return DeferralMove.LAPSE
    is_out_of_grace = course.overdue_on is not None and today > course.overdue_on
    if course.state is DeferralState.OVERDUE and is_out_of_grace and not course.is_bridge:
        return DeferralMove.DEFAULT
    return None


def reminder_days(course: Course, calendar: WorkCalendar) -> dict[Reminder, date]:
    """The day of each reminder, in order of time.

    Units: civil days that are working days.
    Shape: half time is half the period rounded up; days before the grant or that fall on a more urgent
        reminder's are left out. After an extension, the days before the new due day, from the old one on.
    Source: DF-8.
    """
    begun_on = course.extended_on or course.granted_on
    period = calendar.workdays_between(course.granted_on, course.due_on)
    half = calendar.add_workdays(course.granted_on, (period + 1) // 2)
    days = {
        Reminder.GRANTED: course.granted_on,
        Reminder.HALF_TIME: half,
        Reminder.THREE_LEFT: calendar.add_workdays(course.due_on, -3),
        Reminder.ONE_LEFT: calendar.add_workdays(course.due_on, -1),
        Reminder.DUE: course.due_on,
        Reminder.OVERDUE: calendar.next_workday(course.due_on),
    }
    kept = {
        reminder: on
        for reminder, on in days.items()
        if on > begun_on or (reminder is Reminder.GRANTED and course.extended_on is None)
    }
    urgent_first = sorted(kept.items(), key=lambda pair: -_URGENCY[pair[0]])
    by_day: dict[date, Reminder] = {}
    for reminder, on in urgent_first:
        by_day.setdefault(on, reminder)
    return {reminder: on for on, reminder in sorted(by_day.items())}


_URGENCY = {reminder: place for place, reminder in enumerate(Reminder)}


def reminder_of_the_day(course: Course, today: date, calendar: WorkCalendar) -> Reminder | None:
    """The reminder that holds today: the last whose day has come, sent already or not.

    Shape: reminders that a stopped machine missed are not sent after a more urgent one.
    Source: DF-8.
    """
    come = [reminder for reminder, on in reminder_days(course, calendar).items() if on <= today]
    return come[-1] if come else None
