"""How long matters really take, beside what is planned, promised and allowed; and what to correct for it."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

FEWEST_CASES = 5
"""Fewer say nothing: the same number below which a department is not ranked."""
_LEAST_DIFFERENCE = 2
_LEAST_SHARE = 0.2


class PeriodField(enum.StrEnum):
    """The three lengths of a matter that practice can prove wrong."""

    PREPARATION = "prep_workdays"
    SPECIAL = "special_days"
    PROMISE = "promised_workdays"


@dataclass(frozen=True, kw_only=True)
class CaseSpan:
    """One finished case, measured.

    Units: working days, but ``special``, which is in the unit of its matter. ``prepared`` and ``special``
        are None where nothing was recorded of it. ``used`` leaves out every day the clock stood still.
    """

    template: str
    matter: str
    department: str
    is_owners: bool
    prepared: int | None
    special: int | None
    stopped: int
    used: int
    promised: int
    is_past_law: bool


@dataclass(frozen=True)
class Spread:
    """What a number of measured lengths come to, by nearest rank: a length that really occurred.

    Units: as measured.
    """

    cases: int
    median: int
    p90: int


@dataclass(frozen=True, kw_only=True)
class Times:
    """How long the cases of one matter, or of one department, took."""

    key: str
    department: str
    used: Spread
    prepared: Spread | None
    stopped: Spread
    promised: tuple[int, int]
    over_promise: int
    over_law: int


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A length as the draft of the catalogue has it; ``template`` is empty where the matter's own counts.

    Units: as ``field`` says.
    """

    template: str
    matter: str
    field: PeriodField
    value: int


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Another length for a matter, and the cases it rests on."""

    planned: Planned
    proposed: int
    spread: Spread
    over_promise: int


def spread(lengths: Iterable[int]) -> Spread | None:
    """The median and the length nine in ten stay within, by nearest rank; None of nothing."""
    ordered = sorted(lengths)
    return _spread(ordered) if ordered else None


def _spread(ordered: Sequence[int]) -> Spread:
    return Spread(len(ordered), _ranked(ordered, 0.5), _ranked(ordered, 0.9))


def _ranked(ordered: Sequence[int], share: float) -> int:
    return ordered[ceil(share * len(ordered)) - 1]


def times(spans: Iterable[CaseSpan], key: Callable[[CaseSpan], str]) -> list[Times]:
    """How long cases took, by matter or department; most cases first."""
    grouped: dict[str, list[CaseSpan]] = defaultdict(list)
    for span in spans:
        grouped[key(span)].append(span)
    found = [_times(name, own) for name, own in grouped.items()]
    return sorted(found, key=lambda one: (-one.used.cases, one.key))


def _times(key: str, spans: Sequence[CaseSpan]) -> Times:
    promised = [span.promised for span in spans]
    return Times(
        key=key,
        department=spans[0].department,
        used=_spread(sorted(span.used for span in spans)),
        prepared=spread(span.prepared for span in spans if span.prepared is not None),
        stopped=_spread(sorted(span.stopped for span in spans)),
        promised=(min(promised), max(promised)),
        over_promise=sum(span.used > span.promised for span in spans),
        over_law=sum(span.is_past_law for span in spans),
    )


def proposals(spans: Iterable[CaseSpan], planned: Iterable[Planned]) -> Iterator[Proposal]:
    """The lengths practice says should be others, in the order of ``planned``.

    A planning value (preparation, special procedure, anything the enterprise does itself) follows the median,
    either way. A promise to enterprises is only ever shortened, to what nine in ten cases stay within:
    that departments break it is no reason to promise less.
    Shape: a length of one template is judged by that template's cases, a matter's own by all others'.
    """
    lengths = list(planned)
    own = {(one.template, one.matter, one.field) for one in lengths if one.template}
    grouped: dict[str, list[CaseSpan]] = defaultdict(list)
    for span in spans:
        grouped[span.matter].append(span)
    for one in lengths:
        cases = [
            span
            for span in grouped[one.matter]
            if span.template == one.template
            or (not one.template and (span.template, one.matter, one.field) not in own)
        ]
        proposed = _proposed(one, cases)
        if proposed is not None:
            yield proposed


def _proposed(planned: Planned, cases: Sequence[CaseSpan]) -> Proposal | None:
    found = spread(_measured(cases, planned.field))
    if found is None or found.cases < FEWEST_CASES:
        return None
    is_promise = planned.field is PeriodField.PROMISE and not cases[0].is_owners
    value = max(1, found.p90) if is_promise else found.median
    difference = value - planned.value
    if abs(difference) < max(_LEAST_DIFFERENCE, _LEAST_SHARE * planned.value):
        return None
    if is_promise and difference > 0:
        return None
    over = sum(span.used > span.promised for span in cases)
    return Proposal(planned=planned, proposed=value, spread=found, over_promise=over)


def _measured(cases: Iterable[CaseSpan], of: PeriodField) -> Iterator[int]:
    for span in cases:
        length = {
            PeriodField.PREPARATION: span.prepared,
            PeriodField.SPECIAL: span.special,
            PeriodField.PROMISE: span.used,
        }[of]
        if length is not None:
            yield length
