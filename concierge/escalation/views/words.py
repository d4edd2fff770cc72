"""Ways, kinds, levels, deeds and outcomes in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from concierge.escalation.rules.report import (
    BottleneckState,
    Contentment,
    NegativeRuling,
    ReportDeed,
    ReportKind,
    ReportLevel,
    ReportOutcome,
    ReportWay,
    Rise,
    VoiceState,
    VoiceTopic,
)
from concierge.kernel.errors import N_
from concierge.staff.rules.contacts import ContactPost

WINDOW_ROLE = N_("EscalationOfficer")
"""The role of the window's people, so that the header says it in the reader's language."""
WAYS: Mapping[ReportWay, str] = {
    ReportWay.COUNTER: N_("at the window"),
    ReportWay.PHONE: N_("by phone"),
    ReportWay.ONLINE: N_("online"),
    ReportWay.PLATFORM: N_("found by the platform"),
    ReportWay.CALL_BACK: N_("found in a call-back"),
}
KINDS: Mapping[ReportKind, str] = {
    ReportKind.UNLAWFUL: N_("Not lawful"),
    ReportKind.BLOCKED: N_("Blocked"),
    ReportKind.REFUSED: N_("Refused at the counter"),
    ReportKind.SPECIAL: N_("Special request"),
}
KIND_NOTES: Mapping[ReportKind, str] = {
    ReportKind.UNLAWFUL: N_("law or policy forbids it: explain it together with the approver"),
    ReportKind.BLOCKED: N_("a paper, a condition or the flow is missing: defer first, then supply"),
    ReportKind.REFUSED: N_("duty not done or put off: order it done at once and hold to account"),
    ReportKind.SPECIAL: N_("early, late, at home, on a holiday: arrange it"),
}
LEVELS: Mapping[ReportLevel, str] = {
    ReportLevel.WINDOW: N_("Settled at the window"),
    ReportLevel.DEPARTMENT: N_("Settled by the department"),
    ReportLevel.TIMED: N_("Done by a day"),
    ReportLevel.LEADER: N_("County leader in charge"),
    ReportLevel.OFFICE_MEETING: N_("Office meeting of the county head"),
    ReportLevel.STANDING_MEETING: N_("Standing meeting"),
}
RISES: Mapping[Rise, str] = {
    Rise.NOBODY_CAME: N_("nobody came in time"),
    Rise.UNSOLVED: N_("not settled"),
    Rise.DAY_OVER: N_("not settled by closing"),
    Rise.LATE: N_("not done in time"),
    Rise.ASKED: N_("taken up by hand"),
    Rise.REOPENED: N_("closed, then reopened"),
}
OUTCOMES: Mapping[ReportOutcome, str] = {
    ReportOutcome.SOLVED: N_("Done: it can be handled now"),
    ReportOutcome.ARRANGED: N_("Arranged for a time and place"),
    ReportOutcome.EXPLAINED: N_("Cannot be done; explained with its ground"),
    ReportOutcome.WITHDRAWN: N_("Taken back by the person"),
}
CONTENTMENTS: Mapping[Contentment, str] = {
    Contentment.SATISFIED: N_("Satisfied with the answer"),
    Contentment.PARTLY: N_("Partly satisfied"),
    Contentment.UNSATISFIED: N_("Not satisfied with the answer"),
    Contentment.NOT_REACHED: N_("Could not be reached"),
}
DEEDS: Mapping[ReportDeed, str] = {
    ReportDeed.REGISTERED: N_("Report registered"),
    ReportDeed.FOUND_AGAIN: N_("Found again by the platform"),
    ReportDeed.ARRIVED: N_("Came to the window"),
    ReportDeed.ROSE: N_("One level up"),
    ReportDeed.CLASSIFIED: N_("Sorted"),
    ReportDeed.OWNED: N_("Seen through by"),
    ReportDeed.OPINION: N_("Opinion of a department"),
    ReportDeed.MEETING: N_("Meeting set"),
    ReportDeed.ASSIGNED: N_("Assignment order issued"),
    ReportDeed.ASSIGNMENT_ANSWERED: N_("Assignment order answered"),
    ReportDeed.ANSWERED: N_("Answered the person"),
    ReportDeed.NOTED: N_("Written down"),
    ReportDeed.CLOSED: N_("Report closed"),
    ReportDeed.ASKED_BACK: N_("Asked the person back"),
    ReportDeed.REOPENED: N_("Taken up again"),
}
POSTS: Mapping[ContactPost, str] = {
    ContactPost.REPRESENTATIVE: N_("Chief window representative"),
    ContactPost.HEAD: N_("Head or deputy head in charge"),
    ContactPost.COUNTY_LEADER: N_("County leader in charge"),
}
RULINGS: Mapping[NegativeRuling, str] = {
    NegativeRuling.UPHELD: N_("The no holds"),
    NegativeRuling.OVERTURNED: N_("Overturned: it is done"),
}
TOPICS: Mapping[VoiceTopic, str] = {
    VoiceTopic.PROBLEM: N_("a difficulty"),
    VoiceTopic.SUGGESTION: N_("a suggestion"),
    VoiceTopic.POLICY: N_("a question of policy"),
    VoiceTopic.PRAISE: N_("praise"),
}
VOICE_STATES: Mapping[VoiceState, str] = {
    VoiceState.HEARD: N_("written down"),
    VoiceState.ROUTED: N_("with the department"),
    VoiceState.ANSWERED: N_("answered, not told yet"),
    VoiceState.TOLD: N_("told to the person"),
}
BOTTLENECK_STATES: Mapping[BottleneckState, str] = {
    BottleneckState.RECORDED: N_("on record"),
    BottleneckState.PROPOSED: N_("with a proposal"),
    BottleneckState.TAKEN_UP: N_("taken up"),
    BottleneckState.MENDED: N_("mended"),
    BottleneckState.NOT_FOLLOWED: N_("not followed"),
}
FIGURE_NAMES: Mapping[str, str] = {
    "window_minutes": N_("Minutes until the chief representative is here"),
    "department_minutes": N_("Minutes until the head in charge is here"),
    "explain_workdays": N_("Working days to explain what the law forbids"),
    "one_department_workdays": N_("Working days where one department is concerned"),
    "across_workdays": N_("Working days where several are concerned"),
    "leader_workdays": N_("Working days for the county leader"),
    "negative_workdays": N_("Working days for the second look at a no"),
    "fix_workdays": N_("Working days to mend a process"),
    "fix_times": N_("How often a cause comes back in a quarter before its process is mended"),
    "opens": N_("The hall opens"),
    "pauses": N_("Midday break from"),
    "resumes": N_("Midday break to"),
    "closes": N_("The hall closes"),
}
PRESET_NAMES: Mapping[str, str] = {
    "three_levels": N_("10 minutes, 30 minutes, 3 working days"),
    "by_difficulty": N_("1, 2 and 3 working days by difficulty"),
    "five_and_ten": N_("5 and 10 working days"),
}
