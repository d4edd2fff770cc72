"""To the minute: B from the first minute, back after the last, C while both are away, and never nobody."""

import itertools
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from bench.cover import Year
from concierge.staff.rules.absence import Away, Duty, cut_short
from concierge.staff.rules.holes import fillings, holes
from concierge.staff.rules.minutes import DAY, minute_of
from concierge.staff.rules.posts import PairLine, days_in_posts
from concierge.staff.rules.presence import Acting, Cover, Presence, acting_at, acting_on_day, stretches

AMY, BO, CAI, HEAD = 1, 2, 3, 4
SHARED = Duty(project_id=7, a_id=AMY, b_id=BO)


def may(day):
    return date(2026, 5, day)


def away(person_id, first, last, **more):
    return Away(person_id=person_id, first_on=may(first), last_on=may(last), **more)


def covers_by(person_id, first, last, rank=0):
    return Cover(project_id=7, person_id=person_id, first_on=may(first), last_on=may(last), rank=rank)


def at(day, hour, minute, *absences, covers=()):
    return acting_at(SHARED, Presence(absences), list(covers), minute_of(may(day), time(hour, minute))).post


def test_b_acts_from_the_first_minute_of_as_absence_and_a_again_after_its_last():
    half_days = away(AMY, 6, 7, from_time=time(12, 0), until_time=time(9, 30))

    posts = [at(*when, half_days) for when in ((6, 11, 59), (6, 12, 0), (7, 9, 29), (7, 9, 30))]

    assert posts == ["A", "B", "B", "A"]


def test_a_day_is_as_unless_a_is_away_all_the_working_day():
    morning = Presence([away(AMY, 6, 6, until_time=time(12, 0))])
    whole = Presence([away(AMY, 6, 6)])

    assert acting_on_day(SHARED, morning, [], may(6)).post == "A"
    assert acting_on_day(SHARED, whole, [], may(6)).post == "B"


def test_c_acts_only_while_both_are_away_and_the_latest_named_counts():
    both = (away(AMY, 6, 8), away(BO, 7, 7))
    named = [covers_by(CAI, 6, 8, rank=1), covers_by(HEAD, 6, 8, rank=2)]

    assert [at(day, 9, 0, *both, covers=named) for day in (6, 7, 8)] == ["B", "C", "B"]
    found = acting_at(SHARED, Presence(both), named, minute_of(may(7)))
    assert found == Acting(project_id=7, person_id=HEAD, post="C")


def test_the_chain_ends_with_c():
    """Nobody covers for C but another C named for these days."""
    everybody = (away(AMY, 6, 8), away(BO, 6, 8), away(CAI, 7, 7))

    assert [at(day, 9, 0, *everybody, covers=[covers_by(CAI, 6, 8)]) for day in (6, 7, 8)] == ["C", "", "C"]


def test_a_hole_is_filled_by_the_first_head_who_is_there_that_day():
    absences = Presence([away(AMY, 6, 8), away(BO, 6, 8), away(HEAD, 7, 7)])
    (hole,) = holes([SHARED], absences, {}, minute_of(may(6)), minute_of(may(9)))

    found = fillings(hole, absences, [HEAD, CAI])

    told = [(cover.person_id, cover.first_on.day, cover.last_on.day) for cover in found]
    assert told == [(HEAD, 6, 6), (CAI, 7, 7), (HEAD, 8, 8)]


def test_a_and_b_themselves_fill_no_hole():
    absences = Presence([away(AMY, 6, 6), away(BO, 6, 6)])
    (hole,) = holes([SHARED], absences, {}, minute_of(may(6)), minute_of(may(7)))

    assert fillings(hole, absences, [AMY, BO]) == ()


def test_an_absence_withdrawn_on_its_way_was_one_until_that_minute():
    asked = away(AMY, 6, 8)

    assert cut_short(asked, minute_of(may(5))) is None
    shorter = cut_short(asked, minute_of(may(7), time(10, 15)))
    assert shorter is not None
    assert (shorter.last_on, shorter.until_time) == (may(7), time(10, 15))
    whole_days = cut_short(asked, minute_of(may(8)))  # withdrawn at midnight: the 6th and the 7th
    assert whole_days is not None
    assert (whole_days.last_on, whole_days.until_time) == (may(7), None)


def test_posts_say_on_which_days_a_person_acts_and_covers():
    line = PairLine(duty=SHARED, begin=minute_of(may(1)), end=None)
    presence = Presence([away(AMY, 6, 7), away(BO, 7, 7)])
    named = {7: [covers_by(CAI, 7, 7)]}

    def posts(person):
        return days_in_posts(person, [line], presence, named, (may(5), may(8)))

    (a,), (b,), (c,) = posts(AMY), posts(BO), posts(CAI)
    assert (a.post, a.acts, a.covers) == ("A", (may(5), may(8)), ())
    assert (b.post, b.acts, b.covers) == ("B", (may(6),), (may(6),))
    assert (c.post, c.acts, c.held) == ("C", (may(7),), (may(7), may(7)))


def test_a_change_of_the_pair_counts_from_its_minute():
    noon = minute_of(may(6), time(12, 0))
    lines = [
        PairLine(duty=SHARED, begin=minute_of(may(1)), end=noon),
        PairLine(duty=Duty(project_id=7, a_id=CAI, b_id=BO), begin=noon, end=None),
    ]

    amy = days_in_posts(AMY, lines, Presence([]), {}, (may(5), may(8)))
    cai = days_in_posts(CAI, lines, Presence([]), {}, (may(5), may(8)))

    assert amy[0].acts == (may(5), may(6))
    assert cai[0].acts == (may(6), may(7), may(8))


absences = st.builds(
    lambda person, first, length, hour: away(
        person, first, min(first + length, 28), from_time=time(hour) if hour else None
    ),
    st.sampled_from((AMY, BO, CAI)),
    st.integers(1, 20),
    st.integers(0, 6),
    st.integers(0, 17),
)


@given(st.lists(absences, max_size=8), st.lists(st.integers(1, 20), max_size=3))
def test_every_minute_has_exactly_one_answer_and_it_is_somebody_who_is_there(gone, days):
    presence = Presence(gone)
    named = [covers_by(CAI, day, day + 3, rank=day) for day in days]
    begin, end = minute_of(may(1)), minute_of(may(28))

    found = stretches(SHARED, presence, named, begin, end)

    assert found[0].begin == begin
    assert found[-1].end == end
    for one, after in itertools.pairwise(found):
        assert one.end == after.begin
    for one in found:
        for minute in (one.begin, one.end - 1):
            if one.person_id is not None:
                assert not presence.is_away(one.person_id, minute)
            else:
                assert presence.is_away(AMY, minute)
                assert presence.is_away(BO, minute)


def test_no_minute_of_a_simulated_year_is_left_to_nobody():
    told = Year(40, 120, 7, heads=3).live()

    assert told.refused > 0
    assert told.by_c > 0
    assert told.alone == 0
    assert told.by_b > 30 * DAY  # B really acted: the count is of something


def test_without_a_head_to_step_in_minutes_are_left_to_nobody():
    """The count can fail: the same year without heads leaves holes."""
    assert Year(40, 120, 7, heads=0).live().alone > 0
