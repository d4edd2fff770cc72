"""A paper of a project: the way it came, what was found in it, and which of its versions counts."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from concierge.kernel.errors import N_, Invalid, Refusal


class PaperWay(enum.Enum):
    """The way a paper came."""

    COUNTER = "counter"
    ONLINE = "online"
    COURIER = "courier"
    DEPARTMENT = "department"
    SHARED = "shared"
    RESULT = "result"


class Finding(enum.Enum):
    """What comparing a paper with what is asked found."""

    FIT = "fit"
    UNFIT = "unfit"


class Fault(enum.Enum):
    """Why a paper stands on a one-time notice."""

    MISSING = "missing"
    UNFIT = "unfit"


class PaperState(enum.Enum):
    """Where a paper of a project stands.

    Shape: a paper promised for later is missing here; the deferral says until when.
    """

    MISSING = "missing"
    HERE = "here"
    UNFIT = "unfit"


class PaperNotAsked(Refusal):
    """A paper no step of the project asks for."""

    message = N_("No step of this project asks for “%(paper)s”. Choose a paper from the project's list.")


class ComesByItself(Refusal):
    """A paper that the result of a step of the project will be."""

    message = N_(
        "“%(paper)s” is the result of %(producer)s and comes by itself: record that result, with its file,"
        " instead of handing the paper in."
    )


class CameLater(Invalid):
    """A paper that came on a day still ahead."""

    message = N_("%(day)s has not come yet; a paper is taken in on the day it comes.")


class NothingHandedIn(Invalid):
    """Neither a file nor a word that the paper itself lies here."""

    message = N_("Choose a file, or tick that the paper itself lies at the counter.")


class WhyMissing(Invalid):
    """A finding or a withdrawal without a reason."""

    message = N_("Say why. It stays with the paper for whoever reads it later.")


class NotHere(Refusal):
    """Something is to be done with a version that is not there any more."""

    message = N_("This version of the paper was withdrawn, or a newer one came. Reload the page.")


@dataclass(frozen=True, kw_only=True)
class HeldFile:
    """One file of a paper.

    Units: bytes.
    """

    id: int
    key: str
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    pages: int | None = None


@dataclass(frozen=True, kw_only=True)
class HeldVersion:
    """One handing-in of a paper. Shape: see ``PaperVersionRow``."""

    id: int
    material: str
    number: int
    way: PaperWay
    came_on: date
    taken_in_by: str
    note: str = ""
    finding: Finding | None = None
    found_on: date | None = None
    found_by: str = ""
    found_reason: str = ""
    is_withdrawn: bool = False
    withdrawn_reason: str = ""
    files: tuple[HeldFile, ...] = ()
    row_version: int = 1

    @property
    def pages(self) -> int | None:
        """The pages of all its files; None when none of them has any."""
        counted = [file.pages for file in self.files if file.pages is not None]
        return sum(counted) if counted else None


@dataclass(frozen=True)
class PaperHere:
    """A paper that was handed in. Shape: the versions in order, withdrawn ones too; at least one stands."""

    material: str
    versions: tuple[HeldVersion, ...]

    @property
    def newest(self) -> HeldVersion:
        """The version that counts: the last that was not withdrawn."""
        return next(version for version in reversed(self.versions) if not version.is_withdrawn)

    @property
    def state(self) -> PaperState:
        """Here, or here and found unfit."""
        return PaperState.UNFIT if self.newest.finding is Finding.UNFIT else PaperState.HERE

    @property
    def is_good(self) -> bool:
        """Whether it is there and nobody found anything wrong with it."""
        return self.state is PaperState.HERE


@dataclass(frozen=True)
class ToldItem:
    """One line of a one-time notice. Shape: ``words`` say what is wrong with a paper that is unfit."""

    material: str
    fault: Fault
    words: str = ""


def by_material(versions: Iterable[HeldVersion]) -> Mapping[str, PaperHere]:
    """The papers that are here, each once, from every version of a project.

    Shape: a paper whose every version was withdrawn is not here and is left out.
    """
    ordered = sorted(versions, key=lambda version: (version.material, version.number))
    papers = {}
    for material, own in groupby(ordered, key=lambda version: version.material):
        kept = tuple(own)
        if not all(version.is_withdrawn for version in kept):
            papers[material] = PaperHere(material, kept)
    return papers


def only_withdrawn(versions: Iterable[HeldVersion]) -> Mapping[str, tuple[HeldVersion, ...]]:
    """The versions of papers of which none stands any more, by the paper's code."""
    found: dict[str, list[HeldVersion]] = {}
    for version in versions:
        found.setdefault(version.material, []).append(version)
    return {material: tuple(own) for material, own in found.items() if all(one.is_withdrawn for one in own)}


def check_taking_in(
    paper: str, way: PaperWay, came_on: date, *, today: date, has_files: bool, is_original_here: bool
) -> None:
    """Refuse a handing-in that hands nothing in, or that has not happened.

    Shape: ``paper`` is as people call it.
    Raises: CameLater, NothingHandedIn.
    """
    if came_on > today:
        raise CameLater(day=came_on.isoformat(), field="on")
    if not has_files and not is_original_here and way is not PaperWay.SHARED:
        raise NothingHandedIn(paper=paper, field="files")


def check_source(paper: str, way: PaperWay, producer: str, *, is_made: bool) -> None:
    """Refuse to take in from people what a step of the project makes, before it has made it.

    Shape: ``producer`` names that step, empty where none makes the paper.
    Raises: ComesByItself.
    Source: AC-6, DF-15: what another step makes is not asked of the enterprise.
    """
    if producer and not is_made and way is not PaperWay.RESULT:
        raise ComesByItself(paper=paper, producer=producer)
