"""Tables that leave the house: a spreadsheet opens them in Chinese, and nothing in them runs."""

import csv
import io
from datetime import date

from openpyxl import load_workbook

from concierge.kernel.tables import Table


def a_table():
    return Table(
        name="ledger",
        heads=("项目", "Start", "Days"),
        rows=[("=cmd|' /C calc'!A0", date(2026, 4, 15), 12), ("-12.5", None, None)],
    )


def test_a_workbook_keeps_days_and_numbers_and_runs_nothing():
    sheet = load_workbook(io.BytesIO(a_table().as_xlsx())).active

    assert [cell.value for cell in sheet[1]] == ["项目", "Start", "Days"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "=cmd|' /C calc'!A0"
    assert sheet["B2"].value.date() == date(2026, 4, 15)
    assert sheet["C2"].value == 12
    assert sheet["B3"].value is None
    assert sheet.freeze_panes == "A2"


def test_a_column_is_as_wide_as_its_longest_cell_and_chinese_counts_twice():
    sheet = load_workbook(io.BytesIO(a_table().as_xlsx())).active

    # 18 signs and 2 to spare; 10 of a day and 2; 4 of the head and 2
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert [round(width) for width in widths] == [20, 12, 6]


def test_a_text_file_says_which_code_it_is_in_and_neutralises_formulas():
    text = a_table().as_csv()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))

    assert text.startswith("\ufeff")
    assert rows[1] == ["'=cmd|' /C calc'!A0", "2026-04-15", "12"]
    assert rows[2] == ["-12.5", "", ""]


def test_a_table_with_no_rows_is_its_heads():
    table = Table(name="ledger", heads=("Project",), rows=[])

    assert load_workbook(io.BytesIO(table.as_xlsx())).active.max_row == 1
