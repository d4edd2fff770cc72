"""A letter that would leave its signature on a second page is drawn together; any other is left alone."""

import io

import pdfplumber
import pytest
from docx import Document

from documents.press.compose import write
from documents.press.fill import fill
from documents.press.kind import Form
from documents.press.one_page import W
from documents.press.page import Column
from documents.press.printer import printer
from tests.documents.press.pages_made import VALUES, a_kind

USUAL, CLOSEST = 579, 464  # twips: 28.95 points, and four fifths of them


def a_letter(page):
    page.letterhead()
    page.number()
    page.title("关于版面的测试")
    page.addressee()
    with page.each("line", "lines"):
        page.text("{{ line }}")
    page.basis()
    page.sign()


def of(lines):
    """A letter with so many paragraphs of one line, its law and one source."""
    return fill(write(a_kind(Form.LETTER, a_letter)), VALUES | {"lines": ["请按期补正。"] * lines})


def line_of(docx):
    """The distance between lines of the body. Units: twips."""
    styles = Document(io.BytesIO(docx)).styles.element
    usual = next(one for one in styles.iter(f"{W}style") if one.get(f"{W}default") == "1")
    return int(usual.find(f"{W}pPr/{W}spacing").get(f"{W}line"))


# A letter's first page: 225 mm less 16 for its mark = 11,849 twips. Number 400, title 700 with 1,158 and 579
# around it, small print 2 x 250: 3,337. The addressee, the law, the signature's 2 + 2 and the room below it 1
# are 7 lines; so (11,849 - 3,337) / 579 = 14.7 leaves 7 lines to the text.


def test_a_letter_with_room_for_its_signature_keeps_its_lines_apart():
    assert line_of(of(7)) == USUAL


def test_a_letter_a_little_too_long_is_drawn_together_no_further_than_four_fifths():
    # 10 + 7 lines and 0.6 to spare: 8,512 / 17.6 = 483 twips
    assert line_of(of(10)) == 483
    assert all(CLOSEST <= line_of(of(lines)) < USUAL for lines in (8, 9, 10))


def test_a_letter_that_needs_two_pages_keeps_its_22_lines():
    assert line_of(of(12)) == USUAL


def a_list(page):
    page.title("材料清单")
    page.table([Column("序号", 12, "{{ loop.index }}"), Column("材料", 144, "{{ row }}")], "lines")
    page.text("上列材料已由签收部门收到，是否受理另行告知。")
    page.sign()


def listing(rows):
    """A list so long, a sentence and the signature below it."""
    return fill(write(a_kind(Form.SHEET, a_list)), VALUES | {"lines": ["用地红线图"] * rows})


@pytest.fixture(scope="module")
def printed_both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one-page")
    machine = printer("soffice", folder / "scratch", folder / "fonts")
    made = [of(lines) for lines in range(5, 13)] + [listing(rows) for rows in range(20, 34)]
    return [
        [page.extract_text().replace(" ", "") for page in pdfplumber.open(io.BytesIO(pdf)).pages]
        for pdf in machine.print_pages(made)
    ]


@pytest.fixture(scope="module")
def printed(printed_both):
    return printed_both[:8]


def test_what_is_drawn_together_is_printed_on_one_page(printed):
    assert [len(pages) for pages in printed] == [1] * 6 + [2] * 2  # 5 to 10 lines, 11 and 12


def test_the_signature_never_stands_on_a_page_without_words_of_the_letter(printed):
    for pages in printed:
        last = pages[-1]

        assert last.index("依据") < last.index("2026年4月16日") < last.index("数据截至")


def test_the_signature_below_a_list_takes_its_sentence_along(printed_both):
    signed = [next(page for page in pages if "2026年4月16日" in page) for pages in printed_both[8:]]

    assert all("上列材料已由签收部门收到" in page for page in signed)
    assert {len(pages) for pages in printed_both[8:]} == {1, 2}  # short lists on one page, long ones on two
