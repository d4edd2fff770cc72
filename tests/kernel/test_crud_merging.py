"""Merging two versions of a form, worked out without a page."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from concierge.kernel.merging import Side, differences, packed, taken, unpacked

LABELS = {"name": "Name", "days": "Days", "tags": "Tags"}
OPENED = {"name": ["A"], "days": ["5"], "tags": ["x", "y"]}


def side(**sent: list[str]) -> Side:
    """A version that differs from the opened one in what is given."""
    told = {**OPENED, **sent}
    return Side(told, {name: "+".join(values) for name, values in told.items()})


def compared(now: Side, yours: Side) -> dict[str, tuple[str, bool]]:
    """Which fields need a choice, what is suggested, and whether both changed it."""
    found = differences(LABELS, opened=OPENED, opened_read={}, now=now, yours=yours)
    return {d.name: (d.suggestion, d.is_conflict) for d in found}


def test_whoever_changed_a_field_alone_is_suggested() -> None:
    assert compared(side(days=["7"]), side(name=["B"])) == {"name": ("yours", False), "days": ("now", False)}


def test_what_both_changed_is_left_to_a_person() -> None:
    assert compared(side(days=["7"]), side(days=["9"])) == {"days": ("", True)}


def test_what_both_changed_alike_needs_no_choice() -> None:
    assert compared(side(days=["7"]), side(days=["7"])) == {}


def test_lists_are_compared_and_taken_whole() -> None:
    assert compared(side(tags=["x"]), side(tags=[])) == {"tags": ("", True)}

    form = MultiDict(
        [("take-tags", "now"), ("now-tags", "x"), ("now-tags", "z"), ("yours-tags", "y"), ("name", "A")]
    )
    merged = taken(form)

    assert merged.getlist("tags") == ["x", "z"]
    assert list(merged) == ["name", "tags"]


def test_an_emptied_list_stays_empty() -> None:
    merged = taken(MultiDict([("take-tags", "yours"), ("now-tags", "x")]))

    assert merged.getlist("tags") == []


def test_a_form_without_choices_is_as_it_was() -> None:
    assert taken(MultiDict([("name", "A"), ("name", "B")])).getlist("name") == ["A", "B"]


def test_a_version_survives_its_hidden_field_and_garbage_does_not() -> None:
    assert unpacked(packed(OPENED), LABELS) == OPENED
    for garbage in ("", "{", "[1]", '{"name": "A"}', '{"other": ["x"]}'):
        assert unpacked(garbage, LABELS) == {}
