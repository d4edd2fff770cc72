"""Sixty fields come back as they were filled in: from Word, from LibreOffice, and from a retyped table."""

import io
import re
import shutil
import zipfile

import pytest

from documents.press.compose import write
from documents.press.fill import fill
from documents.press.kind import DocumentKind, Form
from documents.press.ooxml import ControlKind
from documents.press.page import Field
from documents.press.returned_form import FormUnreadable, form_fields, read_form
from documents.rules.returned import FoundBy
from tests.documents.press.pages_made import VALUES
from tests.documents.returned.forms_filled import filled_in, saved_by_libreoffice, without_controls

OFFERED = ("同意", "附条件同意", "不同意")
KINDS = (ControlKind.TEXT, ControlKind.DATE, ControlKind.CHOICE, ControlKind.TEXT)
SAID = ("填写内容第{n}项（A&B<一期>）\n第二行", "2026-05-{day:02d}", "附条件同意", "“引号”与—破折号 {n}")


def _compose(page):
    page.title("六十项")
    for start in range(0, 60, 2):
        page.fields([[_field(start), _field(start + 1)]])


def _field(n):
    kind = KINDS[n % 4]
    choices = OFFERED if kind is ControlKind.CHOICE else ()
    return Field(
        f"栏目{n:02d}",
        "{{ project.name }}" if n == 0 else "",
        control=f"f{n:02d}",
        control_kind=kind,
        choices=choices,
    )


SIXTY = {f"f{n:02d}": SAID[n % 4].format(n=n, day=n % 28 + 1) for n in range(60)}


@pytest.fixture(scope="module")
def form():
    """A form of sixty fields as it is sent."""
    kind = DocumentKind(
        code="sixty-fields",
        title_zh="六十项",
        name="Sixty fields",
        about="project",
        series="试",
        form=Form.SHEET,
        facts=lambda *_: None,
        compose=_compose,
    )
    return fill(write(kind), VALUES)


def _read(docx, form):
    return read_form(docx, form_fields(form), name="form.docx")


def test_an_untouched_form_says_nothing_new(form):
    fields = form_fields(form)

    assert len(fields) == 60
    assert [field.value for field in fields] == [VALUES["project"]["name"], *[""] * 59]
    assert [field.value for field in _read(form, form).fields] == [field.value for field in fields]


def test_every_field_filled_in_with_word_is_read_by_its_tag(form):
    read = _read(filled_in(form, SIXTY), form)

    assert {field.name: field.value for field in read.fields} == SIXTY
    assert {field.found_by for field in read.fields} == {FoundBy.TAG}
    assert (read.number, read.lost) == (VALUES["number"], ())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_every_field_is_read_after_libreoffice_saved_the_form(form, tmp_path):
    read = _read(saved_by_libreoffice(filled_in(form, SIXTY), tmp_path), form)

    assert {field.name: field.value for field in read.fields} == SIXTY
    assert read.lost == ()


def test_a_form_without_controls_is_read_by_the_words_beside_them(form):
    read = _read(without_controls(filled_in(form, SIXTY)), form)

    assert {field.name: field.value for field in read.fields} == SIXTY
    assert {field.found_by for field in read.fields} == {FoundBy.LABEL}


def test_a_field_that_is_gone_is_named_and_not_taken_for_empty(form):
    said = filled_in(form, SIXTY)
    with zipfile.ZipFile(io.BytesIO(said)) as parts:
        body = parts.read("word/document.xml").decode()
    assert "栏目07" in body
    cut = body.replace('w:val="f07"', 'w:val="other"').replace("栏目07", "改名")
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(said)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            new.writestr(name, cut.encode() if name == "word/document.xml" else old.read(name))

    read = _read(kept.getvalue(), form)

    assert read.lost == ("栏目07",)
    assert len(read.fields) == 59


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04rubbish", b"<html></html>"])
def test_a_broken_file_is_refused_by_its_name(form, broken):
    with pytest.raises(FormUnreadable) as refused:
        _read(broken, form)

    assert refused.value.facts["name"] == "form.docx"


def test_a_plain_control_libreoffice_tore_apart_is_not_read_as_a_value(form):
    told = '<w:sdtPr><w:alias w:val="栏目07"/></w:sdtPr>'
    torn = f"<w:sdt>{told}<w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent></w:sdt>"
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode() if name == "word/document.xml" else ""
            content = re.sub(r'<w:sdt>(?:(?!</w:sdt>).)*w:val="f07".*?</w:sdt>', torn * 2, content)
            new.writestr(name, content or old.read(name))

    read = _read(kept.getvalue(), form)

    assert read.lost == ("栏目07",)
