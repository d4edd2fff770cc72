"""Opening a progress link: the key once, the handle from then on; unknown and revoked alike."""

from __future__ import annotations

from datetime import date

from concierge.kernel.actor import SYSTEM
from concierge.progress.rules.links import LinkTerms, usual_last_day
from concierge.progress.services.make_link import make_link
from tests.builders import a_project
from tests.kernel.fixtures_office import Office


def test_a_key_is_swapped_for_a_visit_whose_address_does_not_hold_it(county: Office) -> None:
    _, minted = make_link(LinkTerms(project_id=a_project(), recipient="吴倩，禾川新材"), by=SYSTEM)
    visitor = county.app.test_client()
    entered = visitor.get(f"/p/{minted.token}")
    assert entered.status_code == 303
    assert minted.token not in entered.headers["Location"]
    assert visitor.get(entered.headers["Location"]).status_code == 200
    assert county.app.test_client().get(entered.headers["Location"]).status_code == 404


def test_an_unknown_key_and_a_mistyped_one_are_answered_alike(county: Office) -> None:
    _, minted = make_link(LinkTerms(project_id=a_project(), recipient="吴倩"), by=SYSTEM)
    visitor = county.app.test_client()
    unknown = visitor.get("/p/nobody-knows-this")
    mistyped = visitor.get(f"/p/{minted.token[:-1]}!")
    assert (unknown.status_code, mistyped.status_code) == (404, 404)
    assert unknown.data == mistyped.data


def test_a_link_ends_a_month_after_the_plan_and_half_a_year_from_now_at_most() -> None:
    today = date(2026, 4, 15)
    assert usual_last_day(date(2026, 6, 8), today) == date(2026, 7, 8)
    assert usual_last_day(date(2027, 6, 8), today) == date(2026, 10, 12)
    assert usual_last_day(date(2026, 1, 8), today) == date(2026, 5, 15)
