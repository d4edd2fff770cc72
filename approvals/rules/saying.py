"""What an act must say before it counts: a stop its notice, a refusal its reasons."""

from __future__ import annotations

import re

from approvals.rules.catalogue import Matter
from approvals.rules.facts import Label
from approvals.rules.lifecycle import StopKind
from approvals.rules.progress import Act, Move
from concierge.kernel.errors import N_, Invalid, Refusal

OFFICERS_ON_SITE = 2
_BETWEEN_NAMES = re.compile(r"[、,，;；\s]+")

REMEDIES = Label(
    "如不服本决定，可以依法申请行政复议或者提起行政诉讼。",
    "Against this decision you may ask for administrative reconsideration or bring a suit, as the law says.",
)
"""What every refusal tells besides its reasons.

Source: AC-14.
"""


class ReasonMissing(Invalid):
    """Something that moves a limit, or says no, without a reason."""

    message = N_("Write the reason. Without one this cannot be recorded.")


class BasisMissing(Invalid):
    """Something that moves a limit, or says no, without the law it rests on."""

    message = N_("Write the legal basis: which article allows it.")


class ApproverMissing(Invalid):
    """A stop or an extension that nobody decided."""

    message = N_("Write who decided or approved it.")


class NoticeMissing(Invalid):
    """A stop the applicant was not told of in writing."""

    message = N_("Write the number of the written notice: the applicant must be told how long it takes.")


class PlannedEndMissing(Invalid):
    """A stop without a planned end."""

    message = N_("Write until when it is planned to last. A stop without a planned end is not allowed.")


class StopKindMissing(Invalid):
    """A stop of no kind, or of one that is recorded otherwise."""

    message = N_(
        "Choose the kind of the special procedure. A correction is recorded as a correction, not as a stop."
    )


class ExtensionMissing(Invalid):
    """An extension by no days."""

    message = N_("Write by how many working days the limit is extended.")


class TwoOfficersMissing(Invalid):
    """A visit to the site by fewer than two."""

    message = N_("Checking facts on site takes at least two officers. Write the names of both.")


class FilingCannotBeRefused(Refusal):
    """A filing is complete or not; it is not judged."""

    message = N_(
        "“%(step)s” is a filing: complete information is the filing. Say what is missing instead; it cannot "
        "be refused."
    )


_NEEDS_REASON = frozenset(
    {Move.CORRECT, Move.STOP, Move.EXTEND, Move.NOT_ACCEPT, Move.DECLINE, Move.REFUSE, Move.REVOKE}
)
_NEEDS_BASIS = frozenset({Move.STOP, Move.EXTEND, Move.REFUSE, Move.REVOKE})
_NEEDS_APPROVER = frozenset({Move.STOP, Move.EXTEND})


def check_said(act: Act, matter: Matter, *, name: str, is_accepted: bool) -> None:
    """Refuse an act that leaves out what it must say.

    Shape: ``name`` is the matter as people call it.
    Raises: ReasonMissing, BasisMissing, ApproverMissing; StopKindMissing, NoticeMissing, PlannedEndMissing,
        TwoOfficersMissing for a stop; ExtensionMissing; FilingCannotBeRefused.
    Source: CL-1 and CL-6 for stops, AC-7 for extensions, AC-5 and AC-14 for saying no, AC-13, AC-15; S02
        art. 69 for revocation.
    """
    if act.move is Move.REFUSE and matter.kind == "filing":
        raise FilingCannotBeRefused(step=name)
    if act.move is Move.STOP and act.stop in (None, StopKind.CORRECTION):
        raise StopKindMissing(field="stop")
    if act.move is Move.EXTEND and act.workdays <= 0:
        raise ExtensionMissing(field="workdays")
    if act.move in _NEEDS_REASON and not act.reason.strip():
        raise ReasonMissing(field="reason")
    if act.move in _NEEDS_BASIS and not act.basis.strip():
        raise BasisMissing(field="basis")
    if act.move in _NEEDS_APPROVER and not act.decided_by.strip():
        raise ApproverMissing(field="decided_by")
    if act.move is Move.STOP or (act.move is Move.CORRECT and is_accepted):
        _check_stop(act)


def _check_stop(act: Act) -> None:
    if act.planned_last_on is None and act.workdays <= 0:
        raise PlannedEndMissing(field="planned_last_on")
    if act.move is Move.STOP and not act.number.strip():
        raise NoticeMissing(field="number")
    if act.stop is StopKind.SITE_SURVEY and len(names_in(act.decided_by)) < OFFICERS_ON_SITE:
        raise TwoOfficersMissing(field="decided_by")


def names_in(text: str) -> tuple[str, ...]:
    """The names somebody wrote in one line, each once."""
    return tuple(dict.fromkeys(name for name in _BETWEEN_NAMES.split(text) if name))


def with_remedies(reason: str, lang: str) -> str:
    """The reasons of a refusal, followed by what may be done against it.

    Source: AC-14.
    """
    told = REMEDIES.spoken(lang)
    return reason if told in reason else f"{reason.strip()}\n{told}"
