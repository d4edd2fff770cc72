"""Wide drawings cut into pieces for paper."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from projects.press.pieces import SHEET_WIDTH, pieces
from projects.press.svg import picture

SVG = "http://www.w3.org/2000/svg"
BOX = re.compile(r'viewBox="([\d.]+) 0 ([\d.]+) ([\d.]+)"')


def _drawing(width, height=300):
    return picture("p", "bd-net", (width, height), "Title", "Words", ['<path d="M0 0H10"/>'])


def _boxes(cut):
    return [tuple(map(float, BOX.search(piece.svg).groups())) for piece in cut]


@pytest.mark.parametrize("width", [300, SHEET_WIDTH, SHEET_WIDTH * 1.16])
def test_a_drawing_that_fits_or_nearly_fits_stays_whole(width):
    cut = pieces(_drawing(width), "net")

    assert len(cut) == 1
    assert _boxes(cut) == [(0, pytest.approx(width, abs=0.1), 300)]


def test_a_wide_drawing_is_cut_without_gap_or_overlap_and_to_its_end():
    cut = pieces(_drawing(2800), "net")  # 2800 / 940 = 2.98, so three

    boxes = _boxes(cut)
    assert len(boxes) == 3
    for before, after in pairwise(boxes):
        assert after[0] == pytest.approx(before[0] + before[1], abs=0.2)
    assert boxes[-1][0] + boxes[-1][1] >= 2800 - 0.2


def test_only_the_first_piece_carries_the_drawing_and_the_others_show_it():
    first, *others = pieces(_drawing(2800), "net")

    assert '<g id="net">' in first.svg
    assert 'd="M0 0H10"' in first.svg
    assert all('href="#net"' in piece.svg and "M0 0H10" not in piece.svg for piece in others)


def test_every_piece_is_well_formed_and_keeps_the_scale():
    cut = pieces(_drawing(1200, 240), "net")  # a little over 1.17 sheets: two of 800 at the least

    assert [ElementTree.fromstring(piece.svg).tag for piece in cut] == [f"{{{SVG}}}svg"] * 2  # noqa: S314  (ours)
    assert {box[1] for box in _boxes(cut)} == {800}
    assert [piece.steepness for piece in cut] == [pytest.approx(0.3)] * 2


def test_something_that_is_no_drawing_is_refused():
    with pytest.raises(ValueError, match="size"):
        pieces("<svg></svg>", "net")
