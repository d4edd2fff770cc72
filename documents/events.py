"""What happened to documents, templates and packages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PackageRequested:
    """What goes to a department is settled; its ZIP is being built."""

    package_id: int
    project_id: int
    department: str
    number: str
    revision: int


@dataclass(frozen=True)
class PackageReady:
    """A package can be fetched. Shape: for a step or for a joint review."""

    package_id: int
    project_id: int
    department: str
    number: str
    revision: int
    step_id: int | None = None
    review_id: int | None = None


@dataclass(frozen=True)
class PackageFailed:
    """A package could not be built; ``fault`` says why."""

    package_id: int
    project_id: int
    fault: str


@dataclass(frozen=True)
class PackageTaken:
    """Somebody fetched a package. Shape: ``by_link`` for a department without an account."""

    package_id: int
    project_id: int
    number: str
    revision: int
    by_link: bool


@dataclass(frozen=True)
class PackageReceived:
    """A department has the package, and said so or signed for it.

    Units: ``received_on`` is a civil day.
    """

    package_id: int
    project_id: int
    department: str
    number: str
    revision: int
    received_on: date
    received_by: str
