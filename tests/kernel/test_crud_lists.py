"""Lists take nothing on trust that comes with the address: no column, order, page or value."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from concierge.kernel.db import db
from tests.kernel.fixtures_office import Office, Somebody
from tests.kernel.office.models import Room, Shelf, Wood


@pytest.fixture
def keeper(office: Office) -> Somebody:
    """A keeper in front of thirty shelves in three rooms."""
    rooms = [Room(code=f"R{n}", name=f"Room {n}") for n in range(3)]
    office.keeps(*rooms)
    office.keeps(
        *(
            Shelf(name=f"Shelf {n:02}", wood=Wood.OAK, boards=n, room_id=rooms[n % 3].id, secret=f"key {n}")
            for n in range(30)
        )
    )
    return office.employs("kim", "Keeper")


def names(page: str) -> list[str]:
    """The shelves of a page, in order."""
    return [part[:8] for part in page.split("<td>")[1:] if part.startswith("Shelf ")]


@pytest.mark.parametrize(
    "query",
    [
        "page_ShelfView=abc",
        "page_ShelfView=-3",
        "page_ShelfView=99999999999999999999",
        "page_ShelfView=1e9",
        "page_ShelfView=77",
        "psize_ShelfView=0",
        "psize_ShelfView=-1",
        "psize_ShelfView=x",
        "_oc_ShelfView=secret&_od_ShelfView=asc",
        "_oc_ShelfView=room.id&_od_ShelfView=asc",
        "_oc_ShelfView=metadata&_od_ShelfView=asc",
        "_oc_ShelfView=no_such&_od_ShelfView=desc",
        "_oc_ShelfView=name&_od_ShelfView=sideways",
        "_flt_0_secret=key",
        "_flt_9_name=x",
        "_flt_x_name=x",
        "_flt_0_room=abc",
        "_flt_0_room=99999999999999999999",
        "_flt_0_boards=%27",
        "_flt_0_built_on=yesterday",
        "_flt_1_dusted_at=2026-13-45",
        "_flt_0_no_such=1",
    ],
)
def test_a_garbled_address_gives_the_first_page(keeper: Somebody, query: str) -> None:
    page = keeper.opens(f"/shelves/list/?{query}")

    assert page.status_code == 200
    assert names(page.text) == [f"Shelf {n:02}" for n in range(25)]


def test_declared_columns_sort_and_search(keeper: Somebody) -> None:
    by_boards = keeper.opens("/shelves/list/?_oc_ShelfView=boards&_od_ShelfView=desc")
    by_room = keeper.opens("/shelves/list/?_oc_ShelfView=room.name&_od_ShelfView=asc&psize_ShelfView=10")
    found = keeper.opens("/shelves/list/?_flt_0_name=Shelf%201")

    assert names(by_boards.text)[0] == "Shelf 29"
    assert set(names(by_room.text)) == {f"Shelf {n:02}" for n in range(0, 30, 3)}  # ten shelves in Room 0
    assert names(found.text) == [f"Shelf {n}" for n in range(10, 20)]


def test_a_page_is_never_longer_than_a_hundred_rows(office: Office, keeper: Somebody) -> None:
    office.keeps(*(Shelf(name=f"Shelf {n}", wood=Wood.OAK) for n in range(100, 220)))

    assert len(names(keeper.opens("/shelves/list/?psize_ShelfView=100000").text)) == 25
    assert len(names(keeper.opens("/shelves/list/?psize_ShelfView=100").text)) == 100


def test_a_filter_of_one_reader_never_reaches_another(office: Office, keeper: Somebody) -> None:
    keeper.opens("/shelves/list/?_flt_0_name=Shelf%2001")

    assert len(names(office.employs("lea", "Keeper").opens("/shelves/list/").text)) == 25


def test_a_list_takes_the_same_few_queries_however_long_it_is(keeper: Somebody) -> None:
    def queries(path: str) -> int:
        asked: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            keeper.opens(path)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len([s for s in asked if not s.startswith(("BEGIN", "PRAGMA"))])

    # the person with their roles, the count, the rows, their rooms, the rooms to search by
    assert queries("/shelves/list/?psize_ShelfView=5") == queries("/shelves/list/?psize_ShelfView=25") == 5


def test_moments_are_shown_on_a_clock_in_shanghai(office: Office, keeper: Somebody) -> None:
    office.keeps(Shelf(name="Shelf D", wood=Wood.OAK, dusted_at=datetime(2026, 4, 15, 16, 30, tzinfo=UTC)))

    page = keeper.opens("/shelves/list/?_flt_0_name=Shelf%20D")

    assert "2026-04-16 00:30" in page.text  # eight hours later, so the next day


def test_a_moment_is_searched_for_on_a_clock_in_shanghai(office: Office, keeper: Somebody) -> None:
    office.keeps(Shelf(name="Shelf D", wood=Wood.OAK, dusted_at=datetime(2026, 4, 15, 16, 30, tzinfo=UTC)))

    assert "Shelf D" in keeper.opens("/shelves/list/?_flt_1_dusted_at=2026-04-16T00:29").text
    assert "Shelf D" not in keeper.opens("/shelves/list/?_flt_1_dusted_at=2026-04-16T00:31").text


def test_a_file_neutralises_formulas_and_keeps_numbers(office: Office, keeper: Somebody) -> None:
    office.keeps(
        Shelf(name="=1+1", wood=Wood.BEECH, boards=4, note="@SUM(A1)", built_on=date(2026, 4, 15)),
        Shelf(name="-cmd", wood=Wood.BEECH, boards=4, note="-12.5"),
    )

    answer = keeper.opens("/shelves/export?_oc_ShelfView=name&_od_ShelfView=asc")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))

    assert answer.headers["Content-Disposition"] == "attachment; filename=trial_shelf.csv"
    assert answer.text.startswith("\ufeff")
    assert rows[0] == ["Name", "Wood", "Boards", "Open", "Built", "Dusted", "Room", "Note"]
    assert rows[1] == ["'-cmd", "Beech", "4", "Yes", "", "", "", "-12.5"]
    assert rows[2] == ["'=1+1", "Beech", "4", "Yes", "2026-04-15", "", "", "'@SUM(A1)"]
    assert len(rows) == 33


def test_a_related_list_is_guarded_like_any_other(office: Office, keeper: Somebody) -> None:
    page = keeper.opens("/rooms/show/1?_oc_ShelfView=secret&_od_ShelfView=asc&page_ShelfView=abc")

    assert page.status_code == 200
    assert names(page.text) == [f"Shelf {n:02}" for n in range(0, 30, 3)]
