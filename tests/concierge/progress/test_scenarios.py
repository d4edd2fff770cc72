"""A liaison shares a what-if before the enterprise decides; it shows that answer, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from sqlalchemy import select

from concierge.progress.models.acts import IncomingRow, ScenarioRow
from concierge.progress.rules.acts import ActKind, IncomingState, ScenarioReply
from concierge.progress.rules.scenario import (
    ScenarioChangesNothing,
    SharedHeadline,
    SharedScenario,
    SharedStep,
    as_json,
    from_json,
)
from concierge.progress.services.share_scenario import NewScenario, share_scenario
from tests.builders import a_project
from tests.concierge.progress.fixtures_acts import Holder
from tests.kernel.fixtures_office import Office, Somebody

TOLD = SharedScenario(
    counted_on=date(2026, 4, 15),
    headlines=(SharedHeadline("start", date(2026, 6, 8), date(2026, 5, 21), -12),),
    removed=(SharedStep("人防工程设计审查", "Civil air defence review", date(2026, 5, 8), None),),
)


@pytest.fixture
def project_id(county: Office) -> int:
    """A project that was opened and planned."""
    return a_project()


@pytest.fixture
def lin(county: Office, project_id: int) -> Somebody:
    """The investment liaison."""
    return county.employs("lin", "Liaison", sees=(project_id,))


def a_reader(county: Office, project_id: int, by) -> Holder:
    """Somebody with the link of a shared what-if."""
    new = NewScenario(
        title="不建地下室", words="可早开工", recipient="吴倩", query="fact-basement=false", answer=TOLD
    )
    minted = share_scenario(project_id, new, by=by)
    return Holder(county.app.test_client(), project_id, 0, minted.token)


def test_a_scenario_is_kept_and_read_as_it_was():
    assert from_json(as_json(TOLD)) == TOLD


def test_a_liaison_shares_what_the_page_of_questions_answers(county: Office, lin: Somebody, project_id: int):
    where = f"/projects/{project_id}/what-if?start_on=2026-06-01"
    page = lin.opens(where).text
    sealed = unescape(re.search(r'name="answer" value="([^"]+)"', page)[1])

    shown = lin.sends(
        f"/projects/{project_id}/scenarios",
        {"answer": sealed, "title": "6月1日起算", "recipient": "吴倩", "words": ""},
    )

    assert shown.status_code == 200
    token = re.search(r"/p/(qyg_p_[\w-]+)", shown.text)[1]
    (row,) = county.asked(select(ScenarioRow))
    assert (row.title, row.query) == ("6月1日起算", "start_on=2026-06-01")
    reader = Holder(county.app.test_client(), project_id, row.link_id, token)
    page = reader.enters().text
    assert "6月1日起算" in page
    assert "working days later" in page
    assert token not in page


def test_an_answer_that_was_changed_on_the_way_is_not_shared(county: Office, lin: Somebody, project_id: int):
    answer = lin.sends(
        f"/projects/{project_id}/scenarios", {"answer": "made-up", "title": "x", "recipient": "吴倩"}
    )

    assert answer.status_code == 303
    assert county.asked(select(ScenarioRow)) == []


def test_the_enterprise_reads_and_answers_once(county: Office, lin: Somebody, project_id: int):
    reader = a_reader(county, project_id, lin.actor)
    page = reader.enters()
    assert "12 working days earlier" in page.text
    assert "Civil air defence review" in page.text

    thanks = reader.after(reader.sends(page, "scenario", reply="wanted", words="请尽快"))

    assert "You said: Yes, we want it so" in thanks.text
    (row,) = county.asked(select(ScenarioRow))
    assert (row.reply, row.reply_words) == (ScenarioReply.WANTED, "请尽快")
    (incoming,) = county.asked(select(IncomingRow))
    assert (incoming.kind, incoming.state) == (ActKind.SCENARIO, IncomingState.NEW)
    again = reader.sends(page, "scenario", reply="not_wanted")
    assert again.status_code == 303  # the same form: nothing happens twice
    assert county.asked(select(ScenarioRow.reply)) == [ScenarioReply.WANTED]


def test_nothing_chosen_comes_back_with_the_words(county: Office, lin: Somebody, project_id: int):
    reader = a_reader(county, project_id, lin.actor)

    answer = reader.sends(reader.enters(), "scenario", words="再想想")

    assert answer.status_code == 422
    assert "再想想" in answer.text


def test_a_scenario_link_opens_nothing_of_the_project(county: Office, lin: Somebody, project_id: int):
    reader = a_reader(county, project_id, lin.actor)
    reader.enters()
    handle = reader.front.removesuffix("/scenario")

    for act in ("", "/materials", "/message", "/stuck", "/ratings", "/commitments", "/subscribe"):
        assert reader.opens(handle + act).status_code == 404


def test_a_question_that_changes_nothing_is_not_shared(county: Office, lin: Somebody, project_id: int):
    nothing = SharedScenario(counted_on=date(2026, 4, 15), headlines=())
    with pytest.raises(ScenarioChangesNothing):
        share_scenario(
            project_id,
            NewScenario(title="x", words="", recipient="吴倩", query="", answer=nothing),
            by=lin.actor,
        )
