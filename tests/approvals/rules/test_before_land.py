"""Which projects departments review as if the land were held."""

import pytest

from approvals.rules.before_land import may_review_before_land


@pytest.mark.parametrize(
    ("template", "facts", "land_is_held", "may"),
    [
        ("industrial-start-on-land", {}, False, True),
        ("industrial-start-on-land", {"hazardous": False}, False, True),
        ("industrial-start-on-land", {"hazardous": True}, False, False),
        ("industrial-start-on-land", {}, True, False),
        ("private-building", {}, False, False),
    ],
)
def test_only_a_harmless_project_that_starts_on_land_and_has_none_yet(
    catalogue, template, facts, land_is_held, may
):
    found = may_review_before_land(catalogue.template(template), facts, land_is_held=land_is_held)

    assert found is may
