"""Two people for every project, and no fixed couples."""

from collections import Counter

import pytest

from concierge.staff.rules.pairing import (
    Ground,
    Load,
    PairOfOne,
    TooFewAgents,
    Wanted,
    checked_pair,
    suggested_pair,
    suggestion,
)


def a_load(person_id, as_a=0, as_b=0, with_partner=(), **more):
    name, partners = f"officer {person_id}", tuple(with_partner)
    return Load(person_id=person_id, name=name, as_a=as_a, as_b=as_b, with_partner=partners, **more)


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


PARK = Wanted(template="industrial-land", place="青禾县经济开发区云岭路1号")


def test_skill_and_park_outweigh_one_project_each():
    busy = a_load(1, as_a=2, skills=("industrial-land",), grid="经济开发区")  # 4 - 2 - 2 = 0 halves
    idle = a_load(2, as_b=1)  # 1

    found = suggestion([busy, idle], PARK)

    assert found.a.load.person_id == 1
    assert found.a.points == 0
    assert dict(found.a.grounds) == {Ground.SKILL: -2, Ground.PARK: -2}


def test_somebody_about_to_leave_is_not_proposed_first():
    found = suggestion([a_load(1, is_away=True), a_load(2, as_b=1)])  # 0 + 2 = 2 against 1

    assert found.a.load.person_id == 2


def test_b_comes_from_the_other_source_where_loads_are_equal():
    loads = [a_load(1), a_load(2), a_load(3, department="CZ")]  # B: 0 against 0 - 1

    assert suggested_pair(loads)[1].person_id == 3


def test_a_and_b_do_not_mirror_each_other_on_all_projects():
    """Thirty projects one after the other, six officers: nobody shares more than four with one partner.

    30 pairs over 15 possible couples make 2 each; the first of the least laden is taken, so a few more meet.
    """
    pairs: list[tuple[int, int]] = []
    for _ in range(30):
        loads = []
        for one in range(6):
            partners = Counter(b if a == one else a for a, b in pairs if one in (a, b))
            as_a, as_b = sum(a == one for a, _ in pairs), sum(b == one for _, b in pairs)
            loads.append(a_load(one, as_a=as_a, as_b=as_b, with_partner=sorted(partners.items())))
        a, b = suggested_pair(loads)
        pairs.append((a.person_id, b.person_id))

    assert max(Counter(frozenset(pair) for pair in pairs).values()) <= 4
    assert max(Counter(a for a, _ in pairs).values()) <= 6  # 5 each would be even
