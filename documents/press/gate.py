"""The gate every template of an office passes before anybody may publish it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from approvals.rules.lint import Severity
from documents.press.fields import ITEM, FieldKind, Fields, fields_in, fields_of, merged, written
from documents.press.form import Form
from documents.press.gate_audit import audit_findings
from documents.press.gate_form import form_findings
from documents.press.gate_tags import tag_findings
from documents.press.samples import SampleSize
from documents.press.sandbox import ENV
from documents.press.trial import Trial, try_samples
from documents.rules.template_findings import TemplateFinding

EVERY_DOCUMENT = (
    "{{ number }}{{ version }}{{ title }}{{ addressee }}{{ changes }}{{ data_on|cndate }}{{ made_on|cndate }}"
    "{{ office.name }}{{ office.short_name }}{{ office.number_word }}{{ office.phone }}{{ office.address }}"
    "{{ office.postcode }}{% if office.is_sealed %}{% endif %}"
    "{% for law in basis %}{{ law.title }}{{ law.wenhao }}{{ law.articles }}{% endfor %}"
    "{% for one in prefilled %}{{ one.field }}{{ one.source }}{{ one.on|cndate }}{% endfor %}"
)
NEEDED = ("number",)


@dataclass(frozen=True)
class Passed:
    """What the gate found, and the documents its trial made."""

    findings: tuple[TemplateFinding, ...]
    trial: Trial

    @property
    def is_clean(self) -> bool:
        """Whether nothing stands against publishing."""
        return all(one.severity is not Severity.ERROR for one in self.findings)


def known_fields(shipped: bytes, filled: Sequence[Mapping[str, Any]] = ()) -> Fields:
    """Every field a template of one kind may ask for.

    Shape: those of the shipped template, those every document has, and those of ``filled``, the values
        documents of this kind were made from.
    """
    return merged(fields_of(shipped, ENV), written(EVERY_DOCUMENT, ENV), *map(fields_in, filled))


def look_over(docx: bytes, shipped: bytes, form: Form, filled: Sequence[Mapping[str, Any]] = ()) -> Passed:
    """Take a template through the gate: tags, fields, form, trial and the judge of Word files.

    Shape: ``docx`` was looked into as every upload is (``kernel.contents``): it is a Word file without active
        content.
    Effects: runs a child process. A template whose tags do what none may is not tried at all.
    Source: TP-2.
    """
    findings, may_be_tried = read_over(docx, shipped, form, filled)
    trial = Trial()
    if may_be_tried:
        trial = try_samples(docx, merged(known_fields(shipped, filled), fields_of(docx, ENV)))
        findings += trial.findings
        findings += audit_findings(docx, shipped, trial.made.get(SampleSize.USUAL))
    return Passed(tuple(_each_once(findings)), trial)


def read_over(
    docx: bytes, shipped: bytes, form: Form, filled: Sequence[Mapping[str, Any]] = ()
) -> tuple[list[TemplateFinding], bool]:
    """What is found by reading alone, and whether the tags are such that the template may be tried.

    Shape: as for ``look_over``; nothing of the template is executed.
    """
    findings = [*tag_findings(docx, ENV, known_fields(shipped, filled))]
    may_be_tried = all(one.severity is not Severity.ERROR for one in findings)
    if may_be_tried:
        findings += _gone(fields_of(docx, ENV), fields_of(shipped, ENV))
    return [*findings, *form_findings(docx, form, shipped)], may_be_tried


def _gone(used: Fields, shipped: Fields) -> Iterator[TemplateFinding]:
    """Fields the shipped template prints and this one does not."""
    for path, use in sorted(shipped.items()):
        if (
            path in used
            or use.kind in (FieldKind.GROUP, FieldKind.LIST, FieldKind.FLAG)
            or path.endswith(ITEM)
        ):
            continue
        code = "needed_field_gone" if path in NEEDED else "field_gone"
        yield TemplateFinding(code, facts={"path": path})


def _each_once(findings: Sequence[TemplateFinding]) -> Iterator[TemplateFinding]:
    """Errors before warnings, the same words about the same place once."""
    seen: set[tuple[object, ...]] = set()
    for one in sorted(findings, key=lambda one: one.severity is not Severity.ERROR):
        key = (one.code, one.place, *sorted(one.facts.items()))
        if key not in seen:
            seen.add(key)
            yield one
