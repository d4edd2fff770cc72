"""The month as every installed addon counted it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import addon
from concierge.kernel.errors import N_
from documents.rules.statistics import CountedBy, Figure, Line, Month, Section
from projects.press.charted import STAGE_NAMES
from projects.rules.owner import owner_name

OFFICE = N_("The concierge office")


@dataclass(frozen=True)
class Compared:
    """A figure beside that of the month before; the latter None where that month counted no such thing."""

    now: Figure
    before: Figure | None


@dataclass(frozen=True, kw_only=True)
class ComparedSection:
    """What one part of the office counted, beside the month before."""

    title: str
    figures: Sequence[Compared]
    heads: Sequence[str]
    lines: Sequence[Line]
    counted_by: CountedBy


def sections(session: Session, month: Month, today: date) -> list[Section]:
    """What every installed addon counted of a month, lower addons first.

    Source: SV-7.
    """
    named = ((one.name, name) for one in addon.installed() for name in one.statistics)
    return [part for owner, name in named for part in addon.resolve(name, of=owner)(session, month, today)]


def compared(session: Session, month: Month, today: date) -> list[ComparedSection]:
    """A month beside the one before it, figure by figure."""
    earlier = {
        (part.title, figure.name): figure
        for part in sections(session, month.before, today)
        for figure in part.figures
    }
    return [
        ComparedSection(
            title=part.title,
            figures=[Compared(one, earlier.get((part.title, one.name))) for one in part.figures],
            heads=part.heads,
            lines=part.lines,
            counted_by=part.counted_by,
        )
        for part in sections(session, month, today)
    ]


@dataclass(frozen=True)
class SubjectNames:
    """What people call what a table is counted by. Shape: names by code, for each kind of subject."""

    known: Mapping[CountedBy, Mapping[str, str]]
    office: str

    def of(self, counted_by: CountedBy, subject: str) -> str:
        """The name of one line; a code nobody knows stands as it is."""
        return self.known.get(counted_by, {}).get(subject) or subject or self.office


def subject_names(session: Session, language: str, say: Callable[[str], str]) -> SubjectNames:
    """The departments, matters and stages of the newest edition by name; two queries.

    Shape: ``say`` puts a marked word into the same language.
    """
    catalogue = catalogue_queries.latest_catalogue(session)
    if catalogue is None:
        return SubjectNames({}, say(OFFICE))
    known = {
        CountedBy.DEPARTMENT: {
            one.code: owner_name(one, one.code, language) for one in catalogue.departments
        },
        CountedBy.MATTER: {one.code: one.spoken(language) for one in catalogue.matters},
        CountedBy.STAGE: {code: say(name) for code, name in STAGE_NAMES.items()},
    }
    return SubjectNames(known, say(OFFICE))
