"""What each move of a step asks for: its button, and the fields of its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from approvals.rules.lifecycle import StopKind
from approvals.rules.progress import Move
from concierge.kernel.errors import N_

LONGEST_LINE = 80
LONGEST_TEXT = 1_000
OPTIONAL = frozenset({"number", "basis"})
STOP_KINDS: Mapping[StopKind, str] = {
    StopKind.EXPERT_REVIEW: N_("Expert review"),
    StopKind.PUBLICITY: N_("Public notice"),
    StopKind.TECHNICAL_REVIEW: N_("Technical review"),
    StopKind.SITE_SURVEY: N_("Site survey"),
    StopKind.HEARING: N_("Hearing"),
    StopKind.TENDER: N_("Tender"),
    StopKind.AUCTION: N_("Auction"),
    StopKind.INSPECTION: N_("Inspection"),
    StopKind.TESTING: N_("Testing"),
    StopKind.QUARANTINE: N_("Quarantine"),
    StopKind.APPRAISAL: N_("Appraisal"),
    StopKind.CONSULTATION: N_("Consulting another department"),
    StopKind.CORRECTION: N_("Correction"),
}
"""The kinds of stops in words, the frequent ones first."""
DAY, NUMBER, REASON, BASIS = N_("Day"), N_("Number of the document"), N_("Reason"), N_("Legal basis")
LABELS: Mapping[str, str] = {
    "on": DAY,
    "number": NUMBER,
    "reason": REASON,
    "basis": BASIS,
    "decided_by": N_("Decided by"),
    "stop": N_("Kind of procedure"),
    "planned_last_on": N_("Planned last day"),
    "workdays": N_("Working days more"),
}


@dataclass(frozen=True, kw_only=True)
class ActForm:
    """One move as a form: the word of its button, what it does in a line, and its fields in order.

    Shape: ``labels`` and ``hints`` replace the usual ones of a field; ``required`` are the fields that must
        be filled in among those that usually need not.
    """

    button: str
    fields: tuple[str, ...]
    does: str = ""
    icon: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    is_grave: bool = False

    def must_have(self, name: str) -> bool:
        """Whether a field of this form must be filled in."""
        return name in self.required or name not in OPTIONAL


FORMS: Mapping[Move, ActForm] = {
    Move.PREPARE: ActForm(button=N_("Preparation began"), fields=("on",)),
    Move.RECEIVE: ActForm(
        button=N_("Papers received"),
        fields=("on",),
        does=N_(
            "Within five working days the department accepts, or tells at once everything that is missing; "
            "silence counts as acceptance from this day."
        ),
    ),
    Move.ACCEPT: ActForm(
        button=N_("Accepted"),
        fields=("on", "number"),
        labels={"number": N_("Number of the acceptance slip")},
    ),
    Move.WITHDRAW: ActForm(
        button=N_("Withdrawn by the applicant"),
        fields=("on", "reason"),
        does=N_("The case ends without a result; it can be begun anew."),
        is_grave=True,
    ),
    Move.NOT_ACCEPT: ActForm(
        button=N_("Not accepted"),
        fields=("on", "reason", "basis", "number"),
        does=N_("Not a matter for this department, or none that needs a licence. The case ends."),
        labels={"number": N_("Number of the slip")},
        is_grave=True,
    ),
    Move.DECLINE: ActForm(
        button=N_("Acceptance declined"),
        fields=("on", "reason", "basis", "number"),
        does=N_("The papers do not meet what the law asks for. The case ends; it can be begun anew."),
        labels={"number": N_("Number of the slip")},
        is_grave=True,
    ),
    Move.CORRECT: ActForm(
        button=N_("Ask for correction"),
        fields=("on", "reason", "number"),
        icon="back",
        does=N_("Everything that must be corrected is told once, all together; a second list is refused."),
        labels={"reason": N_("What must be corrected"), "number": N_("Number of the notice")},
        hints={"reason": N_("one point a line")},
    ),
    Move.CORRECTED: ActForm(
        button=N_("Correction complete"),
        fields=("on",),
        labels={"on": N_("Day the full correction arrived")},
    ),
    Move.WORK: ActForm(button=N_("Department begins to work"), fields=("on",)),
    Move.STOP: ActForm(
        button=N_("Stop the clock"),
        fields=("stop", "on", "planned_last_on", "reason", "number", "decided_by", "basis"),
        icon="pause",
        does=N_(
            "A special procedure stands outside the limit. The applicant is told in writing how long it "
            "takes."
        ),
        labels={"on": N_("First day of the stop"), "number": N_("Number of the written notice")},
        hints={
            "basis": N_("empty: the one named beside the kind"),
            "decided_by": N_("for a site survey both officers"),
        },
        required=frozenset({"number"}),
    ),
    Move.RESUME: ActForm(
        button=N_("Let the clock go on"),
        fields=("on",),
        icon="right",
        does=N_("Counting goes on with the next working day."),
        labels={"on": N_("Last day of the stop"), "stop": N_("Which stop")},
    ),
    Move.EXTEND: ActForm(
        button=N_("Extend the limit"),
        fields=("workdays", "on", "decided_by", "reason", "basis"),
        icon="clock",
        does=N_("Once, before the limit is over; the reasons are told to the applicant."),
        labels={"decided_by": N_("Approved by"), "on": N_("Day of approval")},
        required=frozenset({"basis"}),
    ),
    Move.PASS: ActForm(
        button=N_("Result issued"),
        fields=("on", "number"),
        labels={"number": N_("Number of the result")},
        hints={"number": N_("as printed on the certificate or reply")},
    ),
    Move.REFUSE: ActForm(
        button=N_("Refuse"),
        fields=("on", "reason", "basis", "number"),
        does=N_(
            "The case ends without a result. The right to reconsideration or suit is added to the reasons."
        ),
        labels={"number": N_("Number of the decision")},
        required=frozenset({"basis"}),
        is_grave=True,
    ),
    Move.RECALL: ActForm(
        button=N_("Recalled by the applicant"),
        fields=("on", "reason"),
        does=N_("The case ends without a result; it can be begun anew."),
        is_grave=True,
    ),
    Move.REVOKE: ActForm(
        button=N_("Revoke the result"),
        fields=("on", "reason", "basis", "decided_by", "number"),
        does=N_("The result stands no more. What rests on it is to be looked at."),
        labels={"number": N_("Number of the decision")},
        required=frozenset({"basis"}),
        is_grave=True,
    ),
    Move.START_OVER: ActForm(
        button=N_("Begin anew"),
        fields=("on",),
        icon="re",
        does=N_("The step starts again as a new attempt; the record of the last one stays."),
    ),
    Move.UNDO: ActForm(button=N_("Take it back"), fields=("on",)),
}
OWN_WORDS: Mapping[Move, str] = {Move.ACCEPT: N_("Work began"), Move.PASS: N_("Work done")}
"""What an enterprise's own step says instead: nobody accepts it, and it has no certificate."""
USUAL = (Move.RECEIVE, Move.CORRECTED, Move.RESUME, Move.ACCEPT, Move.PASS, Move.START_OVER)
"""The usual next move: the first of these that is open."""
BESIDE = (Move.PREPARE, Move.ACCEPT, Move.CORRECT, Move.STOP, Move.EXTEND)
"""What is often done instead, shown beside it; the rest is folded."""
OWN = frozenset({Move.PREPARE, Move.ACCEPT, Move.PASS})
"""What an enterprise's own step knows."""
