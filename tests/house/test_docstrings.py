"""The writing: how a docstring begins, in which order it goes on, and what it may name as its source."""

import ast
import re

from tests.house.tree import ROOT, parsed, sources

SECTIONS = ("Units", "Shape", "Raises", "Effects", "Source")
HEADED = re.compile(rf"^\s*({'|'.join(SECTIONS)}):", re.MULTILINE)
FILES = [path for path in sources() if path.name != "__init__.py" and path.name != "__manifest__.py"]


def _public(tree: ast.Module):
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node


def _documented(tree: ast.Module):
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            continue
        if text := ast.get_docstring(node):
            yield getattr(node, "name", "the module"), text


def test_every_file_says_what_it_and_its_public_names_are_for():
    silent = [
        f"{path}: {getattr(node, 'name', 'the module')}"
        for path in FILES
        for tree in [parsed(path)]
        for node in (tree, *_public(tree))
        if not ast.get_docstring(node)
    ]

    assert not silent


def test_every_docstring_begins_with_a_sentence():
    clipped = [
        f"{path}: {name}"
        for path in FILES
        for name, text in _documented(parsed(path))
        if not text.split("\n\n")[0].strip().rstrip("`”)\"'").endswith((".", ":", "?", "…"))
    ]

    assert not clipped


def test_every_docstring_keeps_the_order_of_its_sections():
    mixed = [
        f"{path}: {name}"
        for path in FILES
        for name, text in _documented(parsed(path))
        for order in [[SECTIONS.index(section) for section in HEADED.findall(text)]]
        if order != sorted(order)
    ]

    assert not mixed, f"the order is {', '.join(SECTIONS)}"


def test_every_source_is_in_the_list_of_sources():
    known = set(re.findall(r"\bS\d{2,}\b", (ROOT / "docs/sources.md").read_text(encoding="utf-8")))
    named = {
        (path.as_posix(), source)
        for path in sources()
        for _, text in _documented(parsed(path))
        for section in re.findall(r"^\s*Source:(.*?)(?:\n\s*\n|\Z)", text, re.MULTILINE | re.DOTALL)
        for source in re.findall(r"\bS\d{2,}\b", section)
    }

    assert {pair for pair in named if pair[1] not in known} == set()
