"""One form and one set for everything ticked: each field and each paper once, however many ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from concierge.service.rules.catalogue import Bundle, FieldSpec, MaterialSpec, ServiceCatalogue, ServiceSpec


@dataclass(frozen=True)
class AskedField:
    """One field of the one form, and the services that need it."""

    field: FieldSpec
    asked_by: tuple[str, ...]


@dataclass(frozen=True)
class AskedMaterial:
    """One paper of the one set, and the services that need it."""

    material: MaterialSpec
    asked_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OneApplication:
    """What the customer fills in and brings, once for all.

    Units: ``fields_before`` and ``papers_before`` count what would be asked one service after another;
        ``period_workdays`` in working days.
    """

    services: tuple[ServiceSpec, ...]
    form: tuple[AskedField, ...]
    papers: tuple[AskedMaterial, ...]
    fields_before: int
    papers_before: int
    period_workdays: int


def one_application(
    catalogue: ServiceCatalogue, codes: Iterable[str], bundles: Iterable[str] = ()
) -> OneApplication:
    """The one form and the one set of the services ticked, in the order in which they first ask.

    A paper that one of the ticked services makes is nobody's to bring.

    Raises: UnknownService, NothingTicked.
    Source: SF-5; SF-6, the form is the union of fields by code, the set the union of materials by code.
    """
    services = catalogue.ticked(codes)
    ticked = {one.code for one in services}
    papers = {
        code: who
        for code, who in _askers((s.code, s.materials) for s in services)
        if not ticked.intersection(catalogue.materials[code].made_by)
    }
    return OneApplication(
        services=services,
        form=tuple(
            AskedField(catalogue.fields[code], who)
            for code, who in _askers((s.code, s.fields) for s in services)
        ),
        papers=tuple(AskedMaterial(catalogue.materials[code], who) for code, who in papers.items()),
        fields_before=sum(len(one.fields) for one in services),
        papers_before=sum(len(one.materials) for one in services),
        period_workdays=promised_workdays(services, [catalogue.bundles[code] for code in bundles]),
    )


def _askers(needs: Iterable[tuple[str, Sequence[str]]]) -> Iterable[tuple[str, tuple[str, ...]]]:
    askers: dict[str, list[str]] = {}
    for service, codes in needs:
        for code in codes:
            askers.setdefault(code, []).append(service)
    return [(code, tuple(who)) for code, who in askers.items()]


def promised_workdays(services: Sequence[ServiceSpec], bundles: Sequence[Bundle]) -> int:
    """How long the whole is promised to take: the slowest service, but never longer than its bundle promises.

    Units: working days. Services run side by side, so the slowest one counts, not the sum.
    Source: SF-6; [D] that a bundle's own promise caps its services.
    """

    def longest(one: ServiceSpec) -> int:
        caps = [bundle.period_workdays for bundle in bundles if one.code in bundle.services]
        return min([one.period_workdays, *caps])

    return max(map(longest, services), default=0)
