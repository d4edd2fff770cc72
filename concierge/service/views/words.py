"""The words of the rules as people read them."""

from __future__ import annotations

from concierge.kernel.errors import N_
from concierge.service.rules.case import (
    CaseState,
    Customer,
    DeliveryState,
    DeliveryWay,
    ItemState,
    Mode,
    Outcome,
    PaperState,
    Record,
    Slip,
    Tier,
)

ON = "Service"
OFFICE = "ServiceOffice"

CUSTOMERS = {
    Customer.PERSON: N_("A person"),
    Customer.ENTERPRISE: N_("An enterprise"),
    Customer.PROJECT: N_("A project"),
}
STATES = {
    CaseState.OPEN: N_("Running"),
    CaseState.SUSPENDED: N_("Suspended"),
    CaseState.CLOSED: N_("Closed case"),
}
PILLS = {CaseState.OPEN: "running", CaseState.SUSPENDED: "paused", CaseState.CLOSED: "done"}
OUTCOMES = {
    Outcome.DONE: N_("All services done"),
    Outcome.PARTLY: N_("Some done, some refused"),
    Outcome.REFUSED: N_("Refused with reasons"),
    Outcome.WITHDRAWN: N_("Withdrawn by the customer"),
    Outcome.TERMINATED: N_("Ended by the office"),
}
ITEMS = {
    ItemState.OPEN: N_("Open service"),
    ItemState.DONE: N_("Service done"),
    ItemState.REFUSED: N_("Service refused"),
}
PAPERS = {
    PaperState.MISSING: N_("Not here yet"),
    PaperState.RECEIVED: N_("Paper received"),
    PaperState.SHARED: N_("Drawn from shared data"),
    PaperState.LATER: N_("Comes later"),
}
SLIPS = {
    Slip.ENTRUSTMENT: N_("Entrustment letter"),
    Slip.ACCEPTANCE: N_("Acceptance slip"),
    Slip.SUSPENSION: N_("Suspension slip"),
    Slip.RESUMPTION: N_("Resumption letter"),
    Slip.CLOSING: N_("Closing slip"),
}
RECORDS = {
    Record.CONSULTATION: N_("Advice given"),
    Record.SURVEY: N_("Survey made"),
    Record.VISIT: N_("Visit made"),
    Record.COORDINATION: N_("Departments coordinated"),
    Record.PROGRESS: N_("Progress told"),
    Record.ANSWER: N_("Result told"),
    Record.REPORT: N_("Reported upward"),
    Record.CALL_BACK: N_("Called back"),
    Record.RATING: N_("Rating asked for"),
    Record.ARCHIVE: N_("File put away"),
    Record.NOTE: N_("Something noted"),
}
MODES = {
    Mode.LOCAL: N_("Decided here"),
    Mode.ONLINE: N_("Elsewhere: the place in charge acts online"),
    Mode.RELAY: N_("Elsewhere: taken in here and sent on"),
    Mode.JOINT: N_("Elsewhere: several places together"),
}
TIERS = {
    Tier.VILLAGE: N_("Village or community"),
    Tier.TOWNSHIP: N_("Township or street"),
    Tier.COUNTY: N_("County centre"),
    Tier.CITY: N_("City centre"),
}
WAYS = {
    DeliveryWay.COUNTER: N_("Handed over at the counter"),
    DeliveryWay.COURIER: N_("Sent by courier, free"),
    DeliveryWay.AGENT: N_("Brought by an agent"),
}
DELIVERIES = {
    DeliveryState.SENT: N_("On its way"),
    DeliveryState.SIGNED: N_("Signed for"),
    DeliveryState.RETURNED: N_("Came back"),
}
POSTS = {
    "customer": N_("the customer"),
    "window": N_("the window"),
    "agent": N_("the concierge officer"),
    "department": N_("the department"),
    "chief": N_("the chief concierge"),
}
LEVELS = {
    1: N_("Very satisfied"),
    2: N_("Satisfied"),
    3: N_("Basically satisfied"),
    4: N_("Dissatisfied"),
    5: N_("Very dissatisfied"),
}
EXITS = {
    "entrustment_signed": N_("The entrustment letter is signed"),
    "form_complete": N_("The form is full"),
    "set_complete": N_("Every paper is here, shared or promised by a day"),
    "set_here": N_("Papers that came later are here"),
    "acceptance_issued": N_("The acceptance slip is issued"),
    "in_hand": N_("Somebody has the case in hand"),
    "items_settled": N_("Each service is done, or refused with a reason"),
    "results_signed": N_("The results are signed for"),
}
