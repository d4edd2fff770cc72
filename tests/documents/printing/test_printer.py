"""Printing with the real LibreOffice: what comes out, what it must not do, and when it fails."""

import http.server
import io
import threading
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from documents.press import fonts
from documents.press.pdf import (
    SignsNotPrintable,
    TextLost,
    page_count,
    refuse_boxes,
    refuse_loss,
    settled,
    text_of,
)
from documents.press.printer import PrinterHangs, PrinterMissing, printer
from tests.documents.printing.words_made import (
    MADE_AT,
    a_word_file,
    a_word_file_with_a_linked_picture,
)

LETTER = (
    "关于受理“青禾县年产20万吨饲料项目”的通知",
    "你单位报来的材料已收悉（共12件）——现予受理，特此告知。",
)


@pytest.fixture(scope="module")
def batch(machine):
    """One run over a letter, a file that is no Word file, and the letter again."""
    return machine.print_pages([a_word_file(*LETTER), b"not a Word file", a_word_file(*LETTER, "附件。")])


def a_program(folder, script):
    """A program that stands where LibreOffice would."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_each_word_file_becomes_a_pdf_and_one_that_is_none_spoils_nothing(batch):
    first, broken, last = batch

    assert broken is None
    assert [page_count(pdf) for pdf in (first, last)] == [1, 1]
    assert "“青禾县年产20万吨饲料项目”" in "".join(text_of(first).split())
    assert "附件。" in text_of(last)


def test_what_comes_out_says_it_is_pdf_a_2b_and_has_its_fonts_inside(batch):
    with pikepdf.open(io.BytesIO(settled(batch[0], MADE_AT))) as opened:
        metadata = opened.open_metadata()
        descriptors = [one for one in opened.objects if _is_font_descriptor(one)]

    assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
    assert descriptors
    assert all(any(key.startswith("/FontFile") for key in dict(one)) for one in descriptors)


def _is_font_descriptor(one):
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"


def test_the_same_print_has_the_same_bytes_whenever_it_was_made(machine, batch):
    again = machine.print_pages([a_word_file(*LETTER)])[0]

    assert again != batch[0]
    assert settled(again, MADE_AT) == settled(batch[0], MADE_AT)


def test_a_pdf_that_lacks_one_mark_at_the_end_of_a_line_is_refused(batch):
    refuse_loss(a_word_file(*LETTER), batch[0])

    with pytest.raises(TextLost) as refusal:
        refuse_loss(a_word_file(*LETTER[:1], f"{LETTER[1]}；"), batch[0])

    assert "U+FF1B" in str(refusal.value) or "U+003B" in str(refusal.value)


def test_a_sign_that_no_font_has_is_named_before_anything_is_printed(machine):
    refuse_boxes(a_word_file("龑、喆、镕、䶮、𠮷"), machine.rules)

    with pytest.raises(SignsNotPrintable, match=r"U\+F0001"):
        refuse_boxes(a_word_file("经办人：王\U000f0001"), machine.rules)


def test_faces_the_office_has_no_licence_for_are_printed_in_their_own_kind_of_face(machine):
    stands = fonts.stand_ins(machine.rules)

    assert stands["楷体_GB2312"] == "AR PL UKai CN"
    assert stands["黑体"] == "Noto Sans CJK SC"
    assert "Sans" not in stands["仿宋_GB2312"]
    assert stands["方正小标宋简体"] == "Noto Serif CJK SC"


def test_a_licensed_font_is_not_replaced():
    rules = fonts.font_rules([Path("/fonts")], {"仿宋_GB2312"})

    assert "<string>仿宋_GB2312</string>" not in rules
    assert "<string>楷体_GB2312</string>" in rules


@pytest.mark.parametrize("caged", [True, False])
def test_a_picture_in_the_network_is_never_fetched(machine, caged):
    asked = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def handle(self):
            asked.append(self.client_address)

    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        word = a_word_file_with_a_linked_picture(f"http://127.0.0.1:{server.server_port}/a.png")
        told = machine if caged else replace(machine, cage=())

        pdf = told.print_pages([word])[0]
        server.shutdown()

    assert "图片在网上" in text_of(pdf)
    assert asked == []


def test_one_file_that_hangs_the_program_is_left_out_and_the_rest_is_printed(machine, tmp_path):
    """The stand-in copies each file it is given; at one with the word HANG it stops for good."""
    script = """
    while [ $# -gt 0 ]; do case "$1" in --outdir) out=$2; shift;; *.docx)
    grep -q HANG "$1" && sleep 600
    { printf '%%PDF-1.7 '; cat "$1"; printf ' %%%%EOF'; } > "$out/$(basename "$1" .docx).pdf";;
    esac; shift; done
    """
    fake = replace(machine, program=a_program(tmp_path, script), first_seconds=1.5, each_seconds=0)

    done = fake.print_pages([b"one", b"HANG", b"three"])

    assert [pdf and pdf.split()[1] for pdf in done] == [b"one", None, b"three"]


def test_a_program_that_never_answers_is_stopped_with_all_it_started(machine, tmp_path):
    script = f"sleep 600 & echo $! > {tmp_path}/child; wait"
    fake = replace(machine, program=a_program(tmp_path, script), first_seconds=0.7, each_seconds=0)

    with pytest.raises(PrinterHangs):
        fake.print_pages([b"one", b"two"])

    child = Path("/proc") / (tmp_path / "child").read_text().strip() / "stat"
    assert not child.exists() or child.read_text().split()[2] == "Z"  # ended; its parent may not have noticed


def test_a_machine_without_libreoffice_says_so(tmp_path):
    with pytest.raises(PrinterMissing):
        printer("no-such-program", tmp_path, tmp_path)
