"""The fields a template asks for: their names, what kind of value each is, what a misspelt one may mean.

Read from the template's own tags, nothing is executed. A path is written as a person would say it:
``project.name``; ``rows[].due_on`` is the ``due_on`` of every entry of the list ``rows``.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, TypeAlias

from docxtpl import DocxTemplate
from jinja2 import Environment, nodes

ITEM = "[]"
ANY = "one"  # stands for the entry a field chooses
_LIST_FILTERS = frozenset({"length", "count", "join", "first", "last", "sort", "batch", "list"})
_ASKED = (nodes.Test, nodes.Not, nodes.And, nodes.Or)
_COUNTED = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod)
_OWN_WORDS = frozenset({"loop", "true", "false", "none", "self"})


class FieldKind(IntEnum):
    """What a value is, by how the template uses it; a stronger use wins over a weaker one."""

    FLAG = 0  # only asked about
    TEXT = 1  # printed
    COUNT = 2  # a small number, printed in Chinese figures
    NUMBER = 3  # reckoned with, or printed as money
    DAY = 4  # printed as a day
    PICTURE = 5  # drawn
    LIST = 6  # gone through
    GROUP = 7  # has fields of its own


@dataclass
class Use:
    """How one path is used. Shape: ``choices`` are the words it is compared with."""

    kind: FieldKind = FieldKind.FLAG
    choices: list[str] = field(default_factory=list)

    def as_(self, kind: FieldKind) -> None:
        """Note one more use."""
        self.kind = max(self.kind, kind)


_KINDS: Mapping[type, FieldKind] = {bool: FieldKind.FLAG, int: FieldKind.NUMBER, date: FieldKind.DAY}
Fields: TypeAlias = dict[str, Use]
_Scope: TypeAlias = Mapping[str, str | None]


def fields_of(docx: bytes, env: Environment) -> Fields:
    """Every field of a template with its use.

    Raises: jinja2.TemplateSyntaxError, where a tag cannot be read.
    """
    found: Fields = {}
    for source in sources_of(docx):
        _Reader(found).read(env.parse(source), {})
    return found


def fields_in(values: Mapping[str, Any], *, inside: str = "") -> Fields:
    """The fields that values hold: what a kind has filled in before can be asked for again."""
    found: Fields = {}
    for name, value in values.items():
        path = f"{inside}.{name}" if inside else name
        found |= _fields_at(path, value)
    return found


def _fields_at(path: str, value: Any) -> Fields:
    if isinstance(value, Mapping):
        return {path: Use(FieldKind.GROUP)} | fields_in(value, inside=path)
    if isinstance(value, list):
        found = {path: Use(FieldKind.LIST)}
        for entry in value:
            found |= _fields_at(f"{path}{ITEM}", entry)
        return found
    return {path: Use(_KINDS.get(type(value), FieldKind.TEXT))}


def written(text: str, env: Environment) -> Fields:
    """The fields of a line of tags."""
    found: Fields = {}
    _Reader(found).read(env.parse(text), {})
    return found


def merged(*many: Fields) -> Fields:
    """All fields of several sources; the strongest use of each, and all its choices."""
    found: Fields = {}
    for fields in many:
        for path, use in fields.items():
            kept = found.setdefault(path, Use(use.kind))
            kept.as_(use.kind)
            kept.choices += [one for one in use.choices if one not in kept.choices]
    return found


def sources_of(docx: bytes) -> list[str]:
    """The parts of a template as the engine reads them: body, headers, footers, properties."""
    template = DocxTemplate(io.BytesIO(docx))
    template.init_docx()
    sources = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            sources.append(template.patch_xml(template.get_part_xml(part)))
    properties = template.docx.core_properties
    sources += [properties.title or "", properties.subject or "", properties.author or ""]
    return sources


def nearest(path: str, known: Iterable[str]) -> str:
    """The known name most like an unknown one, empty where none is."""
    names = sorted(known)
    like = difflib.get_close_matches(path, names, n=1, cutoff=0.6)
    if like:
        return like[0]
    last = path.rpartition(".")[2]
    same_end = [name for name in names if name.rpartition(".")[2] == last]
    return same_end[0] if same_end else ""


def unknown(used: Fields, known: Fields) -> dict[str, str]:
    """The fields nobody fills, each with the known one most like it.

    Shape: of a group or list that is unknown as a whole only its own name is told.
    """
    missing = [path for path in sorted(used) if path not in known and not _is_free(path, known)]
    tops = [path for path in missing if not any(_holds(other, path) for other in missing if other != path)]
    return {path: nearest(path, known) for path in tops}


def _holds(whole: str, part: str) -> bool:
    return part.startswith((f"{whole}.", f"{whole}{ITEM}"))


def _is_free(path: str, known: Fields) -> bool:
    """Whether a path lies inside something the records keep without saying what it holds."""
    whole, _, _ = path.rpartition(".")
    return (
        bool(whole)
        and whole in known
        and known[whole].kind is FieldKind.GROUP
        and not any(_holds(whole, other) for other in known)
    )


class _Reader:
    """Goes through a template's tags and notes every field."""

    def __init__(self, found: Fields) -> None:
        self._found = found

    def read(self, node: nodes.Node, scope: _Scope) -> None:
        """Read one node and what is inside it; ``scope`` knows what loops call their entries."""
        match node:
            case nodes.For():
                self._loop(node, scope)
            case nodes.Assign():
                self._mark(node.node, scope, FieldKind.TEXT)
            case nodes.Output():
                for one in node.nodes:
                    self._mark(one, scope, FieldKind.TEXT)
            case nodes.If():
                self._mark(node.test, scope, FieldKind.FLAG)
                for part in (*node.body, *node.elif_, *node.else_):
                    self.read(part, scope)
            case nodes.Expr():
                self._mark(node, scope, FieldKind.TEXT)
            case _:
                self._inside(node, scope)

    def _inside(self, node: nodes.Node, scope: _Scope) -> None:
        local = dict(scope)
        for child in node.iter_child_nodes():
            self.read(child, local)
            if isinstance(child, nodes.Assign) and isinstance(child.target, nodes.Name):
                local[child.target.name] = self._path(child.node, local)

    def _loop(self, node: nodes.For, scope: _Scope) -> None:
        self._mark(node.iter, scope, FieldKind.LIST)
        path = self._path(node.iter, scope)
        inner = dict(scope)
        names = [one.name for one in node.target.find_all(nodes.Name)]
        if isinstance(node.target, nodes.Name):
            names = [node.target.name]
        entry = f"{path}{ITEM}" if path is not None and isinstance(node.target, nodes.Name) else None
        inner.update(dict.fromkeys(names, entry))
        inner["loop"] = None
        if entry is not None:
            self._note(entry, FieldKind.FLAG)
        if node.test is not None:
            self._mark(node.test, inner, FieldKind.FLAG)
        body = nodes.Template([*node.body])
        self._inside(body, inner)
        for part in node.else_:
            self.read(part, scope)

    def _mark(self, node: nodes.Node, scope: _Scope, kind: FieldKind) -> None:
        """Note that an expression is used as ``kind``, and whatever else it mentions."""
        looked_up = self._looked_up(node, scope)
        if looked_up is not None:
            self._look_up(*looked_up, kind)
        elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self._name(node, scope, kind)
        elif isinstance(node, nodes.Filter):
            self._filter(node, scope, kind)
        elif isinstance(node, nodes.Compare):
            self._compare(node, scope)
        elif isinstance(node, nodes.CondExpr):
            self._mark(node.test, scope, FieldKind.FLAG)
            for one in filter(None, (node.expr1, node.expr2)):
                self._mark(one, scope, kind)
        else:
            inner = FieldKind.FLAG if isinstance(node, _ASKED) else FieldKind.TEXT
            inner = kind if isinstance(node, nodes.Or | nodes.And) else inner  # {{ one or other }} prints it
            for child in node.iter_child_nodes():
                self._mark(child, scope, FieldKind.NUMBER if isinstance(node, _COUNTED) else inner)

    def _looked_up(self, node: nodes.Node, scope: _Scope) -> tuple[str, str] | None:
        """A group and the field that says which of its entries is meant: ``pictures.get(chart.key)``."""
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
            whole, key = node.node, node.arg
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and len(node.args) == 1:
            whole, key = node.node.node, node.args[0]
        else:
            return None
        group, chosen = self._path(whole, scope), self._path(key, scope)
        return None if group is None or chosen is None else (group, chosen)

    def _look_up(self, whole: str, key: str, kind: FieldKind) -> None:
        self._note(f"{whole}.{ANY}", kind)
        self._note(key, FieldKind.TEXT)
        choices = self._found[key].choices
        choices += [ANY] if ANY not in choices else []

    def _name(self, node: nodes.Name | nodes.Getattr | nodes.Getitem, scope: _Scope, kind: FieldKind) -> None:
        path = self._path(node, scope)
        if path is not None:
            self._note(path, kind)
        elif not isinstance(node, nodes.Name):
            self._mark(node.node, scope, FieldKind.GROUP)

    def _filter(self, node: nodes.Filter, scope: _Scope, kind: FieldKind) -> None:
        uses = {
            "cndate": FieldKind.DAY,
            "money": FieldKind.NUMBER,
            "cnnum": FieldKind.COUNT,
            "at": FieldKind.PICTURE,
            **dict.fromkeys(_LIST_FILTERS, FieldKind.LIST),
        }
        if node.node is not None:
            self._mark(node.node, scope, uses.get(node.name, kind))
        for argument in node.args:
            self._mark(argument, scope, FieldKind.TEXT)

    def _compare(self, node: nodes.Compare, scope: _Scope) -> None:
        others = [one.expr for one in node.ops]
        words = [one.value for one in (node.expr, *others) if isinstance(one, nodes.Const)]
        is_number = any(isinstance(one, int) and not isinstance(one, bool) for one in words)
        for one in (node.expr, *others):
            path = self._path(one, scope)
            if path is None:
                self._mark(one, scope, FieldKind.NUMBER if is_number else FieldKind.FLAG)
                continue
            kind = FieldKind.NUMBER if is_number else FieldKind.TEXT if words else FieldKind.FLAG
            self._note(path, kind)
            choices = self._found[path].choices
            choices += [word for word in words if isinstance(word, str) and word not in choices]

    def _note(self, path: str, kind: FieldKind) -> None:
        self._found.setdefault(path, Use()).as_(kind)
        whole, dot, _ = path.rpartition(".")
        if path.endswith(ITEM):
            self._note(path.removesuffix(ITEM), FieldKind.LIST)
        elif dot:
            self._note(whole, FieldKind.GROUP)

    def _path(self, node: nodes.Node, scope: _Scope) -> str | None:
        """The path an expression stands for, None for what is no field."""
        match node:
            case nodes.Name():
                if node.name in scope:
                    return scope[node.name]
                return None if node.name in _OWN_WORDS else node.name
            case nodes.Getattr():
                whole = self._path(node.node, scope)
                return None if whole is None else f"{whole}.{node.attr}"
            case nodes.Getitem() if isinstance(node.arg, nodes.Const):
                whole = self._path(node.node, scope)
                if whole is None:
                    return None
                return f"{whole}.{node.arg.value}" if isinstance(node.arg.value, str) else f"{whole}{ITEM}"
            case nodes.Filter() if node.node is not None and node.name in ("list", "sort", "batch"):
                return self._path(node.node, scope)
            case _:
                return None
