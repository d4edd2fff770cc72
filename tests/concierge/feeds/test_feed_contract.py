"""All sixteen points of the contract, put to a whole office by HTTP."""

from bench.feed_points import POINTS, judged


def test_every_point_of_the_contract_is_met(ours):
    found = dict(judged(ours))

    assert found == {text: "" for text, _ in POINTS}
    assert len(found) == 16
