"""Word and Excel files with something in them that acts: every kind is refused, no clean file is."""

import io
import stat
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook

from concierge.kernel import addon
from concierge.kernel.archives import ActsByItself, ArchiveDamaged, CarriesMacros
from concierge.kernel.config import Settings
from concierge.kernel.contents import examined
from documents.press.compose import write
from documents.queries.kinds import installed_kinds

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS, BODY, TYPES = "word/_rels/document.xml.rels", "word/document.xml", "[Content_Types].xml"


def a_docx(**told):
    """A Word file as Word writes it, with a link to a page and a table."""
    document = Document()
    for n in range(told.get("paragraphs", 3)):
        document.add_paragraph(f"第{n}段：link、DDE、<!DOCTYPE 只是文字")
    document.add_table(told.get("rows", 2), 3)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def an_xlsx(rows=5):
    """A workbook with text that looks like a formula, and a link."""
    book = Workbook()
    for n in range(rows):
        book.active.append([n, "材料", f"第{n}行"])
    book.active["A1"].hyperlink = "https://example.org/list"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def changed(docx, parts=None, *, replaced=()):
    """The file with these parts added and these words replaced in one part each."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for part, words, other in replaced:
                if part == name:
                    assert words in content
                    content = content.replace(words, other, 1)
            new.writestr(name, content)
        for name, content in (parts or {}).items():
            new.writestr(name, content)
    return kept.getvalue()


def related(kind, target, mode="External"):
    """The file with one more relationship."""
    told = (
        f'<Relationship Id="rX" Type="{REL}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )
    return changed(a_docx(), replaced=[(RELS, b"</Relationships>", told.encode())])


def calling(*runs):
    """The file with a field, its words spread over runs."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{edge}"/></w:r>' for edge in ("begin", "end"))
    words = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    field = f"<w:p>{begin}{words}{end}</w:p><w:sectPr".encode()
    return changed(a_docx(), replaced=[(BODY, b"<w:sectPr", field)])


def _entry(name, mode):
    kept = io.BytesIO(a_docx())
    with zipfile.ZipFile(kept, "a") as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        archive.writestr(entry, b"/etc/passwd")
    return kept.getvalue()


def _locked():
    raw = bytearray(a_docx())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = raw.rindex(mark)
        raw[at + place] |= 1
    return bytes(raw)


ENTITY = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document '
HOSTILE = {
    "macro": (changed(a_docx(), {"word/vbaProject.bin": b"x"}), CarriesMacros),
    "macro-type": (
        changed(
            a_docx(),
            replaced=[(TYPES, b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main")],
        ),
        CarriesMacros,
    ),
    "activex": (changed(a_docx(), {"word/activeX/activeX1.xml": b"<x/>"}), ActsByItself),
    "embedded": (changed(a_docx(), {"word/embeddings/oleObject1.bin": b"x"}), ActsByItself),
    "program": (changed(a_docx(), {"word/media/setup.exe": b"MZ"}), ActsByItself),
    "ribbon": (changed(a_docx(), {"customUI/customUI.xml": b"<x/>"}), ActsByItself),
    "template": (related("attachedTemplate", "http://127.0.0.1/t.dotm"), ActsByItself),
    "picture-from-elsewhere": (related("image", "http://127.0.0.1/a.png"), ActsByItself),
    "ole-from-elsewhere": (related("oleObject", "file:///x"), ActsByItself),
    "frame": (related("frame", "http://127.0.0.1/"), ActsByItself),
    "chunk": (related("aFChunk", "chunk.html", mode="Internal"), ActsByItself),
    "sub-document": (related("subDocument", "other.docx"), ActsByItself),
    "entity": (changed(a_docx(), replaced=[(BODY, b"<w:document ", ENTITY)]), ActsByItself),
    "dde": (calling("DDEAUTO c:\\windows\\cmd.exe"), ActsByItself),
    "dde-in-pieces": (calling(" DD", "E ", "cmd"), ActsByItself),
    "include-text": (calling('INCLUDETEXT "http://127.0.0.1/x"'), ActsByItself),
    "include-picture": (calling('INCLUDEPICTURE "http://127.0.0.1/x"'), ActsByItself),
    "macro-button": (calling("MACROBUTTON Run"), ActsByItself),
    "excel-dde": (changed(an_xlsx(), {"xl/externalLinks/externalLink1.xml": b"<ddeLink/>"}), ActsByItself),
    "climbs-out": (_entry("../../x.xml", stat.S_IFREG | 0o644), ArchiveDamaged),
    "symlink": (_entry("word/link.xml", stat.S_IFLNK | 0o777), ArchiveDamaged),
    "twice": (changed(a_docx(), {"word/Document.xml": b"<x/>"}), ArchiveDamaged),
    "locked": (_locked(), ArchiveDamaged),
    "bomb": (changed(a_docx(), {"word/media/a.xml": b"0" * 30_000_000}), ArchiveDamaged),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_every_kind_of_hostile_file_is_refused(kind):
    content, refusal = HOSTILE[kind]
    name = "x.xlsx" if kind.startswith("excel") else "x.docx"

    with pytest.raises(refusal):
        examined(io.BytesIO(content), name)


@pytest.fixture(scope="module")
def every_kind():
    """Every kind of document the installed addons make."""
    before = addon.installed()
    addon.load(Settings().addon_names)
    yield installed_kinds()
    addon._loaded = before


def test_no_clean_file_is_refused(every_kind):
    clean = [(f"{kind.code}.docx", write(kind)) for kind in every_kind]
    clean += [(f"{n}.docx", a_docx(paragraphs=n, rows=n + 1)) for n in range(1, 21)]
    clean += [(f"{n}.xlsx", an_xlsx(10**n)) for n in range(4)]
    clean += [("打印.xlsx", changed(an_xlsx(), {"xl/printerSettings/printerSettings1.bin": b"x"}))]
    clean += [("链接.docx", related("hyperlink", "https://example.org/link"))]
    clean += [
        ("页码.docx", calling("PAGE")),
        ("链接域.docx", calling('HYPERLINK "http://example.org/dde link"')),
    ]

    assert len(clean) >= 50
    for name, content in clean:
        assert examined(io.BytesIO(content), name).kind.extensions[0] == name.rpartition(".")[2]
