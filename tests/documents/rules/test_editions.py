"""What a new version says it changes."""

from documents.rules.editions import canonical, changed_words
from documents.rules.numbers import document_number


def test_the_same_facts_change_nothing_whatever_their_order():
    assert changed_words({"a": "1", "b": ["2"]}, {"b": ["2"], "a": "1"}) == ""
    assert canonical({"b": 1, "a": "甲"}) == canonical({"a": "甲", "b": 1}) == '{"a":"甲","b":1}'


def test_a_change_is_told_with_what_stood_before_an_addition_and_a_removal_as_what_they_are():
    before = {"project": {"name": "一期"}, "rows": [{"name": "红线图"}], "note": ""}
    after = {"project": {"name": "二期"}, "rows": [], "note": "加急"}

    assert changed_words(before, after) == "“一期”改为“二期”；删去“红线图”；增加“加急”"


def test_the_day_the_version_and_the_office_are_no_change():
    assert (
        changed_words({"version": 1, "made_on": "2026-04-15"}, {"version": 2, "made_on": "2026-04-16"}) == ""
    )


def test_more_than_six_changes_are_counted():
    before = {f"n{n}": f"旧{n}" for n in range(8)}
    after = {f"n{n}": f"新{n}" for n in range(8)}

    told = changed_words(before, after)

    assert told.endswith("“旧5”改为“新5”等8处")
    assert "旧6" not in told


def test_a_long_value_is_cut_at_forty_signs():
    assert changed_words({"a": ""}, {"a": "长" * 50}) == f"增加“{'长' * 39}…”"


def test_a_number_has_hexagonal_brackets_and_no_leading_nought():
    assert document_number("青帮代", "告", 2026, 12) == "青帮代告〔2026〕12号"
