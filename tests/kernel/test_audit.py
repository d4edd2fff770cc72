"""The trace of who did what: whatever is altered, removed, cut off or written anew shows."""

import shutil

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from concierge.kernel import anchors, audit, jobs
from concierge.kernel.actor import Actor
from concierge.kernel.audit import AuditHead, AuditLine
from concierge.kernel.db import db
from concierge.kernel.work import work
from tests.kernel.trial.events import PaperFiled

AMY = Actor(7, "陈晓")


@pytest.fixture
def settings(desk):
    return desk.config["CONCIERGE"]


@pytest.fixture
def chain(desk):
    """Five lines, by hand of the same person."""
    for number in range(1, 6):
        with work(AMY) as w:
            w.record(PaperFiled(f"材料 {number}", project_id=number))


def tamper(*statements):
    with Session(db.engine) as session, session.begin():
        for statement in statements:
            session.execute(statement)


def first_altered():
    with Session(db.engine) as session:
        return audit.first_altered(session)


def fault(settings):
    with Session(db.engine) as session:
        found = anchors.first_fault(settings, session)
        return found.sentence % found.facts if found else None


def test_a_chain_nobody_touched_is_whole(chain):
    assert first_altered() is None


def test_an_empty_chain_is_whole(desk):
    assert first_altered() is None


def test_a_line_says_who_did_what_to_which_project(chain):
    with Session(db.engine) as session:
        line = session.get_one(AuditLine, 3)

    assert (line.actor_id, line.actor, line.act, line.project_id) == (7, "陈晓", "PaperFiled", 3)
    assert '"name":"材料 3"' in line.facts


@pytest.mark.parametrize(
    "altered",
    [
        {"actor": "somebody else"},
        {"actor_id": 8},
        {"act": "PaperReturned"},
        {"project_id": 9},
        {"facts": "{}"},
        {"seal": "0" * 64},
        {"at": text("'2019-01-01 00:00:00.000000'")},
    ],
    ids=lambda altered: next(iter(altered)),
)
def test_an_altered_line_shows(chain, altered):
    tamper(update(AuditLine).where(AuditLine.id == 3).values(**altered))

    assert first_altered() == 3


def test_a_removed_line_shows_at_the_one_after_it(chain):
    tamper(delete(AuditLine).where(AuditLine.id == 3))

    assert first_altered() == 4


def test_two_lines_exchanged_show(chain):
    tamper(
        update(AuditLine).where(AuditLine.id == 2).values(id=99),
        update(AuditLine).where(AuditLine.id == 3).values(id=2),
        update(AuditLine).where(AuditLine.id == 99).values(id=3),
    )

    assert first_altered() == 2


def test_a_line_put_in_by_hand_shows(chain):
    tamper(
        text(
            "INSERT INTO kernel_audit (id, at, actor_id, actor, act, project_id, facts, seal) SELECT 6, at,"
            " actor_id, actor, act, project_id, facts, seal FROM kernel_audit WHERE id = 5"
        )
    )

    assert first_altered() == 6


@pytest.mark.parametrize("left", [4, 0], ids=["the last line", "every line"])
def test_lines_cut_off_at_the_end_show(chain, left):
    tamper(delete(AuditLine).where(AuditLine.id > left))

    assert first_altered() == 0


def test_a_head_that_is_gone_shows(chain):
    tamper(delete(AuditHead))

    assert first_altered() == 0


def cut_and_mend_the_head():
    with Session(db.engine) as session:
        seal = session.get_one(AuditLine, 3).seal
    tamper(delete(AuditLine).where(AuditLine.id > 3), update(AuditHead).values(lines=3, seal=seal))


def write_the_chain_anew(settings):
    """What somebody with all rights on the database would do: change a line and seal everything again."""
    with Session(db.engine) as session, session.begin():
        lines = session.execute(select(AuditLine).order_by(AuditLine.id)).scalars().all()
        before = audit.GENESIS
        for line in lines:
            line.actor = "somebody else" if line.id == 2 else line.actor
            line.seal = before = audit._sealed(line, before)
        session.get_one(AuditHead, 1).seal = before


def test_without_an_anchor_a_mended_cut_would_pass(chain, settings):
    cut_and_mend_the_head()

    assert fault(settings) is None


def test_an_anchor_shows_a_cut_whose_head_was_mended(chain, settings):
    anchors.drop(settings)

    cut_and_mend_the_head()

    assert "its first 5 lines were others" in fault(settings)


def test_an_anchor_shows_a_chain_written_anew(chain, settings):
    anchors.drop(settings)

    write_the_chain_anew(settings)

    assert first_altered() is None
    assert "its first 5 lines were others" in fault(settings)


def test_an_anchor_written_by_another_shows(chain, settings):
    anchors.drop(settings)
    notes = anchors.path(settings)
    notes.write_text(notes.read_text().replace(" 5 ", " 4 "))

    assert "was not made by this system" in fault(settings)


def test_the_chain_is_anchored_by_the_clock_and_only_when_it_grew(chain, settings):
    with work(AMY) as w:
        w.enqueue("concierge.kernel.housekeeping:anchor_audit", dedupe_key="one")
        w.enqueue("concierge.kernel.housekeeping:anchor_audit", dedupe_key="two")
    assert jobs.run_due(limit=20).failed == 0

    assert [anchor.lines for anchor in anchors.known(settings)] == [5]
    assert fault(settings) is None


def test_an_older_copy_of_the_database_put_back_shows(chain, settings, tmp_path):
    db.engine.dispose()
    database = settings.home / "concierge.sqlite"
    shutil.copy(database, tmp_path / "older")
    with work(AMY) as w:
        w.record(PaperFiled("材料 6"))
    anchors.drop(settings)

    db.engine.dispose()
    shutil.copy(tmp_path / "older", database)

    assert "its first 6 lines were others" in fault(settings)
