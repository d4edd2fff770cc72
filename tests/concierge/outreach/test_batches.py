"""Batches by grid: one bad line never holds the others, and each person gets an answer."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.outreach.models.batch import ApplicationRow, BatchRow
from concierge.outreach.models.people import AccessRow
from concierge.outreach.press.table_file import cells_of, table
from concierge.outreach.rules.batches import (
    BatchDetailsNeeded,
    BatchEmpty,
    BatchSentAlready,
    BatchSignerNeeded,
    Decided,
    NothingToDecide,
    result_line,
    state_of,
)
from concierge.outreach.rules.lines import Column, HeadsMissing
from concierge.outreach.rules.standing import ApplicationState, BatchState
from concierge.outreach.services.collect_applications import (
    collect_applications,
    mend_application,
    withdraw_application,
)
from concierge.outreach.services.open_batch import open_batch
from concierge.outreach.services.open_person import PurposeNeeded
from concierge.outreach.services.send_batch import (
    deliver_applications,
    grant_batch,
    opened_list,
    send_batch,
    take_results,
)
from tests.concierge.outreach.conftest import a_number

HEADS = ("姓名", "身份证号", "电话", "小区")
TODAY = date(2026, 4, 15)


@pytest.fixture
def batch_id(village):
    return open_batch(village.grid_id, "居民医保参保登记", "医疗保障局", date(2026, 4, 30), by=SYSTEM)


def lines(county, batch_id):
    asked = select(ApplicationRow).where(ApplicationRow.batch_id == batch_id).order_by(ApplicationRow.line)
    return county.asked(asked)


def state(county, batch_id):
    return county.has(BatchRow, batch_id).state


def collected(batch_id, *people):
    return collect_applications(batch_id, [HEADS, *people], by=SYSTEM)


GOOD = ("张三", a_number("19660101"), "13800001234", "滨河小区")
BAD = ("李四", "43072519660101", "", "滨河小区")
OTHER = ("王五", a_number("19700202"), "", "滨河小区")


def test_the_wrong_line_stays_and_the_others_go(county, village, batch_id):
    told = collected(batch_id, GOOD, BAD, OTHER)

    assert (told.ready, told.faulty) == (2, 1)
    assert send_batch(batch_id, by=SYSTEM) == 2
    assert [row.state.value for row in lines(county, batch_id)] == ["sent", "faulty", "sent"]
    assert lines(county, batch_id)[1].faults == "id_number:shape"


def test_a_mended_line_follows_the_batch(county, village, batch_id):
    collected(batch_id, GOOD, BAD)
    send_batch(batch_id, by=SYSTEM)
    bad = lines(county, batch_id)[1]

    cells = {Column.NAME: "李四", Column.ID_NUMBER: a_number("19660101", 4)}
    assert mend_application(bad.id, cells, by=SYSTEM)
    assert send_batch(batch_id, by=SYSTEM) == 1


def test_one_person_is_in_a_batch_once(county, village, batch_id):
    told = collected(batch_id, GOOD, GOOD)

    assert (told.ready, told.faulty) == (1, 1)
    assert lines(county, batch_id)[1].faults == "id_number:twice"


def test_answers_are_taken_line_by_line(county, village, batch_id):
    collected(batch_id, GOOD, OTHER, ("赵六", a_number("19800303"), "", ""))
    send_batch(batch_id, by=SYSTEM)

    answered = take_results(
        batch_id,
        [
            ("序号", "结果", "证号", "日期", "原因"),
            ("1", "准予", "医保-001", "2026-04-14", ""),
            ("2", "不予", "", "2026-04-14", ""),  # a refusal without its reason
            ("9", "准予", "", "", ""),  # no such line
            ("3", "不予", "", "2026/04/14", "已在市本级参保"),
        ],
        by=SYSTEM,
    )

    assert (answered.granted, answered.refused) == (1, 1)
    assert [(n, [str(f) for f in faults]) for n, faults in answered.faulty] == [
        (3, ["reason:missing"]),
        (4, ["number:unknown"]),
    ]
    assert [row.state.value for row in lines(county, batch_id)] == ["granted", "sent", "refused"]
    assert state(county, batch_id) is BatchState.SENT


def test_the_same_answers_sent_twice_change_nothing(county, village, batch_id):
    collected(batch_id, GOOD, OTHER)
    send_batch(batch_id, by=SYSTEM)
    answer = [("序号", "结果"), ("1", "准予")]
    take_results(batch_id, answer, by=SYSTEM)

    again = take_results(batch_id, answer, by=SYSTEM)

    assert (again.granted, len(again.faulty)) == (0, 1)


def test_a_batch_is_closed_when_the_last_result_is_signed_for(county, village, batch_id):
    collected(batch_id, GOOD, OTHER)
    send_batch(batch_id, by=SYSTEM)
    assert grant_batch(batch_id, by=SYSTEM).granted == 2
    assert state(county, batch_id) is BatchState.RETURNED

    with pytest.raises(BatchSignerNeeded):
        deliver_applications(batch_id, {1}, " ", by=SYSTEM)
    deliver_applications(batch_id, {1}, "张三", by=SYSTEM)
    deliver_applications(batch_id, {2}, "王五之子", by=SYSTEM)

    assert state(county, batch_id) is BatchState.CLOSED


def test_the_list_for_the_department_is_fetched_for_a_purpose(county, village, batch_id):
    collected(batch_id, GOOD)
    with pytest.raises(NothingToDecide):
        opened_list(batch_id, "交医保局", by=SYSTEM)
    send_batch(batch_id, by=SYSTEM)
    with pytest.raises(PurposeNeeded):
        opened_list(batch_id, "", by=SYSTEM)

    ((row, personal),) = opened_list(batch_id, "交医保局", by=SYSTEM)

    assert (row.called, personal.name) == ("张＊", "张三")
    assert [(line.purpose, line.people) for line in county.asked(select(AccessRow))] == [("交医保局", 1)]


def test_what_is_with_the_department_cannot_be_changed(county, village, batch_id):
    collected(batch_id, GOOD)
    send_batch(batch_id, by=SYSTEM)
    (row,) = lines(county, batch_id)

    with pytest.raises(BatchSentAlready):
        mend_application(row.id, {Column.NAME: "张三", Column.ID_NUMBER: GOOD[1]}, by=SYSTEM)
    with pytest.raises(BatchSentAlready):
        withdraw_application(row.id, by=SYSTEM)


def test_nothing_is_kept_of_a_table_without_its_columns(county, village, batch_id):
    with pytest.raises(HeadsMissing):
        collect_applications(batch_id, [("姓名",), ("张三",)], by=SYSTEM)
    with pytest.raises(BatchEmpty):
        send_batch(batch_id, by=SYSTEM)


def test_a_batch_needs_a_service_a_department_and_a_day_to_come(county, village):
    with pytest.raises(BatchDetailsNeeded):
        open_batch(village.grid_id, " ", "医保局", TODAY, by=SYSTEM)
    with pytest.raises(BatchDetailsNeeded):
        open_batch(village.grid_id, "医保", "医保局", date(2026, 4, 14), by=SYSTEM)


def test_a_grid_in_nobodys_charge_is_no_place_for_a_batch(county, village):
    stranger = county.employs("stranger", "Concierge").actor

    with pytest.raises(Missing):
        open_batch(village.grid_id, "医保", "医保局", TODAY, by=stranger)


def test_a_batch_stands_where_its_lines_stand():
    faulty, granted, sent = ApplicationState.FAULTY, ApplicationState.GRANTED, ApplicationState.SENT
    delivered = ApplicationState.DELIVERED

    assert state_of([faulty], was_sent=False) is BatchState.COLLECTING
    assert state_of([faulty, sent, granted], was_sent=True) is BatchState.SENT
    assert state_of([granted, delivered], was_sent=True) is BatchState.RETURNED
    assert state_of([faulty, delivered], was_sent=True) is BatchState.RETURNED
    assert state_of([delivered, ApplicationState.REFUSED], was_sent=True) is BatchState.CLOSED


def test_an_answer_of_tomorrow_is_no_answer():
    cells = {Column.NUMBER: "1", Column.OUTCOME: "准予", Column.ON: "2026-04-16"}

    assert [str(one) for one in result_line(cells, {1}, today=TODAY)] == ["on:day"]
    assert isinstance(result_line({**cells, Column.ON: "2026-04-15"}, {1}, today=TODAY), Decided)


def test_a_batch_goes_from_the_door_to_the_signature_in_the_browser(county, village):
    officer = county.employs("officer", "Chief", sees=(None,))
    form = {
        "grid": village.grid_id,
        "title": "居民医保",
        "department": "医保局",
        "collect_until_on": "2026-04-30",
    }
    page = officer.sends("/outreach/batches/", form, follow_redirects=True)
    assert "居民医保" in page.text
    way = page.request.path

    sent = table(HEADS, [GOOD, BAD], title="名册")
    files = {"file": (io.BytesIO(sent), "名册.xlsx")}
    page = officer.sends(f"{way}/import", files, content_type="multipart/form-data", follow_redirects=True)
    assert "1 complete, 1 to be mended." in page.text
    assert "Identity number has the wrong form" in page.text
    assert ("张＊" in page.text, "张三" in page.text) == (True, False)

    bad = county.asked(select(ApplicationRow).where(ApplicationRow.state == ApplicationState.FAULTY))[0]
    page = officer.opens(f"/outreach/batches/lines/{bad.id}")
    assert all(typed in page.text for typed in ("李四", BAD[1]))
    typed = {"name": "李四", "id_number": "12", "phone": "1", "compound": "", "address": "", "road": "paper"}
    page = officer.sends(f"/outreach/batches/lines/{bad.id}", typed)
    assert page.status_code == 422
    assert "Telephone has the wrong form" in page.text
    typed |= {"id_number": a_number("19550505"), "phone": ""}
    officer.sends(f"/outreach/batches/lines/{bad.id}", typed)

    officer.sends(f"{way}/send")
    fetched = officer.sends(f"{way}/list.xlsx", {"purpose": "交医保局"})
    rows = cells_of(io.BytesIO(fetched.data))
    assert [row[1] for row in rows[1:]] == ["张三", "李四"]
    for row in rows[1:]:
        row[6] = "准予"
    files = {"file": (io.BytesIO(table(rows[0], rows[1:], title="名册")), "名册.xlsx")}
    page = officer.sends(f"{way}/results", files, content_type="multipart/form-data", follow_redirects=True)
    assert "2 granted, 0 refused" in page.text
    page = officer.sends(f"{way}/deliver", {"line": ["1", "2"], "signed_by": "本人"}, follow_redirects=True)
    assert "all delivered" in page.text
