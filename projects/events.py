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
class ProjectEnded:
    """A project was closed; ``how`` is completed or given up."""

    project_id: int
    how: str
    on: date


@dataclass(frozen=True)
class ProjectReopened:
    """A closed project goes on."""

    project_id: int
    reason: str


@dataclass(frozen=True)
class GreenChannelGiven:
    """A project was put on the green channel; its delay counts double in the next plan of all projects."""

    project_id: int
    reason: str


@dataclass(frozen=True)
class GreenChannelEnded:
    """A project was taken off the green channel; it counts like any other again."""

    project_id: int
    reason: str


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


@dataclass(frozen=True)
class PortfolioPlanAsked:
    """Somebody asked for a plan of all live projects, as the world is or as a question changes it."""

    plan_id: int
    number: int
    cause: str
    is_question: bool


@dataclass(frozen=True)
class PortfolioPlanCancelled:
    """Somebody stopped a plan of all projects while it was being made."""

    plan_id: int
    number: int


@dataclass(frozen=True)
class PortfolioPlanMade:
    """A plan of all projects is ready and proved; it changes nothing until somebody adopts it."""

    plan_id: int
    number: int
    projects: int
    late: int
    tardiness_workdays: int
    moved_projects: int


@dataclass(frozen=True)
class PortfolioPlanFailed:
    """A plan of all projects could not be made; the version says why."""

    plan_id: int
    number: int
    why: str


@dataclass(frozen=True)
class PortfolioPlanAdopted:
    """A plan of all projects stands; ``moved`` are the projects whose own plans were made again for it."""

    plan_id: int
    number: int
    moved: tuple[int, ...]


@dataclass(frozen=True)
class PortfolioPlanDiscarded:
    """A plan of all projects was put aside."""

    plan_id: int
    number: int


@dataclass(frozen=True)
class WorksStopped:
    """The works of a project stand still; the stop is reported to the authority by ``report_due_on``."""

    project_id: int
    stopped_on: date
    report_due_on: date


@dataclass(frozen=True)
class WorksResumed:
    """Works that stood still go on."""

    project_id: int
    on: date
