"""Causes, levels, ways and endings in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from approvals.rules.lifecycle import StopKind
from concierge.kernel.errors import N_
from concierge.supervision.rules.card import Cause, ChaseWay, Ending, Level, Ruling
from concierge.supervision.rules.complaints import ComplaintFinding, ComplaintStanding, ComplaintWay
from concierge.supervision.rules.league import Grade
from concierge.supervision.rules.reporting_period import ReportSpan

CAUSES: Mapping[Cause, str] = {
    Cause.PROMISED_NEAR: N_("Promised limit is near"),
    Cause.PROMISED_PAST: N_("Past the promised limit"),
    Cause.STATUTORY_PAST: N_("Past the limit of the law"),
    Cause.STOP_OVERRUN: N_("A stop runs past its planned end"),
    Cause.FLOAT: N_("Float is almost used up"),
    Cause.STAGE_OVERDUE: N_("No answer to the papers in time"),
    Cause.SECOND_LIST: N_("A second list of corrections"),
    Cause.REFUSED_WITHOUT_REASONS: N_("Refused without reasons"),
    Cause.ACCEPTED_OUTSIDE: N_("Accepted outside the system"),
    Cause.CHARGED: N_("A fee was charged"),
    Cause.UNLISTED_ITEMS: N_("Papers that are on no list were asked for"),
}
LEVELS: Mapping[Level, str] = {
    Level.HANDLER: N_("handler and deputy"),
    Level.DEPARTMENT_HEAD: N_("head of the department"),
    Level.SUPERVISION_OFFICE: N_("supervision office"),
}
WAYS: Mapping[ChaseWay, str] = {
    ChaseWay.PHONE: N_("by phone"),
    ChaseWay.SMS: N_("by text message"),
    ChaseWay.VISIT: N_("at their office"),
    ChaseWay.LETTER: N_("by letter"),
    ChaseWay.MEETING: N_("in a meeting"),
}
ENDINGS: Mapping[Ending, str] = {
    Ending.CASE_ENDED: N_("the case came to its end"),
    Ending.CLOCK_MOVED: N_("the limit moved, or the stop ended"),
    Ending.HARDER_CARD: N_("a harder card took its place"),
    Ending.APPEAL_UPHELD: N_("taken down on appeal"),
    Ending.MADE_GOOD: N_("put right"),
}
RULINGS: Mapping[Ruling, str] = {
    Ruling.UPHELD: N_("Upheld: the card is taken down"),
    Ruling.REJECTED: N_("Rejected: the card stays"),
}
COMPLAINT_WAYS: Mapping[ComplaintWay, str] = {
    ComplaintWay.APPROVAL: N_("to us: at the counter, by telephone or letter"),
    ComplaintWay.HOTLINE: N_("order of the 12345 hotline"),
}
COMPLAINT_STANDINGS: Mapping[ComplaintStanding, str] = {
    ComplaintStanding.RECEIVED: N_("acceptance to be decided"),
    ComplaintStanding.ACCEPTED: N_("being looked into"),
    ComplaintStanding.DECLINED: N_("complaint not accepted"),
    ComplaintStanding.SENT_BACK: N_("sent back to the hotline"),
    ComplaintStanding.ANSWERED: N_("complaint answered"),
}
FINDINGS: Mapping[ComplaintFinding, str] = {
    ComplaintFinding.FOUNDED: N_("The complaint is right"),
    ComplaintFinding.PARTLY: N_("The complaint is right in part"),
    ComplaintFinding.UNFOUNDED: N_("The facts do not bear it out"),
}
GRADES: Mapping[Grade, str] = {
    Grade.EXCELLENT: N_("excellent"),
    Grade.GOOD: N_("good"),
    Grade.PASS: N_("pass"),
    Grade.FAIL: N_("fail"),
}
SPANS: Mapping[ReportSpan, str] = {
    ReportSpan.MONTH: N_("This month"),
    ReportSpan.LAST_MONTH: N_("Last month"),
    ReportSpan.NINETY_DAYS: N_("Last 90 days"),
    ReportSpan.QUARTER: N_("This quarter"),
    ReportSpan.LAST_QUARTER: N_("Last quarter"),
}
STOPS: Mapping[StopKind, str] = {
    StopKind.CORRECTION: N_("correction"),
    StopKind.HEARING: N_("hearing"),
    StopKind.TENDER: N_("tender"),
    StopKind.AUCTION: N_("auction"),
    StopKind.INSPECTION: N_("inspection"),
    StopKind.TESTING: N_("testing"),
    StopKind.QUARANTINE: N_("quarantine"),
    StopKind.APPRAISAL: N_("appraisal"),
    StopKind.EXPERT_REVIEW: N_("expert review"),
    StopKind.PUBLICITY: N_("publicity"),
    StopKind.TECHNICAL_REVIEW: N_("technical review"),
    StopKind.SITE_SURVEY: N_("site survey"),
    StopKind.CONSULTATION: N_("consultation"),
}
