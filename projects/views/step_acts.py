"""What may be recorded about a step from where it stands, and the form of the move that was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext

from approvals.rules.extensions import longest_extension
from approvals.rules.journal import Line, standing_lines
from approvals.rules.lifecycle import StopKind
from approvals.rules.progress import Act, Move
from approvals.rules.receiving import latest_notice
from approvals.rules.stops import ClockStop, stop_limit
from approvals.rules.ways import UNANSWERED, open_moves
from concierge.kernel import clock, spoken
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.typed_values import readable_day
from projects.queries.step_file import StepFile
from projects.rules.progress import OWNERS
from projects.rules.project_plan import PlannedStep
from projects.rules.stop_bases import usual_basis
from projects.views.step_forms import (
    BESIDE,
    FORMS,
    LABELS,
    LONGEST_LINE,
    LONGEST_TEXT,
    OWN,
    OWN_WORDS,
    STOP_KINDS,
    USUAL,
    ActForm,
)
from projects.views.step_papers import pointed_at
from projects.views.words import move_said

KINDS = {"on": "date", "planned_last_on": "date", "workdays": "number", "reason": "long", "stop": "pick"}
"""What kind of control a field has, where it is not a line of text."""
LONGEST_COUNT = 3
"""Digits of a number of days."""
EXTENSION_BASIS = "行政许可法第四十二条"
"""What an extension usually rests on. Source: AC-7."""


class NoSuchDay(Invalid):
    """A date that is none."""

    message = N_("“%(typed)s” is not a date. Write it like 2026-04-15.")


class NoSuchRecord(Invalid):
    """A form from elsewhere names a move there is none of."""

    message = N_("There is no such record to make. Use the buttons of this page.")


class NoSuchCount(Invalid):
    """Days that are no number."""

    message = N_("“%(typed)s” is not a number of days. Write one like 10.")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a person typed into a form of the page, kept whatever becomes of it."""

    move: str = ""
    on: str = ""
    number: str = ""
    reason: str = ""
    basis: str = ""
    decided_by: str = ""
    stop: str = ""
    planned_last_on: str = ""
    workdays: str = ""
    note: str = ""
    version: str = ""

    def act(self, matter: str, *, today: date) -> Act:
        """What was typed, as the rules take it; a stop without a basis rests on the usual one of its kind.

        Raises: NoSuchRecord, NoSuchDay, NoSuchCount.
        """
        move = self.deed()
        kind = _kind(self.stop)
        is_undo = move is Move.UNDO
        basis = self.basis or (usual_basis(kind, matter) if move is Move.STOP and kind else "")
        return Act(
            move,
            today if is_undo else _day(self.on, "on"),
            basis=basis,
            reason=self.reason,
            number=self.number,
            decided_by=self.decided_by,
            stop=kind,
            planned_last_on=_day(self.planned_last_on, "planned_last_on") if self.planned_last_on else None,
            workdays=_count(self.workdays) if self.workdays else 0,
        )

    def deed(self) -> Move:
        """The move asked for. Raises: NoSuchRecord."""
        known = {move.value: move for move in Move}
        if self.move not in known:
            raise NoSuchRecord(field="on")
        return known[self.move]


def _day(typed: str, name: str) -> date:
    day = readable_day(typed)
    if day is None:
        raise NoSuchDay(typed=typed, field=name)
    return day


def _count(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or len(typed) > LONGEST_COUNT:
        raise NoSuchCount(typed=typed, field="workdays")
    return int(typed)


def _kind(typed: str) -> StopKind | None:
    return next((kind for kind in StopKind if kind.value == typed), None)


@dataclass(frozen=True)
class Recording:
    """The record box of one step: the moves open now, the form of one, and what holds back the next."""

    step: StepFile
    asked: str = ""

    @property
    def _is_own(self) -> bool:
        return self.step.planned.department in OWNERS

    @cached_property
    def open(self) -> tuple[Move, ...]:
        """The moves that are lawful from where the step stands, without those that wait for a result."""
        row = self.step.row
        found = open_moves(row.state, is_accepted=row.accepted_on is not None)
        return tuple(move for move in found if self._is_open(move))

    def _is_open(self, move: Move) -> bool:
        if self._is_own and move not in OWN and move is not Move.START_OVER:
            return False
        if move is Move.EXTEND:
            return not self.step.extensions and longest_extension(self.step.matter) > 0
        if move is Move.CORRECT:
            return self.step.told is None
        if move is Move.RESUME:
            return any(stop.kind is not StopKind.CORRECTION for stop in self.running_stops)
        if move is Move.CORRECTED and self.step.row.accepted_on is not None:
            return any(stop.kind is StopKind.CORRECTION for stop in self.running_stops)
        if move is Move.PREPARE:
            return bool(self.step.draft.periods.preparation.days)
        if move is Move.REFUSE:
            return self.step.matter.kind != "filing"
        return not self.step.waits_for(Move.ACCEPT if move is Move.RECEIVE else move)

    @property
    def running_stops(self) -> list[ClockStop]:
        """The stops that still run."""
        return [stop for stop in self.step.stops if stop.is_open]

    @cached_property
    def usual(self) -> Move | None:
        """What usually happens next; None when nothing may, or only rare things."""
        return next((move for move in USUAL if move in self.open), None)

    @property
    def chosen(self) -> Move | None:
        """The move whose form is shown: the one asked for, else the usual one."""
        return next((move for move in self.open if move.value == self.asked), self.usual)

    # What it waits for

    @property
    def waits_for(self) -> list[PlannedStep]:
        """The steps whose results the way to the next stage waits for."""
        row = self.step.row
        if row.finished_on or row.ended_on:
            return []
        return self.step.waits_for(Move.PASS if row.accepted_on else Move.ACCEPT)

    def waiting(self) -> str:
        """What the step waits for, in one line."""
        joint = gettext(", ")
        return gettext("Waiting for %(steps)s", steps=joint.join(pointed_at(step) for step in self.waits_for))

    # The buttons

    def word(self, move: Move) -> str:
        """A move as it is said of this step: an office accepts, an enterprise begins."""
        if self._is_own and move in OWN_WORDS:
            return gettext(OWN_WORDS[move])
        return gettext(FORMS[move].button)

    def beside(self) -> list[dict[str, Any]]:
        """The moves often made instead of the usual one."""
        return [self._link(move) for move in BESIDE if move in self.open and move is not self.usual]

    def rare(self) -> list[dict[str, Any]]:
        """All other lawful moves."""
        return [self._link(move) for move in self.open if move is not self.usual and move not in BESIDE]

    def first(self) -> dict[str, Any] | None:
        """The usual move as a button."""
        return self._link(self.usual) if self.usual else None

    def _link(self, move: Move) -> dict[str, Any]:
        file = self.step.file
        href = url_for(
            "StepView.one",
            project_id=file.project.id,
            number=self.step.row.number,
            act=move.value,
            _anchor="record",
        )
        return {
            "move": move.value,
            "text": self.word(move),
            "href": href,
            "icon": FORMS[move].icon,
            "is_current": move is self.chosen,
        }

    # The form

    def form(self, typed: Typed, wrong: str = "", said: str = "") -> dict[str, Any] | None:
        """The form of the chosen move with what was typed and what was wrong; None when nothing is open."""
        move = self.chosen
        if move is None:
            return None
        of = FORMS[move]
        fields = list(self._fields(move, of, typed))
        for one in fields:
            one["error"] = said if one["name"] == wrong else None
        return {
            "move": move.value,
            "button": self.word(move),
            "does": gettext(of.does) if of.does else "",
            "is_grave": of.is_grave,
            "fields": fields,
            "says_where": any(one["error"] for one in fields),
        }

    def _fields(self, move: Move, of: ActForm, typed: Typed) -> Iterator[dict[str, Any]]:
        for name in self._names(move, of):
            value = getattr(typed, name)
            yield {
                "name": name,
                "label": gettext(of.labels.get(name, LABELS[name])),
                "kind": KINDS.get(name, "text"),
                "value": value or self._suggested(move, name),
                "hint": self._hint(move, of, name),
                "required": of.must_have(name),
                "options": self._kinds(move) if name == "stop" else [],
                "most": LONGEST_TEXT if name == "reason" else LONGEST_LINE,
            }

    def _names(self, move: Move, of: ActForm) -> tuple[str, ...]:
        if move is Move.RESUME and len(self.running_stops) > 1:
            return ("stop", *of.fields)
        if move is Move.CORRECT and self.step.row.accepted_on is not None:
            return ("on", "planned_last_on", *of.fields[1:])
        if self._is_own:
            return ("on",)
        return of.fields

    def _suggested(self, move: Move, name: str) -> str:
        if move is Move.EXTEND and name == "basis":
            return EXTENSION_BASIS
        if move is Move.RESUME and name == "on" and self.running_stops:
            return min(self.running_stops[0].planned_last_on, clock.today()).isoformat()
        return clock.today().isoformat() if name == "on" else ""

    def _hint(self, move: Move, of: ActForm, name: str) -> str | None:
        if move is Move.EXTEND and name == "workdays":
            return gettext("%(most)s at the most", most=longest_extension(self.step.matter))
        if move is Move.CORRECT and name == "planned_last_on":
            return gettext("the clock stands still until the full correction arrives")
        hint = of.hints.get(name)
        return gettext(hint) if hint else None

    def _kinds(self, move: Move) -> list[dict[str, str]]:
        """The kinds of stops to choose from: those that run, or those this matter knows with their basis."""
        if move is Move.RESUME:
            kinds = [stop.kind for stop in self.running_stops if stop.kind is not StopKind.CORRECTION]
            return [{"value": kind.value, "text": gettext(STOP_KINDS[kind])} for kind in kinds]
        matter = self.step.matter
        found = []
        for kind, word in STOP_KINDS.items():
            is_elsewhere = kind is StopKind.CONSULTATION and stop_limit(matter, kind) is None
            if kind is StopKind.CORRECTION or is_elsewhere:
                continue
            basis = usual_basis(kind, matter.code) or gettext("by local rule: write it below")
            found.append(
                {
                    "value": kind.value,
                    "text": gettext("%(kind)s (%(basis)s)", kind=gettext(word), basis=basis),
                }
            )
        return found

    # The last record

    @cached_property
    def _last(self) -> Line | None:
        return next(reversed(standing_lines(self.step.journal)), None)

    def last(self) -> str:
        """The last record, which may be taken back; empty when there is none."""
        line = self._last
        return move_said(line.move, line.on) if line is not None else ""

    def last_number(self) -> str:
        """The number that went with it."""
        return self._last.paper if self._last is not None else ""

    def silence_note(self) -> str:
        """Until when the department may answer a submission; empty when none lies there unanswered."""
        row, calendar = self.step.row, self.step.file.plan.calendar
        if row.state not in UNANSWERED or row.accepted_on or self._last is None or calendar is None:
            return ""
        last_on = latest_notice(self._last.on, self.step.matter, calendar)
        return gettext(
            "The department answers by %(day)s; nothing said until then counts as acceptance.",
            day=spoken.day(last_on),
        )

    def stop_note(self) -> str:
        """Which stop runs and until when; empty when none does."""
        joint = gettext(", ")
        return joint.join(
            gettext(
                "%(kind)s since %(first)s, planned until %(last)s",
                kind=gettext(STOP_KINDS[stop.kind]),
                first=spoken.day(stop.first_on),
                last=spoken.day(stop.planned_last_on),
            )
            for stop in self.running_stops
        )
