"""The month as every installed addon counted it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import addon
from documents.rules.statistics import DepartmentLine, Figure, Month, Section
from projects.rules.owner import owner_name


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
    lines: Sequence[DepartmentLine]


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
        )
        for part in sections(session, month, today)
    ]


def department_names(session: Session, language: str) -> dict[str, str]:
    """What people call each department of the newest edition."""
    edition_id = catalogue_queries.latest_edition_id(session)
    if edition_id is None:
        return {}
    catalogue = catalogue_queries.catalogue(edition_id, session)
    return {one.code: owner_name(one, one.code, language) for one in catalogue.departments}
