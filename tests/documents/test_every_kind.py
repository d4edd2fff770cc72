"""Every installed kind, filled with the least, the usual, the most and hostile values, and odd ones."""

from __future__ import annotations

import random
from datetime import date

import pytest

from documents.press.fields import fields_of
from documents.press.fill import fill
from documents.press.gate_audit import faults
from documents.press.gate_form import form_findings
from documents.press.samples import SampleSize, sample
from documents.press.sandbox import ENV
from documents.press.template_text import lines_of
from documents.press.words import clean
from documents.queries.kinds import installed_kinds
from documents.queries.shipped import shipped_template

ODD = 1_000
ALPHABETS = (
    "青禾县项目审批材料",
    "ABCxyz 0189",
    "&<>\"'{}%#_|\\/",
    "，。、；：“”（）《》〔〕—…",
    "𠮷𡘙㐀龑䶮",
    "😀☑☐★①㎡",
    "\t\n\r",
    "\u202e\u200b\x0b\x00\ufffe",
    "אבגעربي",
)


@pytest.fixture(scope="module")
def kinds(furnished_home, tmp_path_factory):
    """Every kind with its shipped template and its fields."""
    from concierge.kernel.config import Settings
    from tests.fixtures_app import standing

    home = tmp_path_factory.mktemp("kinds") / "home"
    for _ in standing(Settings(home=home, today=date(2026, 4, 15))):
        yield [
            (kind, shipped_template(kind.code), fields_of(shipped_template(kind.code), ENV))
            for kind in installed_kinds()
        ]


def odd_text(chance: random.Random) -> str:
    """A text nobody would type, and somebody will."""
    return "".join(chance.choice(chance.choice(ALPHABETS)) for _ in range(chance.randint(1, 40)))


def odd(value, chance: random.Random, kept: set[str]):
    """The same values with other texts; a text the template compares with something stays."""
    if isinstance(value, dict):
        return {name: one if name == "pictures" else odd(one, chance, kept) for name, one in value.items()}
    if isinstance(value, list):
        return [odd(one, chance, kept) for one in value]
    return odd_text(chance) if isinstance(value, str) and value not in kept else value


def said(docx: bytes) -> str:
    """Everything a document says, without its white space."""
    return "".join("".join(lines_of(docx)).split())


def test_there_is_a_kind_for_every_document_of_the_rules(kinds):
    assert len(kinds) > 40
    assert len({kind.code for kind, _, _ in kinds}) == len(kinds)


@pytest.mark.parametrize("size", list(SampleSize))
def test_every_kind_is_made_from_every_sample_in_its_form(kinds, size):
    for kind, template, fields in kinds:
        made = fill(template, sample(fields, size))

        assert list(form_findings(made, kind.form, made)) == [], kind.code
        assert said(made).count("{{辛}}") == 0, kind.code


def test_a_thousand_odd_documents_lose_nothing_and_execute_nothing(kinds):
    chance = random.Random(20260415)  # noqa: S311  (the same odd texts at every run)
    for number in range(ODD):
        kind, template, fields = kinds[number % len(kinds)]
        kept = {word for use in fields.values() for word in use.choices}
        values = odd(sample(fields, SampleSize.USUAL), chance, kept) | {"number": odd_text(chance)}

        text = said(fill(template, values))  # raises where a printed value is not found again

        assert "".join(clean(values["number"]).split()) in text, kind.code
        assert "None" not in text


def test_a_name_of_three_hundred_signs_stands_whole(kinds):
    name = "青" * 299 + "禾"
    whole = 0
    for _, template, fields in kinds:
        values = sample(fields, SampleSize.USUAL)
        if isinstance(values.get("project"), dict) and "name" in values["project"]:
            values["project"]["name"] = name
            whole += name in said(fill(template, values))

    assert whole > 10


def test_word_finds_no_fault_with_any_kind(kinds):
    faulty = {}
    for kind, template, fields in kinds:
        for size in (SampleSize.LEAST, SampleSize.HOSTILE):
            found = faults(fill(template, sample(fields, size)))
            if found:
                faulty[kind.code, size.value] = found

    assert faulty == {}
