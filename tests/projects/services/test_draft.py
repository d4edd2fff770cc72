"""Drafts of new projects: kept for their owner, never overwritten by a second window."""

import json

import pytest
from sqlalchemy import select

from concierge.kernel.errors import Missing
from projects.models.project import Draft
from projects.rules.draft import DraftProject
from projects.services.delete_draft import delete_draft
from projects.services.save_draft import save_draft

TEA = DraftProject(typed={"name": "青雾茶业"}, template="private-building", facts={"must_tender": True})


@pytest.fixture
def amy(county):
    return county.employs("amy", "Liaison").actor


def names(county):
    return [
        json.loads(draft.body)["typed"]["name"] for draft in county.asked(select(Draft).order_by(Draft.id))
    ]


def test_a_draft_comes_back_as_it_was_kept():
    whole = TEA.with_(pair=(3, 4), is_pair_told=True, is_relaxed=False, furthest=4, days="clock")

    assert DraftProject.from_body(json.loads(json.dumps(whole.to_body()))) == whole


def test_a_draft_is_kept_in_its_place(county, amy):
    first = save_draft(TEA, by=amy)

    second = save_draft(
        TEA.with_(typed={"name": "白露茶业"}), by=amy, draft_id=first.id, version=first.version
    )

    assert (second.id, second.is_copy) == (first.id, False)
    assert names(county) == ["白露茶业"]


def test_a_second_window_keeps_a_draft_of_its_own(county, amy):
    first = save_draft(TEA, by=amy)
    save_draft(TEA.with_(typed={"name": "白露茶业"}), by=amy, draft_id=first.id, version=first.version)

    late = save_draft(TEA.with_(typed={"name": "寒露茶业"}), by=amy, draft_id=first.id, version=first.version)

    assert late.is_copy
    assert names(county) == ["白露茶业", "寒露茶业"]


def test_nobody_reaches_the_draft_of_another(county, amy):
    kept = save_draft(TEA, by=amy)
    eve = county.employs("eve", "Chief").actor

    with pytest.raises(Missing):
        save_draft(TEA.with_(typed={"name": "夺"}), by=eve, draft_id=kept.id)
    with pytest.raises(Missing):
        delete_draft(kept.id, by=eve)

    assert names(county) == ["青雾茶业"]


def test_a_draft_is_gone_when_its_owner_deletes_it(county, amy):
    kept = save_draft(TEA, by=amy)

    delete_draft(kept.id, by=amy)

    assert not county.asked(select(Draft))
    with pytest.raises(Missing):
        delete_draft(kept.id, by=amy)
