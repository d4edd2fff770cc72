"""The catalogue of services out of the rows of its files, refused as a whole when one name leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concierge.kernel.errors import N_, Misconfigured
from concierge.service.rules.case import Customer, Record, Slip
from concierge.service.rules.catalogue import (
    Bundle,
    BundleKind,
    FieldSpec,
    MaterialSpec,
    Names,
    ServiceCatalogue,
    ServiceSpec,
    StepSpec,
    Workflow,
)
from concierge.service.rules.exits import ExitTest

Rows = Sequence[Mapping[str, Any]]
POSTS = ("customer", "window", "agent", "department", "chief")
KINDS = ("text", "long", "number", "day", "phone", "id_number")
_DOCUMENTS = {one.value for one in Slip} | {one.value for one in Record}


class CatalogueFault(Misconfigured):
    """A file of services that does not hold together."""

    message = N_("The files of services are not right: %(what)s")


@dataclass(frozen=True, kw_only=True)
class CatalogueFiles:
    """The rows of the six files, as read."""

    services: Rows
    fields: Rows
    materials: Rows
    bundles: Rows
    workflows: Rows
    parties: Rows


def read_catalogue(files: CatalogueFiles, departments: Mapping[str, Names]) -> ServiceCatalogue:
    """The catalogue of the files; ``departments`` are the parties the approvals know already.

    Raises: CatalogueFault, naming the row and what it lacks.
    """
    parties = {row["code"]: Names(row["name_zh"], row["name_en"]) for row in files.parties}
    found = ServiceCatalogue(
        services=_by_code(files.services, _service),
        fields=_by_code(files.fields, _field),
        materials=_by_code(files.materials, _material),
        bundles=_by_code(files.bundles, _bundle),
        workflows=_by_code(files.workflows, _workflow),
        parties={**departments, **parties},
    )
    for fault in faults(found):
        raise CatalogueFault(what=fault)
    return found


def faults(found: ServiceCatalogue) -> Iterable[str]:
    """Everything in a catalogue that leads nowhere, as sentences; nothing for a sound one."""
    for one in found.services.values():
        yield from _unknown(one.code, one.fields, found.fields)
        yield from _unknown(one.code, one.materials, found.materials)
    for paper in found.materials.values():
        yield from _unknown(paper.code, paper.made_by, found.services)
    for field in found.fields.values():
        yield from _unknown(field.code, (field.kind,), KINDS)
    for bundle in found.bundles.values():
        yield from _unknown(bundle.code, bundle.services, found.services)
        yield from _unknown(bundle.code, (bundle.workflow,), found.workflows)
    for workflow in found.workflows.values():
        for step in workflow.steps:
            yield from _unknown(f"{workflow.code}/{step.code}", (step.post,), POSTS)
            yield from _unknown(f"{workflow.code}/{step.code}", (step.document,), _DOCUMENTS)
            if not step.exits:
                yield f"{workflow.code}/{step.code} has no exit test, so it would end by itself"


def strangers(found: ServiceCatalogue) -> Iterable[str]:
    """Services decided by a party nobody knows; they are shown by its code until an office names it."""
    for one in found.services.values():
        yield from _unknown(one.code, (one.department,), found.parties)


def _unknown(where: str, named: Iterable[str], known: Iterable[str]) -> Iterable[str]:
    there = set(known)
    return (f"{where} names {one!r}, which is not there" for one in named if one not in there)


def _by_code(rows: Rows, read: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows:
        try:
            one = read(row)
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogueFault(what=f"{row.get('code', row)}: {error!r}") from error
        if one.code in found:
            raise CatalogueFault(what=f"{one.code} is there twice")
        found[one.code] = one
    return found


def _field(row: Mapping[str, Any]) -> FieldSpec:
    return FieldSpec(
        code=row["code"],
        names=Names(row["name_zh"], row["name_en"]),
        kind=row["kind"],
        is_sensitive=row["sensitive"] == "yes",
    )


def _material(row: Mapping[str, Any]) -> MaterialSpec:
    return MaterialSpec(
        code=row["code"],
        names=Names(row["name_zh"], row["name_en"]),
        copies=row["copies"],
        shared_from=row["shared_from"],
        may_come_later=row["may_come_later"] == "yes",
        made_by=tuple(row["made_by"].split()),
    )


def _service(row: Mapping[str, Any]) -> ServiceSpec:
    return ServiceSpec(
        code=row["code"],
        department=row["at"],
        names=Names(row["zh"], row["en"]),
        result=Names(row["result_zh"], row["result_en"]),
        period_workdays=int(row["days"]),
        fields=tuple(row["fields"]),
        materials=tuple(row["materials"]),
    )


def _bundle(row: Mapping[str, Any]) -> Bundle:
    return Bundle(
        code=row["code"],
        kind=BundleKind(row["kind"]),
        customer=Customer(row["for"]),
        names=Names(row["zh"], row["en"]),
        workflow=row["workflow"],
        source=row["source"],
        period_workdays=int(row["days"]),
        usual=tuple(row["usual"]),
        offered=tuple(row["offered"]),
    )


def _workflow(row: Mapping[str, Any]) -> Workflow:
    steps = tuple(
        StepSpec(
            code=step["code"],
            names=Names(step["zh"], step["en"]),
            post=step["post"],
            document=step["document"],
            exits=tuple(ExitTest(one).value for one in step["exits"]),
        )
        for step in row["steps"]
    )
    return Workflow(code=row["code"], names=Names(row["zh"], row["en"]), source=row["source"], steps=steps)
