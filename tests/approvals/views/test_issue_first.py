"""The list of papers that may follow the certificate."""

import pytest
from sqlalchemy import select

from approvals.models.deferral import IssueFirstRow

ENTRY = {"matter": "eia-form", "material": "pollutant-quota", "basis": "县先证后补清单第3项"}


@pytest.fixture
def chief(county):
    return county.employs("chief", "Chief", sees=(None,))


def test_a_secondary_paper_of_the_catalogue_is_listed(county, chief):
    assert chief.sends("/issue-first/add", ENTRY).status_code in (302, 303)

    (row,) = county.asked(select(IssueFirstRow))
    assert (row.matter, row.material) == ("eia-form", "pollutant-quota")
    assert "pollutant-quota" in chief.opens("/issue-first/list/").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"material": "no-such-paper"}, "asks for no paper"),
        ({"matter": "construction-permit", "material": "land-title"}, "is a main document"),
    ],
)
def test_what_the_certificate_must_wait_for_is_refused_beside_its_field(county, chief, wrong, said):
    answer = chief.sends("/issue-first/add?lang=en", {**ENTRY, **wrong})

    assert said in answer.text
    assert county.asked(select(IssueFirstRow)) == []


def test_an_officer_reads_the_list_and_changes_nothing(county):
    amy = county.employs("amy", "Concierge")

    assert amy.opens("/issue-first/list/").status_code == 200
    assert amy.sends("/issue-first/add", ENTRY).status_code in (302, 403)
    assert county.asked(select(IssueFirstRow)) == []
