"""When a calendar program is told “nothing new”: by tag before date, and never by nonsense."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.feeds.rules.conditional import is_unchanged

AT = datetime(2026, 4, 15, 1, 2, 3, tzinfo=UTC)
DATE = "Wed, 15 Apr 2026 01:02:03 GMT"
EARLIER = "Wed, 15 Apr 2026 01:02:02 GMT"


@pytest.mark.parametrize("raw", ['"abc"', 'W/"abc"', '"x", "abc"', 'W/"x",W/"abc"', "*", ' "abc" '])
def test_a_known_tag_is_enough_however_it_is_written(raw):
    assert is_unchanged(raw, None, "abc", AT)
    assert is_unchanged(raw, EARLIER, "abc", AT)


@pytest.mark.parametrize(
    "raw", ["", "abc", '"abd"', '"abc', 'x"abc"x"', "\x80\x81 W/", '"' + "a" * 9_000 + '"']
)
def test_a_tag_that_is_not_known_is_answered_in_full_whatever_the_date(raw):
    assert is_unchanged(raw, DATE, "abc", AT) is ('"abc"' in raw)


@pytest.mark.parametrize("raw", [DATE, "Thu, 16 Apr 2026 00:00:00 GMT", "Wednesday, 15-Apr-26 01:02:03 GMT"])
def test_without_a_tag_a_date_not_before_the_change_is_enough(raw):
    assert is_unchanged(None, raw, "abc", AT)


@pytest.mark.parametrize(
    "raw", [None, "", EARLIER, "yesterday", "Wed, 99 Apr 2026 01:02:03 GMT", "0", "\x00"]
)
def test_an_earlier_date_or_none_is_answered_in_full(raw):
    assert not is_unchanged(None, raw, "abc", AT)


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=60)))
def test_no_header_breaks_it(tags, date):
    assert is_unchanged(tags, date, "f" * 40, AT) is (tags.strip() == "*" or f'"{"f" * 40}"' in tags)
