"""Conditions: read, checked, evaluated, and asked which fact decided."""

from __future__ import annotations

import pytest

from approvals.rules.catalogue import Catalogue
from approvals.rules.conditions import (
    ConditionUnreadable,
    as_tree,
    can_hold,
    explain,
    faults,
    holds,
    parse,
)
from approvals.rules.facts import Attribute, FactValue

AREA = Attribute(name="area", kind="number", default=0)
USE = Attribute(name="use", kind="enum", default="plant", values=("plant", "office"))
DONE = Attribute(name="done", kind="list", default=(), values=("flood", "soil"))
ATTRIBUTES = {"area": AREA, "use": USE, "done": DONE}
FACTS: dict[str, FactValue] = {"area": 5, "use": "plant", "done": ("flood",)}


@pytest.mark.parametrize(
    ("op", "value", "outcome"),
    [
        ("eq", 5, True),
        ("ne", 5, False),
        ("gt", 5, False),
        ("gte", 5, True),
        ("lt", 5.5, True),
        ("lte", 4, False),
    ],
)
def test_a_number_compares_as_written(op: str, value: float, outcome: bool) -> None:
    assert holds(parse({"attr": "area", "op": op, "value": value}), FACTS) is outcome


@pytest.mark.parametrize(
    ("tree", "outcome"),
    [
        ({"attr": "use", "op": "in", "value": ["plant", "office"]}, True),
        ({"attr": "use", "op": "not_in", "value": ["plant"]}, False),
        ({"attr": "done", "op": "contains", "value": "flood"}, True),
        ({"attr": "done", "op": "not_contains", "value": "flood"}, False),
        ({"attr": "done", "op": "not_empty", "value": True}, True),
        ({"not_all": [{"attr": "area", "op": "gt", "value": 9}]}, True),
        (
            {
                "not_all": [
                    {"attr": "area", "op": "gt", "value": 1},
                    {"attr": "use", "op": "eq", "value": "plant"},
                ]
            },
            False,
        ),
    ],
)
def test_words_lists_and_joints_compare_as_written(tree: dict[str, object], outcome: bool) -> None:
    assert holds(parse(tree), FACTS) is outcome


@pytest.mark.parametrize(
    "tree",
    [
        {},
        [],
        {"any": []},
        {"some": [{"attr": "area", "op": "eq", "value": 1}]},
        {"any": [{"attr": "area", "op": "eq", "value": 1}], "all": []},
        {"attr": "area", "op": "about", "value": 1},
        {"attr": "area", "op": "eq"},
        {"attr": "area", "op": "eq", "value": 1, "unit": "ha"},
        {"attr": "area", "op": "in", "value": [1, 2]},
        {"attr": "area", "op": "eq", "value": None},
    ],
)
def test_what_is_no_condition_is_refused_with_its_place(tree: object) -> None:
    with pytest.raises(ConditionUnreadable) as refused:
        parse({"all": [{"attr": "use", "op": "eq", "value": "plant"}, tree]})

    assert refused.value.facts["where"].startswith("/all[2]")


def test_a_condition_nested_without_end_is_refused() -> None:
    tree: dict[str, object] = {"attr": "area", "op": "eq", "value": 1}
    for _ in range(50):
        tree = {"any": [tree]}

    with pytest.raises(ConditionUnreadable):
        parse(tree)


@pytest.mark.parametrize(
    ("tree", "fact"),
    [
        ({"attr": "height", "op": "gt", "value": 1}, "height"),
        ({"attr": "use", "op": "gt", "value": 1}, "use"),
        ({"attr": "use", "op": "eq", "value": "villa"}, "use"),
        ({"attr": "area", "op": "gt", "value": "big"}, "area"),
        ({"attr": "area", "op": "gt", "value": True}, "area"),
        ({"attr": "done", "op": "contains", "value": "drought"}, "done"),
        ({"attr": "done", "op": "not_empty", "value": "yes"}, "done"),
    ],
)
def test_a_test_that_does_not_fit_its_fact_is_a_fault(tree: dict[str, object], fact: str) -> None:
    assert [name for name, _ in faults(parse(tree), ATTRIBUTES)] == [fact]


def test_the_explanation_names_the_facts_that_decided_and_no_other() -> None:
    either = parse(
        {"any": [{"attr": "area", "op": "gte", "value": 5}, {"attr": "use", "op": "eq", "value": "office"}]}
    )
    both = parse(
        {"all": [{"attr": "area", "op": "gte", "value": 5}, {"attr": "use", "op": "eq", "value": "office"}]}
    )

    assert [(f.attr, f.met) for f in explain(either, FACTS)] == [("area", True)]
    assert [(f.attr, f.met) for f in explain(both, FACTS)] == [("use", False)]


def test_under_a_not_all_the_failing_of_a_test_is_what_was_wanted() -> None:
    exempt = parse({"not_all": [{"attr": "area", "op": "lte", "value": 3}]})

    (finding,) = explain(exempt, FACTS)

    assert (finding.met, finding.wanted) == (False, False)


def test_a_condition_no_project_can_meet_is_found() -> None:
    never = parse(
        {"all": [{"attr": "area", "op": "gt", "value": 5}, {"attr": "area", "op": "lt", "value": 5}]}
    )
    both_uses = parse({"all": [{"attr": "use", "op": "eq", "value": u} for u in ("plant", "office")]})
    between = parse(
        {"all": [{"attr": "area", "op": "gt", "value": 4}, {"attr": "area", "op": "lt", "value": 5}]}
    )

    assert not can_hold(never, ATTRIBUTES)
    assert not can_hold(both_uses, ATTRIBUTES)
    assert can_hold(between, ATTRIBUTES)


def test_every_shipped_condition_reads_back_as_it_was_written(catalogue: Catalogue) -> None:
    for item in catalogue.conditions:
        assert parse(as_tree(item.test)) == item.test
        assert can_hold(item.test, catalogue.attribute_of)
