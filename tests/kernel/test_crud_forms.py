"""Forms over reference data: nothing typed is lost, nothing raw is shown, every change leaves its trace."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from concierge.kernel.audit import AuditLine
from tests.kernel.fixtures_office import Office, Somebody
from tests.kernel.office.models import Label, Room, Shelf, Wood


@pytest.fixture
def keeper(office: Office) -> Somebody:
    """A keeper of a room and two labels."""
    office.keeps(Room(code="R1", name="Archive"), Label(name="old"), Label(name="new"))
    return office.employs("kim", "Keeper")


def fields(page: str) -> dict[str, Any]:
    """What a browser would send from the form of a page."""
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        attribute = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_off = attribute.get("type") in {"checkbox", "radio"} and " checked" not in tag
        if "name" in attribute and not is_off and attribute["name"] not in {"delete", "action", "q"}:
            sent[attribute["name"]] = html.unescape(attribute.get("value", ""))
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        sent[name] = html.unescape(inner).strip()
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.findall(r'<option selected value="([^"]*)"', inner)
        sent[name] = chosen
    sent.pop("csrf_token", None)
    return sent


def audit(office: Office, act: str) -> list[dict[str, Any]]:
    """The facts of the trace of an act."""
    return [json.loads(line.facts) for line in office.asked(select(AuditLine).where(AuditLine.act == act))]


def test_a_row_is_added_with_its_trace(office: Office, keeper: Somebody) -> None:
    answer = keeper.sends(
        "/shelves/add",
        {
            "name": " North wall ",
            "wood": "beech",
            "boards": "5",
            "price": "120.50",
            "is_open": "y",
            "built_on": "2026-04-15",
            "dusted_at": "2026-04-16T00:30",
            "room": "1",
            "labels": ["1", "2"],
            "note": "first\r\nsecond",
        },
    )

    assert answer.status_code == 302, answer.text
    (shelf,) = office.asked(select(Shelf))
    assert (shelf.name, shelf.wood, shelf.boards, shelf.room_id) == ("North wall", Wood.BEECH, 5, 1)
    assert shelf.dusted_at == datetime(2026, 4, 15, 16, 30, tzinfo=UTC)
    assert shelf.note == "first\nsecond"
    (told,) = audit(office, "RowAdded")
    assert told["table"] == "trial_shelf"
    assert told["row_id"] == shelf.id
    assert told["values"]["labels"] == ["1", "2"]
    assert told["values"]["wood"] == "beech"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, None),
        ({"wood": "plastic"}, None),
        ({"boards": "many"}, None),
        ({"boards": "99999999999999"}, None),
        ({"room": "77"}, "Choose from the list."),
        ({"room": "x"}, "Choose from the list."),
        ({"labels": ["1", "9"]}, "Choose from the list."),
        ({"built_on": "soon"}, None),
        ({"name": "x" * 300}, None),
        ({"name": "Throne"}, "No shelf is called Throne."),
        ({"name": "Throne of 50% fir"}, "No shelf is called Throne of 50% fir."),
        ({"name": "Wall"}, "This room has no wall left."),
        ({"name": "Taken"}, "This entry exists already."),
        ({"boards": "-4"}, "These values do not fit together"),
    ],
)
def test_what_cannot_be_saved_comes_back_as_it_was_typed(
    office: Office, keeper: Somebody, typed: dict[str, Any], sentence: str | None
) -> None:
    office.keeps(Shelf(name="Taken", wood=Wood.OAK))

    answer = keeper.sends("/shelves/add", {"name": "Mine", "wood": "oak", "note": "do not lose me", **typed})

    assert answer.status_code in {409, 422}
    assert "do not lose me" in answer.text
    assert sentence is None or sentence in answer.text
    assert not re.search(r"IntegrityError|sqlite|INSERT|constraint|Traceback", answer.text)
    assert len(office.asked(select(Shelf))) == 1


def test_a_nul_is_refused_at_the_door(keeper: Somebody) -> None:
    assert keeper.sends("/shelves/add", {"name": "a\x00b", "wood": "oak"}).status_code == 400
    assert keeper.opens("/shelves/list/?_flt_0_name=%00").status_code == 400


def test_columns_that_are_not_in_the_form_cannot_be_set(office: Office, keeper: Somebody) -> None:
    keeper.sends("/shelves/add", {"name": "A", "wood": "oak", "secret": "mine", "id": "70", "version": "9"})

    (shelf,) = office.asked(select(Shelf))
    assert (shelf.id, shelf.secret, shelf.version) == (1, None, 1)


def test_a_change_keeps_old_and_new_values_on_record(office: Office, keeper: Somebody) -> None:
    office.keeps(Shelf(name="A", wood=Wood.OAK, boards=2, room_id=1))
    form = fields(keeper.opens("/shelves/edit/1").text)

    answer = keeper.sends("/shelves/edit/1", {**form, "boards": "7", "wood": "beech"})

    assert answer.status_code == 302, answer.text
    shelf = office.has(Shelf, 1)
    assert (shelf.boards, shelf.wood, shelf.room_id, shelf.version) == (7, Wood.BEECH, 1, 2)
    assert audit(office, "RowChanged") == [
        {
            "table": "trial_shelf",
            "row_id": 1,
            "before": {"boards": "2", "wood": "oak"},
            "after": {"boards": "7", "wood": "beech"},
        }
    ]


def test_a_stale_edit_shows_three_versions_and_loses_nothing(office: Office, keeper: Somebody) -> None:
    office.keeps(Shelf(name="A", wood=Wood.OAK, boards=2, note="opened note"))
    slow = fields(keeper.opens("/shelves/edit/1").text)
    lea = office.employs("lea", "Keeper")
    quick = fields(lea.opens("/shelves/edit/1").text)
    lea.sends("/shelves/edit/1", {**quick, "note": "note of Lea", "boards": "5"})

    merge = keeper.sends("/shelves/edit/1", {**slow, "note": "note of Kim", "wood": "beech"})

    # three columns: as opened, now, yours; both changed the note, Lea alone the boards, Kim alone the wood
    assert merge.status_code == 409
    for text in ("opened note", "note of Lea", "note of Kim"):
        assert text in merge.text
    offered = fields(merge.text)
    assert (offered["take-boards"], offered["take-wood"]) == ("now", "yours")
    assert "take-note" not in offered  # only a person can say
    assert office.has(Shelf, 1).note == "note of Lea"

    saved = keeper.sends("/shelves/edit/1", {**offered, "take-note": "yours"})

    assert saved.status_code == 302, saved.text
    shelf = office.has(Shelf, 1)
    assert (shelf.note, shelf.boards, shelf.wood, shelf.name) == ("note of Kim", 5, Wood.BEECH, "A")


def test_somebody_overtaken_twice_still_loses_nothing(office: Office, keeper: Somebody) -> None:
    office.keeps(Shelf(name="A", wood=Wood.OAK, boards=2))
    slow = fields(keeper.opens("/shelves/edit/1").text)
    lea = office.employs("lea", "Keeper")
    lea.sends("/shelves/edit/1", {**fields(lea.opens("/shelves/edit/1").text), "boards": "5"})
    offered = fields(keeper.sends("/shelves/edit/1", {**slow, "note": "mine", "boards": "9"}).text)
    lea.sends("/shelves/edit/1", {**fields(lea.opens("/shelves/edit/1").text), "boards": "6"})

    again = keeper.sends("/shelves/edit/1", {**offered, "take-boards": "yours"})

    assert again.status_code == 409
    saved = keeper.sends("/shelves/edit/1", {**fields(again.text), "take-boards": "yours"})
    assert saved.status_code == 302
    assert (office.has(Shelf, 1).boards, office.has(Shelf, 1).note) == (9, "mine")


def test_the_same_change_by_two_people_is_no_conflict(office: Office, keeper: Somebody) -> None:
    office.keeps(Shelf(name="A", wood=Wood.OAK, boards=2))
    slow = fields(keeper.opens("/shelves/edit/1").text)
    lea = office.employs("lea", "Keeper")
    lea.sends("/shelves/edit/1", {**fields(lea.opens("/shelves/edit/1").text), "boards": "5"})

    assert keeper.sends("/shelves/edit/1", {**slow, "boards": "5"}).status_code == 302


@pytest.mark.parametrize("tampered", [{"opened": "{"}, {"opened": "[]"}, {"opened": "", "row_version": "0"}])
def test_a_form_without_its_memory_is_asked_to_merge(
    office: Office, keeper: Somebody, tampered: dict[str, str]
) -> None:
    office.keeps(Shelf(name="A", wood=Wood.OAK, boards=2))
    form = {**fields(keeper.opens("/shelves/edit/1").text), "row_version": "0", "boards": "8", **tampered}

    assert keeper.sends("/shelves/edit/1", form).status_code == 409
    assert office.has(Shelf, 1).boards == 2


def test_an_unversioned_row_is_merged_as_well(office: Office, keeper: Somebody) -> None:
    slow = fields(keeper.opens("/rooms/edit/1").text)
    lea = office.employs("lea", "Keeper")
    lea.sends("/rooms/edit/1", {**fields(lea.opens("/rooms/edit/1").text), "name": "Cellar"})

    assert keeper.sends("/rooms/edit/1", {**slow, "name": "Attic"}).status_code == 409
    assert office.has(Room, 1).name == "Cellar"


def test_deleting_asks_first_and_keeps_a_trace(office: Office, keeper: Somebody) -> None:
    office.keeps(Shelf(name="A", wood=Wood.OAK))

    question = keeper.opens("/shelves/delete/1")
    assert question.status_code == 200
    assert office.has(Shelf, 1)
    assert keeper.sends("/shelves/delete/1", token=False).status_code == 400
    assert keeper.sends("/shelves/delete/1").status_code == 302

    assert office.has(Shelf, 1) is None
    (told,) = audit(office, "RowDeleted")
    assert told["values"]["name"] == "A"


def test_a_row_others_refer_to_stays_with_a_plain_sentence(office: Office, keeper: Somebody) -> None:
    office.keeps(Shelf(name="A", wood=Wood.OAK, room_id=1))

    answer = keeper.sends("/rooms/delete/1", follow_redirects=True)

    assert "Other entries refer to this one." in answer.text
    assert office.has(Room, 1) is not None


@pytest.mark.parametrize("number", ["0", "-1", "x", "1%20or%201", "99999999999999999999", "1.0"])
def test_a_number_no_row_can_have_is_404(keeper: Somebody, number: str) -> None:
    for verb in ("show", "edit", "delete"):
        assert keeper.opens(f"/shelves/{verb}/{number}").status_code == 404


def test_choices_never_load_a_whole_table(office: Office, keeper: Somebody) -> None:
    office.keeps(*(Room(code=f"X{n}", name=f"Room {n}") for n in range(700)))
    office.keeps(Shelf(name="A", wood=Wood.OAK, room_id=690))

    page = keeper.opens("/shelves/edit/1").text
    answer = keeper.sends("/shelves/edit/1", {**fields(page), "room": "695"})

    listed = re.search(r'<select[^>]*name="room"[^>]*>(.*?)</select>', page, re.DOTALL)
    assert listed
    assert listed[1].count("<option") == 502
    assert answer.status_code == 302
    assert office.has(Shelf, 1).room_id == 695


@pytest.mark.postgres
def test_postgresql_says_the_same_in_plain_words(postgres_office: Office) -> None:
    office = postgres_office
    office.keeps(Room(code="R1", name="Archive"))
    office.keeps(Shelf(name="Taken", wood=Wood.OAK, room_id=1))
    kim = office.employs("kim", "Keeper")
    good = {"name": "Mine", "wood": "oak", "note": "do not lose me"}

    for typed, sentence in (
        ({"name": "Taken"}, "This entry exists already."),
        ({"boards": "-4"}, "These values do not fit together"),
        ({"boards": "3000000000"}, ""),
        ({"price": "99999999999999"}, ""),
    ):
        answer = kim.sends("/shelves/add", {**good, **typed})
        assert answer.status_code in {409, 422}, typed
        assert sentence in answer.text
        assert "do not lose me" in answer.text
        assert not re.search(r"psycopg|IntegrityError|INSERT|violates|Traceback", answer.text)
    assert "Other entries refer to this one." in kim.sends("/rooms/delete/1", follow_redirects=True).text
    assert kim.sends("/shelves/add", good).status_code == 302
    (mine,) = office.asked(select(Shelf.id).where(Shelf.name == "Mine"))
    form = fields(kim.opens(f"/shelves/edit/{mine}").text)
    assert kim.sends(f"/shelves/edit/{mine}", {**form, "boards": "6"}).status_code == 302
    assert kim.sends(f"/shelves/edit/{mine}", {**form, "boards": "7"}).status_code == 409
