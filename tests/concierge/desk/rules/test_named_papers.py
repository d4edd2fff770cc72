"""A department's lines become the items of one notice: by the papers they name, and nothing is lost."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.papers import Fault, HeldVersion, PaperHere, PaperWay, ToldItem
from approvals.rules.telling import Asked
from concierge.desk.rules.named_papers import told_items


def _paper(material, name, **said):
    return Asked(material=material, name=name, origin="applicant", **said)


PLAN = _paper("site-plan", "总平面图")
LANDSCAPE = _paper("landscape-plan", "绿化总平面图")
SEAL = _paper("application", "申请表")


def test_a_line_that_only_says_a_paper_is_not_there_says_it_is_missing():
    assert told_items(["缺总平面图"], [PLAN, SEAL]) == (ToldItem("site-plan", Fault.MISSING),)


def test_the_longest_name_in_a_line_is_meant():
    assert told_items(["缺绿化总平面图"], [PLAN, LANDSCAPE])[0].material == "landscape-plan"


def test_a_line_that_says_more_keeps_its_words():
    items = told_items(["申请表第3页未签字"], [SEAL])

    assert items == (ToldItem("application", Fault.UNFIT, "申请表第3页未签字"),)


def test_two_lines_on_one_paper_are_one_item():
    items = told_items(["申请表第3页未签字", "申请表公章不清"], [SEAL])

    assert items == (ToldItem("application", Fault.UNFIT, "申请表第3页未签字；申请表公章不清"),)


def test_what_names_no_paper_comes_last_and_is_told_too():
    items = told_items(["公章不清", "缺总平面图"], [PLAN])

    assert items == (ToldItem("site-plan", Fault.MISSING), ToldItem("", Fault.UNFIT, "公章不清"))


@given(st.lists(st.sampled_from(["缺总平面图", "缺绿化总平面图", "申请表未签字", "公章不清", "日期写错"])))
def test_every_paper_stands_once_and_every_word_somewhere(lines):
    items = told_items(lines, [PLAN, LANDSCAPE, SEAL])

    assert len({item.material for item in items}) == len(items)
    said = "；".join(item.words for item in items)
    assert all(line in said or line.startswith("缺") for line in lines)
    assert bool(items) == bool(lines)


def test_a_paper_that_is_here_is_never_called_missing():
    handed_in = HeldVersion(
        id=1,
        material="site-plan",
        number=1,
        way=PaperWay.COUNTER,
        came_on=date(2026, 4, 1),
        taken_in_by="何佳",
    )
    here = _paper("site-plan", "总平面图", here=PaperHere("site-plan", (handed_in,)))

    assert told_items(["缺总平面图"], [here]) == (ToldItem("site-plan", Fault.UNFIT, "缺总平面图"),)
