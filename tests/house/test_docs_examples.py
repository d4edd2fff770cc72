"""What a page tells people to type does what the page says."""

import re
import shlex
import subprocess
import sys

import pytest

from approvals.rules.catalogue_files.forms import FILES
from approvals.rules.catalogue_files.reading import read_files
from concierge.kernel.cli import _VERBS
from concierge.kernel.config import Settings
from projects.rules.expand import expand
from projects.rules.planning import plan
from projects.rules.terms import PlanTerms
from run import VERBS
from tests.house.docs_tables import documents
from tests.house.tree import PACKAGES, ROOT

FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
READMES = ("README.md", "README.zh-CN.md")


def _texts():
    return [(page, page.read_text(encoding="utf-8")) for page in documents()]


def _shown():
    """Every command shown with its answer: the page, the command, and the lines before “…”."""
    for page, text in _texts():
        for block in FENCE.findall(text):
            for command, answer in re.findall(
                r"^\$ (\.venv/bin/python run\.py .+)\n((?:.+\n)+)", block, re.MULTILINE
            ):
                yield pytest.param(command, answer.partition("…\n")[0].splitlines(), id=page.name)


@pytest.mark.parametrize(("command", "answer"), list(_shown()))
def test_a_command_shown_with_its_answer_gives_that_answer(command, answer):
    done = subprocess.run(
        [sys.executable, *shlex.split(command)[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[: len(answer)] == answer


def test_every_verb_of_run_py_a_page_names_is_there_and_the_map_names_them_all():
    verbs = {*_VERBS, *VERBS}
    named = {
        (page.name, verb)
        for page, text in _texts()
        for verb in re.findall(r"run\.py ([a-z]+)\b", text)
        if verb not in verbs
    }

    assert named == set()
    for name in READMES:
        told = re.search(r"^run\.py +(.*)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        assert told, name
        assert verbs <= set(re.findall(r"[a-z]+", told[1])), name


def test_every_target_of_make_a_page_names_is_there():
    targets = set(
        re.findall(r"^\.PHONY: (\w+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    named = {
        (page.name, target)
        for page, text in _texts()
        for target in re.findall(r"(?:^|`)make ([a-z]+)\b", text, re.MULTILINE)
    }

    assert {("README.md", "run"), ("README.md", "test")} <= named
    assert {pair for pair in named if pair[1] not in targets} == set()


def test_every_button_and_menu_of_the_runbook_is_on_a_screen():
    page = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
    menus = [part for menu in re.findall(r"\*\*(\w+ → \w+)\*\*", page) for part in menu.split(" → ")]
    buttons = re.findall(r"(?<!\*)\*([A-Z][^*\n]+)\*(?!\*)", page)
    shown = "".join(
        path.read_text(encoding="utf-8")
        for package in PACKAGES
        for kind in ("*.py", "*.html")
        for path in (ROOT / package).rglob(kind)
    )

    assert len(menus) > 4
    assert len(buttons) > 4
    assert [word for word in (*menus, *buttons) if f'_("{word}")' not in shown] == []


def test_every_variable_a_page_names_is_a_setting_or_one_of_the_deployment():
    deployment = (ROOT / ".env.example").read_text(encoding="utf-8")
    known = {field.metadata["env"] for field in Settings.__dataclass_fields__.values()}
    known |= set(re.findall(r"^(\w+)=", deployment, re.MULTILINE))
    named = {
        (page.name, name)
        for page, text in _texts()
        for name in re.findall(r"\b(CONCIERGE_[A-Z0-9_]*[A-Z0-9]|WEB_ADDRESS)\b(?!_?\*)", text)
    }

    assert {pair for pair in named if pair[1] not in known and not pair[1].endswith("S3")} == set()


@pytest.fixture(scope="module")
def catalogue():
    folder = ROOT / "approvals/data"
    return read_files({name: (folder / name).read_bytes() for name in FILES}).catalogue


@pytest.mark.parametrize("name", [*READMES, "CHANGELOG.md"])
def test_the_figures_of_the_catalogue_are_those_of_its_files(name, catalogue):
    counts = [len(part) for part in (catalogue.matters, catalogue.precedences, catalogue.materials)]
    counts += [len(catalogue.departments), len(catalogue.templates)]
    text = (ROOT / name).read_text(encoding="utf-8")

    assert re.search(r"\D+".join(str(count) for count in counts), text)


@pytest.mark.parametrize("name", READMES)
def test_the_typical_lengths_of_the_readme_are_those_the_command_gives(name, catalogue):
    expansions = [expand(catalogue, template.code, {}) for template in catalogue.templates]
    lengths = [plan(expansion, PlanTerms()).workdays_to_permit for expansion in expansions]
    told = re.search(
        r"\| ([\d, 、]+) \| `\.venv/bin/python run\.py plan", (ROOT / name).read_text(encoding="utf-8")
    )

    assert told
    assert sorted(map(int, re.findall(r"\d+", told[1]))) == sorted(lengths)


def test_both_readmes_tell_the_same():
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in READMES)

    for what in (r"\]\((docs/[^)]+)\)", r"^([\w.]+/)", r"run\.py (\w+)", r"(make run|make test|make bench)"):
        told, retold = (sorted(re.findall(what, text, re.MULTILINE)) for text in (english, chinese))

        assert told == retold, what


def test_the_screenshot_is_there_and_light():
    picture = ROOT / "docs/screenshot.png"

    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 300_000
