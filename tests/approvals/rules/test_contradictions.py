"""Conditions of two departments: what is read from a line, and which two cannot both hold."""

import pytest

from approvals.rules.contradictions import (
    Condition,
    Contradiction,
    Figure,
    Relation,
    all_of,
    contradict,
    found_in,
    read_figure,
)

LEAST, MOST, EQUAL, OTHER = Relation.AT_LEAST, Relation.AT_MOST, Relation.EQUAL, Relation.NOT_EQUAL


def conditions(*lines):
    """One condition a line: department and text, numbered from 1."""
    return tuple(
        Condition(number, department, text, read_figure(text))
        for number, (department, text) in enumerate(lines, 1)
    )


@pytest.mark.parametrize(
    ("line", "figure"),
    [
        ("退界 ≥ 10 m", Figure("退界", LEAST, "10", "m")),
        ("退界≥１０米。", Figure("退界", LEAST, "10", "米")),
        ("建筑后退道路红线不小于10米", Figure("建筑后退道路红线", LEAST, "10", "米")),
        ("退界不应小于10米", Figure("退界", LEAST, "10", "米")),
        ("建筑高度不超过24m（含女儿墙）", Figure("建筑高度", MOST, "24", "m")),
        ("噪声 ≤ 55 dB(A)", Figure("噪声", MOST, "55", "db")),
        ("绿地面积 >= 1,000 m²", Figure("绿地面积", LEAST, "1000", "m2")),
        ("出入口 = 东", Figure("出入口", EQUAL, "东")),
        ("出入口≠西侧", Figure("出入口", OTHER, "西侧")),
        ("Setback at least 10.5 m", Figure("setback", LEAST, "10.5", "m")),
        ("floors < 7", Figure("floors", Relation.BELOW, "7")),
    ],
)
def test_a_line_that_names_a_subject_and_a_figure_is_read(line, figure):
    assert read_figure(line) == figure


@pytest.mark.parametrize(
    "line",
    [
        "",
        "应满足消防扑救要求",
        "≥ 10 m",
        "退界 ≥",
        "退界在10~15米之间",
        "退界 ≥ 10 m，≤ 15 m",
        "退界不允许小于10米",
        "the setback may not be more than 5 m",
        "道路宽度大于两车道",
    ],
)
def test_a_line_it_cannot_be_sure_of_stays_words(line):
    assert read_figure(line) is None


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("退界 ≥ 10 m", "退界 ≤ 8 m", True),
        ("退界 ≥ 10 m", "退界 ≤ 10 m", False),  # 10 m meets both
        ("退界 > 10 m", "退界 ≤ 10 m", True),
        ("退界 ≥ 10 m", "退界 < 10 m", True),
        ("退界 ≥ 10 m", "退界 ≥ 12 m", False),  # 12 m meets both
        ("退界 ≥ 10 m", "退界 ≤ 9500 mm", True),  # 9500 mm are 9.5 m
        ("退界应 ≥ 10 m", "退 界 ≤ 8", True),  # a missing unit is the other's
        ("退界 ≥ 10 m", "建筑高度 ≤ 8 m", False),
        ("绿地 ≥ 1 亩", "绿地 ≤ 660 平方米", True),  # one mu is 666 2/3 square metres
        ("绿地 ≥ 1 亩", "绿地 ≤ 667 平方米", False),
        ("绿地 ≥ 30 %", "绿地 ≤ 20 m2", False),  # a share and an area say nothing of each other
        ("车位 = 40 个", "车位 = 45 个", True),
        ("车位 = 40 个", "车位 ≥ 45 个", True),
        ("车位 = 40 个", "车位 ≠ 40 个", True),
        ("车位 ≥ 40 个", "车位 ≠ 40 个", False),
        ("出入口 = 东", "出入口 = 西", True),
        ("出入口 = 东", "出入口 = 东", False),
        ("出入口 = 东", "出入口 ≠ 东", True),
        ("出入口 ≠ 西", "出入口 ≠ 东", False),
        ("出入口 = 2 个", "出入口 = 东", False),  # how many, and where
    ],
)
def test_two_figures_contradict_when_nothing_meets_both(one, other, clash):
    left, right = read_figure(one), read_figure(other)

    assert contradict(left, right) is clash
    assert contradict(right, left) is clash


def test_every_pair_that_cannot_hold_is_found_once():
    told = conditions(("NRP", "退界 ≥ 10 m"), ("HCB", "退界 ≤ 8 m"), ("CAD", "退界 ≥ 9 m"), ("PSB", "设围墙"))

    found = found_in(told)

    assert [one.key for one in found] == [(1, 2), (2, 3)]


def test_two_lines_of_words_contradict_when_a_person_says_so_and_only_while_both_stand():
    told = conditions(("PSB", "主出入口设在开源路"), ("NRP", "开源路一侧不得开口"))
    marked = Contradiction(told[1], told[0], is_marked=True, note="开口方向相反")

    assert all_of(told, [marked]) == (marked,)
    assert all_of(told[:1], [marked]) == ()


def test_what_the_lead_settled_stays_settled():
    told = conditions(("NRP", "退界 ≥ 10 m"), ("HCB", "退界 ≤ 8 m"))
    settled = Contradiction(*told, resolution="按规划条件，10 m", resolved_by="NRP")

    (one,) = all_of(told, [settled])

    assert one.is_settled
    assert not found_in(told)[0].is_settled
