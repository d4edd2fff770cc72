"""The list of cases out as XLSX and back: every line judged alone, nothing done twice, no file trusted."""

import re
import zipfile
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from approvals.models.case import CaseMoveRow
from approvals.models.step import Step
from approvals.rules.lifecycle import StepState
from approvals.rules.progress import Move
from concierge.desk.models.links import LinkRow
from concierge.desk.press.case_list_xlsx import CaseListTooLong, NotOurList, read_list, written_list
from concierge.desk.press.case_list_xlsx import ListedCase as Case
from concierge.desk.rules.case_list import Column, FormulaRefused, ListLine, WrongCell
from concierge.desk.rules.links import LinkScope
from concierge.desk.rules.reply import Outcome, OutcomeMissing
from concierge.kernel.actor import SYSTEM
from projects.services.record_move import record_move
from tests.builders import a_project
from tests.concierge.desk.conftest import ACCEPTED_ON, FIRST
from tests.kernel.fixtures_office import apart

TODAY = date(2026, 4, 15)
ON_LIST = {
    Column.PROJECT_CODE: "2603-439921-04-01-000001",
    Column.NUMBER: "01",
    Column.VERSION: 3,
    Column.PROJECT: "=cmd()",
    Column.ACCEPTED_ON: ACCEPTED_ON,
}


def _at(column: Column) -> int:
    return list(Column).index(column) + 1


def _filled(data: bytes, *lines: dict[Column, object]) -> BytesIO:
    """The list with these cells filled in, line by line."""
    book = load_workbook(BytesIO(data))
    for row, cells in enumerate(lines, 3):
        for column, value in cells.items():
            book.active.cell(row, _at(column)).value = value
    kept = BytesIO()
    book.save(kept)
    kept.seek(0)
    return kept


def _line(**cells: object) -> ListLine:
    return ListLine(place=3, cells={Column[name.upper()]: value for name, value in cells.items()})


DONE = {Column.OUTCOME: "办结", Column.RESULT_NUMBER: "青招〔2026〕3号", Column.ON: TODAY}


def test_the_list_is_protected_but_for_what_is_filled_in_and_offers_the_outcomes():
    sheet = load_workbook(BytesIO(written_list([Case(ON_LIST)], "zh"))).active

    assert sheet.protection.sheet
    assert sheet.cell(3, _at(Column.PROJECT_CODE)).protection.locked
    assert not sheet.cell(3, _at(Column.OUTCOME)).protection.locked
    assert sheet.column_dimensions["C"].hidden  # the version of the case
    choices = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert choices == ['"受理,办结,需要补正,不予许可"']
    assert sheet.cell(3, _at(Column.PROJECT)).data_type == "s"  # no name of a project becomes a formula


def test_what_was_filled_in_comes_back_whatever_the_language_of_the_heads():
    for lang in ("zh", "en"):
        (line,) = read_list(_filled(written_list([Case(ON_LIST)], lang), DONE))

        reply = line.reply()
        assert (reply.outcome, reply.on, reply.number) == (Outcome.DONE, TODAY, "青招〔2026〕3号")
        assert line.whole(Column.VERSION) == 3


def test_lines_nobody_filled_in_are_left_out():
    assert read_list(_filled(written_list([Case(ON_LIST)] * 3, "zh"), {}, DONE))[0].place == 4


@pytest.mark.parametrize(
    "typed", [date(2026, 4, 15), "2026-04-15", "2026/4/15", "2026年4月15日", "2026.4.15"]
)
def test_a_day_may_be_written_as_people_write_it(typed):
    assert _line(on=typed).day(Column.ON) == TODAY


@pytest.mark.parametrize("typed", [46127, "下周", True, "2026-02-30", ""])
def test_a_day_that_is_none_is_refused_by_the_name_of_its_cell(typed):
    # L is the twelfth letter; the day is the twelfth of fifteen columns
    with pytest.raises(WrongCell) as refused:
        _line(on=typed).day(Column.ON)

    assert refused.value.facts["cell"] == "L3"


def test_formulas_and_broken_cells_are_refused():
    with pytest.raises(FormulaRefused):
        _line(result_number="=A1").text(Column.RESULT_NUMBER)
    with pytest.raises(WrongCell):
        _line(result_number="#REF!").text(Column.RESULT_NUMBER)
    with pytest.raises(OutcomeMissing):
        _line(outcome="同意").reply()


def test_a_number_typed_as_a_number_keeps_no_decimal_point():
    assert _line(result_number=20260015.0).text(Column.RESULT_NUMBER) == "20260015"


def test_the_same_line_is_the_same_in_whatever_file_it_comes():
    kept = _line(on="2026-04-15", outcome="办结", version="3")

    assert _line(on=date(2026, 4, 15), outcome="办结", version=3).key == kept.key
    assert _line(on=date(2026, 4, 15), outcome="办结", version=4).key != kept.key


def _other_book() -> BytesIO:
    book = Workbook()
    book.active["A1"] = "别的表"
    kept = BytesIO()
    book.save(kept)
    kept.seek(0)
    return kept


def _bomb() -> BytesIO:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * (40 * 1024 * 1024))
    return kept


def _entities() -> BytesIO:
    """A list whose sheet names an entity, as files made to burst do."""
    source = zipfile.ZipFile(_filled(written_list([Case(ON_LIST)], "zh"), DONE))
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as parts:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                head = b'<!DOCTYPE x [<!ENTITY a "boom">]>'
                data = head + data.replace(b'<?xml version="1.0"?>', b"")
            parts.writestr(name, data)
    return kept


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (lambda: BytesIO(b"no archive"), NotOurList),
        (lambda: BytesIO(b""), NotOurList),
        (_other_book, NotOurList),
        (_entities, NotOurList),
        (_bomb, CaseListTooLong),
        (lambda: BytesIO(b"PK" + b"0" * (3 * 1024 * 1024)), CaseListTooLong),
    ],
)
def test_a_file_that_is_no_list_of_ours_is_refused(made, refusal):
    with pytest.raises(refusal):
        read_list(made())


@pytest.fixture
def two_cases(project_id, the_step):
    """A second project whose first step lies with the same department."""
    other = a_project()
    return project_id, other


def _accept(county, project_id):
    step = county.asked(select(Step).where(Step.project_id == project_id, Step.code == FIRST))[0]
    record_move(step.id, Move.ACCEPT, ACCEPTED_ON, by=SYSTEM)


def _upload(visitor, page, file):
    return visitor.sends(page, f"{visitor.front.partition('?')[0]}/list?lang=en", list=(file, "list.xlsx"))


def _confirm(visitor, page):
    kept = unescape(re.search(r'<textarea name="lines" hidden>(.*?)</textarea>', page.text, re.S)[1])
    return visitor.sends(page, f"{visitor.front.partition('?')[0]}/list?lang=en", lines=kept)


def test_a_department_sends_its_list_back_and_a_bad_line_holds_no_other(
    visitor, hands_out, county, two_cases
):
    _accept(county, two_cases[1])
    visitor.enters(hands_out(LinkScope.DEPARTMENT))
    front = visitor.front.partition("?")[0]
    fetched = visitor.opens(f"{front}/list.xlsx").data
    place = visitor.opens(f"{front}/list?lang=en")
    filled = _filled(fetched, DONE, {**DONE, Column.ON: date(2026, 4, 16)}).getvalue()

    looked = _upload(visitor, place, BytesIO(filled))
    states = county.asked(select(Step.state).where(Step.code == FIRST))
    done = _confirm(visitor, looked)

    assert looked.status_code == 200
    assert "Can be recorded" in looked.text
    assert "has not come yet" in looked.text  # the second line: a day to come
    assert states == [StepState.ACCEPTED] * 2  # looking changed nothing
    assert done.status_code == 200
    finished = county.asked(select(Step.finished_on).where(Step.code == FIRST).order_by(Step.project_id))
    assert sorted(finished, key=str) == [TODAY, None]
    line = county.asked(select(CaseMoveRow).where(CaseMoveRow.move == "pass"))[0]
    assert line.actor.endswith("(link)")

    again = _upload(visitor, done, BytesIO(filled))

    assert "Recorded before" in again.text
    assert len(county.asked(select(CaseMoveRow.id).where(CaseMoveRow.move == "pass"))) == 1


def test_a_list_fetched_before_somebody_else_recorded_is_told_so(visitor, hands_out, the_step):
    visitor.enters(hands_out(LinkScope.DEPARTMENT))
    front = visitor.front.partition("?")[0]
    fetched = visitor.opens(f"{front}/list.xlsx").data
    place = visitor.opens(f"{front}/list?lang=en")
    record_move(the_step().id, Move.PASS, TODAY, by=SYSTEM)

    looked = _upload(visitor, place, _filled(fetched, DONE))

    assert "Somebody has changed this" in looked.text
    assert "Record 1 line" not in looked.text


def test_a_line_of_another_department_is_refused(visitor, hands_out, county, the_step):
    visitor.enters(hands_out(LinkScope.DEPARTMENT))
    front = visitor.front.partition("?")[0]
    fetched = visitor.opens(f"{front}/list.xlsx").data
    other = county.asked(select(Step.number).where(Step.department != the_step().department))[0]

    looked = _upload(
        visitor, visitor.opens(f"{front}/list?lang=en"), _filled(fetched, {**DONE, Column.NUMBER: other})
    )

    assert "no case of this department" in looked.text


def test_a_file_that_is_no_list_is_refused_with_what_to_do(visitor, hands_out):
    visitor.enters(hands_out(LinkScope.DEPARTMENT))
    place = visitor.opens(f"{visitor.front.partition('?')[0]}/list?lang=en")

    refused = _upload(visitor, place, BytesIO(b"hello"))

    assert refused.status_code == 422
    assert "Fetch the list here" in refused.text


def test_the_chief_takes_in_a_list_in_the_departments_name(county, the_step):
    carol = county.employs("carol", "Chief", sees=(None,))
    step = the_step()
    fetched = carol.opens(f"/links/batch/{step.department}.xlsx").data
    address = f"/links/batch/{step.department}"

    looked = carol.sends(address, {"list": (_filled(fetched, DONE), "list.xlsx")})
    kept = unescape(re.search(r'<textarea name="lines" hidden>(.*?)</textarea>', looked.text, re.S)[1])
    carol.sends(address, {"lines": kept})

    line = county.asked(select(CaseMoveRow).where(CaseMoveRow.move == "pass"))[0]
    assert (line.actor_id, the_step().state) == (carol.id, StepState.PASSED)
    assert line.actor.startswith("carol") or line.actor.startswith("Carol")


def test_lists_are_the_chiefs_alone(county, amy, the_step):
    assert amy.opens(f"/links/batch/{the_step().department}.xlsx").status_code == 403
    assert apart(county.stranger().get, "/links/batch/").status_code == 302
    assert county.asked(select(LinkRow.id)) == []
