"""The lengths of a matter: what the law allows, what the office promises, and what it takes in all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from approvals.rules.catalogue import Matter, Override
from scheduler import Basis, Segment


class DaysMode(StrEnum):
    """Which days count towards a step's length."""

    PROMISED = "promised"
    """The office's own promise, and nothing else."""
    CLOCK = "clock"
    """The promise and the special procedures outside it: every day on a government clock."""
    ELAPSED = "elapsed"
    """The clock, and before it the owner's preparation: what an enterprise lives through."""
    STATUTORY = "statutory"
    """The limit of the law (never less than the promise) and the special procedures outside it."""


@dataclass(frozen=True, kw_only=True)
class Periods:
    """The four stretches of one matter, a template's override applied.

    Shape: ``statutory`` is None where the law sets no limit; a stretch of 0 days is there and empty.
    """

    preparation: Segment
    special: Segment
    promised: Segment
    statutory: Segment | None

    @property
    def lawful_work(self) -> Segment:
        """The work at its statutory length: the limit, but never less than the promise."""
        if self.statutory is None or self.statutory.nominal_workdays < self.promised.nominal_workdays:
            return self.promised
        return self.statutory


def periods(matter: Matter, override: Override | None = None) -> Periods:
    """The stretches of a matter under a template's override.

    Units: each segment carries its own basis; a period whose text says 日 only counts as the office chose,
    and as working days until it chooses.
    Source: WD-4 for the bases; WD-5 for the promise inside the limit.
    """
    changed = override or Override(matter=matter.code)
    promised = matter.promised_workdays if changed.promised_workdays is None else changed.promised_workdays
    special = matter.special_days if changed.special_days is None else changed.special_days
    prep = matter.prep_workdays if changed.prep_workdays is None else changed.prep_workdays
    limit = matter.statutory_days
    return Periods(
        preparation=Segment("preparation", prep),
        special=Segment("special", special, _basis(matter.special_basis, matter)),
        promised=Segment("work", promised),
        statutory=None if limit is None else Segment("work", limit, _basis(matter.statutory_basis, matter)),
    )


def segments(of: Periods, mode: DaysMode) -> tuple[Segment, ...]:
    """A step's length in this mode, as the stretches that follow one another; empty ones left out.

    Source: S28 (reference lengths).
    """
    stretches = {
        DaysMode.PROMISED: (of.promised,),
        DaysMode.CLOCK: (of.special, of.promised),
        DaysMode.ELAPSED: (of.preparation, of.special, of.promised),
        DaysMode.STATUTORY: (of.special, of.lawful_work),
    }[mode]
    return tuple(stretch for stretch in stretches if stretch.days)


def _basis(written: str, matter: Matter) -> Basis:
    if not written:
        return Basis.WORKING
    if written == Basis.UNSPECIFIED and matter.unspecified_as == Basis.CALENDAR:
        return Basis.CALENDAR
    return Basis(written)
