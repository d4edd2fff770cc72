"""Papers handed in by a service: all of them or none, in both databases."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from approvals.models.paper import PaperFileRow, PaperVersionRow
from approvals.queries.papers import papers_here
from approvals.rules.papers import CameLater, ComesByItself, Finding, PaperNotAsked, PaperWay
from approvals.services.check_paper import check_paper
from approvals.services.withdraw_paper import withdraw_paper
from concierge.kernel import clock, setup, storage
from concierge.kernel.actor import SYSTEM
from concierge.kernel.config import Settings
from concierge.kernel.storage import fetch, store
from concierge.kernel.work import reading
from projects.services.hand_in_papers import Brought, Receipt, hand_in
from tests.builders import a_project
from tests.fixtures_app import DEMONSTRATION_DAY, standing
from tests.kernel.papers_made import a_pdf

SURVEY = "boundary-survey"


def a_receipt(on=DEMONSTRATION_DAY):
    return Receipt(way=PaperWay.COUNTER, on=on, note="两份")


def kept(content, name="a.pdf"):
    return store(BytesIO(content), name=name)


def here(project_id):
    with reading() as session:
        return papers_here(session, project_id)


@pytest.mark.parametrize(
    ("wrong", "on", "refusal"),
    [
        (Brought("poem", is_original_here=True), DEMONSTRATION_DAY, PaperNotAsked),
        (Brought("grant-contract", is_original_here=True), DEMONSTRATION_DAY, ComesByItself),
        (Brought("eia-form-text", is_original_here=True), date(2026, 4, 16), CameLater),
    ],
)
def test_of_several_papers_all_are_taken_in_or_none(county, wrong, on, refusal):
    project_id = a_project()

    with pytest.raises(refusal):
        hand_in(project_id, [Brought(SURVEY, is_original_here=True), wrong], a_receipt(on), by=SYSTEM)

    assert here(project_id) == {}
    assert county.asked(select(PaperVersionRow)) == []


def walk_a_paper():
    """Two versions, the second found wrong and taken back, so that the first counts again."""
    project_id = a_project()
    hand_in(project_id, [Brought(SURVEY, (kept(a_pdf(1)), kept(a_pdf(2), "b.pdf")))], a_receipt(), by=SYSTEM)
    (second,) = hand_in(project_id, [Brought(SURVEY, (kept(a_pdf(3)),))], a_receipt(), by=SYSTEM)

    check_paper(second, Finding.UNFIT, reason="缺少公章", version=1, by=SYSTEM)
    wrong = here(project_id)[SURVEY]
    withdraw_paper(second, reason="传错了", version=2, by=SYSTEM)
    paper = here(project_id)[SURVEY]

    assert not wrong.is_good
    assert (paper.is_good, paper.newest.number, len(paper.versions)) == (True, 1, 2)
    assert [b"".join(fetch(file.key)) for file in paper.newest.files] == [a_pdf(1), a_pdf(2)]
    with reading() as session:
        named = storage.named(session)
        assert storage.sweep(session, now=clock.moment() + storage.ORPHAN_AFTER * 2) == 0
        assert named == set(session.scalars(select(PaperFileRow.key)))  # of withdrawn versions too


def test_a_paper_goes_its_way(county):
    walk_a_paper()


@pytest.mark.postgres
def test_it_goes_the_same_way_on_postgres(tmp_path, postgres_url):
    settings = Settings(
        home=tmp_path,
        database_url=postgres_url,
        secret_key="x" * 40,
        today=DEMONSTRATION_DAY,
        allow_time_travel=True,
    )
    for office in standing(settings):
        setup.set_up(office.app)
        walk_a_paper()
