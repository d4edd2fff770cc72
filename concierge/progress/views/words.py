"""What came in, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping

from concierge.kernel.errors import N_
from concierge.progress.rules.acts import ActKind, IncomingState, ScenarioReply

ON = "Incoming"
KINDS: Mapping[ActKind, str] = {
    ActKind.UPLOAD: N_("Material"),
    ActKind.PICK_UP: N_("Pick-up"),
    ActKind.COMMITMENT: N_("Signed commitment"),
    ActKind.PROBLEM: N_("Cannot be done"),
    ActKind.MESSAGE: N_("Message"),
    ActKind.VISIT: N_("Visit wanted"),
    ActKind.SCENARIO: N_("Reply to a scenario"),
}
STATES: Mapping[IncomingState, str] = {
    IncomingState.NEW: N_("waits"),
    IncomingState.TAKEN: N_("taken in"),
    IncomingState.ANSWERED: N_("answered"),
    IncomingState.DECLINED: N_("not taken"),
}
REPLIES: Mapping[ScenarioReply, str] = {
    ScenarioReply.WANTED: N_("Yes, we want it so"),
    ScenarioReply.NOT_WANTED: N_("No, it stays as it is"),
    ScenarioReply.CALL_US: N_("Please call us about it"),
}
