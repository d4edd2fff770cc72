"""The facts of one project: what the catalogue assumes, its template says, and somebody recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from approvals.rules.catalogue import Catalogue, Template
from approvals.rules.conditions import Finding, explain, holds
from approvals.rules.facts import FactValue, checked_facts


class FactSource(StrEnum):
    """Who says so: the later one in this list wins."""

    CATALOGUE = "catalogue"
    DERIVED = "derived"
    TEMPLATE = "template"
    PROJECT = "project"


@dataclass(frozen=True)
class ProjectFact:
    """One fact as it holds for a project, and who says so.

    Shape: ``because`` is filled for a derived fact: the facts its rule looked at.
    """

    name: str
    value: FactValue
    source: FactSource
    because: tuple[Finding, ...] = ()


def project_facts(
    catalogue: Catalogue, template: Template, own: Mapping[str, object]
) -> dict[str, ProjectFact]:
    """Every fact of the catalogue as it holds for a project of this template with these recorded facts.

    A value that the project, or its template, records always wins over a derived one: the rule cannot see
    every use of a building.

    Raises: UnknownFact, FactOfWrongType.
    """
    recorded = checked_facts(own, catalogue.attribute_of)
    of_template = dict(template.defaults)
    found: dict[str, ProjectFact] = {}
    for attribute in catalogue.attributes:
        name = attribute.name
        if name in recorded:
            found[name] = ProjectFact(name, recorded[name], FactSource.PROJECT)
        elif name in of_template:
            found[name] = ProjectFact(name, of_template[name], FactSource.TEMPLATE)
        else:
            found[name] = ProjectFact(name, attribute.default, FactSource.CATALOGUE)
    return _with_derived(catalogue, found)


def _with_derived(catalogue: Catalogue, found: dict[str, ProjectFact]) -> dict[str, ProjectFact]:
    values = values_of(found)
    for attribute in catalogue.attributes:
        rule = catalogue.derived_rule_of.get(attribute.derived_by)
        if rule is not None and found[attribute.name].source is FactSource.CATALOGUE:
            derived = holds(rule.test, values)
            because = explain(rule.test, values)
            found[attribute.name] = ProjectFact(attribute.name, derived, FactSource.DERIVED, because)
    return found


def values_of(facts: Mapping[str, ProjectFact]) -> dict[str, FactValue]:
    """The bare values, as conditions test them."""
    return {name: fact.value for name, fact in facts.items()}
