"""The words of handovers, the same on every page and on paper."""

from __future__ import annotations

from collections.abc import Mapping

from concierge.handover.rules.handover import HandoverKind, HandoverState, TellingWay
from concierge.handover.rules.sheet import LineKind
from concierge.kernel.errors import N_
from concierge.staff.rules.stages import Stage

KINDS: Mapping[HandoverKind, str] = {
    HandoverKind.LEAVE: N_("Planned absence"),
    HandoverKind.SUDDEN: N_("Unplanned absence"),
    HandoverKind.CHANGE: N_("Change of officer"),
    HandoverKind.STAGE: N_("Next stage of the project"),
    HandoverKind.COVER: N_("Cover while both are away"),
}
STATES: Mapping[HandoverState, tuple[str, str]] = {
    HandoverState.TO_GIVE: ("todo", N_("To be handed over")),
    HandoverState.TO_ACCEPT: ("wait", N_("Waits for acceptance")),
    HandoverState.ACCEPTED: ("doing", N_("Taken over")),
    HandoverState.TO_REPORT: ("wait", N_("Return report due")),
    HandoverState.TO_TAKE_BACK: ("wait", N_("Waits to be taken back")),
    HandoverState.OVER: ("done", N_("Handover complete")),
    HandoverState.DROPPED: ("todo", N_("No longer needed")),
}
LINES: Mapping[LineKind, str] = {
    LineKind.STEP: N_("With the department"),
    LineKind.START: N_("To be filed"),
    LineKind.CORRECTION: N_("Owner corrects"),
    LineKind.DEFERRAL: N_("Deferred paper"),
    LineKind.SITTING: N_("Review meeting"),
    LineKind.REVIEW: N_("Opinions due"),
}
WAYS: Mapping[TellingWay, str] = {
    TellingWay.PHONE: N_("by telephone"),
    TellingWay.MESSAGE: N_("by message"),
    TellingWay.MEETING: N_("in person"),
    TellingWay.LETTER: N_("by letter"),
}
POSTS: Mapping[str, str] = {"A": "A", "B": "B", "C": "C", "R": N_("resident officer")}
DEEDS: Mapping[str, str] = {
    "preparing": N_("In preparation"),
    "received": N_("Papers received"),
    "withdrawn": N_("Withdrawn"),
    "accepted": N_("Accepted"),
    "not_accepted": N_("Not accepted"),
    "declined": N_("Acceptance declined"),
    "correcting": N_("To be corrected"),
    "corrected": N_("Corrected"),
    "working": N_("In progress"),
    "in_procedure": N_("Clock stopped"),
    "procedure_over": N_("In progress"),
    "passed": N_("Done"),
    "passed_deferred": N_("Done, papers owed"),
    "refused": N_("Refused"),
    "recalled": N_("Recalled"),
    "revoked": N_("Revoked"),
}
STAGES: Mapping[Stage, str] = {
    Stage.ATTRACTION: N_("Attraction: the investment liaison"),
    Stage.CONSTRUCTION: N_("Construction: A and B"),
    Stage.OPERATION: N_("Operation: the resident service officer"),
}
