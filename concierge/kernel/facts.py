"""Facts as text and back: an event or a job's arguments go into a row as JSON and come out as they were.

Going in, dates, enums, tuples and nested dataclasses become what JSON can hold. Coming out, the annotations
of the dataclass (or of the function that takes the arguments) say what each value was.
"""

from __future__ import annotations

import dataclasses
import enum
import inspect
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

_MOMENTS: tuple[Any, ...] = (datetime, date, time)  # a datetime is a date too: the narrower one first
_MOST_KINDS = 1024
_REBUILT_BY_CALLING = (enum.Enum, Decimal, tuple, list, frozenset, set, float)


def _fields(value: Any) -> dict[str, Any]:
    return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}


_PLAIN: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (enum.Enum, lambda v: plain(v.value)),  # before str: a str enum is both
    ((type(None), str, int, float), lambda v: v),
    (_MOMENTS, lambda v: v.isoformat()),
    (timedelta, lambda v: v.total_seconds()),
    (Decimal, str),
    ((set, frozenset), lambda v: sorted((plain(part) for part in v), key=repr)),
    ((tuple, list), lambda v: [plain(part) for part in v]),
    (Mapping, lambda v: {str(plain(key)): plain(part) for key, part in v.items()}),
)


def plain(value: Any) -> Any:
    """A value as JSON can hold it.

    Raises: TypeError, for what could not be rebuilt.
    """
    for kind, into in _PLAIN:
        if isinstance(value, kind):
            return into(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    raise TypeError(f"{type(value).__name__} cannot be kept as a fact.")


def rebuild(kind: Any, value: Any) -> Any:
    """What ``plain`` was given, as the annotation ``kind`` tells.

    Raises: ValueError, TypeError, when the text does not fit the annotation.
    """
    if value is None or kind in (Any, inspect.Parameter.empty):
        return value
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        (wanted,) = [k for k in get_args(kind) if k is not type(None)]
        return rebuild(wanted, value)
    if origin is not None:
        return _rebuild_many(origin, get_args(kind), value)
    return _rebuild_one(kind, value)


def _rebuild_one(kind: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return rebuild_dataclass(kind, value)
    if kind in _MOMENTS:
        return kind.fromisoformat(value)
    if kind is timedelta:
        return timedelta(seconds=value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, _REBUILT_BY_CALLING) else value


def _rebuild_many(origin: Any, parts: tuple[Any, ...], value: Any) -> Any:
    """A sequence, set or mapping of values that each have an annotation."""
    if isinstance(value, dict):
        keys, values = parts
        return {rebuild(keys, _key(keys, k)): rebuild(values, v) for k, v in value.items()}
    if origin is tuple and parts[-1] is not Ellipsis:
        return tuple(rebuild(part, v) for part, v in zip(parts, value, strict=True))
    rebuilt = [rebuild(parts[0], v) for v in value]
    return origin(rebuilt) if origin in (list, set, frozenset) else tuple(rebuilt)


def _key(kind: Any, key: str) -> Any:
    return int(key) if kind is int else key


@lru_cache(maxsize=_MOST_KINDS)
def _hints(of: Any) -> dict[str, Any]:
    """The annotations of a class or function; working them out takes longer than what they are for."""
    return get_type_hints(of)


def rebuild_dataclass(kind: type, facts: Mapping[str, Any]) -> Any:
    """A frozen dataclass from its facts; one it no longer has is left out, a new field takes its default."""
    kinds = _hints(kind)
    names = {f.name for f in dataclasses.fields(kind)}
    return kind(**{name: rebuild(kinds[name], value) for name, value in facts.items() if name in names})


def rebuild_arguments(function: Callable[..., Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The keyword arguments of a function, as its annotations tell."""
    kinds = _hints(function)
    return {name: rebuild(kinds.get(name, Any), value) for name, value in facts.items()}
