"""The whole catalogue as facts: matters, what they wait for and need, templates, laws and holidays.

The same form is read from the shipped files, from the draft rows, and from a published edition's body. A
project keeps the edition it was opened with for ever, so everything here is frozen and carries its own
digest.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from approvals.rules.conditions import Test
from approvals.rules.edition_body import body_of, read_body
from approvals.rules.facts import Attribute, FactValue, Label
from concierge.kernel.errors import N_, Invalid

STAGES = ("land_planning", "construction_planning", "construction_permit", "utilities_parallel", "acceptance")
PERMIT = "construction-permit"
START = "construction-start"

_Item = TypeVar("_Item")


class UnknownTemplate(Invalid):
    """A template code that is not in the catalogue; the sentence lists those that are."""

    message = N_("There is no project template “%(template)s”. The catalogue has: %(known)s.")


class UnknownMatter(Invalid):
    """A matter code that is not in the catalogue."""

    message = N_("There is no approval matter “%(matter)s” in this catalogue.")


@dataclass(frozen=True)
class Named:
    """Something with a stable code and a name in both languages."""

    code: str
    name_zh: str
    name_en: str

    @property
    def label(self) -> Label:
        """The name in both languages."""
        return Label(self.name_zh, self.name_en)

    def spoken(self, lang: str) -> str:
        """The name for a reader of ``lang``; the code when there is none."""
        return self.label.spoken(lang) or self.code


@dataclass(frozen=True, kw_only=True)
class Department(Named):
    """Who acts on a matter: a county bureau, a utility, an intermediary, or the enterprise itself."""

    code: str
    name_zh: str
    name_en: str
    typical_county_bureau: str = ""
    level: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class Matter(Named):
    """One approval matter or service: who leads it, and every period that belongs to it.

    Units: ``promised_workdays`` and ``prep_workdays`` are working days; ``statutory_days`` and
    ``special_days`` are days of their own basis (working, calendar, or unspecified where the text says 日
    only). ``statutory_days`` is None where the text sets no limit. ``unspecified_as`` is the unit the office
    chose for the third kind.
    Shape: ``examined_first_by`` is the department of the lower level that examines a case before the lead
        department decides it; empty where one level does both.
    Source: AC-10 for ``examined_first_by``.
    """

    code: str
    name_zh: str
    name_en: str
    stage: str = ""
    lead_department: str = ""
    kind: str = ""
    statutory_days: int | None = None
    statutory_basis: str = ""
    promised_workdays: int = 0
    special_days: int = 0
    special_basis: str = ""
    special_note: str = ""
    prep_workdays: int = 0
    allows_deferral: bool = False
    review_group: str = ""
    result_document: str = ""
    result_validity: str = ""
    legal_basis: str = ""
    verification: str = ""
    notes: str = ""
    unspecified_as: str = ""
    examined_first_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Precedence:
    """One matter waits for another's result: to be accepted (accept), or only to be decided (issue).

    Shape: ``kind`` hard = the law requires the result, soft = usual order, info = a notice that carries no
    time.
    """

    predecessor: str
    successor: str
    kind: str = "hard"
    gate: str = "accept"
    relaxable: bool = False
    result_document: str = ""
    source_why: str = ""


@dataclass(frozen=True, kw_only=True)
class Material:
    """One paper one matter asks for, where it comes from, and whether it may come later.

    Shape: ``origin_ref`` names the producing matters, separated by ``|``, when ``origin`` is produced.
    """

    matter: str
    code: str
    name_zh: str
    name_en: str
    is_main: bool = True
    deferrable: bool = False
    make_good_workdays: int = 0
    origin: str = "applicant"
    origin_ref: str = ""
    paper_copies: int = 0
    form_type: str = ""
    alternative_group: str = ""
    notes: str = ""

    @property
    def producers(self) -> tuple[str, ...]:
        """The matters of which any one produces this paper."""
        return tuple(self.origin_ref.split("|")) if self.origin == "produced" and self.origin_ref else ()

    def spoken(self, lang: str) -> str:
        """The paper's name for a reader of ``lang``."""
        return Label(self.name_zh, self.name_en).spoken(lang) or self.code


@dataclass(frozen=True, kw_only=True)
class ReviewGroup(Named):
    """Departments that look at one submission together, and what their silence means."""

    code: str
    name_zh: str
    name_en: str
    lead: str = ""
    members: tuple[str, ...] = ()
    mode: str = ""
    notice_workdays: int = 0
    opinion_workdays: int = 0
    silence: str = "none"


@dataclass(frozen=True)
class Condition:
    """When one matter is on a project's list; a matter without one is on every list that names it."""

    matter: str
    test: Test


@dataclass(frozen=True)
class DerivedRule:
    """How a fact follows from others, unless the project records it itself."""

    name: str
    test: Test
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Mode:
    """How a template runs: are relaxable gates relaxed, and how long a decision trails the awaited result."""

    start_on_land: bool = False
    relax_edges: bool = False
    issue_tail_workdays: int = 1
    pre_review_seal: str = ""
    issue_together: tuple[str, ...] = ()
    merged: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Override:
    """What one template changes on one matter: its periods, or a tighter condition."""

    matter: str
    promised_workdays: int | None = None
    special_days: int | None = None
    prep_workdays: int | None = None
    note: str = ""
    condition: Test | None = None


@dataclass(frozen=True, kw_only=True)
class Template(Named):
    """A kind of project: the matters it may need, in order, and the facts it assumes."""

    code: str
    name_zh: str
    name_en: str
    exchange_type: int = 10
    cap_workdays: int | None = None
    cap_window: tuple[str, ...] = ()
    mode: Mode = field(default_factory=Mode)
    eligibility: str = ""
    defaults: tuple[tuple[str, FactValue], ...] = ()
    steps: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    review_groups: tuple[str, ...] = ()

    @cached_property
    def override_of(self) -> Mapping[str, Override]:
        """The template's override of each matter that has one."""
        return MappingProxyType({override.matter: override for override in self.overrides})


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """One citation a matter rests on, and the days between which it is in force.

    Units: civil days, both inclusive; None = without end on that side.
    """

    matter: str
    citation: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""

    def is_in_force(self, on: date) -> bool:
        """Whether the citation may be printed on a document of that day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """One day that is not what its weekday says: a day off, or a weekend day worked instead."""

    on: date
    kind: str
    detail: str = ""
    name_zh: str = ""
    name_en: str = ""
    is_workday: bool = False
    source: str = ""
    status: str = "official"


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything an office decides about its approvals, as one thing that can be frozen and compared."""

    departments: tuple[Department, ...] = ()
    matters: tuple[Matter, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    materials: tuple[Material, ...] = ()
    review_groups: tuple[ReviewGroup, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    conditions: tuple[Condition, ...] = ()
    derived_rules: tuple[DerivedRule, ...] = ()
    templates: tuple[Template, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    source_note: str = ""

    @cached_property
    def department_of(self) -> Mapping[str, Department]:
        """Departments by code."""
        return MappingProxyType({item.code: item for item in self.departments})

    @cached_property
    def matter_of(self) -> Mapping[str, Matter]:
        """Matters by code."""
        return MappingProxyType({item.code: item for item in self.matters})

    @cached_property
    def attribute_of(self) -> Mapping[str, Attribute]:
        """Attributes by name."""
        return MappingProxyType({item.name: item for item in self.attributes})

    @cached_property
    def condition_of(self) -> Mapping[str, Test]:
        """The condition of each matter that has one."""
        return MappingProxyType({item.matter: item.test for item in self.conditions})

    @cached_property
    def derived_rule_of(self) -> Mapping[str, DerivedRule]:
        """Derived rules by name."""
        return MappingProxyType({item.name: item for item in self.derived_rules})

    @cached_property
    def review_group_of(self) -> Mapping[str, ReviewGroup]:
        """Joint review groups by code."""
        return MappingProxyType({item.code: item for item in self.review_groups})

    @cached_property
    def template_of(self) -> Mapping[str, Template]:
        """Templates by code."""
        return MappingProxyType({item.code: item for item in self.templates})

    @cached_property
    def materials_of(self) -> Mapping[str, tuple[Material, ...]]:
        """The papers each matter asks for, in catalogue order."""
        return _grouped((item.matter, item) for item in self.materials)

    @cached_property
    def legal_bases_of(self) -> Mapping[str, tuple[LegalBasis, ...]]:
        """Every citation of each matter, past ones included."""
        return _grouped((item.matter, item) for item in self.legal_bases)

    def template(self, code: str) -> Template:
        """The template of that code.

        Raises: UnknownTemplate, listing the codes there are.
        """
        if code not in self.template_of:
            raise UnknownTemplate(template=code, known=", ".join(self.template_of), field="template")
        return self.template_of[code]

    def matter(self, code: str) -> Matter:
        """The matter of that code.

        Raises: UnknownMatter.
        """
        if code not in self.matter_of:
            raise UnknownMatter(matter=code, field="matter")
        return self.matter_of[code]

    def bases_in_force(self, matter: str, on: date) -> tuple[LegalBasis, ...]:
        """The citations of a matter that hold on that day.

        Source: R-LAW-1, a document prints the basis in force on its own date.
        """
        return tuple(basis for basis in self.legal_bases_of.get(matter, ()) if basis.is_in_force(on))

    def citation_on(self, matter: str, on: date) -> str:
        """What a document of that day cites for this matter; empty where the catalogue names no law."""
        return "；".join(basis.citation for basis in self.bases_in_force(matter, on))

    @cached_property
    def digest(self) -> str:
        """The catalogue's fingerprint: the same content gives the same 64 hex digits, in any order.

        Shape: the order of rows does not count; the order of a template's steps does.
        """
        body = {
            part: sorted(rows, key=_canonical) if isinstance(rows, list) else rows
            for part, rows in body_of(self).items()
        }
        return hashlib.sha256(_canonical(body).encode()).hexdigest()

    def to_body(self) -> dict[str, object]:
        """The catalogue as plain lists and words, ready for JSON."""
        return body_of(self)

    @staticmethod
    def from_body(body: Mapping[str, object]) -> Catalogue:
        """The catalogue a published edition holds.

        Raises: BodyUnreadable, when the body is not one that ``to_body`` wrote.
        """
        return read_body(Catalogue, body)


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _grouped(pairs: Iterable[tuple[str, _Item]]) -> Mapping[str, tuple[_Item, ...]]:
    groups: dict[str, list[_Item]] = defaultdict(list)
    for key, item in pairs:
        groups[key].append(item)
    return MappingProxyType({key: tuple(items) for key, items in groups.items()})
