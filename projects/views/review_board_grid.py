"""The half-days of one review for the template: who can come, which room, what would follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from approvals.rules.convening import MAY_BE_ONLINE
from approvals.rules.sittings import Answer, Attendance, Half, Room, Sitting
from concierge.kernel import spoken
from concierge.kernel.errors import N_
from projects.queries.review_board import Board, Case
from projects.rules.review_board import Judged, Slot, SlotVerdict, best, judged, proposed
from projects.rules.sitting_forecast import SittingForecast

HALVES: Mapping[Half, str] = {Half.MORNING: N_("morning"), Half.AFTERNOON: N_("afternoon")}
WORDS: Mapping[Answer | None, tuple[str, str]] = {
    Answer.CAN: ("y", N_("can come")),
    Answer.ONLINE: ("o", N_("by video")),
    Answer.CANNOT: ("n", N_("cannot")),
    None: ("q", N_("no reply")),
}
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
TONES = {SlotVerdict.ON_TARGET: "soon", SlotVerdict.PAST_TARGET: "late"}


@dataclass(frozen=True)
class Grid:
    """The grid of one review. Shape: ``asked`` is the half-day somebody chose, empty for the best."""

    board: Board
    case: Case
    forecast: SittingForecast
    asked: str
    department: Callable[[str], str]
    step_name: Callable[[str], str]

    @property
    def project(self) -> str:
        """Whose review it is."""
        return self.case.project

    @property
    def step(self) -> str:
        """Which of its steps."""
        return self.step_name(self.case.code)

    @property
    def lead(self) -> str:
        """Who leads, and how long it takes."""
        return gettext(
            "%(lead)s leads, about %(minutes)s minutes",
            lead=self.department(self.case.group.lead),
            minutes=self.case.rule.minutes_per_project,
        )

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The half-days, with what follows from each."""
        first_on = max(self.case.first_on, self.forecast.first_on)
        found = []
        for possible in self.board.possible(self.case, first_on=first_on):
            following = self.forecast.after(possible.on)
            there = self.sitting_then(possible.on, possible.half)
            found.append(
                Slot(
                    sitting=possible,
                    has_room=there is not None or not self.needs_room or bool(self._rooms(possible)),
                    has_seats=there is None or self.seats_left(there) > 0,
                    permit_on=following.permit_on,
                    start_on=following.start_on,
                )
            )
        return tuple(found)

    @cached_property
    def chosen(self) -> Slot | None:
        """The half-day that is chosen: the asked one, else the best, else the first to look at."""
        named = {key_of(slot): slot for slot in self.slots}
        if self.asked in named:
            return named[self.asked]
        return best(self.slots) or (self.slots[0] if self.slots else None)

    @property
    def needs_room(self) -> bool:
        """Whether the review has to be held in a room."""
        return self.case.rule.needs_room and self.case.group.mode not in MAY_BE_ONLINE

    def sitting_then(self, on: Any, half: Half) -> Sitting | None:
        """The sitting the group has on that half-day already."""
        return self.board.known.sitting(self.case.group.code, on, half)

    def seats_left(self, sitting: Sitting) -> int:
        """How many projects an announced sitting could still take."""
        listed = {item.project_id for item in sitting.items} - {self.case.project_id}
        return self.case.rule.projects_per_sitting - len(listed)

    def _rooms(self, possible: Any) -> tuple[Room, ...]:
        """The free rooms that seat everybody who may come, the smallest that does first."""
        coming = len(possible.attendance) - len(possible.missing)
        free = self.board.known.free_rooms(possible.on, possible.half)
        return tuple(room for room in reversed(free) if room.places >= coming)

    def rooms(self) -> list[dict[str, Any]]:
        """The rooms to choose from for the chosen half-day; none where the group sits then already."""
        slot = self.chosen
        if slot is None or self.sitting_then(slot.sitting.on, slot.sitting.half):
            return []
        found = [
            {"value": room.id, "text": gettext("%(room)s, %(n)s places", room=room.name, n=room.places)}
            for room in self._rooms(slot.sitting)
        ]
        if self.needs_room:
            return found
        word = gettext("online") if self.case.group.mode in MAY_BE_ONLINE else gettext("no room, on the spot")
        none = {"value": "", "text": word}
        return [*found, none] if self.case.rule.needs_room else [none, *found]

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The half-days as columns."""
        return [self._column(slot) for slot in self.slots]

    def _column(self, slot: Slot) -> dict[str, Any]:
        sitting = slot.sitting
        coming = len(sitting.coming) + len(sitting.online)
        return {
            "key": key_of(slot),
            "day": spoken.day(sitting.on),
            "half": gettext(HALVES[sitting.half]),
            "is_on": slot is self.chosen,
            "is_open": slot.may_be_chosen,
            "coming": coming,
            "online": gettext("%(n)s online", n=len(sitting.online)) if sitting.online else "",
            "room": self._room(slot),
        }

    def _room(self, slot: Slot) -> str:
        there = self.sitting_then(slot.sitting.on, slot.sitting.half)
        if there is not None:
            where = there.room or gettext("online or on the spot")
            if slot.has_seats:
                return gettext("%(room)s, sits then already", room=where)
            return gettext("%(room)s, list is full", room=where)
        if not self.case.rule.needs_room:
            return gettext("not needed")
        rooms = self._rooms(slot.sitting)
        if rooms:
            return rooms[0].name if slot is self.chosen else gettext("free")
        if not self.board.known.rooms:
            return gettext("no room on record")
        return gettext("taken, online only") if slot.has_room else gettext("taken")

    @property
    def days(self) -> list[dict[str, Any]]:
        """The days over the columns."""
        return [
            {
                "span": len(list(slots)),
                "text": gettext(
                    "%(day)s %(weekday)s", day=spoken.day(on), weekday=gettext(WEEKDAYS[on.weekday()])
                ),
            }
            for on, slots in groupby(self.slots, key=lambda slot: slot.sitting.on)
        ]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The departments, the lead first."""
        return [
            {
                "name": self.department(code),
                "is_lead": code == self.case.group.lead,
                "cells": [self._cell(slot, slot.sitting.attendance[place]) for slot in self.slots],
            }
            for place, code in enumerate(self.case.table)
        ]

    def _cell(self, slot: Slot, one: Attendance) -> dict[str, Any]:
        kind, word = WORDS[one.answer]
        if one.is_busy:
            kind, word = "n", N_("sits elsewhere")
        elif one.answer is None and one.is_away:
            kind, word = "n", N_("nobody in")
        elif not one.may_take_part:
            kind = "n"
        return {"kind": kind, "word": gettext(word), "is_on": slot is self.chosen}

    @property
    def forecasts(self) -> list[dict[str, Any]]:
        """The headline days that follow from each half-day: the permit, and the lawful start."""
        case, lines = self.case, []
        if any(slot.permit_on for slot in self.slots):
            note = gettext("target %(day)s", day=spoken.day(case.target_on)) if case.target_on else ""
            cells = [
                self._followed(slot, slot.permit_on, case.permit_on, is_held=True) for slot in self.slots
            ]
            lines.append({"name": gettext("Forecast permit"), "note": note, "cells": cells})
        if any(slot.start_on for slot in self.slots):
            cells = [self._followed(slot, slot.start_on, case.start_on) for slot in self.slots]
            lines.append({"name": gettext("Forecast start"), "note": "", "cells": cells})
        return lines

    def _followed(self, slot: Slot, on: Any, now: Any, *, is_held: bool = False) -> dict[str, Any]:
        verdict = judged(on, now, self.case.target_on if is_held else None, self.board.calendar)
        return {
            "on": on,
            "text": said(verdict) if verdict else "",
            "tone": TONES.get(verdict.verdict, "") if verdict else "",
            "is_on": slot is self.chosen,
        }

    @property
    def nobody_answered(self) -> bool:
        """Whether no department has said anything for any half-day."""
        return all(one.answer is None for slot in self.slots for one in slot.sitting.attendance)

    @property
    def proposals(self) -> list[dict[str, str]]:
        """Where nobody can bring everybody together: the best, who is missing, and that they may write."""
        return [
            {
                "href": url_for("ReviewBoardView.list", case=self.case.key, slot=key_of(slot)),
                "text": gettext("%(when)s: %(missing)s", when=self.when(slot), missing=self._missing(slot)),
            }
            for slot in proposed(self.slots)
        ]

    def when(self, slot: Slot) -> str:
        """A half-day as people say it."""
        on = slot.sitting.on
        return gettext(
            "%(day)s %(weekday)s %(half)s",
            day=spoken.day(on),
            weekday=gettext(WEEKDAYS[on.weekday()]),
            half=gettext(HALVES[slot.sitting.half]),
        )

    def _names(self, codes: Iterable[str]) -> str:
        return gettext(", ").join(self.department(code) for code in codes)

    def _missing(self, slot: Slot) -> str:
        parts = []
        if slot.sitting.missing:
            parts.append(gettext("%(who)s cannot come", who=self._names(slot.sitting.missing)))
        if slot.sitting.in_writing:
            parts.append(gettext("their opinion may come in writing"))
        if slot.sitting.unanswered:
            parts.append(gettext("no answer from %(who)s", who=self._names(slot.sitting.unanswered)))
        return gettext("; ").join(parts)

    @property
    def conclusion(self) -> dict[str, str]:
        """The chosen half-day in two sentences: who comes, what follows, why it cannot be had."""
        slot = self.chosen
        if slot is None:
            return {}
        parts = [self._attending(slot), self._following(slot), self._blocked(slot)]
        return {"when": self.when(slot), "text": gettext("; ").join(part for part in parts if part)}

    def _attending(self, slot: Slot) -> str:
        if slot.has_everybody:
            return ngettext(
                "the %(num)s department attends", "all %(num)s departments attend", len(self.case.table)
            )
        return self._missing(slot)

    def _following(self, slot: Slot) -> str:
        day, target, calendar = slot.headline_on, self.case.target_on, self.board.calendar
        if day is None:
            return ""
        told = (
            gettext("permit forecast for %(day)s", day=spoken.day(day))
            if slot.permit_on
            else gettext("start forecast for %(day)s", day=spoken.day(day))
        )
        if target is None or not slot.permit_on:
            return told
        if day > target:
            late = calendar.workdays_between(target, day)
            words = ngettext(
                "%(num)s working day past the target", "%(num)s working days past the target", late
            )
        else:
            left = calendar.workdays_between(day, target)
            words = ngettext("%(num)s working day of margin", "%(num)s working days of margin", left)
        return gettext("%(forecast)s, %(margin)s", forecast=told, margin=words)

    def _blocked(self, slot: Slot) -> str:
        if not slot.sitting.has_notice:
            return gettext("too soon to tell the members in time")
        if not slot.sitting.has_lead:
            return gettext("the lead cannot come, so nobody would hold it")
        if not slot.has_room:
            return gettext("no free room seats everybody: add a room, or choose another half-day")
        if not slot.has_seats:
            return gettext("the list of that sitting is full")
        return ""


def key_of(slot: Slot) -> str:
    """What names a half-day in an address."""
    return f"{slot.sitting.on.isoformat()}-{slot.sitting.half.value}"


def said(found: Judged) -> str:
    """A verdict in the reader's words."""
    n = found.workdays
    words = {
        SlotVerdict.SAME: gettext("as forecast now"),
        SlotVerdict.ON_TARGET: gettext("on the target"),
        SlotVerdict.EARLIER: ngettext("%(num)s day earlier", "%(num)s days earlier", n),
        SlotVerdict.LATER: ngettext("%(num)s day later", "%(num)s days later", n),
        SlotVerdict.PAST_TARGET: ngettext("%(num)s day past target", "%(num)s days past target", n),
    }
    return words[found.verdict]
