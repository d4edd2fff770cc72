"""The pages a person reads: their words, sources and decisions are those of the code, their links lead on."""

import ast
import re

import pytest

from tests.house.docs_tables import DOCS, documents
from tests.house.tree import PACKAGES, ROOT, parsed, sources

RULE = re.compile(r"\b(?:R-)?((?:WD|CL|AC|DF|SV|AB|ES|FE|JR|RT|PR|SF|TP|SL|PL)-\d+|LAW-\d+)\b")
SPAN = re.compile(r"\b(?:R-)?([A-Z]{2})-(\d+) to (?:R-)?\1-(\d+)\b")
SOURCE = re.compile(r"\bS\d{2}\b")
NAMED_IN_FULL = {
    "RFC 5545": "S24",
    "JGJ/T 121": "S23",
    "GB/T 22239": "S22",
    "GB/T 40058": "S21",
    "GB 32100": "S20",
    "GB/T 9704": "S80",
    "OWASP ASVS": "S25",
    "Kelley and Walker": "S26",
    "民法典": "S01",
    "全国年节及纪念日放假办法": "S03",
    "Reference lengths": "S28",
    "domain reference": "S28",
    "exchange codes": "S12",
    "R-CL": "S12",
    "网络安全法": "S13",
}
VALUES = {"Enum", "StrEnum", "IntEnum"}
PARTS = ["Context", "Choice", "Left", "Cost"]


def _sources_in_code() -> dict[str, str]:
    """What stands behind ``Source:`` in each docstring and comment, by place."""
    found = {}
    for path in sources():
        text = (ROOT / path).read_text(encoding="utf-8")
        for match in re.finditer(r"\bSource:((?:.|\n)*?)(?:\"\"\"|\n\s*\n)", text):
            line = text.count("\n", 0, match.start()) + 1
            found[f"{path}:{line}"] = " ".join(match[1].split())
    return found


def _ids_in(text: str) -> set[str]:
    """The numbers of laws and of rules that a text names, spans written out."""
    spans = {f"{kind}-{n}" for kind, a, z in SPAN.findall(text) for n in range(int(a), int(z) + 1)}
    named = {number for words, number in NAMED_IN_FULL.items() if words in text}
    return {*SOURCE.findall(text), *RULE.findall(text), *spans, *named}


def _listed(page: str) -> dict[str, str]:
    """The rows of the tables of a page, by their first cell."""
    rows = re.findall(r"^\| ([^|]+?) \| (.*) \|$", page, re.MULTILINE)
    return {
        key.removeprefix("R-"): rest for key, rest in rows if SOURCE.fullmatch(key) or RULE.fullmatch(key)
    }


@pytest.fixture(scope="module")
def sources_page():
    return (DOCS / "sources.md").read_text(encoding="utf-8")


def test_every_source_in_code_leads_to_the_page_of_sources(sources_page):
    listed = _listed(sources_page)
    cited = _sources_in_code()

    assert {where: text for where, text in cited.items() if not _ids_in(text)} == {}
    assert {where: unknown for where, text in cited.items() if (unknown := _ids_in(text) - set(listed))} == {}


def test_every_source_of_the_page_is_cited_by_code_data_or_a_rule(sources_page):
    listed = _listed(sources_page)
    data = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "approvals/data").glob("*") if path.is_file()
    )
    cited = set().union(*map(_ids_in, _sources_in_code().values()), set(RULE.findall(data)))
    behind_rules = set().union(*(_ids_in(text) for key, text in listed.items() if not SOURCE.fullmatch(key)))

    assert set(listed) - cited - behind_rules == set()


def test_every_rule_of_the_page_says_how_sure_it_is(sources_page):
    marks = re.compile(r"\[(T|S|L|R|D|Seed|L/S|T/L)\]|`steps\.csv`")
    rules = {key: text for key, text in _listed(sources_page).items() if not SOURCE.fullmatch(key)}

    assert len(rules) > 10
    assert {key for key, text in rules.items() if not marks.search(text)} == set()


@pytest.fixture(scope="module")
def glossary():
    return (DOCS / "glossary.md").read_text(encoding="utf-8")


def _names_in_code() -> set[str]:
    text = "".join((ROOT / path).read_text(encoding="utf-8") for path in sources())
    return set(re.findall(r"\w+", text))


def test_every_word_of_the_glossary_is_a_word_of_the_code(glossary):
    told = re.findall(r"^\| [^|]+ \| ([^|]+) \|", glossary, re.MULTILINE)
    names = {part for cell in told for name in re.findall(r"`([\w.]+)`", cell) for part in name.split(".")}

    assert len(names) > 100
    assert names - _names_in_code() == set()


def _bases(node: ast.stmt) -> set[str]:
    return {getattr(base, "attr", getattr(base, "id", "")) for base in getattr(node, "bases", ())}


def test_every_table_and_every_list_of_values_of_the_rules_is_in_the_glossary(glossary):
    kinds = {}
    for path in sources():
        is_rule = bool({"scheduler", "rules", "models"} & set(path.parts))
        for node in parsed(path).body:
            is_table = "Base" in _bases(node) and "__tablename__" in ast.unparse(node)
            if is_table or (is_rule and _bases(node) & VALUES):
                kinds[node.name] = str(path)

    assert len(kinds) > 30
    assert {name: path for name, path in kinds.items() if f"`{name}`" not in glossary} == {}


def test_every_decision_has_its_four_parts_and_stands_in_the_list():
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = sorted((DOCS / "adr").glob("*.md"))

    assert [path.name[:4] for path in pages] == [f"{n:04d}" for n in range(1, len(pages) + 1)]
    for path in pages:
        text = path.read_text(encoding="utf-8")
        title = re.match(r"# (ADR-\d{4} .+)\n", text)

        assert title, path.name
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == PARTS, path.name
        assert f"[{title[1]}](adr/{path.name})" in index


def test_every_decision_the_code_names_is_written_down():
    written = {f"ADR-{path.name[:4]}" for path in (DOCS / "adr").glob("*.md")}
    named = {
        (name, str(path))
        for path in sources()
        for name in re.findall(r"ADR-\d{4}", (ROOT / path).read_text(encoding="utf-8"))
    }

    assert {pair for pair in named if pair[0] not in written} == set()


def test_every_link_between_pages_leads_somewhere():
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in documents()
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not re.match(r"(https?|mailto):", target) and not (page.parent / target).exists()
    ]

    assert not broken


def test_every_file_a_page_names_is_there():
    folders = "|".join((*PACKAGES, "tests", "docs", "migrations", "bench"))
    named = re.compile(rf"`((?:{folders})/[\w./-]+)`")
    gone = [
        f"{page.relative_to(ROOT)}: {path}"
        for page in documents()
        for path in named.findall(page.read_text(encoding="utf-8"))
        if not list(ROOT.glob(path.rstrip("/"))) and "YYYY" not in path
    ]

    assert not gone


def test_the_pages_point_at_nothing_outside_the_repository():
    outside = re.compile(
        r"\.\./\.\.|/work/|/home/|/root/|https?://(?!127\.0\.0\.1|[\w.]*example\.org)[\w.-]+"
    )

    assert [
        f"{page.relative_to(ROOT)}: {found}"
        for page in documents()
        for found in outside.findall(page.read_text(encoding="utf-8"))
    ] == []


def test_every_page_stands_in_the_list_of_pages():
    index = (DOCS / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in sorted(DOCS.glob("*.md")) if f"({path.name})" not in index] == ["README.md"]
