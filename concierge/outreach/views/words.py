"""The words for the values of outreach: English here, other languages by the catalogue."""

from __future__ import annotations

from flask_babel import gettext

from concierge.kernel.errors import N_
from concierge.outreach.rules.eligibility import Condition, Operator, PersonFact
from concierge.outreach.rules.lawful_use import Ground
from concierge.outreach.rules.lines import Column
from concierge.outreach.rules.personal import Wrong
from concierge.outreach.rules.serving import Deed
from concierge.outreach.rules.standing import (
    ApplicationState,
    BatchState,
    BookingState,
    DueState,
    Hours,
    Road,
    Support,
    VisitState,
)

DUE_STATES = {
    DueState.ASK: N_("consent to be asked"),
    DueState.FOUND: N_("due, not begun"),
    DueState.STARTED: N_("case begun"),
    DueState.ISSUED: N_("issued, to be delivered"),
    DueState.DELIVERED: N_("delivered and signed for"),
    DueState.DECLINED: N_("does not want it"),
    DueState.LAPSED: N_("not due any more"),
}
DEEDS = {
    Deed.START: N_("Begin the case"),
    Deed.ISSUE: N_("Issue"),
    Deed.DELIVER: N_("Record the delivery"),
    Deed.DECLINE: N_("Record a no"),
}
GROUNDS = {
    Ground.DUTY: N_("statutory duty (Personal Information Protection Law, arts. 13(3), 34)"),
    Ground.CONSENT: N_("consent (Personal Information Protection Law, art. 13(1))"),
    Ground.SEPARATE: N_("separate consent, sensitive data (Personal Information Protection Law, art. 29)"),
}
ROADS = {
    Road.COUNTER: N_("at the counter"),
    Road.PAPER: N_("on paper"),
    Road.PHONE: N_("by telephone"),
    Road.AGENT: N_("through an agent"),
    Road.ONLINE: N_("online"),
}
SUPPORTS = {
    Support.NONE: N_("no support"),
    Support.LOW_INCOME: N_("low income"),
    Support.NO_MEANS: N_("without any means"),
}
FACTS = {
    PersonFact.AGE: N_("Age, years"),
    PersonFact.REGISTERED: N_("Registered here (yes or no)"),
    PersonFact.DISABILITY: N_("Disability grade, 1 the gravest"),
    PersonFact.SUPPORT: N_("Kind of support (none, low_income, no_means)"),
    PersonFact.ID_CARD_END: N_("Identity card ends within days"),
}
OPERATORS = {
    Operator.AT_LEAST: N_("at least"),
    Operator.BELOW: N_("below"),
    Operator.IS: N_("is exactly"),
    Operator.WITHIN_DAYS: N_("within"),
}
BATCH_STATES = {
    BatchState.COLLECTING: N_("collecting"),
    BatchState.SENT: N_("with the department"),
    BatchState.RETURNED: N_("results are back"),
    BatchState.CLOSED: N_("all delivered"),
}
APPLICATION_STATES = {
    ApplicationState.FAULTY: N_("to be mended"),
    ApplicationState.READY: N_("complete"),
    ApplicationState.SENT: N_("sent"),
    ApplicationState.GRANTED: N_("granted, to be delivered"),
    ApplicationState.REFUSED: N_("refused"),
    ApplicationState.DELIVERED: N_("delivered and signed for"),
    ApplicationState.WITHDRAWN: N_("withdrawn"),
}
VISIT_STATES = {
    VisitState.PLANNED: N_("planned, to be made"),
    VisitState.DONE: N_("made"),
    VisitState.CALLED_OFF: N_("called off"),
}
BOOKING_STATES = {
    BookingState.BOOKED: N_("booked"),
    BookingState.SERVED: N_("served"),
    BookingState.MISSED: N_("did not come"),
    BookingState.CALLED_OFF: N_("called off"),
}
HOURS = {
    Hours.OPEN: N_("within office hours"),
    Hours.EARLY: N_("before office hours"),
    Hours.NOON: N_("over noon"),
    Hours.LATE: N_("after office hours"),
    Hours.WEEKEND: N_("at the weekend"),
    Hours.HOLIDAY: N_("on a rest day"),
}
COLUMNS = {
    Column.NAME: N_("Name"),
    Column.ID_NUMBER: N_("Identity number"),
    Column.PHONE: N_("Telephone"),
    Column.ADDRESS: N_("Home address"),
    Column.TOWNSHIP: N_("Township"),
    Column.GRID: N_("Grid"),
    Column.COMPOUND: N_("Compound"),
    Column.ROAD: N_("Road of applying"),
    Column.REGISTERED: N_("Registered here"),
    Column.DISABILITY: N_("Disability grade"),
    Column.SUPPORT: N_("Kind of support"),
    Column.ID_CARD_END: N_("Identity card ends on"),
    Column.DIED_ON: N_("Died on"),
    Column.HOLDS: N_("Held already"),
    Column.NUMBER: N_("Line"),
    Column.OUTCOME: N_("Outcome"),
    Column.RESULT: N_("Result number"),
    Column.ON: N_("Day of the result"),
    Column.REASON: N_("Reason"),
}
WRONGS = {
    Wrong.MISSING: N_("%(column)s is missing"),
    Wrong.SHAPE: N_("%(column)s has the wrong form"),
    Wrong.CHECK: N_("%(column)s is mistyped: the last sign does not fit"),
    Wrong.DAY: N_("%(column)s holds no day of the calendar"),
    Wrong.UNKNOWN: N_("%(column)s is not known here"),
    Wrong.TWICE: N_("%(column)s stands in this batch already"),
    Wrong.LONG: N_("%(column)s is too long"),
}

CONDITIONS = {
    (PersonFact.AGE, Operator.AT_LEAST): N_("%(value)s years or older"),
    (PersonFact.AGE, Operator.BELOW): N_("younger than %(value)s years"),
    (PersonFact.DISABILITY, Operator.AT_LEAST): N_("disability of grade %(value)s or lighter"),
    (PersonFact.DISABILITY, Operator.BELOW): N_("disability graver than grade %(value)s"),
    (PersonFact.ID_CARD_END, Operator.WITHIN_DAYS): N_("identity card ends within %(value)s days"),
}
REGISTERED = {"yes": N_("registered here"), "no": N_("not registered here")}


def faults_spoken(faults: str) -> list[str]:
    """The faults of a line, ``name:missing,phone:shape``, as sentences."""
    spoken = []
    for fault in filter(None, faults.split(",")):
        column, _, wrong = fault.partition(":")
        spoken.append(gettext(WRONGS[Wrong(wrong)], column=gettext(COLUMNS[Column(column)])))
    return spoken


def condition_spoken(condition: Condition) -> str:
    """One condition as a reader says it, such as “60 years or older”."""
    if condition.fact is PersonFact.SUPPORT:
        return gettext("support: %(kind)s", kind=gettext(SUPPORTS[Support(condition.value)]))
    if condition.fact is PersonFact.REGISTERED:
        return gettext(REGISTERED[condition.value])
    return gettext(CONDITIONS[condition.fact, condition.operator], value=condition.value)
