"""What is wrong with a plan: which rule it breaks, where, and the facts, with a sentence for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.errors import N_


class FaultKind(StrEnum):
    """Which rule of a portfolio a plan breaks."""

    STEP_MISSING = "step_missing"
    STEP_UNKNOWN = "step_unknown"
    ACTUAL_MOVED = "actual_moved"
    WRONG_START = "wrong_start"
    ACCEPTED_TOO_SOON = "accepted_too_soon"
    WRONG_OWN_END = "wrong_own_end"
    WRONG_FINISH = "wrong_finish"
    BEYOND_HORIZON = "beyond_horizon"
    DEADLINE_MISSED = "deadline_missed"
    BENCH_OVERFULL = "bench_overfull"
    NOBODY_HANDS_IN = "nobody_hands_in"
    WRONG_OFFICER = "wrong_officer"
    OFFICER_OVERFULL = "officer_overfull"
    SITTING_MISSING = "sitting_missing"
    SITTING_UNWANTED = "sitting_unwanted"
    SITTING_NOT_ALLOWED = "sitting_not_allowed"
    SITTING_TOO_SOON = "sitting_too_soon"
    SITTING_TOO_LATE = "sitting_too_late"
    SITTING_OVERFULL = "sitting_overfull"
    ROOMS_OVERFULL = "rooms_overfull"
    MEMBER_TWICE = "member_twice"
    KEPT_MOVED = "kept_moved"
    MOVE_NOT_NAMED = "move_not_named"
    NAMED_WITHOUT_MOVE = "named_without_move"


SENTENCES: Mapping[FaultKind, str] = {
    FaultKind.STEP_MISSING: N_("“%(step)s” of %(project)s has no place in the plan."),
    FaultKind.STEP_UNKNOWN: N_("The plan places “%(step)s” of %(project)s, which nobody asked for."),
    FaultKind.ACTUAL_MOVED: N_(
        "“%(step)s” of %(project)s has begun and stays on %(expected)s; the plan says %(found)s."
    ),
    FaultKind.WRONG_START: N_(
        "“%(step)s” of %(project)s starts on %(found)s; what it waits for lets it start on %(expected)s."
    ),
    FaultKind.ACCEPTED_TOO_SOON: N_(
        "“%(step)s” of %(project)s is accepted on %(found)s, and is not ready before %(expected)s."
    ),
    FaultKind.WRONG_OWN_END: N_(
        "The work of “%(step)s” of %(project)s ends on %(expected)s, and the plan says %(found)s."
    ),
    FaultKind.WRONG_FINISH: N_(
        "“%(step)s” of %(project)s finishes on %(expected)s, and the plan says %(found)s."
    ),
    FaultKind.BEYOND_HORIZON: N_(
        "“%(step)s” of %(project)s finishes on %(found)s, after the last day of the plan, %(horizon)s."
    ),
    FaultKind.DEADLINE_MISSED: N_(
        "“%(step)s” of %(project)s finishes on %(found)s; the law demands %(deadline)s."
    ),
    FaultKind.BENCH_OVERFULL: N_(
        "“%(step)s” of %(project)s is with %(bench)s on %(day)s, where %(used)s cases share %(places)s "
        "places."
    ),
    FaultKind.NOBODY_HANDS_IN: N_(
        "Nobody hands in “%(step)s” of %(project)s on %(day)s: its officers are away, or none is named."
    ),
    FaultKind.WRONG_OFFICER: N_(
        "“%(step)s” of %(project)s is handed in by %(found)s on %(day)s; on that day %(expected)s acts."
    ),
    FaultKind.OFFICER_OVERFULL: N_(
        "“%(step)s” of %(project)s is handed in on %(day)s, where %(officer)s has %(used)s for %(places)s."
    ),
    FaultKind.SITTING_MISSING: N_("“%(step)s” of %(project)s has no sitting of %(body)s."),
    FaultKind.SITTING_UNWANTED: N_(
        "“%(step)s” of %(project)s has a sitting on %(day)s and needs no joint review."
    ),
    FaultKind.SITTING_NOT_ALLOWED: N_(
        "“%(step)s” of %(project)s sits with %(body)s on %(day)s, when not everybody can."
    ),
    FaultKind.SITTING_TOO_SOON: N_(
        "“%(step)s” of %(project)s sits with %(body)s on %(found)s; the notice runs until %(expected)s."
    ),
    FaultKind.SITTING_TOO_LATE: N_(
        "“%(step)s” of %(project)s is accepted on %(accept)s and waits for %(body)s until %(found)s: "
        "accept it later."
    ),
    FaultKind.SITTING_OVERFULL: N_(
        "“%(step)s” of %(project)s sits with %(body)s on %(day)s, where %(used)s share %(places)s seats."
    ),
    FaultKind.ROOMS_OVERFULL: N_(
        "“%(step)s” of %(project)s sits with %(body)s on %(day)s, where %(used)s sittings share %(places)s "
        "rooms."
    ),
    FaultKind.MEMBER_TWICE: N_(
        "“%(step)s” of %(project)s sits with %(body)s on %(day)s, where %(member)s sits with %(other)s too."
    ),
    FaultKind.KEPT_MOVED: N_(
        "“%(step)s” of %(project)s was to stay on %(expected)s and could have; it moved to %(found)s."
    ),
    FaultKind.MOVE_NOT_NAMED: N_(
        "“%(step)s” of %(project)s had to leave %(expected)s, and the plan does not name it as forced."
    ),
    FaultKind.NAMED_WITHOUT_MOVE: N_(
        "“%(step)s” of %(project)s is named as forced; it was not kept, or has not moved."
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule broken by one step of a plan.

    ``message`` is the English sentence, which the edge translates and fills with ``facts`` itself.

    Units: days among the facts are civil days, or points on an axis without a calendar.
    """

    kind: FaultKind
    project: str
    step: str
    facts: Mapping[str, object]

    @property
    def message(self) -> str:
        """The sentence for this kind of fault, its facts still open."""
        return SENTENCES[self.kind]

    def __str__(self) -> str:
        return self.message % {"project": self.project, "step": self.step, **self.facts}
