"""What an office can be asked for: services, what each needs, bundles of them, the workflows they run on."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concierge.kernel.errors import N_, Invalid
from concierge.service.rules.case import Customer


class UnknownService(Invalid):
    """A code the catalogue does not have."""

    message = N_("There is no service “%(code)s”. Choose from the list of services.")
    field = "services"


class NothingTicked(Invalid):
    """A case without a service."""

    message = N_("Tick at least one service: a case is opened for something.")
    field = "services"


class UnknownWorkflow(Invalid):
    """A workflow the catalogue does not have."""

    message = N_("There is no workflow “%(code)s”. Choose one of the list.")
    field = "workflow"


@dataclass(frozen=True)
class Names:
    """One thing in two languages."""

    zh: str
    en: str

    def spoken(self, language: str) -> str:
        """Its name in a language; the other one where it has none there."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """One field of a form. Shape: ``kind`` is text, long, number, day, phone or id_number."""

    code: str
    names: Names
    kind: str
    is_sensitive: bool


@dataclass(frozen=True, kw_only=True)
class MaterialSpec:
    """One paper.

    Shape: ``shared_from`` is the party whose data may stand in for it, empty for none; ``made_by`` are the
        services that make it: where one of them is ticked too, nobody has to bring it.
    """

    code: str
    names: Names
    copies: str
    shared_from: str
    may_come_later: bool
    made_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ServiceSpec:
    """One service one party decides.

    Units: ``period_workdays`` in working days.
    """

    code: str
    department: str
    names: Names
    result: Names
    period_workdays: int
    fields: tuple[str, ...]
    materials: tuple[str, ...]


class BundleKind(enum.Enum):
    """What a bundle is: a package to tick from, or one thing done as a whole."""

    PACKAGE = "package"
    ONE_THING = "one_thing"


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """Services that belong together for a customer.

    Units: ``period_workdays`` is what is promised for the whole of it.
    Source: SF-5, SF-6.
    """

    code: str
    kind: BundleKind
    customer: Customer
    names: Names
    workflow: str
    source: str
    period_workdays: int
    usual: tuple[str, ...]
    offered: tuple[str, ...]

    @property
    def services(self) -> tuple[str, ...]:
        """Everything that may be ticked in it."""
        return self.usual + self.offered


@dataclass(frozen=True, kw_only=True)
class StepSpec:
    """One step of a workflow: who holds it, the document it leaves, and what ends it."""

    code: str
    names: Names
    post: str
    document: str
    exits: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """How a case runs, step after step.

    Source: SF-1 to SF-4.
    """

    code: str
    names: Names
    source: str
    steps: tuple[StepSpec, ...]


@dataclass(frozen=True, kw_only=True)
class ServiceCatalogue:
    """All of it, each by its code, in the order of the files."""

    services: Mapping[str, ServiceSpec]
    fields: Mapping[str, FieldSpec]
    materials: Mapping[str, MaterialSpec]
    bundles: Mapping[str, Bundle]
    workflows: Mapping[str, Workflow]
    parties: Mapping[str, Names]

    def ticked(self, codes: Iterable[str]) -> tuple[ServiceSpec, ...]:
        """The services somebody ticked, each once, in the order of ticking.

        Raises: UnknownService, NothingTicked.
        """
        wanted = tuple(dict.fromkeys(code for code in codes if code))
        for code in wanted:
            if code not in self.services:
                raise UnknownService(code=code, field="services")
        if not wanted:
            raise NothingTicked(field="services")
        return tuple(self.services[code] for code in wanted)

    def party(self, code: str) -> Names:
        """Who decides; the code itself where an office struck the department from its catalogue."""
        return self.parties.get(code, Names(code, code))

    def bundle(self, code: str) -> Bundle:
        """One bundle.

        Raises: UnknownService.
        """
        if code not in self.bundles:
            raise UnknownService(code=code, field="services")
        return self.bundles[code]

    def workflow(self, code: str) -> Workflow:
        """One workflow.

        Raises: UnknownWorkflow.
        """
        if code not in self.workflows:
            raise UnknownWorkflow(code=code, field="workflow")
        return self.workflows[code]
