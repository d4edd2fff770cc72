"""From a catalogue to its files: what an export downloads, and what a person edits and sends back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.forms import (
    ATTRIBUTE_NAMES,
    DEPARTMENTS,
    HOLIDAYS,
    LEGAL_BASES,
    MATERIALS,
    MATTERS,
    PRECEDENCES,
    TEMPLATES_FILE,
)
from approvals.rules.catalogue_files.sheets import write_sheet
from approvals.rules.catalogue_files.templates_form import TemplatesFile, templates_as_plain
from approvals.rules.catalogue_files.yaml_text import write_yaml


def write_files(catalogue: Catalogue) -> dict[str, bytes]:
    """Every file of the catalogue, by name; reading them gives the same catalogue, and so the same bytes."""
    return {
        DEPARTMENTS.file: write_sheet(DEPARTMENTS, _rows(catalogue.departments)),
        MATTERS.file: write_sheet(MATTERS, _rows(catalogue.matters)),
        PRECEDENCES.file: write_sheet(PRECEDENCES, _rows(catalogue.precedences)),
        MATERIALS.file: write_sheet(MATERIALS, [_material(row) for row in _rows(catalogue.materials)]),
        HOLIDAYS.file: write_sheet(HOLIDAYS, _rows(catalogue.holidays)),
        LEGAL_BASES.file: write_sheet(LEGAL_BASES, _rows(catalogue.legal_bases)),
        ATTRIBUTE_NAMES.file: write_sheet(ATTRIBUTE_NAMES, _names(catalogue)),
        TEMPLATES_FILE: write_yaml(templates_as_plain(_templates(catalogue))),
    }


def _rows(items: tuple[Any, ...]) -> list[Mapping[str, object]]:
    return [{f.name: getattr(item, f.name) for f in fields(item)} for item in items]


def _material(row: Mapping[str, object]) -> Mapping[str, object]:
    return {**row, "is_main_zh": "主件" if row["is_main"] else "副件"}


def _names(catalogue: Catalogue) -> list[Mapping[str, object]]:
    rows: list[Mapping[str, object]] = []
    for attribute in catalogue.attributes:
        own = (("", attribute.label, attribute.unit_label.zh),) if attribute.label.zh else ()
        for value, label, unit_zh in (*own, *((v, label, "") for v, label in attribute.value_labels)):
            rows.append(
                {
                    "attribute": attribute.name,
                    "value": value,
                    "name_zh": label.zh,
                    "name_en": label.en,
                    "unit_zh": unit_zh,
                }
            )
    return rows


def _templates(catalogue: Catalogue) -> TemplatesFile:
    return TemplatesFile(
        source_note=catalogue.source_note,
        attributes=catalogue.attributes,
        derived_rules=catalogue.derived_rules,
        conditions=catalogue.conditions,
        review_groups=catalogue.review_groups,
        templates=catalogue.templates,
    )
