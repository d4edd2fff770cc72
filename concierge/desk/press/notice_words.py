"""What a notice says, in the reader's language, from its facts: on the page and in every message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext

from approvals.rules.catalogue import Catalogue
from concierge.kernel import spoken
from concierge.kernel.errors import N_
from concierge.kernel.web import language

TEXTS: Mapping[str, str] = {
    "problem_found": N_("Heard on a visit to %(whom)s: %(what)s; answer it by %(due_on)s"),
    "service_booked": N_("Booked with you: %(what)s, %(on)s at %(at)s"),
    "duty_planned": N_("You are on duty on %(on)s"),
    "duty_dropped": N_("You are not on duty on %(on)s any more"),
    "due_found": N_("%(count)s people newly due in %(places)s: %(service)s"),
    "permit_moved": N_(
        "The permit forecast moved from %(before)s to %(permit_on)s; steps with new dates: %(steps)s"
    ),
    "dates_moved": N_("Steps with new dates: %(steps)s; the permit forecast stays at %(permit_on)s"),
    "step_accept": N_("%(step)s: accepted on %(on)s (%(by)s)"),
    "step_correct": N_("%(step)s: correction asked for on %(on)s (%(by)s); pass the whole list on today"),
    "step_corrected": N_("%(step)s: correction came on %(on)s (%(by)s)"),
    "step_stop": N_("%(step)s: clock stopped on %(on)s (%(by)s)"),
    "step_resume": N_("%(step)s: clock runs again after %(on)s (%(by)s)"),
    "step_extend": N_("%(step)s: limit extended on %(on)s (%(by)s)"),
    "step_pass": N_("%(step)s: result issued on %(on)s (%(by)s)"),
    "step_refuse": N_("%(step)s: not approved on %(on)s (%(by)s)"),
    "step_not_accept": N_("%(step)s: not accepted on %(on)s (%(by)s)"),
    "step_decline": N_("%(step)s: not within this department, on %(on)s (%(by)s)"),
    "step_withdraw": N_("%(step)s: withdrawn on %(on)s (%(by)s)"),
    "step_recall": N_("%(step)s: withdrawn on %(on)s (%(by)s)"),
    "step_revoke": N_("%(step)s: result revoked on %(on)s (%(by)s)"),
    "step_undo": N_("%(step)s: last record taken back (%(by)s)"),
    "project_ended": N_("The project was closed on %(on)s; links to it open nothing any more"),
    "receipt": N_("%(step)s: %(department)s confirmed that it has the papers"),
    "link_asked": N_("%(recipient)s (%(department)s) asks for a new link; show it again and send it"),
    "deferral_due": N_(
        "Paper promised for later, %(material)s (%(number)s): due on %(due_on)s, working days left: %(left)s"
    ),
    "deferral_over": N_("Paper promised for later, %(material)s (%(number)s): overdue since %(due_on)s"),
    "card_yellow": N_("Yellow card for %(department)s: %(step)s, limit %(limit_on)s"),
    "card_red": N_("Red card for %(department)s: %(step)s, limit %(limit_on)s"),
    "card_up": N_("The red card for %(department)s went one level up: %(step)s"),
    "complaint": N_("Somebody complained of %(department)s; it is dealt with by %(due_on)s"),
    "review_convened": N_("Joint review %(group)s sent to %(members)s departments; opinions due %(due_on)s"),
    "opinion_given": N_("%(department)s gave its opinion in the joint review"),
    "round_closed": N_(
        "All departments of the joint review were heard (silent: %(silent)s). Give the one answer"
    ),
    "review_answered": N_("Joint review %(group)s has its answer of %(on)s"),
    "rating_invited": N_(
        "%(step)s: closed three days ago and not rated; hand the enterprise its rating link"
    ),
    "rating_negative": N_("A negative rating for %(department)s: verify it by %(due_on)s"),
    "rating_late": N_("A negative rating for %(department)s is past its day, %(due_on)s"),
    "process_change": N_(
        "%(department)s: one fault %(count)s times this quarter; change the process by %(due_on)s"
    ),
    "handover_due": N_("Hand over to %(name)s by %(due_on)s; the days begin on %(first_on)s"),
    "handover_coming": N_("%(name)s hands over to you by %(due_on)s; you act from %(first_on)s"),
    "handover_sudden": N_("%(name)s is away without notice: take over from the records, from %(first_on)s"),
    "handover_given": N_("%(name)s has handed over to you: read it and accept it"),
    "handover_accepted": N_("%(name)s has accepted your handover"),
    "handover_late": N_("%(name)s was to hand over to %(other)s by %(due_on)s and has not"),
    "work_returned": N_("%(name)s reports what was done and hands the work back to you"),
    "cover_named": N_("You cover a project from %(first_on)s to %(last_on)s: both its officers are away"),
    "cover_by_rule": N_("Both officers are away from %(first_on)s to %(last_on)s: you cover as unit head"),
    "sitting": N_("%(step)s: joint review announced for %(on)s"),
    "substitution_to_tell": N_(
        "%(name)s acts from %(first_on)s: tell the enterprise today, and write down whom you told"
    ),
    "near": N_("Due %(due_on)s: %(thing)s"),
    "near_many": N_("%(count)s things fall due soon; the first on %(due_on)s: %(thing)s"),
    "message_died": N_(
        "A message to you could not be delivered by %(channel)s (%(why)s). Look at your channels"
    ),
    "report_came": N_("It does not get done: %(title)s (%(report)s). Go and see, or call"),
    "report_department": N_("%(title)s (%(report)s): not settled at the window, the head is called"),
    "report_timed": N_("%(title)s (%(report)s): not settled on the spot; the days run"),
    "report_leader": N_("%(title)s (%(report)s): taken to the county leader in charge"),
    "report_office_meeting": N_("%(title)s (%(report)s): taken to the office meeting of the county head"),
    "report_standing_meeting": N_("%(title)s (%(report)s): taken to the standing meeting"),
    "report_yours": N_("You see %(title)s (%(report)s) through, by %(due_on)s"),
    "report_answered": N_("Answer to report %(report)s: %(answer)s"),
    "report_again": N_("The answer did not satisfy: %(title)s (%(report)s) is open again"),
    "negative_answer": N_("%(department)s said no (%(fd)s): look at it a second time by %(due_on)s"),
    "process_fix": N_("A cause came back %(times)s times: say by %(due_on)s how the process is mended"),
    "package_ready": N_("Package %(package)s for %(department)s is ready: hand on its link"),
    "package_told": N_("Package %(package)s for %(department)s is ready; %(name)s was told"),
    "package_for_you": N_("Package %(package)s is here for %(department)s: fetch it and confirm the receipt"),
    "sitting_off": N_("%(step)s: the joint review of %(on)s is called off: %(reason)s"),
}
DAYS = frozenset({"on", "first_on", "last_on", "before", "permit_on", "due_on", "limit_on"})
NAMED = frozenset({"department", "group", "material"})
OTHER = N_("Something happened that this version has no words for: %(text)s")


def sentence(
    text: str, facts: Mapping[str, Any], *, code: str = "", number: str = "", catalogue: Catalogue | None
) -> str:
    """One notice in words.

    Shape: ``text`` names a sentence of ``TEXTS``, ``facts`` fill it; ``code`` and ``number`` name the step.
    """
    filled = {name: _fact(name, value, catalogue) for name, value in facts.items()}
    filled["step"] = f"{number} {matter_name(code, catalogue)}".strip()
    template = TEXTS.get(text)
    return str(gettext(template, **filled) if template else gettext(OTHER, text=text))


CHANNELS: Mapping[str, str] = {
    "mail": N_("mail"),
    "sms": N_("SMS"),
    "dingtalk": N_("DingTalk group"),
    "wecom": N_("WeCom group"),
    "feishu": N_("Feishu group"),
}


def channel_name(channel: str) -> str:
    """A channel in the reader's language."""
    return str(gettext(CHANNELS[channel])) if channel in CHANNELS else channel


def matter_name(code: str, catalogue: Catalogue | None) -> str:
    """A step by the name of its matter, or its code where the catalogue has none."""
    known = catalogue.matter_of.get(code) if catalogue else None
    return str(known.spoken(language())) if known else code


def _fact(name: str, value: Any, catalogue: Catalogue | None) -> Any:
    """A fact of an event as a sentence says it: days as days, codes by their names."""
    if value is None:
        return "—"
    if name in DAYS:
        return spoken.day(date.fromisoformat(value))
    if name == "channel":
        return channel_name(value)
    known = _named(catalogue, name).get(value) if catalogue and name in NAMED else None
    return known.spoken(language()) if known else value


def _named(catalogue: Catalogue, name: str) -> Mapping[str, Any]:
    if name == "department":
        return catalogue.department_of
    if name == "group":
        return catalogue.review_group_of
    return {paper.code: paper for paper in catalogue.materials}
