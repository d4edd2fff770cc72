"""One service case as plain values for one reader."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import gettext

from concierge.kernel import spoken
from concierge.kernel.actor import Actor
from concierge.kernel.web import language, may, say
from concierge.service.kinds.one_form import CODE as ONE_FORM
from concierge.service.kinds.slips import kind_of_slip, slip_number
from concierge.service.models.case import CaseItem, CaseStep
from concierge.service.models.file import CaseSlip, Delivery, DeliveryMove, FormField, SetPaper
from concierge.service.models.office import Transfer
from concierge.service.queries.case_file import CaseFile
from concierge.service.rules.case import (
    CaseState,
    DeliveryState,
    DeliveryWay,
    ItemState,
    Mode,
    Outcome,
    PaperState,
    Slip,
    StepState,
)
from concierge.service.rules.catalogue import ServiceCatalogue
from concierge.service.rules.exits import ExitTest, unmet
from concierge.service.rules.tiers import NoSuchHop, Place, check_hop
from concierge.service.views.catalogue_page import exit_words
from concierge.service.views.opening import Option
from concierge.service.views.words import (
    CUSTOMERS,
    DELIVERIES,
    ITEMS,
    LEVELS,
    MODES,
    ON,
    OUTCOMES,
    PAPERS,
    PILLS,
    POSTS,
    RECORDS,
    SLIPS,
    STATES,
    WAYS,
)


@dataclass(frozen=True)
class ExitLine:
    """One exit test of the step under way. Shape: ``missing`` says what is missing; empty when it is met."""

    text: str
    missing: str


@dataclass(frozen=True, kw_only=True)
class CaseSheet:
    """One case. Shape: ``said`` is why the last try failed; ``typed`` what was typed, in which form."""

    file: CaseFile
    catalogue: ServiceCatalogue
    places: Mapping[str, Place]
    seats: Sequence[str]
    colleagues: Sequence[Option]
    reader: Actor
    today: date
    said: str = ""
    deed: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    def value(self, deed: str, name: str, usual: object = "") -> object:
        """What stands in a field of one of the forms."""
        return self.typed.get(name, usual) if deed == self.deed else usual

    def name(self, row: CaseItem | CaseStep | FormField | SetPaper) -> str:
        """A row's name in the reader's language."""
        return row.name_zh if language() == "zh" else row.name_en

    # --- what it is -----------------------------------------------------------------------------------

    @property
    def customer(self) -> str:
        """What kind of customer."""
        return gettext(CUSTOMERS[self.file.case.customer])

    @property
    def mode(self) -> str:
        """Where it is decided."""
        return gettext(MODES[self.file.case.mode])

    @property
    def is_across(self) -> bool:
        """Whether it is decided elsewhere."""
        return self.file.case.mode is not Mode.LOCAL

    @property
    def state(self) -> tuple[str, str]:
        """How its state looks, and its word."""
        case = self.file.case
        if case.outcome:
            return "done" if case.outcome is Outcome.DONE else "ended", gettext(OUTCOMES[case.outcome])
        if case.state is CaseState.OPEN and case.due_on and case.due_on < self.today:
            return "overdue", gettext("Past its promise")
        return PILLS[case.state], gettext(STATES[case.state])

    @property
    def workflow(self) -> str:
        """The workflow's name."""
        known = self.catalogue.workflows.get(self.file.case.workflow)
        return known.names.spoken(language()) if known else self.file.case.workflow

    def place(self, code: str) -> str:
        """An office's name."""
        return self.places[code].name if code in self.places else code

    @property
    def courier_days(self) -> str:
        """The courier's days, told apart from the promise."""
        case = self.file.case
        if case.sent_on_on is None:
            return ""
        until = case.set_received_on
        return f"{spoken.day(case.sent_on_on)} → {spoken.day(until) if until else '…'}"

    # --- what may be done -----------------------------------------------------------------------------

    @property
    def is_running(self) -> bool:
        """Whether anything may be done at all."""
        return may("act", ON) and self.file.case.state is not CaseState.CLOSED

    @property
    def is_acting(self) -> bool:
        """Whether the case runs and is not suspended."""
        return self.is_running and self.file.case.state is CaseState.OPEN

    @property
    def may_skip(self) -> bool:
        """Whether this reader may leave a step out."""
        return self.is_acting and may("skip", ON)

    @property
    def may_take(self) -> bool:
        """Whether this reader may take the case in hand."""
        hop = self.file.hop
        if not self.is_running or (hop is None and self.file.case.holder_id is not None):
            return False
        office = hop.to_office if hop else self.file.case.office
        return not office or office in self.seats or may("skip", ON)

    def lets(self, kind: str) -> bool:
        """Whether one of the five papers may be issued now: entrustment or acceptance."""
        slip = self.file.slip(Slip(kind))
        return self.is_acting and (slip is None or (kind == "entrustment" and slip.signed_on is None))

    @property
    def waits_for_signature(self) -> CaseSlip | None:
        """The letter that is to be signed."""
        slip = self.file.slip(Slip.ENTRUSTMENT)
        return slip if slip and slip.signed_on is None and self.is_acting else None

    # --- the parts ------------------------------------------------------------------------------------

    def steps(self) -> list[tuple[CaseStep, str, str]]:
        """Each step, how it looks, and what is said of it."""
        looks = {
            StepState.DONE: "done",
            StepState.CURRENT: "running",
            StepState.WAITING: "todo",
            StepState.SKIPPED: "ended",
        }
        return [(step, looks[step.state], self._said_of(step)) for step in self.file.steps]

    def step_names(self) -> list[str]:
        """The steps' names, in order."""
        return [self.name(step) for step in self.file.steps]

    def step_place(self) -> int:
        """Which step is under way, counted from 1; past the last when the case is over."""
        return self.file.current.place if self.file.current else len(self.file.steps) + 1

    def held_by(self, step: CaseStep) -> str:
        """Who holds a step."""
        return gettext("held by %(post)s", post=gettext(POSTS[step.post]))

    @property
    def fields_empty(self) -> int:
        """How many fields are still to be filled in."""
        return self.file.progress().fields_empty

    @property
    def is_form_open(self) -> bool:
        """Whether the form stands open: it is not full, or the last try to save it failed."""
        return self.deed == "form" or (self.fields_empty > 0 and "form_complete" in self._wanted)

    @property
    def _wanted(self) -> str:
        return self.file.current.exits if self.file.current else ""

    def _said_of(self, step: CaseStep) -> str:
        if step.state is StepState.SKIPPED:
            return gettext("left out by %(by)s: %(reason)s", by=step.by, reason=step.reason)
        if step.state is StepState.DONE and step.ended_on:
            return gettext("%(day)s, %(by)s", day=spoken.day(step.ended_on), by=step.by)
        return self.held_by(step)

    @cached_property
    def exits(self) -> list[ExitLine]:
        """The exit tests of the step under way, each with what is missing."""
        step = self.file.current
        if step is None:
            return []
        progress = self.file.progress(
            self.place(self.file.hop.to_office if self.file.hop else self.file.case.office)
        )
        lines = []
        for code in step.exits.split():
            found = unmet([ExitTest(code)], progress)
            missing = ""
            if found and code.endswith("_recorded"):
                missing = gettext("Write it down under “What was done with people”.")
            elif found:
                missing = say(found[0])
            lines.append(ExitLine(exit_words(code), missing))
        return lines

    @property
    def is_ready(self) -> bool:
        """Whether every exit test is met."""
        return not any(line.missing for line in self.exits)

    def item_word(self, item: CaseItem) -> str:
        """What became of a service."""
        return gettext(ITEMS[item.state])

    def party(self, code: str) -> str:
        """Who decides."""
        return self.catalogue.party(code).spoken(language())

    def paper_word(self, paper: SetPaper) -> str:
        """Where a paper is."""
        return gettext(PAPERS[paper.state])

    def paper_states(self, paper: SetPaper) -> list[Option]:
        """What may be noted of a paper."""
        lets = {
            PaperState.MISSING: True,
            PaperState.RECEIVED: True,
            PaperState.SHARED: bool(paper.source),
            PaperState.LATER: paper.may_come_later,
        }
        return [Option(one.value, gettext(PAPERS[one])) for one, fits in lets.items() if fits]

    def item_states(self) -> list[Option]:
        """What may become of a service."""
        return _options(ItemState, ITEMS)

    def documents(self) -> list[tuple[str, int, str]]:
        """The Word documents that can be made of it: the form, and each paper as it was issued."""
        of_slips = [
            (kind_of_slip(slip.kind), slip.id, slip_number(slip.kind, slip.serial, self.file.number))
            for slip in self.file.slips
        ]
        return [(ONE_FORM, self.file.case.id, ""), *of_slips]

    def slips(self) -> list[tuple[CaseSlip, str]]:
        """The papers issued, with their names."""
        return [(slip, gettext(SLIPS[slip.kind])) for slip in self.file.slips]

    def records(self) -> list[dict[str, object]]:
        """What was done with people, the latest first, for a timeline."""
        return [
            {
                "at": spoken.day(row.happened_on),
                "iso": row.happened_on.isoformat(),
                "by": row.by,
                "text": gettext(RECORDS[row.kind]),
                "kind": "",
                "notes": [one for one in (row.whom, row.words, self._level(row.satisfaction)) if one],
            }
            for row in reversed(self.file.records)
        ]

    def _level(self, satisfaction: int | None) -> str:
        return gettext(LEVELS[satisfaction]) if satisfaction else ""

    def record_kinds(self) -> list[Option]:
        """What may be written down; what the step under way asks for comes first."""
        order = sorted(RECORDS, key=lambda kind: f"{kind.value}_recorded" not in self._wanted)
        return _options(order, RECORDS)

    def levels(self) -> list[Option]:
        """The five levels of satisfaction."""
        return [Option(str(one), gettext(text)) for one, text in LEVELS.items()]

    def ways(self) -> list[Option]:
        """How a result may travel."""
        return _options(DeliveryWay, WAYS)

    def delivery_words(self, delivery: Delivery) -> tuple[str, str]:
        """How a delivery went and where it is."""
        return gettext(WAYS[delivery.way]), gettext(DELIVERIES[delivery.state])

    def moves_of(self, delivery_id: int) -> list[DeliveryMove]:
        """The places of one delivery."""
        return [one for one in self.file.moves if one.delivery_id == delivery_id]

    def moves(self) -> list[Option]:
        """What may become of a delivery."""
        return _options(DeliveryState, DELIVERIES)

    def goals(self) -> list[Option]:
        """The offices a case may go to from here, one hop away."""
        return [
            Option(place.code, place.name)
            for place in self.places.values()
            if place.code != self.file.case.office and _is_one_hop(self.file.case.office, place, self.places)
        ]

    def hops(self) -> list[Transfer]:
        """The transfers, in order."""
        return list(self.file.transfers)

    def outcomes(self) -> list[Option]:
        """How a case may end before its time."""
        return _options((Outcome.WITHDRAWN, Outcome.TERMINATED), OUTCOMES)


def _options(kinds: Iterable[Any], words: Mapping[Any, str]) -> list[Option]:
    return [Option(one.value, gettext(words[one])) for one in kinds]


def _is_one_hop(start: str, place: Place, places: Mapping[str, Place]) -> bool:
    try:
        check_hop(start, place.code, places)
    except NoSuchHop:
        return False
    return True


def slip_facts(slip: CaseSlip) -> dict[str, object]:
    """What a paper said on the day it was issued."""
    facts: dict[str, object] = json.loads(slip.facts)
    return facts
