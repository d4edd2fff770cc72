"""What happens to projects, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class EnterpriseRegistered:
    """A project owner is on the books."""

    enterprise_id: int
    name: str


@dataclass(frozen=True)
class ProjectOpened:
    """A project was opened from a template; its plan is still to be made."""

    project_id: int
    code: str
    template: str


@dataclass(frozen=True)
class FactsChanged:
    """The facts of a project changed, and with them perhaps its steps."""

    project_id: int
    facts: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class TermsChanged:
    """The start, the target or the way of planning of a project changed."""

    project_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class PlanMade:
    """The first plan of a project stands."""

    project_id: int
    number: int
    permit_on: date | None
    lawful_start_on: date | None


@dataclass(frozen=True)
class PlanChanged:
    """A new version of the plan; ``moved`` are the steps whose dates are not what they were."""

    project_id: int
    number: int
    permit_on: date | None
    lawful_start_on: date | None
    moved: tuple[str, ...]
