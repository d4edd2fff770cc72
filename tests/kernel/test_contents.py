"""What a file is by its content: the kinds papers come in, and every lie named."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from concierge.kernel.archives import ArchiveDamaged, ArchiveNotTaken, CarriesMacros
from concierge.kernel.contents import (
    DRAWINGS,
    WORD,
    FileEmpty,
    FileLies,
    FileNotTaken,
    FileUnknown,
    OldOfficeFile,
    PhotoOfPhone,
    clean_name,
    examined,
)
from concierge.kernel.errors import ConciergeError
from concierge.kernel.pdf import PdfActs, PdfLocked, PdfUnreadable
from concierge.kernel.pictures import PictureDamaged
from tests.kernel.papers_made import a_pdf, a_picture, a_word_file, an_ofd, written, zipped

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 60
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def look(content, name, **facts):
    return examined(BytesIO(content), name, **facts)


@pytest.mark.parametrize(
    ("content", "name", "media_type", "pages"),
    [
        (a_pdf(3), "可研报告.pdf", "application/pdf", 3),
        (a_pdf(1), "SCAN.PDF", "application/pdf", 1),
        (a_picture("PNG"), "现场.png", "image/png", 1),
        (a_picture("JPEG"), "现场.jpeg", "image/jpeg", 1),
        (an_ofd(2), "发票.ofd", "application/ofd", 2),
        (a_word_file(), "合同.docx", WORD.media_type, None),
        (a_pdf(2), "no ending", "application/pdf", 2),
    ],
)  # fmt: skip
def test_a_paper_is_known_by_what_is_in_it(content, name, media_type, pages):
    found = look(content, name)

    assert (found.kind.media_type, found.pages) == (media_type, pages)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "空.pdf", FileEmpty),
        (a_picture("PNG"), "许可证.pdf", FileLies),
        (a_pdf(), "照片.jpg", FileLies),
        (a_word_file(), "表.xlsx", FileLies),
        (HEIC, "IMG_0042.heic", PhotoOfPhone),
        (HEIC, "IMG_0042.jpg", PhotoOfPhone),
        (OLD_WORD, "合同.doc", OldOfficeFile),
        (OLD_WORD, "合同.docx", OldOfficeFile),
        (b"MZ\x90\x00" + b"\x00" * 100, "营业执照.pdf", FileNotTaken),
        (b"GIF89a" + b"\x00" * 100, "公章.gif", FileNotTaken),
        (b"<html><script>alert(1)</script>", "许可证.pdf", FileUnknown),
        (zipped({"a.txt": b"a"}), "图纸.zip", ArchiveNotTaken),
        (zipped({"word/document.xml": b""}), "合同.docx", ArchiveNotTaken),
        (a_word_file(**{"word/vbaProject.bin": b"x"}), "合同.docx", CarriesMacros),
        (a_word_file(types=b"<Types ContentType='macroEnabled'/>"), "合同.docx", CarriesMacros),
        (a_word_file()[:80], "合同.docx", ArchiveDamaged),
        (zipped({"OFD.xml": b"<a><DocRoot>Doc_0/none.xml</DocRoot></a>"}), "发票.ofd", ArchiveDamaged),
        (a_picture("PNG")[:60], "现场.png", PictureDamaged),
        (a_pdf()[:200], "可研.pdf", PdfUnreadable),
        (b"%PDF-1.7\n" + b"\x00" * 500, "可研.pdf", PdfUnreadable),
        (b"AC1032" + b"\x00" * 100, "总图.dwg", FileNotTaken),
    ],
)  # fmt: skip
def test_what_is_no_paper_is_refused_by_name(content, name, refusal):
    with pytest.raises(refusal) as refused:
        look(content, name)

    assert name in str(refused.value)


def test_a_drawing_may_be_taken_where_drawings_are_asked_for():
    assert look(b"AC1032" + b"\x00" * 100, "总图.dwg", taken=DRAWINGS).kind.name == "DWG"


def locked():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret", algorithm="AES-256")
    return written(writer)


def only_against_changes():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("", owner_password="theirs", algorithm="AES-256")  # noqa: S106  (nobody's)
    return written(writer)


def with_script():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    action = DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert('hello')"),
    })  # fmt: skip
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)
    return written(writer)


def with_attachment():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_attachment("payload.exe", b"MZ")
    return written(writer)


def that_launches():
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    action = DictionaryObject({
        NameObject("/S"): NameObject("/Launch"),
        NameObject("/F"): TextStringObject("cmd.exe"),
    })  # fmt: skip
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): writer._add_object(action)})
    return written(writer)


@pytest.mark.parametrize(
    ("content", "refusal", "says"),
    [
        (locked(), PdfLocked, "password"),
        (with_script(), PdfActs, "JavaScript"),
        (with_attachment(), PdfActs, "EmbeddedFile"),
        (that_launches(), PdfActs, "Launch"),
    ],
)
def test_a_pdf_that_acts_or_hides_is_refused(content, refusal, says):
    with pytest.raises(refusal, match=says):
        look(content, "可研.pdf")


def test_a_script_behind_a_disguised_name_is_found():
    disguised = with_script().replace(b"/JavaScript", b"/JavaScr#69pt").replace(b"/JS", b"/J#53")

    with pytest.raises(PdfActs):
        look(disguised, "可研.pdf")


def test_a_pdf_only_kept_from_being_changed_is_taken():
    assert look(only_against_changes(), "批复.pdf").pages == 1


@settings(deadline=None)
@given(place=st.integers(min_value=0), junk=st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_taken_or_refused_in_words_and_never_breaks(place, junk):
    for content, name in (
        (a_pdf(2), "a.pdf"),
        (a_word_file(), "a.docx"),
        (an_ofd(), "a.ofd"),
        (a_picture(), "a.png"),
    ):
        at = place % len(content)
        try:
            look(content[:at] + junk + content[at + len(junk) :], name)
        except ConciergeError as refusal:
            assert name in str(refusal)  # noqa: PT017  (either outcome is right)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("营业执照.pdf", "营业执照.pdf"),
        ("C:\\Users\\li\\桌面\\图.pdf", "图.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("permit\u202efdp.exe", "permitfdp.exe"),
        ('a"<b>.pdf', "a__b_.pdf"),
        ("", "file"),
        ("...", "file"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_folders_and_unseen_signs(raw, kept):
    assert clean_name(raw) == kept
