"""From files to a catalogue, or to everything that is wrong with them: a dry run and an import alike.

A person may send all files, or only the one they changed; the rest is taken from the catalogue at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from approvals.rules.catalogue import (
    Catalogue,
    Department,
    Holiday,
    LegalBasis,
    Material,
    Matter,
    Precedence,
)
from approvals.rules.catalogue_files.forms import (
    ATTRIBUTE_NAMES,
    DEPARTMENTS,
    FILES,
    HOLIDAYS,
    LEGAL_BASES,
    MATERIALS,
    MATTERS,
    PRECEDENCES,
    SHEETS,
    TEMPLATES_FILE,
)
from approvals.rules.catalogue_files.references import NO_SUCH, Rows, broken_references
from approvals.rules.catalogue_files.sheets import Fault, Row, read_sheet
from approvals.rules.catalogue_files.templates_form import TemplatesFile, read_templates
from approvals.rules.catalogue_files.yaml_text import read_yaml
from approvals.rules.facts import Attribute, Label
from concierge.kernel.errors import N_

FILE_UNKNOWN = N_("The catalogue has no file “%(file)s”. It has: %(known)s.")
FILE_MISSING = N_("The file %(file)s is missing.")
MAIN_AND_ZH_DIFFER = N_("“main_or_secondary_zh” says something else than “main_or_secondary”.")
KIND_AND_WORKDAY_DIFFER = N_("A %(kind)s cannot have is_workday = %(is_workday)s.")
PERIOD_WITHOUT_BASIS = N_("A period of %(days)s days needs its basis: working, calendar or unspecified.")
ENDS_BEFORE_IT_BEGINS = N_("valid_to %(valid_to)s is before valid_from %(valid_from)s.")
_NAMES_FILE = ATTRIBUTE_NAMES.file


@dataclass(frozen=True)
class Reading:
    """What came of reading files: a catalogue, or the full list of faults; never both."""

    catalogue: Catalogue | None
    faults: tuple[Fault, ...]


def read_files(files: Mapping[str, bytes], base: Catalogue | None = None) -> Reading:
    """The catalogue these files make, on top of ``base`` for the files that are not there.

    Shape: the whole of every file is read, and every fault of every row is in the answer, in file and row
    order.
    """
    faults: list[Fault] = [
        Fault(file, 0, "", FILE_UNKNOWN, {"file": file, "known": ", ".join(FILES)})
        for file in files
        if file not in FILES
    ]
    if base is None:
        wanted = [file for file in FILES if file not in files and file != _NAMES_FILE]
        faults += [Fault(file, 0, "", FILE_MISSING, {"file": file}) for file in wanted]
    catalogue, rows = _read_parts(files, base or Catalogue(), faults)
    if not faults:
        faults += broken_references(catalogue, rows)
    faults.sort(key=lambda fault: (FILES.index(fault.file) if fault.file in FILES else -1, fault.row))
    return Reading(None if faults else catalogue, tuple(faults))


def _read_parts(files: Mapping[str, bytes], base: Catalogue, faults: list[Fault]) -> tuple[Catalogue, Rows]:
    sheets = {
        form.file: read_sheet(form, files[form.file], faults)
        for form in SHEETS.values()
        if form.file in files
    }
    parts: dict[str, object] = {}
    for file, (part, build) in _PARTS.items():
        if file in sheets:
            parts[part] = tuple(item for row in sheets[file] for item in build(row, faults))
    numbers: Rows = {file: [row.number for row in found] for file, found in sheets.items()}
    names = sheets.get(_NAMES_FILE)
    named = _Names.of(names) if names is not None else _Names.in_catalogue(base)
    catalogue = replace(base, **parts)  # type: ignore[arg-type]  # each part is a tuple of its own kind
    if TEMPLATES_FILE in files:
        document = read_yaml(TEMPLATES_FILE, files[TEMPLATES_FILE], faults)
        if document is not None:
            read = read_templates(document, named.members(), faults)
            catalogue = _with_templates(catalogue, read)
            numbers[TEMPLATES_FILE] = read.lines
    labelled = tuple(named.on(attribute) for attribute in catalogue.attributes)
    if names is not None:
        faults += named.strangers(catalogue, names)
    return replace(catalogue, attributes=labelled), numbers


def _with_templates(catalogue: Catalogue, read: TemplatesFile) -> Catalogue:
    return replace(
        catalogue,
        source_note=read.source_note,
        attributes=read.attributes,
        derived_rules=read.derived_rules,
        conditions=read.conditions,
        review_groups=read.review_groups,
        templates=read.templates,
    )


def _department(row: Row, _faults: list[Fault]) -> Iterator[Department]:
    yield Department(**row.values)  # type: ignore[arg-type]  # the form's readers give each field its type


def _matter(row: Row, faults: list[Fault]) -> Iterator[Matter]:
    matter = Matter(**row.values)  # type: ignore[arg-type]  # as above
    periods = (
        (
            "statutory_day_basis",
            matter.statutory_days is not None,
            matter.statutory_days,
            matter.statutory_basis,
        ),
        ("special_day_basis", matter.special_days > 0, matter.special_days, matter.special_basis),
    )
    for column, given, days, basis in periods:
        if given and not basis:
            faults.append(Fault(MATTERS.file, row.number, column, PERIOD_WITHOUT_BASIS, {"days": days}))
    yield matter


def _precedence(row: Row, _faults: list[Fault]) -> Iterator[Precedence]:
    yield Precedence(**row.values)  # type: ignore[arg-type]  # as above


def _material(row: Row, faults: list[Fault]) -> Iterator[Material]:
    values = dict(row.values)
    spoken = values.pop("is_main_zh")
    if spoken and spoken != ("主件" if values["is_main"] else "副件"):
        faults.append(Fault(MATERIALS.file, row.number, "main_or_secondary_zh", MAIN_AND_ZH_DIFFER))
    yield Material(**values)  # type: ignore[arg-type]  # as above


def _holiday(row: Row, faults: list[Fault]) -> Iterator[Holiday]:
    holiday = Holiday(**row.values)  # type: ignore[arg-type]  # as above
    if holiday.is_workday != (holiday.kind == "makeup_workday"):
        facts = {"kind": holiday.kind, "is_workday": "yes" if holiday.is_workday else "no"}
        faults.append(Fault(HOLIDAYS.file, row.number, "is_workday", KIND_AND_WORKDAY_DIFFER, facts))
    yield holiday


def _legal_basis(row: Row, faults: list[Fault]) -> Iterator[LegalBasis]:
    basis = LegalBasis(**row.values)  # type: ignore[arg-type]  # as above
    if basis.valid_from and basis.valid_to and basis.valid_to < basis.valid_from:
        facts = {"valid_from": basis.valid_from, "valid_to": basis.valid_to}
        faults.append(Fault(LEGAL_BASES.file, row.number, "valid_to", ENDS_BEFORE_IT_BEGINS, facts))
    yield basis


_PARTS = {
    DEPARTMENTS.file: ("departments", _department),
    MATTERS.file: ("matters", _matter),
    PRECEDENCES.file: ("precedences", _precedence),
    MATERIALS.file: ("materials", _material),
    HOLIDAYS.file: ("holidays", _holiday),
    LEGAL_BASES.file: ("legal_bases", _legal_basis),
}


@dataclass(frozen=True)
class _Names:
    """What attribute_names.csv says: the words of each fact, its unit and its values."""

    attributes: Mapping[str, tuple[Label, str]]
    values: Mapping[str, Mapping[str, Label]]

    @staticmethod
    def of(rows: list[Row]) -> _Names:
        attributes: dict[str, tuple[Label, str]] = {}
        values: dict[str, dict[str, Label]] = {}
        for row in rows:
            name, value = str(row.values["attribute"]), str(row.values["value"])
            label = Label(str(row.values["name_zh"]), str(row.values["name_en"]))
            if value:
                values.setdefault(name, {})[value] = label
            else:
                attributes[name] = (label, str(row.values["unit_zh"]))
        return _Names(attributes, values)

    @staticmethod
    def in_catalogue(catalogue: Catalogue) -> _Names:
        return _Names(
            {a.name: (a.label, a.unit_label.zh) for a in catalogue.attributes},
            {a.name: dict(a.value_labels) for a in catalogue.attributes},
        )

    def members(self) -> dict[str, tuple[str, ...]]:
        """The named values of each fact: the members of a list whose YAML names none."""
        return {name: tuple(values) for name, values in self.values.items()}

    def on(self, attribute: Attribute) -> Attribute:
        label, unit_zh = self.attributes.get(attribute.name, (Label("", ""), ""))
        named = self.values.get(attribute.name, {})
        return replace(
            attribute,
            label=label,
            unit_label=Label(unit_zh, attribute.unit) if unit_zh else Label("", ""),
            value_labels=tuple((value, named[value]) for value in attribute.values if value in named),
        )

    def strangers(self, catalogue: Catalogue, rows: list[Row]) -> Iterator[Fault]:
        """The rows that name a fact or value the catalogue does not have."""
        for row in rows:
            attribute = catalogue.attribute_of.get(str(row.values["attribute"]))
            value = str(row.values["value"])
            if attribute is None:
                yield _stranger(row, "attribute", str(row.values["attribute"]), catalogue.attribute_of)
            elif value and value not in attribute.values:
                yield _stranger(row, "value", value, attribute.values)


def _stranger(row: Row, column: str, value: str, known: Iterable[str]) -> Fault:
    return Fault(_NAMES_FILE, row.number, column, NO_SUCH, {"value": value, "known": ", ".join(known)})
