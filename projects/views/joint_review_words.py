"""How people call the states, answers and reasons of a joint review."""

from __future__ import annotations

from collections.abc import Mapping

from approvals.rules.consolidation import AgainReason
from approvals.rules.joint_reviews import AnswerKind, ReviewKind, ReviewState
from approvals.rules.opinions import OpinionWay, Stance
from concierge.kernel.errors import N_

KINDS: Mapping[ReviewKind, str] = {
    ReviewKind.WRITTEN: N_("Papers sent round"),
    ReviewKind.MEETING: N_("Meeting"),
    ReviewKind.SITE_VISIT: N_("Joint site visit"),
    ReviewKind.BEFORE_LAND: N_("Review before the land is held"),
}
STATES: Mapping[ReviewState, tuple[str, str]] = {
    ReviewState.GATHERING: ("running", N_("Waiting for opinions")),
    ReviewState.GATHERED: ("ready", N_("Ready to answer")),
    ReviewState.ANSWERED: ("done", N_("Answered")),
    ReviewState.CANCELLED: ("ended", N_("Cancelled")),
}
STANCES: Mapping[Stance, tuple[str, str]] = {
    Stance.AGREE: ("done", N_("Agrees")),
    Stance.CONDITIONS: ("ready", N_("Agrees with conditions")),
    Stance.MATERIAL: ("paused", N_("Needs material")),
    Stance.NOT_OURS: ("ended", N_("Not ours")),
    Stance.SILENT: ("waiting", N_("No answer")),
}
WAYS: Mapping[OpinionWay, str] = {
    OpinionWay.SCREEN: N_("entered by the office"),
    OpinionWay.LINK: N_("by the department's link"),
    OpinionWay.DOCUMENT: N_("from a returned paper"),
    OpinionWay.RULE: N_("by the calendar"),
}
ANSWERS: Mapping[AnswerKind, str] = {
    AnswerKind.AGREED: N_("All agree"),
    AnswerKind.CONDITIONS: N_("Agreed with conditions"),
    AnswerKind.MATERIAL: N_("Papers are missing"),
}
AGAIN: Mapping[AgainReason, str] = {
    AgainReason.MATERIAL: N_("asked for papers"),
    AgainReason.CONTRADICTION: N_("its condition is contradicted"),
    AgainReason.CHANGED: N_("its subject has changed"),
    AgainReason.SILENT: N_("has not answered"),
}
