"""Identity numbers, sealed data, and tables whose bad lines hold nobody."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.kernel.sealing import Key, SealBroken
from concierge.outreach.press.personal_data import Sealer
from concierge.outreach.press.table_file import TableUnreadable, cells_of, table
from concierge.outreach.rules.lines import (
    Column,
    HeadsMissing,
    LedgerLine,
    NoLines,
    application_faults,
    headed,
    ledger_line,
)
from concierge.outreach.rules.personal import (
    NumberInText,
    Personal,
    Wrong,
    called,
    check_sign,
    checked_text,
    number_fault,
)


def a_number(body="43072519660415001"):
    return body + check_sign(body)


def test_the_check_sign_is_that_of_the_standard():
    # the example of GB 11643: 11010519491231002, weighed sum 167, 167 mod 11 = 2, the third check sign is X
    assert check_sign("11010519491231002") == "X"
    assert number_fault("11010519491231002X") is None
    assert number_fault("11010519491231002x") is None


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", Wrong.MISSING),
        ("1101051949123100", Wrong.SHAPE),
        ("110105194912310021", Wrong.CHECK),
        ("110105194913310029", Wrong.DAY),
    ],
)
def test_each_way_of_being_wrong_has_its_name(typed, wrong):
    assert number_fault(typed) is wrong


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_mistyped_figure_is_always_noticed(place, shift):
    good = a_number()
    bad = f"{good[:place]}{(int(good[place]) + shift) % 10}{good[place + 1 :]}"

    assert number_fault(good) is None
    assert number_fault(bad) is not None


def test_a_list_shows_the_family_name_only():
    assert called("欧阳一二") == "欧＊＊＊"
    assert called("张三") == "张＊"


def test_a_free_text_cannot_hold_an_identity_number():
    assert checked_text(" 上门送证 ", "note") == "上门送证"
    with pytest.raises(NumberInText):
        checked_text(f"身份证{a_number()}，已核对", "note")


def test_sealed_data_opens_with_the_same_keys_only():
    mine, old, others = Key(b"mine"), Key(b"old"), Key(b"others")
    told = Personal(
        name="张三", id_number=a_number(), phone="13800000000", address="一号楼", other=(("a", "b"),)
    )
    sealed = Sealer([old]).seal(told)

    assert b"13800000000" not in sealed
    assert Sealer([mine, old]).open(sealed) == told
    with pytest.raises(SealBroken):
        Sealer([others]).open(sealed)
    with pytest.raises(SealBroken):
        Sealer([old]).open(sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_a_number_is_found_by_its_keyed_hash_however_it_is_typed():
    mine = Sealer([Key(b"mine")])

    assert mine.found_by("11010519491231002x") == mine.found_by(" 110105 19491231 002X")
    assert mine.found_by("11010519491231002X") != Sealer([Key(b"others")]).found_by("11010519491231002X")


def test_personal_data_never_shows_itself():
    assert repr(Personal(name="张三", id_number=a_number())) == "Personal(…)"


def test_lines_keep_the_numbers_a_spreadsheet_gives_them():
    rows = [["姓名", "身份证号"], ["", ""], ["张三", "1"], ["李四", "2"]]

    assert [number for number, _ in headed(rows, (Column.NAME,))] == [3, 4]


def test_a_table_without_its_columns_or_lines_is_refused():
    with pytest.raises(HeadsMissing) as told:
        list(headed([["姓名"], ["张三"]], (Column.NAME, Column.ID_NUMBER)))
    assert "身份证号" in str(told.value)
    with pytest.raises(NoLines):
        list(headed([["姓名"]], (Column.NAME,)))


def test_everything_wrong_with_a_line_is_told_at_once():
    cells = {Column.NAME: "", Column.ID_NUMBER: "123", Column.PHONE: "12", Column.ROAD: "飞鸽"}
    faults = {str(fault) for fault in application_faults(cells, ())}

    assert faults == {"name:missing", "id_number:shape", "phone:shape", "road:unknown"}


def test_a_person_applies_once_in_a_batch():
    cells = {Column.NAME: "张三", Column.ID_NUMBER: a_number()}

    assert application_faults(cells, ()) == []
    assert [str(fault) for fault in application_faults(cells, {a_number()})] == ["id_number:twice"]


def test_a_ledger_line_tells_the_day_of_birth_and_what_is_held():
    cells = {
        Column.NAME: "张三",
        Column.ID_NUMBER: a_number(),
        Column.TOWNSHIP: "云岭镇",
        Column.DISABILITY: "二级",
        Column.HOLDS: "elderly-card:2026-01-02；disability-certificate:2020/3/4/2030-03-03",
    }
    line = ledger_line(cells, {"云岭镇"}, set())

    assert isinstance(line, LedgerLine) is False  # 2020/3/4/2030 is no day
    cells[Column.HOLDS] = "elderly-card:2026-01-02；disability-certificate:20200304/2030-03-03"
    line = ledger_line(cells, {"云岭镇"}, set())
    assert (line.born_on.isoformat(), line.disability_grade) == ("1966-04-15", 2)
    assert [service for service, _, _ in line.holds] == ["elderly-card", "disability-certificate"]


def test_a_table_is_read_from_xlsx_and_from_csv_in_either_code():
    rows = [["姓名", "身份证号"], ["张三", a_number()]]
    text = "\n".join(",".join(row) for row in rows)

    assert cells_of(io.BytesIO(table(rows[0], rows[1:], title="名册"))) == rows
    assert cells_of(io.BytesIO(text.encode("gb18030"))) == rows
    assert cells_of(io.BytesIO(text.encode("utf-8-sig"))) == rows


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\x00\x01\x02", b"\xff\xfe\x00\x00"])
def test_what_is_no_table_is_refused_with_what_to_send(content):
    with pytest.raises(TableUnreadable):
        cells_of(io.BytesIO(content))
