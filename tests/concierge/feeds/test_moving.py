"""Entries go where the one who acts is: to B while A is away, home again, out when called off."""

import itertools
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from concierge.feeds.models import EntryRow, MarkRow
from concierge.feeds.services.refresh_entries import refresh_entries
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading, work
from concierge.staff.models import Absence
from concierge.staff.rules.absence import Away
from concierge.staff.services.record_absence import record_absence
from concierge.staff.services.withdraw_absence import withdraw_absence

SITTING_ON = date(2026, 4, 27)  # 12 days after the day the county stands at


def titles(found):
    return {entry.value("SUMMARY") for entry in found.values()}


def on(found, day):
    return {
        uid: entry
        for uid, entry in found.items()
        if entry.value("DTSTART").startswith(f"{day:%Y%m%d}") and entry.value("STATUS") != "CANCELLED"
    }


@pytest.fixture
def cover(ours):
    """B's calendar of cover duty."""
    mine, ours.a = ours.a, ours.b
    address = ours.feed("cover")
    ours.a = mine
    return address


@pytest.fixture
def steps(ours):
    """A's calendar."""
    return ours.feed("steps")


def away(ours, first, last):
    record_absence(Away(person_id=ours.a.id, first_on=first, last_on=last), "培训", by=SYSTEM)
    jobs.run_due()
    with reading() as session:
        return session.scalars(select(Absence.id).order_by(Absence.id.desc()).limit(1)).one()


def test_while_a_is_away_what_falls_on_those_days_is_on_bs_calendar_under_the_same_name(
    ours, entries, steps, cover
):
    before = on(entries(steps), SITTING_ON)
    assert before
    assert not on(entries(cover), SITTING_ON)

    away(ours, SITTING_ON, SITTING_ON)

    after = on(entries(cover), SITTING_ON)
    assert set(after) == set(before)
    assert not on(entries(steps), SITTING_ON)
    for uid, entry in after.items():
        assert int(entry.value("SEQUENCE")) == int(before[uid].value("SEQUENCE")) + 1
        assert entry.value("SUMMARY").find("[Cover]") >= 0 or "【代班】" in entry.value("SUMMARY")


def test_on_as_calendar_they_are_called_off_in_words_and_come_home_when_the_absence_is_withdrawn(
    ours, entries, steps, cover
):
    before = on(entries(steps), SITTING_ON)
    absence = away(ours, SITTING_ON, SITTING_ON)
    left = {uid: entry for uid, entry in entries(steps).items() if uid in before}
    assert {entry.value("STATUS") for entry in left.values()} == {"CANCELLED"}

    withdraw_absence(absence, by=SYSTEM)
    jobs.run_due()

    home = on(entries(steps), SITTING_ON)
    assert set(home) == set(before)
    assert not on(entries(cover), SITTING_ON)
    for uid, entry in home.items():
        assert int(entry.value("SEQUENCE")) == int(before[uid].value("SEQUENCE")) + 2


def test_other_days_stay_where_they_are(ours, entries, steps):
    before = entries(steps)

    away(ours, SITTING_ON, SITTING_ON)

    elsewhere = {uid for uid, entry in before.items() if not entry.value("DTSTART").startswith("20260427")}
    after = entries(steps)
    assert elsewhere
    for uid in elsewhere:
        assert after[uid].value("SEQUENCE") == before[uid].value("SEQUENCE")
        assert after[uid].value("LAST-MODIFIED") == before[uid].value("LAST-MODIFIED")


def test_after_a_morning_away_only_the_morning_has_moved(ours, entries, steps, cover):
    asked = Away(person_id=ours.a.id, first_on=SITTING_ON, last_on=SITTING_ON, until_time=time(12, 0))
    record_absence(asked, "体检", by=SYSTEM)
    jobs.run_due()

    afternoon = [e for e in on(entries(steps), SITTING_ON).values() if "T1430" in e.value("DTSTART")]
    assert afternoon, "the sitting at 14:30 is A's: A is back at noon"
    assert not on(entries(cover), SITTING_ON)


def test_looking_again_changes_nothing(ours, steps):
    before = ours.get(steps)

    with work(SYSTEM) as w:
        changed = refresh_entries(w, ours.projects)

    assert changed == 0
    assert ours.get(steps, If_None_Match=before.headers["etag"]).status == 304


def test_what_comes_back_has_its_old_name_and_a_higher_sequence(ours, entries, steps):
    with work(SYSTEM) as w:
        row = w.session.scalars(select(EntryRow).where(EntryRow.state == "planned").limit(1)).one()
        uid, source = row.uid, row.source
        row.state, row.cancelled_at, row.sequence = type(row.state).CANCELLED, clock.now(), 4

    with work(SYSTEM) as w:
        refresh_entries(w, ours.projects)

    with reading() as session:
        found = session.scalars(select(EntryRow).where(EntryRow.source == source)).one()
    assert (found.uid, found.sequence, found.cancelled_at) == (uid, 5, None)


def test_the_mark_rises_a_second_with_every_change_however_fast_they_come(ours, steps):
    marks = []
    for _ in range(3):
        ours.get(steps)
        away_id = away(ours, SITTING_ON, SITTING_ON)
        withdraw_absence(away_id, by=SYSTEM)
        jobs.run_due()
        with reading() as session:
            row = session.get_one(MarkRow, f"person:{ours.a.id}")
            marks.append((row.revision, row.changed_at))

    assert [revision for revision, _ in marks] == sorted({revision for revision, _ in marks})
    for (_, before), (_, after) in itertools.pairwise(marks):
        assert after - before >= timedelta(seconds=2)


def test_a_month_after_it_was_called_off_an_entry_leaves_the_calendar(ours, entries, steps):
    ours.call_off()
    gone = {uid for uid, entry in entries(steps).items() if entry.value("STATUS") == "CANCELLED"}
    assert gone
    start = clock.today()

    with clock.standing_at(start + timedelta(days=30)):
        assert gone <= set(entries(steps))
    with clock.standing_at(start + timedelta(days=31)):
        assert not gone & set(entries(steps))
