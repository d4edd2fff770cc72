"""What counts as a value of a project fact, and the sentence when something does not."""

from __future__ import annotations

import pytest

from approvals.rules.catalogue import Catalogue, UnknownTemplate
from approvals.rules.facts import Attribute, FactOfWrongType, UnknownFact, checked_facts, read_facts
from approvals.rules.project_facts import FactSource, project_facts


def an_attribute(kind: str, **more: object) -> Attribute:
    blanks: dict[str, object] = {"enum": "", "bool": False, "number": 0, "list": ()}
    return Attribute(**{"name": "fact", "kind": kind, "default": blanks[kind], **more})


@pytest.mark.parametrize(
    ("attribute", "typed", "value"),
    [
        (an_attribute("bool"), "true", True),
        (an_attribute("bool"), "否", False),
        (an_attribute("number"), "3.5", 3.5),
        (an_attribute("number"), "40000", 40000),
        (an_attribute("enum", values=("report", "form")), "report", "report"),
        (an_attribute("list", values=("flood", "seismic")), "seismic, flood", ("flood", "seismic")),
        (an_attribute("list", values=("flood",)), "", ()),
    ],
)
def test_a_typed_value_becomes_what_its_attribute_stores(
    attribute: Attribute, typed: str, value: object
) -> None:
    assert attribute.read(typed) == value


@pytest.mark.parametrize(
    ("attribute", "typed", "allowed"),
    [
        (an_attribute("bool"), "maybe", "true, false"),
        (an_attribute("number", unit="ha"), "-1", "0 ≤ n (ha)"),
        (an_attribute("number"), "nan", "0 ≤ n"),
        (an_attribute("number"), "1e400", "0 ≤ n"),
        (an_attribute("enum", values=("report", "form")), "reprot", "report, form"),
        (an_attribute("list", values=("flood",)), "drought", "[flood]"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_what_is_allowed(
    attribute: Attribute, typed: str, allowed: str
) -> None:
    with pytest.raises(FactOfWrongType) as refused:
        attribute.read(typed)

    assert refused.value.facts["allowed"] == allowed
    assert allowed in str(refused.value)


def test_an_unknown_fact_is_answered_with_the_nearest_ones(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownFact) as refused:
        read_facts({"eia_categroy": "form"}, catalogue.attribute_of)

    assert "eia_category" in str(refused.value)


def test_an_unknown_template_is_answered_with_the_codes_there_are(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownTemplate) as refused:
        catalogue.template("villa")

    assert all(code in str(refused.value) for code in catalogue.template_of)


def test_the_projects_own_fact_wins_over_the_templates_and_that_over_the_catalogues(
    catalogue: Catalogue,
) -> None:
    template = catalogue.template(
        "industrial-start-on-land"
    )  # says land_area_ha 4, as the catalogue does not

    found = project_facts(catalogue, template, {"storeys": 2})

    assert (found["storeys"].value, found["storeys"].source) == (2, FactSource.PROJECT)
    assert (found["investment_wan"].value, found["investment_wan"].source) == (20000, FactSource.TEMPLATE)
    assert (found["height_m"].value, found["height_m"].source) == (18, FactSource.CATALOGUE)


def test_a_derived_fact_follows_from_others_until_somebody_records_it(catalogue: Catalogue) -> None:
    template = catalogue.template("industrial-start-on-land")

    derived = project_facts(catalogue, template, {"flammable_explosive": True})["fire_special"]
    recorded = project_facts(catalogue, template, {"flammable_explosive": True, "fire_special": False})

    assert (derived.value, derived.source) == (True, FactSource.DERIVED)
    assert [finding.attr for finding in derived.because] == ["flammable_explosive"]
    assert recorded["fire_special"].value is False


def test_what_a_template_records_wins_over_the_derived_value(catalogue: Catalogue) -> None:
    template = catalogue.template("government-building")  # 18,000 m2 and 22 m: the rule alone would say no

    assert project_facts(catalogue, template, {})["fire_special"].value is True


def test_a_value_is_spoken_in_the_readers_language_with_its_unit(catalogue: Catalogue) -> None:
    area = catalogue.attribute_of["floor_area_m2"]
    assessments = catalogue.attribute_of["regional_assessments"]

    assert area.spoken_value(30000, "zh") == "30,000平方米"
    assert area.spoken_value(30000, "en") == "30,000 m2"
    assert assessments.spoken_value(("flood", "seismic"), "zh") == "洪水影响、地震安全性"


def test_facts_from_elsewhere_are_checked_before_they_are_used(catalogue: Catalogue) -> None:
    with pytest.raises(FactOfWrongType):
        checked_facts({"needs_gas": 1}, catalogue.attribute_of)
