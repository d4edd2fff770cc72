"""What may be recorded about a step now, and the form that records it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from approvals.rules.progress import Move
from concierge.kernel import spoken
from concierge.kernel.errors import N_, Invalid
from projects.queries.step_file import StepFile
from projects.rules.progress import OWNERS
from projects.rules.project_plan import PlannedStep
from projects.views.step_papers import pointed_at

LONGEST_NUMBER = 80
DEEDS: Mapping[Move, str] = {
    Move.PREPARE: N_("Preparation began"),
    Move.ACCEPT: N_("Accepted"),
    Move.PASS: N_("Result issued"),
    Move.UNDO: N_("Take back the last record"),
}
OWN_DEEDS: Mapping[Move, str] = {
    **DEEDS,
    Move.ACCEPT: N_("Work began"),
    Move.PASS: N_("Work done"),
}


class NoSuchDay(Invalid):
    """A date that is none."""

    message = N_("“%(typed)s” is not a date. Write it like 2026-04-15.")


class NoSuchRecord(Invalid):
    """A form from elsewhere names a move there is none of."""

    message = N_("There is no such record to make. Use the buttons of this page.")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a person typed into the form, kept whatever becomes of it."""

    move: str = ""
    on: str = ""
    result_number: str = ""
    version: str = ""

    def day(self, default: date) -> date:
        """The day typed. Raises: NoSuchDay."""
        if self.move == Move.UNDO.value:
            return default
        try:
            return date.fromisoformat(self.on)
        except ValueError:
            raise NoSuchDay(typed=self.on, field="on") from None

    def deed(self) -> Move:
        """The move asked for. Raises: NoSuchRecord."""
        known = {move.value: move for move in Move}
        if self.move not in known:
            raise NoSuchRecord(field="on")
        return known[self.move]


@dataclass(frozen=True)
class Recording:
    """The record box of one step: the moves open now, and what holds back the next one."""

    step: StepFile

    @property
    def next_move(self) -> Move | None:
        """What happens next to a step that stands here; None when it is done."""
        row = self.step.row
        if row.finished_on:
            return None
        return Move.PASS if row.accepted_on else Move.ACCEPT

    @property
    def waits_for(self) -> list[PlannedStep]:
        """The steps whose results the next move waits for."""
        return self.step.waits_for(self.next_move) if self.next_move else []

    def waiting(self) -> str:
        """What the step waits for, in one line."""
        joint = gettext(", ")
        return gettext("Waiting for %(steps)s", steps=joint.join(pointed_at(step) for step in self.waits_for))

    def deeds(self) -> list[dict[str, Any]]:
        """The buttons: preparation where there is some, then the next move unless it waits."""
        row, found = self.step.row, []
        draft = self.step.file.plan.expansion.step(row.code)
        prepares = draft is not None and draft.periods.preparation.days
        if not row.accepted_on and not row.preparing_since and prepares:
            found.append(self._deed(Move.PREPARE, is_first=False))
        if self.next_move and not self.waits_for:
            found.append(self._deed(self.next_move, is_first=True))
        return found

    def _deed(self, move: Move, *, is_first: bool) -> dict[str, Any]:
        return {"move": move.value, "text": self.word(move), "is_first": is_first}

    def word(self, move: Move) -> str:
        """A move as it is said of this step: an office accepts, an enterprise begins."""
        words = OWN_DEEDS if self.step.planned.department in OWNERS else DEEDS
        return gettext(words[move])

    @property
    def asks_number(self) -> bool:
        """Whether a result may be numbered now."""
        return self.next_move is Move.PASS and not self.waits_for

    def last(self) -> str:
        """The last record, which may be taken back; empty when there is none."""
        row = self.step.row
        for move, on in (
            (Move.PASS, row.finished_on),
            (Move.ACCEPT, row.accepted_on),
            (Move.PREPARE, row.preparing_since),
        ):
            if on is not None:
                return gettext("%(deed)s on %(day)s", deed=self.word(move), day=spoken.day(on))
        return ""
