"""The gate: what an edited template may get wrong is found, named and placed; a good one passes."""

from __future__ import annotations

import pytest

from documents.press.form import Form
from documents.press.gate import Passed, look_over, read_over
from documents.press.gate_audit import faults
from documents.press.punctuation import with_punctuation_inside
from documents.press.samples import SampleSize
from documents.press.trial import Trial
from documents.queries.kinds import installed_kinds
from documents.queries.shipped import shipped_template
from documents.rules.template_findings import TemplateFinding
from tests.documents.templates import files
from tests.documents.templates.files import KIND, STYLES, shipped, with_line, with_words


def findings(docx: bytes) -> dict[str, object]:
    """What the gate finds in an edited one-time notice, by code."""
    found, _ = read_over(docx, shipped(), KIND.form)
    return {one.code: one for one in found}


MISTAKES = {
    "a tag that is never closed": (lambda: with_line("{{ number"), "DTL001"),
    "a block without its end": (lambda: with_line("{% if count %}有"), "DTL101"),
    "an end without its block": (lambda: with_line("完{% endif %}"), "DTL102"),
    "Chinese punctuation inside a tag": (lambda: with_line("{{ number。 }}"), "DTL103"),
    "a way of printing that does not exist": (lambda: with_line("{{ number|shout }}"), "filter"),
    "a condition that does not exist": (lambda: with_line("{% if count is huge %}多{% endif %}"), "DTL105"),
    "a loop's entry after its loop": (lambda: with_line("{{ row.name }}"), "DTL106"),
    "a row's tag outside a table": (lambda: with_line("{%tr for one in items %}"), "DTL203"),
    "words beside a paragraph's tag": (lambda: with_line("第一{%p if count %}"), "DTL209"),
    "a misspelt field": (lambda: with_words("{{ project.name }}", "{{ projcet.name }}"), "unknown_field"),
    "a field of another kind": (lambda: with_line("{{ zebra_stripes }}"), "unknown_field_alone"),
    "the number left out": (lambda: with_words("{{ number }}", "第1号"), "needed_field_gone"),
    "a field left out": (lambda: with_words("{{ row.words }}", "见附件"), "field_gone"),
    "a program's word": (lambda: with_line("{% include 'x' %}"), "construct"),
    "a call": (lambda: with_line("{{ number.upper() }}"), "construct"),
    "a reach behind a field": (lambda: with_line("{{ number.__class__ }}"), "hidden_name"),
    "paper of another size": (lambda: with_words('w:w="11906"', 'w:w="12240"'), "paper"),
    "a margin of another width": (lambda: with_words('w:left="1587"', 'w:left="1800"'), "margin"),
    "a grid of characters": (
        lambda: with_words('w:type="lines"', 'w:type="linesAndChars"'),
        "grid_characters",
    ),
    "lines further apart": (lambda: with_words('w:linePitch="579"', 'w:linePitch="640"'), "grid_lines"),
    "a body in another font": (
        lambda: with_words('w:eastAsia="仿宋_GB2312"', 'w:eastAsia="微软雅黑"', part=STYLES),
        "body_font",
    ),
    "a body of another size": (
        lambda: with_words('<w:sz w:val="32"/>', '<w:sz w:val="28"/>', part=STYLES),
        "body_size",
    ),
    "punctuation that hangs": (
        lambda: with_words('<w:overflowPunct w:val="1"/>', "", part=STYLES),
        "hanging_punctuation",
    ),
    "a run in a fancy font": (
        lambda: with_words(
            "<w:body>",
            '<w:body><w:p><w:r><w:rPr><w:rFonts w:eastAsia="华文彩云"/></w:rPr><w:t>通知</w:t></w:r></w:p>',
        ),
        "odd_font",
    ),
    "a header row that does not repeat": (lambda: with_words("<w:tblHeader/>", ""), "header_row"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_sort_of_mistake_is_found(mistake):
    docx, code = MISTAKES[mistake]

    assert code in findings(docx())


def test_no_page_number_is_found():
    parts = files.parts_of(shipped())
    bare = {name: content.replace(b" PAGE ", b" ") for name, content in parts.items()}

    assert "no_page_number" in findings(files.packed(parts | bare))


def test_a_control_that_departments_fill_in_must_stay(app):
    kind = next(one for one in installed_kinds() if one.code == "opinion-sheet")
    whole = shipped_template(kind.code)
    untagged = with_words("<w:tag ", "<w:nothing ", docx=whole)  # as LibreOffice saves it
    bare = with_words("<w:alias ", "<w:nothing ", docx=untagged)

    assert [one.code for one in read_over(untagged, whole, kind.form)[0]] == []

    found, _ = read_over(bare, whole, kind.form)

    assert "control_gone" in {one.code for one in found}


def test_a_misspelt_field_is_told_with_its_place_and_the_one_that_was_meant():
    found = findings(with_words("{{ project.code }}", "{{ project.cod }}"))["unknown_field"]

    assert dict(found.facts) == {"path": "project.cod", "nearest": "project.code"}
    assert found.place.part == "body"
    assert found.place.paragraph > 0
    assert "project.cod" in found.place.snippet


def test_a_mistake_in_a_table_is_told_with_its_row_and_column():
    found = findings(with_words("{{ row.fault }}", "{{ row.falut }}"))["unknown_field"]

    assert (found.place.table, found.place.row, found.place.column) == (1, 3, 3)


def test_a_new_sentence_passes_and_four_samples_are_made_with_it():
    passed = look_over(with_line("本告知书一式两份。"), shipped(), KIND.form)

    assert passed.is_clean
    assert [one.code for one in passed.findings] == []
    assert set(passed.trial.made) == set(SampleSize)


def test_what_documents_were_made_from_may_be_asked_for():
    docx = with_line("{{ project.town }}")

    without, may_be_tried = read_over(docx, shipped(), KIND.form)
    with_it, may_then = read_over(docx, shipped(), KIND.form, [{"project": {"town": "城关镇"}}])

    assert [one.code for one in without] == ["unknown_field"]
    assert not may_be_tried
    assert with_it == []
    assert may_then


def test_every_shipped_template_passes_its_own_gate(app):
    kinds = installed_kinds()
    faulty = {}
    for kind in kinds:
        whole = shipped_template(kind.code)
        found, _ = read_over(whole, whole, kind.form)
        if found:
            faulty[kind.code] = [(one.code, dict(one.facts)) for one in found]

    assert len(kinds) > 30
    assert faulty == {}


def test_an_error_stands_against_publishing_and_a_warning_does_not():
    warned = Passed((TemplateFinding("field_gone", facts={"path": "row.words"}),), Trial())
    refused = Passed((TemplateFinding("paper", facts={"found": "216×279", "wanted": "210×297"}),), Trial())

    assert warned.is_clean
    assert not refused.is_clean


def test_a_sheet_is_measured_as_a_sheet():
    as_sheet, _ = read_over(shipped(), shipped(), Form.SHEET)

    assert {one.code for one in as_sheet} >= {"margin", "grid_lines", "body_size"}


@pytest.mark.parametrize("saved", ["", '<w:overflowPunct w:val="false"/>'])
def test_punctuation_is_kept_inside_whatever_an_office_program_made_of_it(saved):
    edited = with_words('<w:overflowPunct w:val="1"/>', saved, part=STYLES)

    mended = with_punctuation_inside(edited)

    assert "hanging_punctuation" in findings(edited)
    assert findings(mended) == {}
    assert faults(mended) == faults(shipped())
    assert with_punctuation_inside(mended) == mended
