"""The words people read: English in the source, each of them in the Chinese catalogue, none left over."""

import re
from pathlib import Path

import flask_appbuilder
import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from babel.support import Translations

from tests.house.tree import PACKAGES, ROOT

KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "lazy_gettext": None}
METHODS = [("**.py", "python"), ("**/templates/**", "jinja2")]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def _variants(message) -> tuple[str, ...]:
    return message if isinstance(message, tuple) else (message,)


@pytest.fixture(scope="module")
def sentences():
    """Every sentence of the program, with where it stands."""
    found = {}
    for package in PACKAGES:
        for name, line, message, _, _ in extract_from_dir(ROOT / package, METHODS, keywords=KEYWORDS):
            found.setdefault(_variants(message)[0], f"{package}/{name}:{line}")
    return found


@pytest.fixture(scope="module")
def chinese():
    """Every entry of our Chinese catalogues, with the file it stands in."""
    entries = {}
    for path in sorted(
        found for package in PACKAGES for found in (ROOT / package).rglob("zh/LC_MESSAGES/messages.po")
    ):
        with path.open("rb") as text:
            for entry in read_po(text, locale="zh"):
                if entry.id:
                    entries.setdefault(_variants(entry.id)[0], []).append((path.relative_to(ROOT), entry))
    return entries


@pytest.fixture(scope="module")
def framework():
    """What the framework already says in Chinese."""
    folder = Path(flask_appbuilder.__file__).parent / "translations"
    return Translations.load(str(folder), ["zh"])


def test_every_sentence_has_a_chinese_one(sentences, chinese, framework):
    missing = {
        where: sentence
        for sentence, where in sentences.items()
        if not any(all(_variants(entry.string)) and not entry.fuzzy for _, entry in chinese.get(sentence, ()))
        and framework.gettext(sentence) == sentence
    }

    assert not missing, "run `make messages`, then translate what is empty"


def test_no_chinese_sentence_is_left_over(sentences, chinese):
    left = {sentence: str(places[0][0]) for sentence, places in chinese.items() if sentence not in sentences}

    assert not left, "run `make messages`"


def test_one_sentence_has_one_translation(chinese):
    split = {
        sentence: {entry.string for _, entry in places}
        for sentence, places in chinese.items()
        if len({entry.string for _, entry in places}) > 1
    }

    assert not split


def test_every_translation_keeps_the_facts_of_its_sentence(chinese):
    for sentence, places in chinese.items():
        for path, entry in places:
            wanted = {name for text in _variants(entry.id) for name in PLACEHOLDER.findall(text)}
            given = {name for text in _variants(entry.string) for name in PLACEHOLDER.findall(text)}

            assert given == wanted or not entry.string, f"{path}: {sentence}"
