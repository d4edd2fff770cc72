"""The form in which a department answers: what was typed, kept whatever becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from flask import request
from flask_babel import gettext

from approvals.rules.lifecycle import StopKind
from concierge.desk.rules.reply import Outcome, OutcomeMissing, Reply, faults_of
from concierge.kernel import storage
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.storage import Stored
from concierge.kernel.typed_values import typed_day, typed_number

LONGEST_NUMBER = 80
LONGEST_TEXT = 2_000
OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    Outcome.RECEIPT: (N_("Received"), N_("the papers are with you")),
    Outcome.ACCEPT: (N_("Accepted"), N_("the day clock starts on the next working day")),
    Outcome.DONE: (N_("Result given"), N_("approval, permit or certificate issued")),
    Outcome.FAULTS: (N_("Needs correction"), N_("told once and in full; the clock stands still")),
    Outcome.CORRECTED: (
        N_("Correction is in"),
        N_("everything is mended; the clock runs again"),
    ),
    Outcome.STOP: (N_("Stop the clock"), N_("publicity, expert review, inspection and the like")),
    Outcome.RESUME: (N_("Clock runs again"), N_("the special procedure is over")),
    Outcome.REFUSE: (N_("Not approved"), N_("with the legal basis and reasons")),
    Outcome.NOT_ACCEPT: (N_("Not accepted"), N_("with the reasons; it may be handed in anew")),
}
STOPS: Mapping[StopKind, str] = {
    StopKind.PUBLICITY: N_("Publicity"),
    StopKind.EXPERT_REVIEW: N_("Expert review"),
    StopKind.TECHNICAL_REVIEW: N_("Technical review"),
    StopKind.SITE_SURVEY: N_("Site survey"),
    StopKind.HEARING: N_("Hearing"),
    StopKind.TESTING: N_("Testing"),
    StopKind.INSPECTION: N_("Inspection"),
    StopKind.QUARANTINE: N_("Quarantine"),
    StopKind.APPRAISAL: N_("Appraisal"),
    StopKind.TENDER: N_("Tender"),
    StopKind.AUCTION: N_("Auction"),
    StopKind.CONSULTATION: N_("Consulting another authority"),
}


@dataclass(frozen=True, kw_only=True)
class TypedReply:
    """What somebody typed into the form."""

    outcome: str = ""
    on: str = ""
    number: str = ""
    faults: str = ""
    stop: str = ""
    basis: str = ""
    reason: str = ""
    decided_by: str = ""
    workdays: str = ""

    def reply(self) -> Reply:
        """The answer typed.

        Raises: OutcomeMissing, NotACalendarDay, NotAWholeNumber.
        """
        known = {outcome.value: outcome for outcome in Outcome}
        if self.outcome not in known:
            raise OutcomeMissing(field="outcome")
        outcome = known[self.outcome]
        stops = {kind.value: kind for kind in StopKind}
        is_stop = outcome in (Outcome.STOP, Outcome.RESUME)
        return Reply(
            outcome=outcome,
            on=typed_day(self.on, "on"),
            number=self.number,
            faults=faults_of(self.faults),
            basis=self.basis,
            reason=self.reason,
            decided_by=self.decided_by,
            stop=stops.get(self.stop) if is_stop else None,
            workdays=self._length(outcome),
        )

    def _length(self, outcome: Outcome) -> int:
        is_asked = outcome is Outcome.STOP or (outcome is Outcome.FAULTS and bool(self.workdays))
        return typed_number(self.workdays, "workdays") if is_asked else 0


def typed_reply(form: Mapping[str, str]) -> TypedReply:
    """The form as it came, cut to what a person types."""
    return TypedReply(
        outcome=form.get("outcome", ""),
        on=form.get("on", "").strip(),
        number=form.get("number", "").strip()[:LONGEST_NUMBER],
        faults=form.get("faults", "")[:LONGEST_TEXT],
        stop=form.get("stop", ""),
        basis=form.get("basis", "").strip()[:LONGEST_TEXT],
        reason=form.get("reason", "").strip()[:LONGEST_TEXT],
        decided_by=form.get("decided_by", "").strip()[:LONGEST_NUMBER],
        workdays=form.get("workdays", "").strip(),
    )


def sent_file() -> Stored | None:
    """The file that came with the form, looked at and kept; None without one."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    try:
        return storage.store(cast("BinaryIO", file.stream), name=file.filename)
    except Invalid as error:
        error.facts["field"] = "file"
        raise


def outcome_options(offered: tuple[Outcome, ...]) -> list[dict[str, Any]]:
    """The outcomes a page offers, for its radios."""
    return [
        {"value": outcome.value, "text": gettext(OUTCOMES[outcome][0]), "note": gettext(OUTCOMES[outcome][1])}
        for outcome in offered
    ]


def stop_options() -> list[dict[str, str]]:
    """The kinds of pause a department may name; a correction has its own form."""
    return [{"value": kind.value, "text": gettext(name)} for kind, name in STOPS.items()]
