"""Hostile templates: none is taken in with something in it, none reaches out of its cell."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode

import pytest

from documents.press.fields import fields_of
from documents.press.gate import read_over
from documents.press.gate_safety import unsafe
from documents.press.samples import SampleSize
from documents.press.sandbox import ENV
from documents.press.trial import try_samples
from tests.documents.templates.files import (
    BODY,
    KIND,
    packed,
    parts_of,
    shipped,
    with_line,
    with_parts,
    with_relation,
    with_words,
)

ENTITY = '<!DOCTYPE w [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


def field(words: str) -> bytes:
    """A template with a field of Word, its words spread over two runs."""
    first, rest = words[:4], words[4:]
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in (first, rest)
    )
    return with_words("<w:sectPr>", f"<w:p>{runs}</w:p><w:sectPr>")


def bomb() -> bytes:
    """A file that unpacks to a hundred megabytes."""
    return with_parts(
        {"word/media/image1.xml": b"0" * 40_000_000, "word/media/image2.xml": b"0" * 40_000_000}
    )


def doubled() -> bytes:
    """A file with one part twice, in other letters: which one is looked at, which one is read?"""
    return with_parts({"word/Document.xml": b"<w:document/>"})


def locked() -> bytes:
    """A file with a part that says it is encrypted."""
    target = io.BytesIO(shipped())
    with zipfile.ZipFile(target, "a") as archive:
        info = zipfile.ZipInfo("word/secret.xml")
        archive.writestr(info, b"<x/>")
    raw = bytearray(target.getvalue())
    place = raw.rindex(b"PK\x01\x02")
    raw[place + 8] |= 1
    return bytes(raw)


def link_of_the_system() -> bytes:
    """A file with a part that is a link to another file."""
    target = io.BytesIO(shipped())
    with zipfile.ZipFile(target, "a") as archive:
        info = zipfile.ZipInfo("word/link.xml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return target.getvalue()


NOT_TAKEN = {
    "macros": lambda: with_parts({"word/vbaProject.bin": b"x"}),
    "macros only declared": lambda: with_words(
        "wordprocessingml.document.main", "macroEnabled.main", part="[Content_Types].xml"
    ),
    "an ActiveX control": lambda: with_parts({"word/activeX/activeX1.xml": b"<x/>"}),
    "an embedded object": lambda: with_parts({"word/embeddings/oleObject1.xls": b"x"}),
    "a ribbon of its own": lambda: with_parts({"customUI/customUI.xml": b"<x/>"}),
    "a program as a part": lambda: with_parts({"word/media/run.exe": b"MZ"}),
    "a template from elsewhere": lambda: with_relation("attachedTemplate", "https://example.org/t.dotm"),
    "a picture from elsewhere": lambda: with_relation("image", "https://example.org/p.png"),
    "an object from elsewhere": lambda: with_relation("oleObject", "file:///etc/passwd"),
    "a frame": lambda: with_relation("frame", "https://example.org/"),
    "a document inside": lambda: with_relation("subDocument", "other.docx", outside=False),
    "a page of HTML inside": lambda: with_relation("aFChunk", "chunk.html", outside=False),
    "DDE": lambda: field("DDEAUTO c:\\\\windows\\\\cmd.exe"),
    "INCLUDETEXT": lambda: field('INCLUDETEXT "//server/share/x.docx"'),
    "INCLUDEPICTURE": lambda: field('INCLUDEPICTURE "https://example.org/p.png"'),
    "MACROBUTTON": lambda: field("MACROBUTTON run here"),
    "an entity from outside": lambda: with_words("<w:document ", f"{ENTITY}<w:document "),
    "an entity in other letters": lambda: packed(
        parts_of(shipped()) | {BODY: parts_of(shipped())[BODY].decode().encode("utf-16")}
    ),
    "a bomb": bomb,
    "too many parts": lambda: with_parts({f"word/media/{number}.xml": b"<x/>" for number in range(600)}),
    "a way out of the folder": lambda: with_parts({"../../etc/cron.d/x": b"x"}),
    "a drive of Windows": lambda: with_parts({"C:\\x.xml": b"<x/>"}),
    "a part twice": doubled,
    "an encrypted part": locked,
    "a link of the file system": link_of_the_system,
}


@pytest.mark.parametrize("sort", NOT_TAKEN)
def test_no_template_with_something_in_it_is_taken_in(sort):
    assert unsafe(NOT_TAKEN[sort]()) != []


def test_templates_as_they_are_edited_are_taken_in():
    clean = [shipped(), with_line("本告知书一式两份。"), with_relation("hyperlink", "https://example.org/")]
    clean.append(with_parts({"word/media/image1.png": b"\x89PNG" + bytes(2_000)}))
    clean.append(field("PAGE \\* MERGEFORMAT"))
    clean.append(field("DATE \\@ yyyy"))

    assert [unsafe(one) for one in clean] == [[]] * 6


INJECTIONS = (
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ number.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__.__base__ }}",
    "{{ lipsum.__globals__['os'].system('id') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ number|attr('__class__') }}",
    "{{ number['__class__'] }}",
    "{{ '%s'.__mod__ }}",
    "{{ '{0.__class__}'.format(number) }}",
    "{{ number.format_map }}",
    "{{ 'x' * 20000000 }}",
    "{{ 9 ** 9999999 }}",
    "{% for a in range(99999999) %}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends '/etc/passwd' %}",
    "{% macro x() %}{{ caller }}{% endmacro %}",
    "{% set x = namespace() %}",
    "{{ joiner }}",
    "{{ dict(a=1) }}",
)


@pytest.mark.parametrize("line", INJECTIONS)
def test_no_injection_passes_the_gate(line):
    found, may_be_tried = read_over(with_line(line), shipped(), KIND.form)

    assert found != []
    assert not may_be_tried


def test_the_cell_holds_what_the_gate_would_have_stopped(tmp_path):
    mark = tmp_path / "escaped"
    popen = f"{{{{ cycler.__init__.__globals__.os.popen('touch {mark}').read() }}}}"
    fields = fields_of(shipped(), ENV)

    trials = [try_samples(with_line(line), fields) for line in (popen, INJECTIONS[1], INJECTIONS[10])]

    assert not mark.exists()
    assert [trial.made for trial in trials] == [{}, {}, {}]
    assert all(one.code == "trial_failed" or one.code == "trial_lost" for t in trials for one in t.findings)


def test_a_template_that_never_ends_is_stopped():
    loops = "{% for a in items %}" * 6 + "甲" + "{% endfor %}" * 6
    fields = fields_of(shipped(), ENV)

    trial = try_samples(with_line(loops), fields, cpu_seconds=2)

    assert SampleSize.MOST not in trial.made
    assert {one.code for one in trial.findings} <= {"trial_time", "trial_memory"}


def test_what_a_cell_answers_is_data_and_nothing_else():
    told = try_samples(shipped(), fields_of(shipped(), ENV))

    assert b64encode(told.made[SampleSize.LEAST])[:4] == b"UEsD"  # PK: a file, not an object
