"""Every code one part of the catalogue takes from another, looked up; what leads nowhere is a fault."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from approvals.rules.catalogue import Catalogue, Template
from approvals.rules.catalogue_files.forms import LEGAL_BASES, MATERIALS, MATTERS, PRECEDENCES, TEMPLATES_FILE
from approvals.rules.catalogue_files.sheets import Fault
from concierge.kernel.errors import N_

NO_SUCH = N_("There is no “%(value)s”. Known: %(known)s.")
NO_SUCH_MATTER = N_("There is no approval matter “%(value)s” in steps.csv.")
NO_SUCH_DEPARTMENT = N_("There is no department “%(value)s” in departments.csv.")
NO_SUCH_GROUP = N_("There is no joint review group “%(value)s” in templates.yaml.")
NO_SUCH_RULE = N_("There is no derived rule “%(value)s”.")
WAITS_FOR_ITSELF = N_("“%(value)s” cannot wait for itself.")

Rows = dict[str, Sequence[int] | Mapping[tuple[str | int, ...], int]]


def broken_references(catalogue: Catalogue, rows: Rows) -> Iterator[Fault]:
    """Every code that names nothing, at the row or line where it stands.

    Shape: ``rows`` holds row numbers of the files just read; for a part of the base catalogue the row is the
    one it would have when exported.
    """
    yield from _in_matters(catalogue, rows)
    yield from _in_precedences(catalogue, rows)
    yield from _in_materials(catalogue, rows)
    yield from _in_legal_bases(catalogue, rows)
    yield from _in_templates_file(catalogue, rows)


def _row(rows: Rows, file: str, position: int) -> int:
    numbers = rows.get(file)
    return numbers[position] if isinstance(numbers, Sequence) else position + 2


def _in_matters(catalogue: Catalogue, rows: Rows) -> Iterator[Fault]:
    for position, matter in enumerate(catalogue.matters):
        row = _row(rows, MATTERS.file, position)
        if matter.lead_department not in catalogue.department_of:
            facts = {"value": matter.lead_department}
            yield Fault(MATTERS.file, row, "lead_department", NO_SUCH_DEPARTMENT, facts)
        if matter.examined_first_by and matter.examined_first_by not in catalogue.department_of:
            facts = {"value": matter.examined_first_by}
            yield Fault(MATTERS.file, row, "examined_first_by", NO_SUCH_DEPARTMENT, facts)
        if matter.review_group and matter.review_group not in catalogue.review_group_of:
            facts = {"value": matter.review_group}
            yield Fault(MATTERS.file, row, "joint_review_group", NO_SUCH_GROUP, facts)


def _in_precedences(catalogue: Catalogue, rows: Rows) -> Iterator[Fault]:
    for position, edge in enumerate(catalogue.precedences):
        row = _row(rows, PRECEDENCES.file, position)
        for column, code in (("predecessor", edge.predecessor), ("successor", edge.successor)):
            if code not in catalogue.matter_of:
                yield Fault(PRECEDENCES.file, row, column, NO_SUCH_MATTER, {"value": code})
        if edge.predecessor == edge.successor:
            yield Fault(PRECEDENCES.file, row, "successor", WAITS_FOR_ITSELF, {"value": edge.successor})


def _in_materials(catalogue: Catalogue, rows: Rows) -> Iterator[Fault]:
    for position, material in enumerate(catalogue.materials):
        row = _row(rows, MATERIALS.file, position)
        if material.matter not in catalogue.matter_of:
            yield Fault(MATERIALS.file, row, "step_code", NO_SUCH_MATTER, {"value": material.matter})
        for producer in material.producers:
            if producer not in catalogue.matter_of:
                yield Fault(MATERIALS.file, row, "origin_ref", NO_SUCH_MATTER, {"value": producer})


def _in_legal_bases(catalogue: Catalogue, rows: Rows) -> Iterator[Fault]:
    for position, basis in enumerate(catalogue.legal_bases):
        if basis.matter not in catalogue.matter_of:
            row = _row(rows, LEGAL_BASES.file, position)
            yield Fault(LEGAL_BASES.file, row, "matter", NO_SUCH_MATTER, {"value": basis.matter})


def _in_templates_file(catalogue: Catalogue, rows: Rows) -> Iterator[Fault]:
    lines = rows.get(TEMPLATES_FILE)
    for place, code, known, message in _codes_in_templates_file(catalogue):
        if code not in known:
            line = _line(lines, place) if isinstance(lines, Mapping) else 0
            yield Fault(TEMPLATES_FILE, line, ".".join(map(str, place)), message, {"value": code})


def _line(lines: Mapping[tuple[str | int, ...], int], place: tuple[str | int, ...]) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 0)


_Mention = tuple[tuple[str | int, ...], str, Collection[str], str]


def _codes_in_templates_file(catalogue: Catalogue) -> Iterator[_Mention]:
    for attribute in catalogue.attributes:
        if attribute.derived_by:
            place = ("attributes", attribute.name, "derived_by")
            yield place, attribute.derived_by, catalogue.derived_rule_of, NO_SUCH_RULE
    for condition in catalogue.conditions:
        yield ("applicability", condition.matter), condition.matter, catalogue.matter_of, NO_SUCH_MATTER
    departments = catalogue.department_of
    for group in catalogue.review_groups:
        at = ("joint_review_groups", group.code)
        yield (*at, "lead"), group.lead, departments, NO_SUCH_DEPARTMENT
        for position, member in enumerate(group.members):
            yield (*at, "members", position), member, departments, NO_SUCH_DEPARTMENT
    for number, template in enumerate(catalogue.templates):
        yield from _codes_in_template(catalogue, ("templates", number), template)


def _codes_in_template(
    catalogue: Catalogue, at: tuple[str | int, ...], template: Template
) -> Iterator[_Mention]:
    for position, code in enumerate(template.review_groups):
        yield (*at, "parallel_groups", position), code, catalogue.review_group_of, NO_SUCH_GROUP
    for place, code in _matters_in(template):
        yield (*at, *place), code, catalogue.matter_of, NO_SUCH_MATTER


def _matters_in(template: Template) -> Iterator[tuple[tuple[str | int, ...], str]]:
    lists = {
        ("steps",): template.steps,
        ("cap_window",): template.cap_window,
        ("mode", "issue_together"): template.mode.issue_together,
        ("mode", "merged"): tuple(code for merged in template.mode.merged for code in merged),
    }
    for place, codes in lists.items():
        for position, code in enumerate(codes):
            yield (*place, position), code
    for override in template.overrides:
        yield ("overrides", override.matter), override.matter
