"""How lists, trees and labels stand in the text cells of the draft, for people to edit in a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from approvals.rules.catalogue_files.sheets import Fault
from approvals.rules.catalogue_files.yaml_text import YAML_BROKEN, read_yaml, write_yaml
from approvals.rules.conditions import Test, as_tree, parse
from approvals.rules.facts import Attribute, FactValue, Label
from concierge.kernel.errors import N_, Invalid

_ROWS_REMEMBERED = 1024


class TextUnreadable(Invalid):
    """A text cell that is not what its column holds; ``fault`` says why, for an edge that translates it."""

    message = N_("This text cannot be read at line %(line)s: %(why)s.")


class NotYaml(Invalid):
    """A text cell whose brackets, quotes or indents do not fit together."""

    message = N_(
        "Line %(line)s is not valid YAML. Check that brackets and quotes are closed and indents are alike."
    )


class NotFields(Invalid):
    """A text cell that should name fields with values."""

    message = N_("Write one fact a line, as name: value.")


class LabelUnreadable(Invalid):
    """A line of labels that does not name a value and its words in both languages."""

    message = N_("Line %(line)s should read code: 中文 | English.")


def codes(text: str) -> tuple[str, ...]:
    """The codes in a cell, split at commas and line ends."""
    return tuple(
        part.strip() for part in text.replace("，", ",").replace("\n", ",").split(",") if part.strip()
    )


def as_codes(members: Iterable[str]) -> str:
    """Codes as a cell holds them."""
    return ", ".join(members)


def code_lists(text: str) -> tuple[tuple[str, ...], ...]:
    """The lists of codes in a cell, one a line."""
    return tuple(codes(line) for line in text.splitlines() if line.strip())


def as_code_lists(lists: Iterable[Iterable[str]]) -> str:
    """Lists of codes as a cell holds them."""
    return "\n".join(as_codes(members) for members in lists)


def _plain_yaml(text: str) -> object:
    faults: list[Fault] = []
    document = read_yaml("", text.encode(), faults)
    if document is None:
        fault = faults[0]
        if fault.message == YAML_BROKEN:
            raise NotYaml(line=fault.row)
        raise TextUnreadable(line=fault.row, why=fault.message % fault.facts, fault=fault)
    return document.value


@lru_cache(maxsize=_ROWS_REMEMBERED)
def tree(text: str) -> Test:
    """The condition written in a cell.

    Raises: NotYaml, TextUnreadable, ConditionUnreadable.
    """
    return parse(_plain_yaml(text))


def tree_if_any(text: str) -> Test | None:
    """The condition written in a cell, or None in an empty one."""
    return tree(text) if text.strip() else None


def as_tree_text(test: Test | None) -> str:
    """A condition as a cell holds it."""
    return "" if test is None else write_yaml(as_tree(test)).decode()


@lru_cache(maxsize=_ROWS_REMEMBERED)
def values_by_name(text: str) -> tuple[tuple[str, FactValue], ...]:
    """The facts and values written in a cell.

    Raises: NotYaml, TextUnreadable, NotFields.
    """
    found = _plain_yaml(text) if text.strip() else {}
    if not isinstance(found, dict):
        raise NotFields
    values: list[tuple[str, FactValue]] = []
    for name, value in found.items():
        if isinstance(value, list):
            values.append((name, tuple(str(member) for member in value)))
        elif isinstance(value, str | bool | int | float):
            values.append((name, value))
        else:
            raise NotFields
    return tuple(values)


def as_values_text(values: Iterable[tuple[str, FactValue]]) -> str:
    """Facts and values as a cell holds them."""
    plain: Mapping[str, object] = {n: list(v) if isinstance(v, tuple) else v for n, v in values}
    return write_yaml(plain).decode() if plain else ""


def labels(text: str) -> tuple[tuple[str, Label], ...]:
    """The names of values written in a cell, one a line.

    Raises: LabelUnreadable.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        code, colon, words = line.partition(":")
        zh, bar, en = words.partition("|")
        if not (colon and bar and code.strip()):
            raise LabelUnreadable(line=number)
        found.append((code.strip(), Label(zh.strip(), en.strip())))
    return tuple(found)


def as_labels_text(named: Iterable[tuple[str, Label]]) -> str:
    """Names of values as a cell holds them."""
    return "\n".join(f"{code}: {label.zh} | {label.en}" for code, label in named)


def typed_default(attribute: Attribute, text: str) -> FactValue:
    """The default written in a cell, as the attribute stores it; an empty cell leaves the attribute's own.

    Raises: FactOfWrongType.
    """
    return attribute.read(text) if text.strip() else attribute.default


def as_typed(value: FactValue) -> str:
    """A value as a person would type it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_codes(value) if isinstance(value, tuple) else str(value)
