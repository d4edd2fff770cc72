"""When a matter is on a project's list: trees of tests over the project's facts.

A tree is written in the catalogue as ``{any: [...]}``, ``{all: [...]}``, ``{not_all: [...]}`` or
``{attr: …, op: …, value: …}``. It can be checked, evaluated, and asked which facts decided it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import TypeAlias

from approvals.rules.facts import Attribute, Facts, FactValue
from concierge.kernel.errors import N_, Invalid

DEEPEST = 12
_MOST_TRIALS = 20_000
_OPERATORS_OF_KIND = {
    "enum": frozenset({"eq", "ne", "in", "not_in"}),
    "bool": frozenset({"eq", "ne"}),
    "number": frozenset({"eq", "ne", "gt", "gte", "lt", "lte"}),
    "list": frozenset({"contains", "not_contains", "not_empty"}),
}
OPERATORS = tuple(sorted(frozenset().union(*_OPERATORS_OF_KIND.values())))


class ConditionUnreadable(Invalid):
    """A condition that is not a tree of tests over known facts."""

    message = N_("This condition cannot be read at %(where)s: %(why)s.")


@dataclass(frozen=True)
class FactTest:
    """One fact compared with one value."""

    attr: str
    op: str
    value: FactValue


@dataclass(frozen=True)
class Branch:
    """Several tests joined: ``any`` of them, ``all`` of them, or ``not_all`` of them."""

    joint: str
    tests: tuple[Test, ...]


Test: TypeAlias = FactTest | Branch


@dataclass(frozen=True)
class Finding:
    """One fact's test and how it went for this project: the smallest piece of a why.

    Shape: ``actual`` is the project's value, ``met`` whether the test held. ``wanted`` is False where the
    test stood under a ``not_all``, so that its failing is what put the step on the list.
    """

    attr: str
    op: str
    value: FactValue
    actual: FactValue
    met: bool
    wanted: bool = True


def parse(tree: object, where: str = "", depth: int = 0) -> Test:
    """The condition written as ``tree``.

    Raises: ConditionUnreadable, naming the place in the tree.
    """
    if depth > DEEPEST:
        raise ConditionUnreadable(where=where or "/", why=f"deeper than {DEEPEST}")
    if not isinstance(tree, Mapping) or not tree:
        raise ConditionUnreadable(where=where or "/", why="any, all, not_all / attr, op, value")
    if "attr" in tree:
        return _parse_fact_test(tree, where)
    if len(tree) != 1:
        raise ConditionUnreadable(where=where or "/", why=f"{len(tree)} keys: {', '.join(map(str, tree))}")
    ((joint, members),) = tree.items()
    if joint not in ("any", "all", "not_all"):
        raise ConditionUnreadable(where=where or "/", why=f"{joint!r} is not any, all, not_all")
    if not isinstance(members, list | tuple) or not members:
        raise ConditionUnreadable(where=f"{where}/{joint}", why="an empty list")
    tests = tuple(parse(m, f"{where}/{joint}[{n}]", depth + 1) for n, m in enumerate(members, 1))
    return Branch(str(joint), tests)


def _parse_fact_test(tree: Mapping[object, object], where: str) -> FactTest:
    unknown = set(tree) - {"attr", "op", "value"}
    attr, op, value = tree.get("attr"), tree.get("op"), tree.get("value")
    if unknown or "value" not in tree or not isinstance(attr, str) or not isinstance(op, str):
        raise ConditionUnreadable(where=where or "/", why="{attr, op, value}")
    if op not in OPERATORS:
        raise ConditionUnreadable(where=where or "/", why=f"op {op!r}: {', '.join(OPERATORS)}")
    if isinstance(value, list | tuple):
        if not all(isinstance(v, str) for v in value):
            raise ConditionUnreadable(where=where or "/", why=f"{attr}: a list of words")
        return FactTest(attr, op, tuple(value))
    if not isinstance(value, str | bool | int | float):
        raise ConditionUnreadable(where=where or "/", why=f"{attr}: {value!r}")
    return FactTest(attr, op, value)


def as_tree(test: Test) -> dict[str, object]:
    """The condition as plain lists and words, as it is written in the catalogue."""
    if isinstance(test, Branch):
        return {test.joint: [as_tree(member) for member in test.tests]}
    value = list(test.value) if isinstance(test.value, tuple) else test.value
    return {"attr": test.attr, "op": test.op, "value": value}


def attributes_of(test: Test) -> tuple[str, ...]:
    """The facts a condition looks at, each once, in reading order."""
    if isinstance(test, FactTest):
        return (test.attr,)
    return tuple(dict.fromkeys(name for member in test.tests for name in attributes_of(member)))


def faults(test: Test, attributes: Mapping[str, Attribute]) -> list[tuple[str, str]]:
    """What is wrong with a condition: (fact, what it would need), empty when nothing is."""
    if isinstance(test, Branch):
        return [fault for member in test.tests for fault in faults(member, attributes)]
    attribute = attributes.get(test.attr)
    if attribute is None:
        return [(test.attr, ", ".join(attributes))]
    operators = _OPERATORS_OF_KIND[attribute.kind]
    if test.op not in operators:
        return [(test.attr, ", ".join(sorted(operators)))]
    return [] if _value_fits(test, attribute) else [(test.attr, attribute.allowed())]


def _value_fits(test: FactTest, attribute: Attribute) -> bool:
    value = test.value
    if test.op in ("in", "not_in"):
        return isinstance(value, tuple) and bool(value) and set(value) <= set(attribute.values)
    if test.op == "not_empty":
        return isinstance(value, bool)
    if test.op in ("contains", "not_contains"):
        return isinstance(value, str) and (not attribute.values or value in attribute.values)
    if attribute.kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if attribute.kind == "bool":
        return isinstance(value, bool)
    return value in attribute.values


def can_hold(test: Test, attributes: Mapping[str, Attribute]) -> bool:
    """Whether some project could meet the condition: every fact is tried at each value where a test turns.

    Shape: a condition over so many facts that trying takes too long is taken to be possible.
    """
    names = attributes_of(test)
    choices = [_turning_values(test, attributes[name]) for name in names]
    if prod(len(values) for values in choices) > _MOST_TRIALS:
        return True
    return any(holds(test, dict(zip(names, trial, strict=True))) for trial in product(*choices))


def _turning_values(test: Test, attribute: Attribute) -> list[FactValue]:
    if attribute.kind == "bool":
        return [True, False]
    if attribute.kind == "enum":
        return list(attribute.values)
    seen = _values_tested(test, attribute.name)
    if attribute.kind == "number":
        numbers = {float(v) + step for v in seen if not isinstance(v, str | tuple) for step in (-0.5, 0, 0.5)}
        return [number for number in sorted(numbers | {0.0}) if number >= 0]
    members = sorted({v for v in seen if isinstance(v, str)}) or ["any"]
    return [tuple(chosen) for count in range(len(members) + 1) for chosen in combinations(members, count)]


def _values_tested(test: Test, attr: str) -> list[FactValue]:
    if isinstance(test, FactTest):
        return [test.value] if test.attr == attr else []
    return [value for member in test.tests for value in _values_tested(member, attr)]


def _number(value: FactValue) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is not a number")
    return value


def _members(value: FactValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


_COMPARE: dict[str, Callable[[FactValue, FactValue], bool]] = {
    "eq": lambda actual, value: actual == value,
    "ne": lambda actual, value: actual != value,
    "in": lambda actual, value: actual in _members(value),
    "not_in": lambda actual, value: actual not in _members(value),
    "gt": lambda actual, value: _number(actual) > _number(value),
    "gte": lambda actual, value: _number(actual) >= _number(value),
    "lt": lambda actual, value: _number(actual) < _number(value),
    "lte": lambda actual, value: _number(actual) <= _number(value),
    "contains": lambda actual, value: value in _members(actual),
    "not_contains": lambda actual, value: value not in _members(actual),
    "not_empty": lambda actual, value: bool(actual) is value,
}


def holds(test: Test, facts: Facts) -> bool:
    """Whether the condition is true for a project with these facts."""
    if isinstance(test, FactTest):
        return _COMPARE[test.op](facts[test.attr], test.value)
    outcomes = (holds(member, facts) for member in test.tests)
    if test.joint == "any":
        return any(outcomes)
    return all(outcomes) if test.joint == "all" else not all(outcomes)


def explain(test: Test, facts: Facts) -> tuple[Finding, ...]:
    """The facts that decided the condition, and only those.

    For an ``any`` that holds: the members that hold; for one that fails: all of them. For an ``all`` the
    other way round. So the answer is enough to see the outcome, and says nothing beside it.
    """
    return _decisive(test, facts, wanted=True)


def _decisive(test: Test, facts: Facts, *, wanted: bool) -> tuple[Finding, ...]:
    if isinstance(test, FactTest):
        met = _COMPARE[test.op](facts[test.attr], test.value)
        return (Finding(test.attr, test.op, test.value, facts[test.attr], met, wanted),)
    outcomes = [(member, holds(member, facts)) for member in test.tests]
    if test.joint == "any":
        one_is_enough = any(outcome for _, outcome in outcomes)
        chosen = [m for m, outcome in outcomes if outcome or not one_is_enough]
    else:
        all_hold = all(outcome for _, outcome in outcomes)
        chosen = [m for m, outcome in outcomes if all_hold or not outcome]
    turned = wanted if test.joint != "not_all" else not wanted
    return tuple(finding for member in chosen for finding in _decisive(member, facts, wanted=turned))
