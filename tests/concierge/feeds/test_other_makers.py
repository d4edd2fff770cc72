"""Programs people use, subscribed to our calendars: all see the same entries, days, hours and states."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import icalendar
import pytest

from bench.feed_checker import read
from bench.feed_targets import LONG_NAME
from tests.concierge.feeds.other_makers import by_ical_js, by_sabre, listed, synchronised
from tests.services import browsing


@pytest.fixture
def file(ours, tmp_path):
    """Writes what an address answers to a file."""

    def kept(address):
        path = tmp_path / f"{abs(hash(address))}.ics"
        path.write_bytes(ours.get(address).body)
        return path

    return kept


def by_the_checker(path):
    """Name → title, state, sequence and begin, as our own reader sees them."""
    return {
        entry.value("UID"): (
            entry.first("SUMMARY").text,
            entry.value("STATUS"),
            int(entry.value("SEQUENCE")),
            _begin(entry.value("DTSTART") or entry.value("DUE")),
        )
        for entry in read(path.read_bytes()).entries
    }


def _begin(raw):
    if "T" not in raw:
        return f"{raw[:4]}-{raw[4:6]}-{raw[6:]}"
    local = datetime.strptime(raw, "%Y%m%dT%H%M%S").replace(tzinfo=UTC) - timedelta(hours=8)
    return local.strftime("%Y-%m-%dT%H:%M:%S.000Z")


@pytest.mark.parametrize("parser", [by_ical_js, by_sabre])
@pytest.mark.parametrize("component", ["events", "tasks"])
def test_two_parsers_of_other_makers_see_what_we_wrote(ours, file, parser, component):
    address = ours.feed(component=component, has_alarms=component == "events")
    ours.call_off()
    path = file(address)

    seen = parser(path)

    assert seen.faults == ()
    assert {one.uid: (one.summary, one.status, one.sequence, one.begins) for one in seen.entries} == (
        by_the_checker(path)
    )
    assert {"CANCELLED"} < {one.status for one in seen.entries}
    if component == "events":
        sitting = next(one for one in seen.entries if not one.is_day)
        assert sitting.begins.endswith("T06:30:00.000Z")  # 14:30 in Shanghai
        day = next(one for one in seen.entries if one.is_day)
        begins, ends = (datetime.fromisoformat(text) for text in (day.begins, day.ends))
        assert ends - begins == timedelta(days=1)


def test_an_emoji_and_a_name_of_three_hundred_signs_arrive_whole(ours, file):
    path = file(ours.feed())
    assert len(LONG_NAME) >= 300

    for seen in (by_ical_js(path), by_sabre(path)):
        assert any(one.summary.endswith(LONG_NAME) for one in seen.entries)


def test_the_python_library_reads_and_writes_it_without_loss(ours, file):
    body = file(ours.feed(has_alarms=True)).read_bytes()

    calendar = icalendar.Calendar.from_ical(body)

    assert calendar.errors == []
    assert all(entry.errors == [] for entry in calendar.walk("VEVENT"))
    assert len(calendar.walk("VEVENT")) == len(read(body).entries)


def test_vdirsyncer_subscribes_and_khal_shows_it_and_a_second_round_changes_nothing(
    ours, subscribed, tmp_path
):
    with browsing.served(subscribed.app) as address:
        path = urlsplit(ours.feed()).path
        items = synchronised(address + path, tmp_path)
        shown = listed(items[0].parent, "2026-04-27", 2)
        ours.call_off()
        again = synchronised(address + path, tmp_path)

    # The sitting is at 14:30 for an hour, in the room it was announced for; called off, it is still an item.
    assert "14:30" in shown
    assert "政务大厅3楼302" in shown
    assert len(again) == len(items) == len(read(ours.get(path).body).entries)
    assert any("STATUS:CANCELLED" in item.read_text(encoding="utf-8") for item in again)
