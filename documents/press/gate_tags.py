"""The gate's look at a template's tags: whether they can be read, and ask only for what they may and get."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import suppress

from docxtpl_lint.core import Issue, Tag, template_tags  # type: ignore[import-untyped]
from docxtpl_lint.core import lint_path as linted
from jinja2 import Environment, TemplateError, nodes

from documents.press.fields import Fields, fields_of, unknown
from documents.rules.template_findings import SENTENCES, Place, TemplateFinding

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Assign,
    nodes.Add,
    nodes.Sub,
    nodes.List,
    nodes.Tuple,
)
_BLOCKS = {"if": "endif", "for": "endfor"}
_PASSING = frozenset({"else", "endif", "endfor"})
_NOT_ASKED = ("DTL3", "DTL4", "DTL005", "DTL104")  # fields and filters are looked at here, by our own lists
OFFERED = ("cndate", "cnnum", "money", "join", "length", "default")


def tag_findings(docx: bytes, env: Environment, known: Fields) -> Iterator[TemplateFinding]:
    """What is wrong with the tags, each with its place.

    Shape: ``known`` are the fields the kind fills; nothing of the template is executed.
    """
    report = linted(io.BytesIO(docx), filters=set(env.filters), tests=set(env.tests), autoescape=True)
    issues = [one for one in report.issues if not one.rule.startswith(_NOT_ASKED)]
    yield from (_finding(one) for one in issues if one.rule in SENTENCES)
    _, tags = template_tags(io.BytesIO(docx))
    overstepping = list(_overstepping(tags, env))
    yield from overstepping
    if overstepping or any(one.severity == "error" for one in issues):
        return
    try:
        used = fields_of(docx, env)
    except TemplateError as error:
        yield TemplateFinding("tags_unreadable", facts={"why": str(error.message)})
        return
    yield from _unknown(used, known, tags)


def _finding(issue: Issue) -> TemplateFinding:
    facts = {name: str(value) for name, value in issue.params.items()}
    place = issue.location
    cell = place.cells[-1] if place.cells else None
    where = Place(
        _part(place.part),
        place.paragraph,
        cell.table if cell else 0,
        cell.row if cell else 0,
        cell.col if cell else 0,
        issue.snippet[:80],
    )
    return TemplateFinding(issue.rule, where, facts)


def _part(name: str) -> str:
    return name.rstrip("0123456789")


def place_of(tag: Tag) -> Place:
    """Where a tag stands."""
    cell = tag.para.cells[-1] if tag.para.cells else None
    return Place(
        _part(tag.para.part),
        tag.para.index,
        cell.table if cell else 0,
        cell.row if cell else 0,
        cell.col if cell else 0,
        tag.raw[:80],
    )


def _overstepping(tags: Iterable[Tag], env: Environment) -> Iterator[TemplateFinding]:
    """Tags that do what no template may, whatever a sandbox would still stop."""
    for tag in tags:
        tree = _tree(tag, env)
        if isinstance(tree, str):
            yield TemplateFinding("construct", place_of(tag), {"word": tree})
        elif tree is not None:
            yield from _oversteps(tree, tag, env)


def _tree(tag: Tag, env: Environment) -> nodes.Template | str | None:
    """One tag alone as a tree; the word it begins with where that is not allowed; None for what is no tag."""
    word = str(tag.body).partition(" ")[0]
    if tag.kind == "comment" or word in _PASSING:
        return None
    source = f"{{{{ {tag.body} }}}}"
    if tag.kind == "stmt":
        opener = "if" + str(tag.body).removeprefix("elif") if word == "elif" else str(tag.body)
        start = opener.partition(" ")[0]
        if start not in (*_BLOCKS, "set"):
            return word
        source = f"{{% {opener} %}}" + (f"{{% {_BLOCKS[start]} %}}" if start in _BLOCKS else "")
    with suppress(TemplateError):  # what cannot be read is told by the checker of tags
        tree: nodes.Template = env.parse(source)
        return tree
    return None


def _oversteps(tree: nodes.Template, tag: Tag, env: Environment) -> Iterator[TemplateFinding]:
    for node in tree.find_all(nodes.Node):
        name = getattr(node, "attr", None) or getattr(node, "name", None)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            name = node.arg.value
        if isinstance(name, str) and name.startswith("_"):
            yield TemplateFinding("hidden_name", place_of(tag), {"name": name})
        elif isinstance(node, nodes.Filter) and node.name not in env.filters:
            facts = {"name": node.name, "known": "、".join(OFFERED)}
            yield TemplateFinding("filter", place_of(tag), facts)
        elif not isinstance(node, _ALLOWED) and not _is_lookup(node):
            yield TemplateFinding("construct", place_of(tag), {"word": type(node).__name__})


def _is_lookup(node: nodes.Node) -> bool:
    """Whether this is ``pictures.get(chart.key)``: the one call a template may need."""
    is_get = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and node.node.attr == "get"
    return is_get and len(node.args) == 1 and not node.kwargs  # type: ignore[attr-defined]  # it is a call


def _unknown(used: Fields, known: Fields, tags: list[Tag]) -> Iterator[TemplateFinding]:
    for path, near in unknown(used, known).items():
        last = path.rpartition(".")[2].removesuffix("[]")
        tag = next((one for one in tags if last in one.body), None)
        place = place_of(tag) if tag is not None else Place()
        if near:
            yield TemplateFinding("unknown_field", place, {"path": path, "nearest": near})
        else:
            yield TemplateFinding("unknown_field_alone", place, {"path": path})
