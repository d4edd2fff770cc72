"""The public object in sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext, ngettext

from approvals.rules.lifecycle import StopKind
from concierge.kernel import clock, spoken
from concierge.kernel.errors import N_
from concierge.progress.rules.public_progress import (
    Forecast,
    Happened,
    Headline,
    Need,
    NeedKind,
    Officer,
    PublicMove,
    PublicState,
    Running,
    RunningState,
    SlipReason,
)

HEADLINES: Mapping[Headline, str] = {
    Headline.START: N_("Construction can start on %(day)s, as expected now"),
    Headline.PERMIT: N_("Construction permit expected on %(day)s"),
    Headline.STARTED: N_("Construction has begun, on %(day)s"),
    Headline.ENDED: N_("Everything is done since %(day)s"),
    Headline.GIVEN_UP: N_("This project was given up on %(day)s"),
    Headline.PLANNING: N_("The day is still being worked out"),
}
SLIPS: Mapping[SlipReason, str] = {
    SlipReason.OWN_SIDE: N_("Preparing “%(step)s” took longer than first planned: %(days)s working days."),
    SlipReason.PAUSED: N_(
        "“%(step)s” went through a procedure of the law: %(days)s working days more than first planned."
    ),
    SlipReason.CORRECTING: N_("The papers of “%(step)s” were corrected: %(days)s working days."),
    SlipReason.EXTENDED: N_(
        "The time for “%(step)s” was lawfully extended: %(days)s working days more than first planned."
    ),
    SlipReason.LONGER: N_("“%(step)s” takes %(days)s working days longer than first planned."),
}
MOVES: Mapping[PublicMove, str] = {
    PublicMove.HANDED_IN: N_("“%(step)s”: papers handed in, %(department)s"),
    PublicMove.ACCEPTED: N_("“%(step)s”: accepted by %(department)s"),
    PublicMove.NOT_ACCEPTED: N_(
        "“%(step)s”: not accepted by %(department)s; your officer tells you how to go on"
    ),
    PublicMove.CORRECTION_ASKED: N_("“%(step)s”: %(department)s asks for corrections"),
    PublicMove.CORRECTED: N_("“%(step)s”: corrections complete"),
    PublicMove.PAUSED: N_("“%(step)s”: a procedure outside the promised days began"),
    PublicMove.GOES_ON: N_("“%(step)s”: the promised days run again"),
    PublicMove.EXTENDED: N_("“%(step)s”: time extended by %(department)s"),
    PublicMove.DECIDED: N_("“%(step)s”: done, %(department)s"),
    PublicMove.REFUSED: N_("“%(step)s”: refused by %(department)s; your officer tells you what can be done"),
    PublicMove.WITHDRAWN: N_("“%(step)s”: application withdrawn"),
    PublicMove.BEGUN_ANEW: N_("“%(step)s”: begun anew"),
    PublicMove.NOTE: N_("“%(step)s”: %(words)s"),
}
PAUSES: Mapping[str, str] = {
    StopKind.EXPERT_REVIEW.value: N_("Expert review"),
    StopKind.PUBLICITY.value: N_("Public notice"),
    StopKind.TECHNICAL_REVIEW.value: N_("Technical review"),
    StopKind.SITE_SURVEY.value: N_("Site survey"),
    StopKind.HEARING.value: N_("Hearing"),
    StopKind.TENDER.value: N_("Tender"),
    StopKind.AUCTION.value: N_("Auction"),
    StopKind.INSPECTION.value: N_("Inspection"),
    StopKind.TESTING.value: N_("Testing"),
    StopKind.QUARANTINE.value: N_("Quarantine"),
    StopKind.APPRAISAL.value: N_("Appraisal"),
    StopKind.CONSULTATION.value: N_("Consulting another department"),
}
STATES: Mapping[PublicState, str] = {
    PublicState.DONE: N_("Done"),
    PublicState.RUNNING: N_("In progress"),
    PublicState.READY: N_("Can begin"),
    PublicState.WAITING: N_("Waits for earlier steps"),
}


def day(on: date | None) -> str:
    """A day; with its year, where that is not this one."""
    if on is None:
        return "—"
    return spoken.day(on) if on.year == clock.today().year else spoken.day_full(on)


def joined(*sentences: str) -> str:
    """Whole sentences one after another: with a space between them, where the language has one."""
    return ("" if spoken.is_chinese() else " ").join(one for one in sentences if one)


def headline(told: Forecast) -> str:
    """The first sentence."""
    return gettext(HEADLINES[told.headline], day=day(told.on))


def against_plan(told: Forecast) -> str:
    """The day against the one first told."""
    if told.first_on is None or told.headline not in (Headline.START, Headline.PERMIT):
        return ""
    if told.late_workdays > 0:
        return ngettext(
            "%(num)s working day later than first told (%(day)s).",
            "%(num)s working days later than first told (%(day)s).",
            told.late_workdays,
            day=day(told.first_on),
        )
    if told.late_workdays < 0:
        return ngettext(
            "%(num)s working day earlier than first told (%(day)s).",
            "%(num)s working days earlier than first told (%(day)s).",
            -told.late_workdays,
            day=day(told.first_on),
        )
    return gettext("On the day first told.")


def against_target(told: Forecast) -> str:
    """The day against the one agreed with the enterprise."""
    if told.target_on is None or told.headline not in (Headline.START, Headline.PERMIT):
        return ""
    if told.to_target_workdays >= 0:
        return gettext("Not later than the agreed %(day)s.", day=day(told.target_on))
    return ngettext(
        "%(num)s working day after the agreed %(day)s.",
        "%(num)s working days after the agreed %(day)s.",
        -told.to_target_workdays,
        day=day(told.target_on),
    )


def slip(told: Forecast) -> str:
    """Why the day moved."""
    if told.slip_reason is None:
        return ""
    return gettext(SLIPS[told.slip_reason], step=told.slip_step, days=told.slip_workdays)


def latest(told: Forecast) -> str:
    """How late it can become within the law."""
    if told.latest_on is None:
        return ""
    return gettext(
        "%(latest)s at the latest, if every department used all the time the law gives it.",
        latest=day(told.latest_on),
    )


def since(before_on: date | None, before_start_on: date | None, told: Forecast) -> str:
    """What changed since the visit before."""
    if before_on is None or before_start_on is None or told.on is None:
        return ""
    if before_start_on == told.on:
        return gettext("Since your visit of %(day)s the expected day has not moved.", day=day(before_on))
    if before_start_on < told.on:
        return gettext(
            "Since your visit of %(day)s the expected day has moved back from %(old)s to %(new)s.",
            day=day(before_on),
            old=day(before_start_on),
            new=day(told.on),
        )
    return gettext(
        "Since your visit of %(day)s the expected day has come forward from %(old)s to %(new)s.",
        day=day(before_on),
        old=day(before_start_on),
        new=day(told.on),
    )


def need_title(one: Need) -> str:
    """What is to be done."""
    if one.kind is NeedKind.PROMISED:
        return gettext("Bring the papers promised for “%(step)s”", step=one.step)
    if one.kind is NeedKind.CORRECT:
        return gettext("Correct the papers of “%(step)s”", step=one.step)
    if one.kind is NeedKind.STEP:
        return one.step
    return gettext("Prepare the papers of “%(step)s”", step=one.step)


def need_note(one: Need) -> str:
    """Until when, and what hangs on it."""
    return joined(_left(one), _hangs_on(one))


def _left(one: Need) -> str:
    if one.left_workdays < 0:
        return ngettext("%(num)s working day overdue.", "%(num)s working days overdue.", -one.left_workdays)
    if one.left_workdays == 0:
        return gettext("Today is the last day.")
    return ngettext("%(num)s working day left.", "%(num)s working days left.", one.left_workdays)


def _hangs_on(one: Need) -> str:
    if one.kind is NeedKind.PROMISED:
        return gettext("%(who)s issues its certificate when they are all there.", who=one.department)
    return gettext("Done by then, the expected day does not move.") if one.left_workdays >= 0 else ""


def running_note(one: Running) -> str:
    """Who has it and until when."""
    due = gettext("%(department)s, expected on %(day)s.", department=one.department, day=day(one.due_on))
    return joined(due, _why_waiting(one))


def _why_waiting(one: Running) -> str:
    if one.late_workdays > 0:
        return ngettext(
            "%(num)s working day past the promised end; your officer is on it.",
            "%(num)s working days past the promised end; your officer is on it.",
            one.late_workdays,
        )
    if one.state is RunningState.PAUSED:
        said = gettext(PAUSES[one.pause])
        return gettext("%(procedure)s goes on now; the law does not count these days.", procedure=said)
    if one.state is RunningState.SITTING:
        return gettext("The departments sit together on %(day)s.", day=day(one.sitting_on))
    fixed = {
        RunningState.WAITS_FOR_YOU: gettext("It waits for your corrections."),
        RunningState.LOOKING: gettext("The papers are being looked through."),
    }
    return fixed.get(one.state, "")


def happened(one: Happened) -> str:
    """One line of the history."""
    return gettext(MOVES[one.move], step=one.step, department=one.department, words=one.words)


def officer_note(one: Officer) -> str:
    """Where somebody is found, or until when they are away."""
    if one.away_until_on is not None and not one.is_acting:
        return gettext("Away until %(day)s", day=day(one.away_until_on))
    return one.office or gettext("Concierge office")


def state(one: PublicState) -> str:
    """Where a step stands, in a word."""
    return gettext(STATES[one])
