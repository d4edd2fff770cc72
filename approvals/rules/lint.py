"""The catalogue linter: everything an office should know of its catalogue before it publishes it.

An error stops publication; a warning wants a look; a notice is good to know. Nothing is stopped at the first
find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from approvals.rules import conditions
from approvals.rules.catalogue import Catalogue, Material, Matter, Override, Template
from approvals.rules.catalogue_files.references import broken_references
from approvals.rules.facts import Label
from approvals.rules.periods import periods
from approvals.rules.wording import fill
from approvals.rules.work_calendar import official_years
from concierge.kernel.errors import N_
from scheduler import ancestors, descendants, ring

_LOOK_AHEAD = timedelta(days=365)


class Severity(StrEnum):
    """What a finding means for publication."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True)
class LintFinding:
    """One thing found: what kind, about which matter, template or row, and the facts of its sentence.

    Shape: ``message`` is an English template that ``facts`` fill.
    """

    severity: Severity
    code: str
    subject: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The finding in English, as the command line shows it."""
        return f"{self.severity} {self.code} {self.subject}: {fill(self.message, self.facts, str, 'en')}"


CYCLE = N_(
    "These matters wait for each other in a ring: %(loop)s. Remove one of the precedences between them."
)
IN_NO_TEMPLATE = N_("No template lists “%(matter)s”, so no project can reach it.")
NEVER_ON_A_LIST = N_("The condition of “%(matter)s” cannot be true for any project.")
STANDS_ALONE = N_("In “%(template)s”, nothing leads to “%(matter)s” and it leads to nothing.")
PRODUCER_NOT_UPSTREAM = N_(
    "“%(material)s” of “%(matter)s” is produced by %(producers)s, which need not be finished before it."
)
PRODUCER_NOT_IN_TEMPLATE = N_(
    "In “%(template)s”, no step produces “%(material)s”: it must be held already, or not apply. "
    "It is asked for by: %(matters)s."
)
PROMISE_ABOVE_LIMIT = N_(
    "“%(matter)s” promises %(promised)s working days; the law allows %(statutory)s (%(basis)s)."
)
PROMISE_ABOVE_ON_THE_SPOT = N_(
    "“%(matter)s” is done on the spot by law, but %(promised)s working days are promised."
)
DEPARTMENT_MISSING = N_("“%(matter)s” has no leading department.")
SOURCE_MISSING = N_("“%(matter)s” cites no law; its figures rest on “%(verification)s”.")
WHY_MISSING = N_("Nobody has written down why “%(successor)s” waits for “%(predecessor)s”.")
NOT_IN_FORCE = N_("No citation of “%(matter)s” is in force on %(on)s; the last one ended on %(ended)s.")
BASIS_CHANGES = N_("From %(from_)s “%(matter)s” rests on %(citation)s.")
CITATION_WITHOUT_DATES = N_(
    "“%(matter)s” cites “%(citation)s”, but legal_bases.csv does not say when it is in force."
)
CONDITION_UNSOUND = N_("The condition tests “%(fact)s” wrongly. Allowed: %(allowed)s.")
OVERRIDE_OF_ABSENT_STEP = N_("“%(template)s” changes “%(matter)s”, which is not on its list.")
WINDOW_OF_ABSENT_STEP = N_("“%(template)s” names “%(matter)s”, which is not on its list.")
DEFERRABLE_WHERE_NOT_ALLOWED = N_("“%(material)s” may come later, but “%(matter)s” allows no deferral.")
MAIN_MATERIAL_DEFERRABLE = N_("“%(material)s” of “%(matter)s” is a main document and yet may come later.")
YEAR_PROVISIONAL = N_("The holidays of %(year)s are not published yet; its dates are provisional.")
YEAR_MISSING = N_("The calendar has no day of %(year)s.")


def lint(catalogue: Catalogue, on: date) -> tuple[LintFinding, ...]:
    """Everything worth knowing about a catalogue on that day, errors first.

    Source: WD-5, WD-7, R-LAW-1, DF-1.
    """
    checks = (
        _unknown_codes(catalogue),
        _conditions(catalogue),
        _cycles(catalogue),
        _unreachable(catalogue),
        _periods(catalogue),
        _departments_and_sources(catalogue),
        _legal_bases(catalogue, on),
        _materials(catalogue),
        _templates(catalogue),
        _calendar(catalogue),
    )
    order = list(Severity)
    found = [finding for check in checks for finding in check]
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def _named(catalogue: Catalogue, code: str) -> Label:
    matter = catalogue.matter_of.get(code)
    return matter.label if matter is not None else Label(code, code)


def _unknown_codes(catalogue: Catalogue) -> Iterator[LintFinding]:
    for fault in broken_references(catalogue, {}):
        subject = f"{fault.file}:{fault.row}" if fault.row else fault.column
        yield LintFinding(Severity.ERROR, "code_unknown", subject, fault.message, fault.facts)


def _conditions(catalogue: Catalogue) -> Iterator[LintFinding]:
    named = [(item.matter, item.test) for item in catalogue.conditions]
    named += [(rule.name, rule.test) for rule in catalogue.derived_rules]
    for template in catalogue.templates:
        named += [(o.matter, o.condition) for o in template.overrides if o.condition is not None]
    for subject, test in named:
        wrong = conditions.faults(test, catalogue.attribute_of)
        for fact, allowed in wrong:
            facts = {"fact": fact, "allowed": allowed}
            yield LintFinding(Severity.ERROR, "condition_unsound", subject, CONDITION_UNSOUND, facts)
        if not wrong and not conditions.can_hold(test, catalogue.attribute_of):
            whose: dict[str, object] = {"matter": _named(catalogue, subject)}
            yield LintFinding(Severity.ERROR, "never_on_a_list", subject, NEVER_ON_A_LIST, whose)


def _edges(catalogue: Catalogue) -> list[tuple[str, str]]:
    """What waits for what in time; a mere notice holds nobody back."""
    return [(edge.predecessor, edge.successor) for edge in catalogue.precedences if edge.kind != "info"]


def _cycles(catalogue: Catalogue) -> Iterator[LintFinding]:
    """One ring of every knot: mending it may show the next, but a knot is not told ten times over."""
    edges = _edges(catalogue)
    while loop := ring(edges):
        facts = {"loop": " → ".join((*loop, loop[0])), "steps": list(loop)}
        yield LintFinding(Severity.ERROR, "cycle", loop[0], CYCLE, facts)
        knot = {loop[0], *(ancestors(edges, loop[0]) & descendants(edges, loop[0]))}
        edges = [edge for edge in edges if not knot.issuperset(edge)]


def _unreachable(catalogue: Catalogue) -> Iterator[LintFinding]:
    listed = {step for template in catalogue.templates for step in template.steps}
    for matter in catalogue.matters:
        if matter.code not in listed:
            facts = {"matter": _named(catalogue, matter.code)}
            yield LintFinding(Severity.WARNING, "in_no_template", matter.code, IN_NO_TEMPLATE, facts)
    for template in catalogue.templates:
        steps = set(template.steps)
        joined = {code for edge in _edges(catalogue) if steps.issuperset(edge) for code in edge}
        for code in template.steps:
            if code not in joined:
                facts = {"matter": _named(catalogue, code), "template": template.label}
                yield LintFinding(Severity.WARNING, "stands_alone", code, STANDS_ALONE, facts)


def _periods(catalogue: Catalogue) -> Iterator[LintFinding]:
    for matter in catalogue.matters:
        yield from _promise(catalogue, matter, None, matter.code)
    for template in catalogue.templates:
        for override in template.overrides:
            matter_or_none = catalogue.matter_of.get(override.matter)
            if matter_or_none is not None and override.promised_workdays is not None:
                subject = f"{template.code}/{override.matter}"
                yield from _promise(catalogue, matter_or_none, override, subject)


def _promise(
    catalogue: Catalogue, matter: Matter, override: Override | None, subject: str
) -> Iterator[LintFinding]:
    of = periods(matter, override)
    if of.statutory is None or of.promised.nominal_workdays <= of.statutory.nominal_workdays:
        return
    facts = {
        "matter": _named(catalogue, matter.code),
        "promised": of.promised.days,
        "statutory": of.statutory.days,
        "basis": of.statutory.basis.value,
    }
    if of.statutory.days == 0:
        code, message = "promise_above_on_the_spot", PROMISE_ABOVE_ON_THE_SPOT
        yield LintFinding(Severity.WARNING, code, subject, message, facts)
    else:
        yield LintFinding(Severity.ERROR, "promise_above_limit", subject, PROMISE_ABOVE_LIMIT, facts)


def _departments_and_sources(catalogue: Catalogue) -> Iterator[LintFinding]:
    for matter in catalogue.matters:
        facts = {"matter": _named(catalogue, matter.code), "verification": matter.verification or "-"}
        if not matter.lead_department:
            yield LintFinding(Severity.ERROR, "department_missing", matter.code, DEPARTMENT_MISSING, facts)
        if not matter.legal_basis and matter.code not in catalogue.legal_bases_of:
            severity = Severity.WARNING if matter.kind == "permit" else Severity.NOTICE
            yield LintFinding(severity, "source_missing", matter.code, SOURCE_MISSING, facts)
    for edge in catalogue.precedences:
        if not edge.source_why:
            names = {
                "predecessor": _named(catalogue, edge.predecessor),
                "successor": _named(catalogue, edge.successor),
            }
            subject = f"{edge.predecessor} → {edge.successor}"
            yield LintFinding(Severity.WARNING, "why_missing", subject, WHY_MISSING, names)


def _legal_bases(catalogue: Catalogue, on: date) -> Iterator[LintFinding]:
    for matter in catalogue.matters:
        name = _named(catalogue, matter.code)
        bases = catalogue.legal_bases_of.get(matter.code, ())
        if matter.legal_basis and not bases:
            facts: dict[str, object] = {"matter": name, "citation": matter.legal_basis}
            code, message = "citation_without_dates", CITATION_WITHOUT_DATES
            yield LintFinding(Severity.WARNING, code, matter.code, message, facts)
        if bases and not catalogue.bases_in_force(matter.code, on):
            ended = max(
                (basis.valid_to for basis in bases if basis.valid_to and basis.valid_to < on), default="-"
            )
            facts = {"matter": name, "on": on, "ended": ended}
            yield LintFinding(Severity.ERROR, "not_in_force", matter.code, NOT_IN_FORCE, facts)
        for basis in bases:
            if basis.valid_from and on < basis.valid_from <= on + _LOOK_AHEAD:
                facts = {"matter": name, "from_": basis.valid_from, "citation": basis.citation}
                yield LintFinding(Severity.NOTICE, "basis_changes", matter.code, BASIS_CHANGES, facts)


def _materials(catalogue: Catalogue) -> Iterator[LintFinding]:
    upstream = {matter: ancestors(_edges(catalogue), matter) for matter in catalogue.materials_of}
    for material in catalogue.materials:
        matter = catalogue.matter_of.get(material.matter)
        facts = {
            "material": Label(material.name_zh, material.name_en),
            "matter": _named(catalogue, material.matter),
            "producers": tuple(_named(catalogue, code) for code in material.producers),
        }
        subject = f"{material.matter} / {material.code}"
        if material.producers and not upstream[material.matter].intersection(material.producers):
            code, message = "producer_not_upstream", PRODUCER_NOT_UPSTREAM
            yield LintFinding(Severity.WARNING, code, subject, message, facts)
        if material.deferrable and matter is not None and not matter.allows_deferral:
            code, message = "deferrable_where_not_allowed", DEFERRABLE_WHERE_NOT_ALLOWED
            yield LintFinding(Severity.WARNING, code, subject, message, facts)
        if material.deferrable and material.is_main:
            code, message = "main_material_deferrable", MAIN_MATERIAL_DEFERRABLE
            yield LintFinding(Severity.NOTICE, code, subject, message, facts)


def _templates(catalogue: Catalogue) -> Iterator[LintFinding]:
    for template in catalogue.templates:
        for matter in template.override_of:
            if matter not in template.steps:
                facts = {"template": template.label, "matter": _named(catalogue, matter)}
                code, message = "override_of_absent_step", OVERRIDE_OF_ABSENT_STEP
                yield LintFinding(Severity.WARNING, code, template.code, message, facts)
        for matter in (*template.cap_window, *template.mode.issue_together):
            if matter not in template.steps:
                facts = {"template": template.label, "matter": _named(catalogue, matter)}
                code, message = "window_of_absent_step", WINDOW_OF_ABSENT_STEP
                yield LintFinding(Severity.WARNING, code, template.code, message, facts)
        yield from _producers_in(catalogue, template)


def _producers_in(catalogue: Catalogue, template: Template) -> Iterator[LintFinding]:
    steps = set(template.steps)
    asking: dict[str, list[Material]] = {}
    for step in template.steps:
        for material in catalogue.materials_of.get(step, ()):
            if all(
                paper.producers and steps.isdisjoint(paper.producers)
                for paper in _instead_of(catalogue, material)
            ):
                asking.setdefault(material.code, []).append(material)
    for code, materials in asking.items():
        facts = {
            "template": template.label,
            "material": Label(materials[0].name_zh, materials[0].name_en),
            "matters": tuple(_named(catalogue, material.matter) for material in materials),
        }
        subject = f"{template.code} / {code}"
        yield LintFinding(
            Severity.NOTICE, "producer_not_in_template", subject, PRODUCER_NOT_IN_TEMPLATE, facts
        )


def _instead_of(catalogue: Catalogue, material: Material) -> Iterator[Material]:
    """The papers of which this matter takes any one: this one, and its alternatives."""
    for other in catalogue.materials_of[material.matter]:
        same_group = material.alternative_group and other.alternative_group == material.alternative_group
        if other is material or same_group:
            yield other


def _calendar(catalogue: Catalogue) -> Iterator[LintFinding]:
    years = {holiday.on.year for holiday in catalogue.holidays}
    official = official_years(catalogue.holidays)
    for year in range(min(years, default=0), max(years, default=-1) + 1):
        if year not in years:
            yield LintFinding(Severity.ERROR, "year_missing", str(year), YEAR_MISSING, {"year": year})
        elif year not in official:
            message = YEAR_PROVISIONAL
            yield LintFinding(Severity.NOTICE, "year_provisional", str(year), message, {"year": year})
