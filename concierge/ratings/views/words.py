"""Ratings in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping

from concierge.kernel.errors import N_
from concierge.ratings.rules.appraisal import Measure
from concierge.ratings.rules.rating import Channel, Level, Rated, Reason
from concierge.ratings.rules.redress import Finding, Ruling, Stage

ON = "Rating"
LEVELS: Mapping[Level, str] = {
    Level.VERY_SATISFIED: N_("Very satisfied"),
    Level.SATISFIED: N_("Satisfied"),
    Level.FAIRLY_SATISFIED: N_("Fairly satisfied"),
    Level.DISSATISFIED: N_("Dissatisfied"),
    Level.VERY_DISSATISFIED: N_("Very dissatisfied"),
}
REASONS: Mapping[Reason, str] = {
    Reason.TOLD_AT_ONCE: N_("Everything told at once"),
    Reason.FEW_TRIPS: N_("No needless trips"),
    Reason.KEPT_PROMISE: N_("Done as promised"),
    Reason.CAME_TO_US: N_("The officer came to us"),
    Reason.FRIENDLY: N_("Friendly"),
    Reason.PROGRESS_SEEN: N_("Progress could be seen"),
    Reason.NOT_TOLD_AT_ONCE: N_("Not everything told at once"),
    Reason.EXTRA_PAPERS: N_("More papers asked for than listed"),
    Reason.LATE: N_("Later than promised"),
    Reason.SENT_AROUND: N_("Sent from one to another"),
    Reason.NOBODY_REACHED: N_("Nobody could be reached"),
    Reason.UNFRIENDLY: N_("Unfriendly"),
    Reason.CHARGED: N_("Charged without cause"),
}
KINDS: Mapping[Rated, str] = {
    Rated.STEP: N_("One decision"),
    Rated.SERVICE: N_("One service case"),
    Rated.PROJECT: N_("The whole project"),
}
CHANNELS: Mapping[Channel, str] = {
    Channel.LINK: N_("By its giver"),
    Channel.PAPER: N_("On paper"),
    Channel.PHONE: N_("By telephone"),
}
FINDINGS: Mapping[Finding, str] = {
    Finding.CLEAR: N_("Clear and reasonable: put right at once"),
    Finding.COMPLEX: N_("Complex: put right by a day"),
    Finding.UNFOUNDED: N_("Without ground: explained"),
}
STAGES: Mapping[Stage, str] = {
    Stage.CONTACT: N_("To be contacted and verified"),
    Stage.RECTIFY: N_("To be put right and answered"),
    Stage.CALL_BACK: N_("To be called back"),
    Stage.CLOSED: N_("Followed to the end"),
    Stage.SET_ASIDE: N_("Set aside on appeal"),
}
STAGE_LOOKS: Mapping[Stage, str] = {
    Stage.CONTACT: "running",
    Stage.RECTIFY: "running",
    Stage.CALL_BACK: "waiting",
    Stage.CLOSED: "done",
    Stage.SET_ASIDE: "todo",
}
RULINGS: Mapping[Ruling, str] = {
    Ruling.UPHELD: N_("Upheld: the rating counts for nothing"),
    Ruling.REJECTED: N_("Rejected: the rating counts"),
}
MEASURES: Mapping[Measure, str] = {
    Measure.ON_TIME: N_("Decided within the promise"),
    Measure.SATISFIED: N_("Ratings not negative"),
    Measure.CHASED: N_("Cards chased within a working day"),
    Measure.FIRST_TIME: N_("Accepted without a correction"),
    Measure.HANDED_OVER: N_("Handovers given in time"),
    Measure.CASES: N_("Share of work"),
}
OFFICE = N_("Concierge office")
