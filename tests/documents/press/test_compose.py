"""Composing templates: byte for byte the same, valid Word, and every document with what all must carry."""

import io

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from documents.press.compose import write
from documents.press.docx_file import normalised, packed, unpacked
from documents.press.fill import fill
from documents.press.found_again import page_text
from documents.press.kind import Form
from tests.documents.press.pages_made import KINDS, LETTER, RED_HEAD, SHEET, VALUES, a_kind


def told(content):
    return page_text(Document(io.BytesIO(content)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.form.value)
def test_composing_again_changes_no_byte_and_leaves_no_clock_in_it(kind):
    template = write(kind)

    assert write(kind) == template
    assert normalised(template) == template
    assert packed(dict(reversed(unpacked(template).items()))) == template


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.form.value)
def test_template_and_document_are_valid_word_files(kind, tmp_path):
    validator = OpenXmlValidator()
    for name, content in (("template", write(kind)), ("document", fill(write(kind), VALUES))):
        file = tmp_path / f"{name}.docx"
        file.write_bytes(content)

        found = validator.validate(file)

        assert [str(one) for one in found.errors] == []


@pytest.mark.parametrize("form", list(Form))
def test_what_a_kind_leaves_out_is_added_number_law_sources_day_and_version(form):
    page = told(fill(write(a_kind(form, lambda page: page.text("正文"))), VALUES))

    assert "青帮代告〔2026〕12号" in page
    assert "依据：《中华人民共和国行政许可法》第三十二条。" in page
    assert "预填来源：项目代码取自企业投资项目备案（2026年3月2日）。" in page
    assert "数据截至2026年4月15日，第1版。" in page


def test_a_second_version_says_what_it_changes():
    page = told(fill(write(LETTER), VALUES | {"version": 2, "changes": "“一”改为“二”"}))

    assert "数据截至2026年4月15日，第2版。本版变更：“一”改为“二”。" in page


def test_small_print_stands_below_the_signature_wherever_the_kind_asks_for_it():
    lines = told(fill(write(LETTER), VALUES)).splitlines()

    assert lines.index("\t2026年4月16日") < lines.index("数据截至2026年4月15日，第1版。")


def test_a_condition_or_a_list_leaves_no_empty_line_behind():
    template = write(RED_HEAD)
    with_two, with_none = fill(template, VALUES), fill(template, VALUES | {"rows": []})

    assert len(told(with_two).splitlines()) - len(told(with_none).splitlines()) == 2


def test_a_form_of_fields_fills_the_text_block_and_a_single_field_stretches_across():
    document = Document(io.BytesIO(write(SHEET)))
    form = document.tables[0]

    assert sum(column.width.twips for column in form.columns) == 8844  # 156 mm
    assert [len(row._tr.tc_lst) for row in form.rows] == [4, 4, 4, 2]
