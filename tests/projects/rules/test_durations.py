"""How long matters really take, and what is proposed from it."""

from projects.rules.durations import CaseSpan, PeriodField, Planned, Spread, proposals, spread, times


def _case(used=5, **more):
    told = {
        "template": "industrial",
        "matter": "eia",
        "department": "EEB",
        "is_owners": False,
        "prepared": None,
        "special": None,
        "stopped": 0,
        "promised": 10,
        "is_past_law": False,
    }
    return CaseSpan(**{**told, "used": used, **more})


def _planned(value, field=PeriodField.PROMISE, template=""):
    return Planned(template=template, matter="eia", field=field, value=value)


def _proposed(spans, planned):
    return [(one.planned.template, one.proposed) for one in proposals(spans, [planned])]


def test_the_nearest_rank_is_a_length_that_occurred():
    # ten lengths: the fifth is the median, the ninth what nine in ten stay within
    assert spread([9, 1, 8, 2, 7, 3, 6, 4, 5, 40]) == Spread(10, 5, 9)
    assert spread([3]) == Spread(1, 3, 3)
    assert spread([]) is None


def test_cases_over_the_promise_and_over_the_law_are_counted():
    (found,) = times(
        [_case(5), _case(11), _case(12, is_past_law=True, promised=12), _case(13, stopped=4)],
        lambda span: span.matter,
    )

    assert found.used == Spread(4, 11, 13)
    assert found.promised == (10, 12)
    assert (found.over_promise, found.over_law) == (2, 1)  # 11 and 13 of 10; 12 of 12 is in time
    assert found.prepared is None


def test_a_promise_is_shortened_to_what_nine_in_ten_stay_within():
    assert _proposed([_case(n) for n in (2, 3, 3, 4, 4, 4, 5, 5, 6, 9)], _planned(10)) == [("", 6)]


def test_a_broken_promise_is_not_made_longer():
    assert _proposed([_case(15)] * 8, _planned(10)) == []


def test_four_cases_say_nothing_and_five_do():
    assert _proposed([_case(3)] * 4, _planned(10)) == []
    assert _proposed([_case(3)] * 5, _planned(10)) == [("", 3)]


def test_a_small_difference_is_left_alone():
    assert _proposed([_case(9)] * 5, _planned(10)) == []  # one day
    assert _proposed([_case(26)] * 5, _planned(30)) == []  # four of thirty is less than a fifth
    assert _proposed([_case(24)] * 5, _planned(30)) == [("", 24)]


def test_a_planning_value_follows_the_median_either_way():
    longer = [_case(prepared=n) for n in (14, 15, 15, 16, 30)]

    assert _proposed(longer, _planned(10, PeriodField.PREPARATION)) == [("", 15)]
    assert _proposed(longer, _planned(20, PeriodField.PREPARATION)) == [("", 15)]


def test_what_the_enterprise_does_itself_is_planned_not_promised():
    assert _proposed([_case(20, is_owners=True)] * 5, _planned(10)) == [("", 20)]


def test_cases_without_a_record_of_a_length_do_not_speak_of_it():
    spans = [_case(special=None)] * 9 + [_case(special=8)] * 4

    assert _proposed(spans, _planned(3, PeriodField.SPECIAL)) == []


def test_a_length_of_one_template_is_judged_by_its_own_cases():
    spans = [_case(3)] * 5 + [_case(6, template="small")] * 5
    both = [_planned(12), _planned(12, template="small")]

    found = [(one.planned.template, one.proposed) for one in proposals(spans, both)]

    assert found == [("", 3), ("small", 6)]
