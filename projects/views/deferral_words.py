"""What the screens of deferral say: states, moves, levels, grounds, consequences, countdowns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext

from approvals.models.deferral import DeferralRow
from approvals.rules.assurance import AssuranceState
from approvals.rules.deferral import GrantLevel, WhyMain
from approvals.rules.deferral_course import (
    Consequence,
    DeferralMove,
    DeferralState,
    ExtensionGround,
)
from concierge.kernel.errors import N_
from projects.queries.commitments import SOON_WORKDAYS
from scheduler import WorkCalendar

STATES: Mapping[DeferralState, tuple[str, str]] = {
    DeferralState.DRAFTED: ("todo", N_("Letter drafted")),
    DeferralState.SIGNED: ("ready", N_("Signed, to be granted")),
    DeferralState.REFUSED: ("ended", N_("Deferral refused")),
    DeferralState.GRANTED: ("deferred", N_("To be supplied")),
    DeferralState.SUPPLIED: ("running", N_("Supplied, to be checked")),
    DeferralState.VERIFIED: ("running", N_("Found fit")),
    DeferralState.CLOSED: ("done", N_("Made good")),
    DeferralState.OVERDUE: ("overdue", N_("Overdue")),
    DeferralState.DEFAULTED: ("overdue", N_("In default")),
    DeferralState.CREDIT_RECORDED: ("overdue", N_("Default on record")),
    DeferralState.REPAIRED: ("done", N_("Credit repaired")),
    DeferralState.VOID: ("ended", N_("Void")),
}
MOVES: Mapping[DeferralMove, str] = {
    DeferralMove.DRAFT: N_("Commitment letter drafted"),
    DeferralMove.SIGN: N_("Commitment letter signed"),
    DeferralMove.REFUSE: N_("Deferral refused"),
    DeferralMove.GRANT: N_("Deferral granted"),
    DeferralMove.EXTEND: N_("Due day extended"),
    DeferralMove.SUPPLY: N_("Paper supplied"),
    DeferralMove.REJECT: N_("Paper found unfit, to be brought again in time"),
    DeferralMove.REJECT_LATE: N_("Paper found unfit, one working day of grace left"),
    DeferralMove.VERIFY: N_("Paper found fit"),
    DeferralMove.CLOSE: N_("Deferral closed"),
    DeferralMove.LAPSE: N_("Due day passed"),
    DeferralMove.CURE: N_("Paper supplied on the day of grace"),
    DeferralMove.DEFAULT: N_("Promise not kept"),
    DeferralMove.RECORD_CREDIT: N_("Default put on record"),
    DeferralMove.REPAIR: N_("Credit repaired, record removed"),
    DeferralMove.VOID: N_("Deferral void"),
    DeferralMove.REOPEN: N_("Owed again: the result it rested on was taken back"),
}
REASONS: Mapping[str, str] = {
    "made good by the result of the step that makes it": N_(
        "made good by the result of the step that makes it"
    ),
    "the case ended": N_("the case ended"),
    "the result it was made good with was taken back": N_("the result it was made good with was taken back"),
    "the case is not on the list any more, or was begun anew": N_(
        "the case is not on the list any more, or was begun anew"
    ),
}
"""What the system itself gives as a reason; what people typed is shown as they typed it."""
LEVELS: Mapping[GrantLevel, str] = {
    GrantLevel.WINDOW: N_("the window"),
    GrantLevel.CHIEF_REPRESENTATIVE: N_("the department's chief representative"),
    GrantLevel.STAGE_LEAD: N_("the lead of the stage"),
    GrantLevel.COORDINATOR: N_("the coordinator, with the head of the department"),
}
WHY_MAIN: Mapping[WhyMain, str] = {
    WhyMain.LACKS_ONLY_STAMP: N_("main document, of which a copy is here that lacks only its stamp"),
    WhyMain.SLIP_EXISTS: N_("main document, whose office has accepted the application for it"),
}
GROUNDS: Mapping[ExtensionGround, str] = {
    ExtensionGround.FORCE_MAJEURE: N_("force majeure"),
    ExtensionGround.AUTHORITY_DELAY: N_("an authority's own delay"),
}
CONSEQUENCES: Mapping[Consequence, str] = {
    Consequence.WITHDRAWN: N_("the case is closed as withdrawn"),
    Consequence.REFUSED: N_("the case is refused"),
    Consequence.PUT_RIGHT: N_("the certificate is to be put right by a day"),
    Consequence.REVOKED: N_("the certificate is revoked"),
}
ASSURANCES: Mapping[AssuranceState, tuple[str, str]] = {
    AssuranceState.DECIDED: ("running", N_("Decided, to be checked")),
    AssuranceState.TRUE: ("done", N_("Checked, true")),
    AssuranceState.UNTRUE: ("overdue", N_("Untrue, to be revoked")),
    AssuranceState.REVOKED: ("ended", N_("Decision revoked")),
}


def state_pill(row: DeferralRow) -> dict[str, str]:
    """The state as a pill."""
    look, words = STATES[row.state]
    return {"state": look, "text": gettext(words)}


def reason_words(reason: str) -> str:
    """A reason: the system's own in the reader's language, a person's as it was typed."""
    return gettext(REASONS[reason]) if reason in REASONS else reason


def workdays_left(row: DeferralRow, today: date, calendar: WorkCalendar) -> int:
    """Working days until the due day; below zero once it has passed."""
    return calendar.workdays_between(today, row.due_on or row.asked_due_on)


def countdown_of(row: DeferralRow, today: date, calendar: WorkCalendar) -> dict[str, Any]:
    """The cells of the countdown and the words beside them.

    Shape: ``promised``, ``used`` and ``late`` are cells, one a working day; ``kind`` for the drawing.
    """
    begun_on, due_on = row.granted_on or row.drafted_on, row.due_on or row.asked_due_on
    until = min(row.supplied_on or today, today)
    promised = max(1, calendar.workdays_between(begun_on, due_on))
    used = min(promised, max(0, calendar.workdays_between(begun_on, until)))
    late = max(0, calendar.workdays_between(due_on, until))
    return {
        "promised": promised,
        "used": used,
        "late": late,
        "kind": "commitment",
        "words": _left_words(row, calendar.workdays_between(today, due_on)),
    }


def _left_words(row: DeferralRow, left: int) -> str:
    if row.state is DeferralState.SUPPLIED:
        return gettext("supplied")
    if left == 0:
        return gettext("falls due today")
    if left == 1:
        return gettext("due tomorrow")
    if left < 0:
        return ngettext("%(num)s day overdue", "%(num)s days overdue", -left)
    return ngettext("%(num)s day left", "%(num)s days left", left)


def group_of(row: DeferralRow, today: date, calendar: WorkCalendar) -> str:
    """The group of the ledger a line stands in: overdue, soon, supplied, later, pending."""
    if row.state in (DeferralState.DRAFTED, DeferralState.SIGNED):
        return "pending"
    if row.state is DeferralState.SUPPLIED:
        return "supplied"
    left = workdays_left(row, today, calendar)
    late = (DeferralState.OVERDUE, DeferralState.DEFAULTED, DeferralState.CREDIT_RECORDED)
    if row.state in late or left < 0:
        return "overdue"
    return "soon" if left <= SOON_WORKDAYS else "later"
