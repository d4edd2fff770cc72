"""Two people for every project, and no fixed couples."""

import pytest

from concierge.staff.rules.pairing import Load, PairOfOne, TooFewAgents, checked_pair, suggested_pair


def a_load(person_id, as_a=0, as_b=0, with_partner=()):
    name = f"officer {person_id}"
    return Load(person_id=person_id, name=name, as_a=as_a, as_b=as_b, with_partner=tuple(with_partner))


def test_nobody_covers_for_himself():
    with pytest.raises(PairOfOne):
        checked_pair(3, 3)


def test_the_least_laden_leads():
    a, _ = suggested_pair([a_load(1, as_a=2), a_load(2, as_a=1), a_load(3, as_a=1, as_b=1)])

    assert a.person_id == 2  # weights 4, 2, 3


def test_b_is_somebody_a_seldom_works_with():
    a, b = suggested_pair([a_load(1, with_partner=[(2, 3)]), a_load(2, as_b=1), a_load(3, as_a=2)])

    assert (a.person_id, b.person_id) == (1, 3)


def test_one_officer_is_not_enough_and_the_way_out_is_named():
    with pytest.raises(TooFewAgents, match="security administrator"):
        suggested_pair([a_load(1)])
