"""The room templates are filled in: values in, text out, nothing else to be had.

Every text a template prints passes ``_shown``, which writes it so that it can become neither a tag nor markup
and notes it, so that the finished page can be searched for it.
"""

from __future__ import annotations

import hashlib
import html
import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

from jinja2 import StrictUndefined, Template
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from markupsafe import Markup, escape

from documents.press.pictures import at
from documents.press.words import cndate, cnnum, letterhead, money, redhead

KEPT_TEMPLATES = 500
MOST_POWER = 10**12
KEPT_FILTERS = frozenset(
    {
        "abs", "capitalize", "count", "d", "default", "e", "escape", "first", "groupby", "int", "items",
        "join", "last", "length", "lower", "max", "min", "reject", "rejectattr", "replace", "reverse",
        "round", "select", "selectattr", "slice", "sort", "string", "sum", "title", "trim", "unique", "upper",
    }
)  # fmt: skip
MAY_BE_CALLED = frozenset({"items", "keys", "values", "get"})
_TAG = re.compile(r"<[^>]*>")
_printed: ContextVar[list[str] | None] = ContextVar("printed values", default=None)


class Label(Markup):
    """A text for an attribute (the label of a control): it stands in no line of the page."""


def label(value: Any) -> Label:
    """A value as the label or the name of a content control."""
    return Label(escape(str(value)).replace("{", "&#123;").replace("}", "&#125;"))


class Sandbox(ImmutableSandboxedEnvironment):
    """A closed environment that remembers the templates it has read."""

    intercepted_binops = frozenset({"*", "**", "%"})
    _kept: ClassVar[dict[bytes, Template]] = {}

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:
        """The template of a source, read once."""
        if args or kwargs or not isinstance(source, str):
            return super().from_string(source, *args, **kwargs)
        digest = hashlib.sha256(source.encode()).digest()
        if digest not in self._kept:
            if len(self._kept) >= KEPT_TEMPLATES:
                self._kept.clear()
            self._kept[digest] = super().from_string(source)
        return self._kept[digest]

    def is_safe_callable(self, obj: Any) -> bool:
        """A template may call its own macros, the entries of a mapping, and nothing more."""
        if isinstance(obj, Macro):
            return True
        of = getattr(obj, "__self__", None)
        name = getattr(obj, "__name__", "")
        if isinstance(of, dict):
            return name in MAY_BE_CALLED
        return isinstance(of, LoopContext) and name in {"cycle", "changed"}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Sums of small numbers only: a text times a million is no document."""
        is_plain = all(isinstance(one, int | float) and abs(one) < MOST_POWER for one in (left, right))
        if not is_plain or operator == "**":
            raise SecurityError(f"{operator} is for small numbers only")
        return super().call_binop(context, operator, left, right)


def _shown(value: Any) -> Any:
    """A value as it goes into the page; empty for none."""
    if value is None:
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        raise SecurityError("a number that is none")
    printed = _printed.get()
    if isinstance(value, Markup):
        if printed is not None and not isinstance(value, Label):
            printed.append(html.unescape(_TAG.sub("", value)))
        return value
    text = str(value)
    if printed is not None and text.strip():
        printed.append(text)
    marked = str(escape(text)).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(marked)  # noqa: S704  (escaped one line above)


@contextmanager
def noting() -> Iterator[list[str]]:
    """Note every text that templates print while the block runs, in the order they print it."""
    printed: list[str] = []
    token = _printed.set(printed)
    try:
        yield printed
    finally:
        _printed.reset(token)


def _environment(more: dict[str, Callable[..., Any]]) -> Sandbox:
    room = Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_shown)
    room.globals.clear()
    room.filters = {name: one for name, one in room.filters.items() if name in KEPT_FILTERS} | more
    return room


ENV = _environment(
    {
        "cndate": cndate,
        "cnnum": cnnum,
        "money": money,
        "redhead": redhead,
        "letterhead": letterhead,
        "at": at,
        "label": label,
    }
)
