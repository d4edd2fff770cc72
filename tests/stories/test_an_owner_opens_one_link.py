"""An owner opens one link on a phone: when to start, what to bring, who helps; and sends what is asked for.

The liaison makes the link and sends it. The owner reads the day, photographs a paper, which counts once an
officer has looked at it, learns at the next visit that the day moved, is helped by B while A is ill, and
finds nothing under the link once the project is closed.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.paper import PaperVersionRow
from approvals.models.step import Step
from approvals.rules.progress import Act, Move
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.progress.models.acts import IncomingRow
from concierge.staff.rules.absence import Away
from concierge.staff.services.record_absence import record_absence
from projects.models.project import Plan
from projects.rules.ending import Ending
from projects.services.close_project import close_project
from projects.services.record_move import record_act
from tests.builders import a_project
from tests.concierge.progress.fixtures_acts import Holder, a_photo, wanted_codes
from tests.kernel.fixtures_office import Office, Somebody

FIRST = "investment-lead-screening"


@pytest.fixture
def pair(county: Office) -> tuple[Somebody, Somebody]:
    """Officers A and B."""
    return county.employs("zhoumin", "Concierge"), county.employs("chenli", "Concierge")


@pytest.fixture
def project_id(pair: tuple[Somebody, Somebody]) -> int:
    """Their project, planned this Wednesday."""
    number = a_project(pair=(pair[0].id, pair[1].id))
    jobs.run_due()
    return number


@pytest.fixture
def owner(county: Office, project_id: int) -> Holder:
    """Ms Wu of the enterprise, with the link the liaison made for her."""
    liaison = county.employs("linxiao", "Liaison", sees=(project_id,))
    form = {"recipient": "吴倩", "address": "13800006620", "may": "upload"}
    shown = liaison.sends(f"/projects/{project_id}/share", form)
    found = re.search(r"/p/(qyg_p_[A-Za-z0-9_\-]+)", shown.text)
    assert found is not None
    return Holder(county.app.test_client(), project_id, 0, found[1])


def _start_on(county: Office, project_id: int) -> date:
    plans = county.asked(
        select(Plan).where(Plan.project_id == project_id).order_by(Plan.number.desc()).limit(1)
    )
    return plans[0].lawful_start_on


def test_the_owner_reads_the_day_first_and_what_to_bring(county: Office, project_id: int, owner: Holder):
    page = owner.enters().text

    start = _start_on(county, project_id)
    assert f"{start.day} {start:%b}" in re.findall(r"<h1>(.*?)</h1>", page)[0]
    assert page.index("<h1>") < page.index("For you to do") < page.index("With the departments")
    assert "For 吴倩." in page
    assert owner.token not in page


def test_a_photographed_paper_counts_once_an_officer_has_looked(
    county: Office, pair: tuple[Somebody, Somebody], project_id: int, owner: Holder
):
    paper = wanted_codes(project_id)[0]
    owner.sends(owner.goes(f"materials/{paper}"), "pages", files=[(a_photo(), "IMG_1.jpg")])
    thanks = owner.after(owner.sends(owner.goes(f"materials/{paper}"), "send"))
    assert "Your officers look at it." in thanks.text
    assert county.asked(select(PaperVersionRow)) == []

    (came,) = county.asked(select(IncomingRow))
    pair[0].sends(f"/progress/inbox/{came.id}/take", {"deed": "take", "version": came.version})

    assert county.asked(select(PaperVersionRow.material)) == [paper]
    assert paper not in wanted_codes(project_id)


def test_a_day_that_moved_is_told_at_the_next_visit(county: Office, project_id: int, owner: Holder):
    owner.enters()
    before = _start_on(county, project_id)
    step = county.asked(select(Step).where(Step.project_id == project_id, Step.code == FIRST))[0]

    with clock.standing_at(date(2026, 5, 20)):  # five weeks later the first step is only now taken in
        record_act(step.id, Act(Move.ACCEPT, date(2026, 5, 20)), by=SYSTEM)
        jobs.run_due()
        page = owner.enters().text

    after = _start_on(county, project_id)
    assert after > before
    assert f"{after.day} {after:%b}" in re.findall(r"<h1>(.*?)</h1>", page)[0]
    assert "Since your visit of 15 Apr the expected day has moved back" in page


def test_b_stands_first_while_a_is_ill(pair: tuple[Somebody, Somebody], owner: Holder):
    away = Away(person_id=pair[0].id, first_on=clock.today(), last_on=date(2026, 4, 17), is_planned=False)
    record_absence(away, "病假", by=SYSTEM)

    page = owner.enters().text

    assert re.findall(r'<a class="bd-pw".*?<b>(.*?)</b>', page) == ["Chenli", "Zhoumin"]
    assert "病假" not in page


def test_when_the_project_is_closed_the_link_opens_nothing(county: Office, project_id: int, owner: Holder):
    owner.enters()
    close_project(project_id, Ending.GIVEN_UP, "企业改址", by=SYSTEM)
    jobs.run_due()

    assert owner.opens(owner.front).status_code == 404
    assert county.app.test_client().get(f"/p/{owner.token}").status_code == 404
