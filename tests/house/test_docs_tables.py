"""The tables of docs/ say what the code says; `make golden` writes them anew."""

import ast
import dataclasses
import re
from collections import Counter

import pytest

from concierge.kernel.config import Settings
from tests.house import docs_tables
from tests.house.tree import ROOT, sources

BLOCK = r"(<!-- table: {name} -->\n).*?(<!-- end -->)"
TABLES = {
    "settings": ("settings.md", lambda _: docs_tables.settings()),
    "events": ("events.md", lambda _: docs_tables.events()),
    "errors": ("errors.md", docs_tables.errors),
    "rights": ("roles.md", lambda _: docs_tables.rights()),
    "timed work": ("runbook.md", lambda _: docs_tables.timed_work()),
}


@pytest.mark.golden
@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_what_the_code_says(name, request):
    file, told = TABLES[name]
    page = docs_tables.DOCS / file
    text = page.read_text(encoding="utf-8")
    block = re.compile(BLOCK.format(name=name), re.DOTALL)
    written = block.sub(lambda found: f"{found[1]}\n{told(text)}\n\n{found[2]}", text)

    if request.config.getoption("--rewrite-golden"):
        page.write_text(written, encoding="utf-8")
        text = written

    assert block.search(text), f"{page.name} has no place for the table of {name}"
    assert text == written, "run `make golden`, and read the difference"


def test_every_error_has_a_name_of_its_own():
    named = Counter(
        node.name
        for path in sources()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and _base_names(node) & {"Invalid", "Refusal", "ConciergeError"}
    )

    assert [name for name, times in named.items() if times > 1] == []


def _base_names(node):
    return {base.id for base in node.bases if isinstance(base, ast.Name)}


def test_a_setting_nobody_reads_is_called_so():
    page = (docs_tables.DOCS / "settings.md").read_text(encoding="utf-8")
    told = re.search(r"\*\*Not in use yet\*\*:((?:.|\n)*?)\. ", page)
    code = "".join((ROOT / path).read_text(encoding="utf-8") for path in sources())

    unread = {
        field.metadata["env"]
        for field in dataclasses.fields(Settings)
        if not re.search(rf"\.{field.name}\b", code)
    }
    assert unread == set(re.findall(r"`(\w+)`", told[1] if told else ""))


def test_every_error_says_what_helps():
    page = (docs_tables.DOCS / "errors.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `(\w+)` \|.*\| \? \|$", page, re.MULTILINE) == []


def test_every_role_is_described():
    page = (docs_tables.DOCS / "roles.md").read_text(encoding="utf-8")
    roles = {role for by_role in docs_tables.grants().values() for role in by_role}

    assert set(re.findall(r"^\| `(\w+)` \| \S+ \|", page, re.MULTILINE)) >= roles
    for role in roles:
        assert re.search(rf"^\| `{role}` \| [^|]+ \| [^|]+ \|$", page, re.MULTILINE), role


def test_every_event_has_a_sentence_and_every_listener_an_event():
    classes = docs_tables.event_classes()
    heard = {event for addon in docs_tables.manifests() for event in addon.handlers}

    assert heard <= set(classes)
    assert [name for name, kind in classes.items() if not (kind.__doc__ or "").strip()] == []
