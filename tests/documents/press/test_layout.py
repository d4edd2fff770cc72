"""The form of official documents, measured on what LibreOffice prints."""

import io

import pdfplumber
import pytest

from documents.press.compose import write
from documents.press.fill import fill
from documents.press.kind import Form
from documents.press.printer import printer
from tests.documents.press.pages_made import LETTER, RED_HEAD, SHEET, VALUES, a_kind

MM = 72 / 25.4
FULL = "青禾县重点工业项目审批服务" * 120  # only full-width signs: each stands in a cell of its own


def _full_page(page):
    page.letterhead()
    page.number()
    page.title("关于版面的测试")
    page.addressee()
    page.text("{{ words }}")
    page.sign()


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A long letter, a long red head, the notice, the joint notice and the form, printed in one run."""
    folder = tmp_path_factory.mktemp("layout")
    machine = printer("soffice", folder / "scratch", folder / "fonts")
    long = VALUES | {"words": FULL}
    pages = [
        fill(write(a_kind(Form.LETTER, _full_page)), long),
        fill(write(a_kind(Form.RED_HEAD, _full_page)), long),
        fill(write(LETTER), VALUES),
        fill(write(RED_HEAD), VALUES),
        fill(write(SHEET), VALUES | {"rows": [VALUES["rows"][0] | {"control": f"l{n}"} for n in range(60)]}),
    ]
    return [pdfplumber.open(io.BytesIO(pdf)) for pdf in machine.print_pages(pages)]


def lines_of(page):
    """The signs of each line of a page, from the top, the page number left out."""
    rows = {}
    for sign in page.chars:
        if sign["text"].strip() and sign["bottom"] / MM < 262.5:
            rows.setdefault(round(sign["top"] / 4), []).append(sign)
    return [rows[top] for top in sorted(rows)]


@pytest.mark.parametrize("which", [0, 1], ids=["letter", "red head"])
def test_a_full_page_has_22_lines_of_28_characters_between_its_margins(printed, which):
    lines = lines_of(printed[which].pages[1])

    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}
    assert min(sign["x0"] for line in lines for sign in line) / MM == pytest.approx(28, abs=1)
    assert max(sign["x1"] for line in lines for sign in line) / MM == pytest.approx(184, abs=1)
    assert lines[0][0]["top"] / MM == pytest.approx(37, abs=3)  # the sign stands in the middle of its line
    assert lines[-1][0]["bottom"] / MM == pytest.approx(262, abs=3)


def said(page):
    return (page.extract_text() or "").replace(" ", "")


def number_of_page(page):
    return [sign for sign in page.chars if sign["top"] / MM > 262.5 and sign["text"].strip()]


def test_page_numbers_stand_outside_between_dashes_and_a_letter_has_none_on_its_first(printed):
    first, second, third = printed[0].pages[:3]

    assert number_of_page(first) == []
    assert "".join(sign["text"] for sign in number_of_page(second)) == "—2—"
    assert number_of_page(second)[0]["x0"] / MM == pytest.approx(28 + 5, abs=2)  # one character in, left
    assert number_of_page(third)[-1]["x1"] / MM == pytest.approx(184 - 5, abs=2)  # and right
    dash = number_of_page(second)[0]
    assert (dash["top"] + dash["bottom"]) / 2 / MM - 262 == pytest.approx(7, abs=1.6)


def test_the_office_stands_in_red_at_the_head_over_a_double_rule(printed):
    for page in (printed[2].pages[0], printed[3].pages[0]):
        red = [sign for sign in page.chars if sign["non_stroking_color"] in ((1, 0, 0), (1.0, 0.0, 0.0))]

        assert "".join(sign["text"] for sign in red) == VALUES["office"]["name"]
        assert red[0]["x0"] / MM > 27
        assert red[-1]["x1"] / MM < 185


def height_of(page, words):
    """Upper and lower edge of the line that begins with these words. Units: millimetres."""
    line = next(line for line in page.extract_text_lines() if line["text"].replace(" ", "").startswith(words))
    return line["top"] / MM, line["bottom"] / MM


def test_the_number_of_a_letter_stands_close_under_the_rule_and_its_title_two_lines_below(printed):
    page = printed[0].pages[0]
    rule = min(one["bottom"] for one in page.rects + page.lines if one["width"] / MM > 160) / MM
    number, title, addressee = (
        height_of(page, words) for words in (VALUES["number"][:4], "关于版面的测试", VALUES["addressee"])
    )

    assert number[0] - rule == pytest.approx(4.9, abs=1.2)  # seven eighths of a sign of 16 points
    assert title[0] - number[1] == pytest.approx(2 * 10.2 + 4, abs=1.5)  # two lines, and what leads the title
    assert addressee[0] - title[1] == pytest.approx(10.2 + 4, abs=1.5)  # one line
    assert rule - height_of(page, VALUES["office"]["name"])[1] > 3  # 4 mm from the ink


def test_the_rule_of_a_red_head_is_4_mm_below_its_number_and_the_title_two_lines_below_the_rule(printed):
    page = printed[1].pages[0]
    rule = min(one["bottom"] for one in page.rects + page.lines if one["width"] / MM > 150) / MM
    number, title = (height_of(page, words) for words in (VALUES["number"][:4], "关于版面的测试"))
    head = height_of(page, VALUES["office"]["name"])

    assert number[0] - head[1] == pytest.approx(2 * 10.2 + 4, abs=3.5)
    assert rule - number[1] == pytest.approx(4, abs=1)
    assert title[0] - rule == pytest.approx(2 * 10.2 + 2, abs=1.5)


def test_name_and_day_of_the_signature_have_the_same_middle(printed):
    page = next(page for page in printed[2].pages if "2026年4月16日" in said(page))
    lines = ["".join(sign["text"] for sign in line).replace(" ", "") for line in lines_of(page)]
    at = lines.index("2026年4月16日")
    name, day = lines_of(page)[at - 1 : at + 1]

    assert lines[at - 1] == VALUES["office"]["name"]
    assert (name[0]["x0"] + name[-1]["x1"]) / 2 == pytest.approx((day[0]["x0"] + day[-1]["x1"]) / 2, abs=1.5)


def test_the_head_of_a_table_stands_again_on_every_page(printed):
    texts = [said(page) for page in printed[4].pages]

    assert len(texts) >= 3
    assert all("材料填写" in text for text in texts[:-1])


def test_nothing_leaves_the_sheet(printed):
    for pdf in printed:
        for page in pdf.pages:
            assert max(sign["x1"] for sign in page.chars) / MM < 186
