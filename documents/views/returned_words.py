"""The words of returned forms, for their readers."""

from __future__ import annotations

from collections.abc import Mapping

from concierge.kernel.errors import N_
from documents.rules.returned import FieldDecision, FoundBy, ReturnState

STATES: Mapping[ReturnState, str] = {
    ReturnState.OPEN: N_("Waits for a decision"),
    ReturnState.TAKEN: N_("Fields taken over"),
    ReturnState.LEFT: N_("Nothing taken over"),
}
FOUND_BY: Mapping[FoundBy, str] = {
    FoundBy.TAG: N_("by its mark"),
    FoundBy.ALIAS: N_("by its title"),
    FoundBy.LABEL: N_("by the words beside it"),
    FoundBy.COLUMN: N_("by its column"),
}
DECISIONS: Mapping[FieldDecision, str] = {
    FieldDecision.OPEN: N_("to be decided"),
    FieldDecision.TAKEN: N_("taken over"),
    FieldDecision.LEFT: N_("left as it was"),
    FieldDecision.SAME: N_("as it was sent"),
}
