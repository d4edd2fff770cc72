"""One person's day: whose turn, what rests, in which order."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.staff.rules.presence import Acting
from concierge.staff.rules.todo import Todo, TodoKind
from concierge.today.rules.day import (
    BringForwardWordsNeeded,
    By,
    DayToComeBack,
    PutOff,
    Reader,
    Ticked,
    checked_return,
    checked_words,
    grouped,
    made_day,
)

WEDNESDAY = date(2026, 4, 15)
AMY, BO = 1, 2


def april(day: int) -> date:
    return date(2026, 4, day)


def a_line(key: str = "step:1:urge-1", **told) -> Todo:
    return Todo(**{"key": key, "text": "Urge", "project_id": 7, "due_on": WEDNESDAY, **told})


def amy(**told) -> Reader:
    acts = Acting(project_id=7, person_id=AMY, post="A")
    return Reader(**{"person_id": AMY, "acting": {7: acts}, **told})


def test_what_is_due_within_two_working_days_is_for_today(calendar):
    # two working days after Wednesday 15 is Friday 17; Monday 20 is seen coming
    lines = [a_line(f"step:{day}:urge-1", due_on=april(day)) for day in (14, 15, 17, 20)]

    day = made_day(lines, amy(), calendar, today=WEDNESDAY)

    assert [line.due_on for line in day.act] == [april(14), april(15), april(17)]
    assert [line.due_on for line in day.coming] == [april(20)]
    assert day.next_due_on == april(20)
    assert day.open == 3


def test_a_card_comes_first_then_the_day_then_the_hour(calendar):
    lines = [
        a_line("a:1:x", due_on=april(15)),
        a_line("b:1:x", due_on=april(15), at=time(9)),
        a_line("c:1:x", due_on=april(14)),
        a_line("d:1:x", due_on=april(17), card="yellow"),
        a_line("e:1:x", due_on=april(17), card="red"),
        a_line("f:1:x", due_on=None),
    ]

    day = made_day(lines, amy(), calendar, today=WEDNESDAY)

    assert [line.key[0] for line in day.act] == ["e", "d", "c", "b", "a", "f"]


def test_the_line_of_a_project_is_the_acting_one_s_turn_and_seen_by_the_other(calendar):
    away = {7: Acting(project_id=7, person_id=BO, post="B")}

    day = made_day([a_line()], amy(acting=away), calendar, today=WEDNESDAY)
    of_bo = made_day([a_line()], Reader(person_id=BO, acting=away), calendar, today=WEDNESDAY)

    assert not day.act
    assert [(line.key, who) for line, who in day.others] == [("step:1:urge-1", BO)]
    assert [line.key for line in of_bo.act] == ["step:1:urge-1"]


def test_a_handover_is_one_s_own_even_before_one_acts(calendar):
    ahead = {7: Acting(project_id=7, person_id=BO, post="A")}
    line = a_line("handover:3:given", kind=TodoKind.ACCEPT)

    day = made_day([line], amy(acting=ahead), calendar, today=WEDNESDAY)

    assert [one.key for one in day.accept] == ["handover:3:given"]


@pytest.mark.parametrize(
    ("is_for_good", "on", "rests"),
    [(True, 10, True), (True, 15, True), (False, 15, True), (False, 14, False)],
)
def test_a_tick_rests_for_the_day_or_for_good(calendar, is_for_good, on, rests):
    tick = Ticked(id=5, key="step:1:urge-1", person_id=AMY, on=april(on), is_for_good=is_for_good)

    day = made_day([a_line()], amy(ticks=(tick,)), calendar, today=WEDNESDAY)

    assert (not day.act) is rests
    assert [done.tick.id for done in day.done] == ([5] if on == 15 else [])


def test_what_is_put_off_comes_back_on_its_day(calendar):
    off = PutOff(id=9, key="step:1:urge-1", until_on=april(16), note="ask again")

    before = made_day([a_line()], amy(put_off=(off,)), calendar, today=WEDNESDAY)
    on_the_day = made_day([a_line()], amy(put_off=(off,)), calendar, today=april(16))

    assert [one.note for _, one in before.off] == ["ask again"]
    assert not before.act
    assert [line.key for line in on_the_day.act] == ["step:1:urge-1"]


def test_lines_are_put_together_by_place_with_the_desk_last():
    lines = [
        a_line("a:1:x", place=""),
        a_line("b:1:x", place="Hall, floor 2"),
        a_line("c:1:x", place="Works"),
        a_line("d:1:x", place="Hall, floor 2"),
    ]

    groups = grouped(lines, By.PLACE)

    assert [(place, [line.key[0] for line in found]) for place, found in groups] == [
        ("Hall, floor 2", ["b", "d"]),
        ("Works", ["c"]),
        ("", ["a"]),
    ]


@pytest.mark.parametrize("day", [date(2026, 4, 15), date(2026, 4, 1), date(2026, 6, 15)])
def test_a_line_comes_back_from_tomorrow_on_and_within_sixty_days(day):
    # 15 June is 61 days after 15 April
    with pytest.raises(DayToComeBack):
        checked_return(day, WEDNESDAY)


def test_the_sixtieth_day_is_still_near_enough():
    assert checked_return(date(2026, 6, 14), WEDNESDAY) == date(2026, 6, 14)


def test_a_note_needs_words_and_loses_only_its_spaces():
    assert checked_words("  call\n the  works ") == "call the works"
    with pytest.raises(BringForwardWordsNeeded):
        checked_words(" \n ")


_lines = st.lists(
    st.builds(
        a_line,
        key=st.integers(1, 30).map(lambda number: f"step:{number}:x"),
        kind=st.sampled_from(TodoKind),
        due_on=st.none() | st.dates(date(2026, 3, 1), date(2026, 6, 1)),
        project_id=st.sampled_from([None, 7, 8]),
        card=st.sampled_from(["", "yellow", "red"]),
    ),
    max_size=20,
)


@given(lines=_lines, ticked=st.sets(st.integers(1, 30)), off=st.sets(st.integers(1, 30)))
def test_every_line_stands_in_one_room_exactly(calendar, lines, ticked, off):
    reader = Reader(
        person_id=AMY,
        acting={
            7: Acting(project_id=7, person_id=AMY, post="A"),
            8: Acting(project_id=8, person_id=BO, post="A"),
        },
        ticks=tuple(
            Ticked(id=number, key=f"step:{number}:x", person_id=AMY, on=WEDNESDAY, is_for_good=False)
            for number in ticked
        ),
        put_off=tuple(PutOff(id=number, key=f"step:{number}:x", until_on=april(20)) for number in off),
    )

    day = made_day(lines, reader, calendar, today=WEDNESDAY)

    shown = [line.key for line in (*day.accept, *day.act, *day.coming, *day.wait)]
    shown += [line.key for line, _ in day.others] + [done.todo.key for done in day.done]
    shown += [line.key for line, _ in day.off]
    assert sorted(shown) == sorted({line.key for line in lines})
