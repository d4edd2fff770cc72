"""Frozen dataclasses as plain JSON, and back: the body of a published edition.

The fields of the dataclasses are the form. A field that a newer release adds takes its default when an older
edition is read, so a project opened years ago still opens.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from approvals.rules.conditions import Branch, FactTest, Test, as_tree, parse
from approvals.rules.facts import FactValue

FORMAT = 1


_Kind = TypeVar("_Kind")


class BodyUnreadable(ValueError):
    """An edition body of another form than this release reads."""


def body_of(item: object) -> dict[str, object]:
    """A frozen dataclass as plain lists and words, field by field in their order."""
    return {"format": FORMAT, **_plain_fields(item)}


def read_body(kind: type[_Kind], body: Mapping[str, object]) -> _Kind:
    """The item a body holds.

    Raises: BodyUnreadable, when the body is of another format or names a field nobody knows.
    """
    if body.get("format") != FORMAT:
        raise BodyUnreadable(f"edition body of format {body.get('format')!r}, expected {FORMAT}")
    return typing.cast(_Kind, _built(kind, {k: v for k, v in body.items() if k != "format"}))


def _plain_fields(item: Any) -> dict[str, object]:
    return {f.name: _plain(getattr(item, f.name)) for f in dataclasses.fields(item)}


def _plain(value: Any) -> object:
    if isinstance(value, FactTest | Branch):
        return as_tree(value)
    if dataclasses.is_dataclass(value):
        return _plain_fields(value)
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _built(kind: type, plain: Any) -> object:
    if not isinstance(plain, Mapping):
        raise BodyUnreadable(f"{kind.__name__}: expected fields, found {plain!r}")
    hints = _hints(kind)
    unknown = set(plain) - set(hints)
    if unknown:
        raise BodyUnreadable(f"{kind.__name__}: unknown fields {sorted(unknown)}")
    return kind(**{name: _typed(hints[name], value) for name, value in plain.items()})


def _typed(hint: Any, plain: Any) -> object:
    if hint == FactValue:
        return tuple(plain) if isinstance(plain, list) else plain
    if hint == Test:
        return parse(plain)
    if isinstance(hint, types.UnionType):  # X | None is the only other union of the catalogue
        return _typed_if_any(hint, plain)
    if typing.get_origin(hint) is tuple:
        return _typed_tuple(typing.get_args(hint), plain)
    if hint is date:
        return date.fromisoformat(plain)
    if dataclasses.is_dataclass(hint):
        return _built(typing.cast(type, hint), plain)
    if not isinstance(plain, hint):
        raise BodyUnreadable(f"expected {hint.__name__}, found {plain!r}")
    return plain


def _typed_if_any(hint: types.UnionType, plain: Any) -> object:
    if plain is None:
        return None
    return parse(plain) if FactTest in hint.__args__ else _typed(hint.__args__[0], plain)


def _typed_tuple(members: tuple[Any, ...], plain: Any) -> tuple[object, ...]:
    if not isinstance(plain, list):
        raise BodyUnreadable(f"expected a list, found {plain!r}")
    if len(members) == 2 and members[1] is Ellipsis:
        return tuple(_typed(members[0], member) for member in plain)
    return tuple(_typed(hint, member) for hint, member in zip(members, plain, strict=True))
