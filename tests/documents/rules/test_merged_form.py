"""One form for many matters: every field once, each department its own part, nothing asked twice."""

import csv
import io
from importlib.resources import files

import pytest

from documents.queries.form_case import form_fields
from documents.rules.merged_form import (
    AnswerNoDay,
    AnswerNotOffered,
    AnswerTooLong,
    AnswerUnknown,
    FieldListBroken,
    FormField,
    Known,
    checked_answers,
    merged_form,
    read_fields,
)

NAME = FormField(code="name", section="基本", name="项目名称", source="project.name", matters=frozenset("*"))
AREA = FormField(code="area", section="用地", name="用地面积", matters=frozenset({"land", "plan"}))
NATURE = FormField(
    code="nature",
    section="基本",
    name="建设性质",
    control="choice",
    choices=("新建", "扩建"),
    matters=frozenset({"plan"}),
)
FIELDS = (NAME, AREA, NATURE)
KNOWN = {"name": Known(value="减速器工厂", origin="备案，2026.3.2")}


def test_every_field_is_asked_once_however_many_matters_want_it():
    form = merged_form(FIELDS, ("land", "plan"), KNOWN)

    assert [one.field.code for one in form.fields] == ["name", "area", "nature"]
    # On separate forms: name and area for each, nature for the second: five blanks.
    assert (form.separate_count, len(form.fields), form.known_count) == (5, 3, 1)


def test_a_field_nobody_of_them_wants_is_not_on_the_form():
    form = merged_form(FIELDS, ("land",), {})

    assert [one.field.code for one in form.fields] == ["name", "area"]


def test_a_department_gets_its_own_fields_with_the_same_values():
    whole = merged_form(FIELDS, ("land", "plan"), KNOWN)

    part = whole.of_matters({"land"})

    assert part.matters == ("land",)
    assert [(one.field.code, one.value, one.asked_by) for one in part.fields] == [
        ("name", "减速器工厂", ("land",)),
        ("area", "", ("land",)),
    ]


def test_the_parts_together_are_the_whole():
    whole = merged_form(FIELDS, ("land", "plan"), KNOWN)

    parts = [whole.of_matters({matter}) for matter in whole.matters]

    assert {one.field.code for part in parts for one in part.fields} == {
        one.field.code for one in whole.fields
    }
    assert sum(len(part.fields) for part in parts) == whole.separate_count


def test_fields_stand_by_their_section_in_the_order_of_the_list():
    sections = merged_form(FIELDS, ("plan",), {}).sections()

    assert {title: [one.field.code for one in of] for title, of in sections.items()} == {
        "基本": ["name", "nature"],
        "用地": ["area"],
    }


def test_answers_are_trimmed_and_what_the_records_know_is_no_answer():
    assert checked_answers(FIELDS, {"area": " 4.8公顷 ", "name": "别的名字", "nature": ""}) == {
        "area": "4.8公顷"
    }


def test_an_answer_that_is_not_offered_is_refused_with_what_is():
    with pytest.raises(AnswerNotOffered) as refused:
        checked_answers(FIELDS, {"nature": "改建"})
    assert refused.value.facts["choices"] == "新建、扩建"


def test_an_answer_to_no_field_and_one_too_long_are_refused():
    with pytest.raises(AnswerUnknown):
        checked_answers(FIELDS, {"nmae": "x"})
    with pytest.raises(AnswerTooLong):
        checked_answers(FIELDS, {"area": "长" * 1001})


def test_a_day_is_kept_as_one_however_it_was_written():
    until = FormField(code="until", section="基本", name="拟建成日期", control="date", matters=frozenset("*"))

    for written in ("2026-05-01", "2026年5月1日", "2026.5.1"):
        assert checked_answers((until,), {"until": written}) == {"until": "2026-05-01"}
    for written in ("明年", "2026-02-30"):
        with pytest.raises(AnswerNoDay):
            checked_answers((until,), {"until": written})


def test_a_list_that_names_a_field_twice_is_broken():
    rows = (
        "code,section,section_en,name_zh,name_en,control,choices,source,matters\n"
        "a,b,b,c,c,text,,,*\na,b,b,c,c,text,,,*\n"
    )

    with pytest.raises(FieldListBroken):
        read_fields(rows)


def test_the_shipped_fields_know_every_matter_that_is_applied_for():
    """Each matter of the catalogue has fields of its own, but for what needs no application."""
    text = (files("approvals") / "data" / "steps.csv").read_text(encoding="utf-8")
    matters = {row["code"] for row in csv.DictReader(io.StringIO(text))}
    named = {matter for field in form_fields() for matter in field.matters} - {"*"}

    assert named <= matters
    assert matters - named == {"concierge-entrustment", "investment-agreement", "investment-lead-screening"}


def test_the_shipped_fields_take_values_only_from_what_there_is():
    text = (files("approvals") / "data" / "steps.csv").read_text(encoding="utf-8")
    matters = {row["code"] for row in csv.DictReader(io.StringIO(text))}
    facts = (files("approvals") / "data" / "attribute_names.csv").read_text(encoding="utf-8")
    attributes = {row["attribute"] for row in csv.DictReader(io.StringIO(facts))}
    for field in form_fields():
        kind, _, name = field.source.partition(".")
        if kind == "result":
            assert set(name.split("|")) <= matters, field.code
        if kind == "fact":
            assert name in attributes, field.code
        assert kind in ("", "project", "fact", "result", "step", "plan", "utility", "acceptance"), field.code
