"""Papers on the screens: taken in once for every step, compared, taken back, told once, and read."""

import html
import re
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from approvals.models.paper import OneTimeNoticeRow, PaperFileRow, PaperVersionRow, SecondListRow
from approvals.queries.papers import papers_here
from approvals.rules.case import ToldAlready
from approvals.rules.lifecycle import StepState
from approvals.rules.papers import Finding, PaperState, PaperWay
from approvals.rules.progress import Act, Move
from concierge.kernel import jobs
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from projects.queries.papers import project_papers
from projects.services.record_move import record_act
from tests.kernel.papers_made import a_pdf, a_picture

REPORT = "eia-form-text"  # of an intermediary, for this review alone
FORM = "form-parallel"  # made by the system, sealed by the enterprise
SURVEY = "boundary-survey"  # of an intermediary, needed by many steps
REVIEW = "eia-form"


@pytest.fixture
def address_of(project_id, the_step):
    return lambda code: f"/projects/{project_id}/steps/{the_step(code).number}"


@pytest.fixture
def sends_papers(amy, project_id):
    """Send papers as the form of the step page does."""

    def send(files, who=None, **typed):
        data = {"way": "counter", "on": "2026-04-15", "back": "papers", **typed}
        for code, chosen in files.items():
            data[f"files-{code}"] = [(BytesIO(content), name) for name, content in chosen]
        return (who or amy).sends(f"/projects/{project_id}/papers", data, content_type="multipart/form-data")

    return send


@pytest.fixture
def here(project_id):
    def asked():
        db.session.rollback()
        return papers_here(db.session, project_id)

    return asked


def record(the_step, amy, code, move, on, **said):
    record_act(the_step(code).id, Act(move, on, **said), by=amy.actor)


def test_a_paper_handed_in_at_one_step_is_there_for_every_step_that_asks_for_it(
    amy, project_id, sends_papers, address_of, the_step, here
):
    papers = project_papers(db.session, project_id, amy.actor, today=date(2026, 4, 15))
    steps = papers.one(SURVEY).needed_by
    assert len(steps) > 1

    number = the_step(steps[0]).number
    answer = sends_papers({SURVEY: [("宗地图.pdf", a_pdf(2))]}, step=number, back="step")

    assert answer.status_code == 303
    assert answer.location.endswith(f"/steps/{number}#papers")
    (version,) = here()[SURVEY].versions
    assert (version.way, version.came_on, version.pages) == (PaperWay.COUNTER, date(2026, 4, 15), 2)
    for code in steps:
        assert "宗地图.pdf" in amy.opens(address_of(code)).text


def test_many_papers_come_at_once_and_a_bad_file_does_not_hold_the_others(sends_papers, here):
    answer = sends_papers({
        SURVEY: [("图1.pdf", a_pdf(1)), ("图2.pdf", a_pdf(3))],
        REPORT: [("报告.pdf", a_picture())],
    })  # fmt: skip

    assert answer.status_code == 422
    assert "is called .pdf, but it is PNG inside" in answer.text
    assert "1 other paper was taken in" in answer.text
    assert [file.name for file in here()[SURVEY].newest.files] == ["图1.pdf", "图2.pdf"]
    assert REPORT not in here()


def test_a_paper_without_a_scan_is_taken_in_when_it_lies_at_the_counter(sends_papers, here):
    answer = sends_papers({}, **{f"here-{SURVEY}": "1"})

    assert answer.status_code == 303
    assert here()[SURVEY].is_good
    assert here()[SURVEY].newest.files == ()


@pytest.mark.parametrize(
    ("typed", "status", "says"),
    [
        ({}, 422, "Choose a file"),
        ({f"here-{SURVEY}": "1", "on": "2026-04-16"}, 422, "2026-04-16 has not come yet"),
        ({f"here-{SURVEY}": "1", "on": "soon"}, 422, "is not a day"),
        ({"here-poem": "1"}, 409, "No step of this project asks for “poem”"),
        ({f"here-{SURVEY}": "1", "step": "999"}, 404, ""),
    ],
)
def test_what_cannot_be_taken_in_is_said_and_nothing_is_kept(sends_papers, here, typed, status, says):
    answer = sends_papers({}, **typed)

    assert answer.status_code == status
    assert says in answer.text
    assert here() == {}


def test_who_forgot_the_files_finds_day_and_note_again_at_the_step(amy, sends_papers, the_step):
    step = the_step(REVIEW).number
    refused = sends_papers({}, on="2026-04-14", note="原件下午送来", step=step, back="step").text
    back = html.unescape(re.search(r'href="([^"]+#papers)"', refused)[1])

    page = amy.opens(back).text

    assert 'name="on" type="date" value="2026-04-14"' in page
    assert 'value="原件下午送来"' in page


def test_what_a_step_makes_is_not_taken_from_the_enterprise_but_the_file_of_a_result_is(
    amy, sends_papers, the_step, here
):
    refused = sends_papers({}, **{"here-business-license": "1"})
    record(the_step, amy, "company-registration", Move.ACCEPT, date(2026, 4, 10))
    record(the_step, amy, "company-registration", Move.PASS, date(2026, 4, 14), number="91439921MA7")

    taken = sends_papers({"business-license": [("营业执照.pdf", a_pdf())]})

    assert refused.status_code == 409
    assert "comes by itself" in refused.text
    assert taken.status_code == 303
    assert here()["business-license"].newest.way is PaperWay.RESULT


def test_the_file_of_a_result_no_step_asks_for_is_added_on_the_step(amy, sends_papers, the_step, address_of):
    code = "investment-lead-screening"
    own = f"result-of-{code}"
    before = sends_papers({own: [("研判意见.pdf", a_pdf())]})
    record(the_step, amy, code, Move.ACCEPT, date(2026, 4, 10))
    record(the_step, amy, code, Move.PASS, date(2026, 4, 14), number="研判3号")
    offered = amy.opens(f"{address_of(code)}?lang=en").text

    taken = sends_papers({own: [("研判意见.pdf", a_pdf())]})

    assert (before.status_code, taken.status_code) == (409, 303)
    assert "Add its file" in offered
    assert "Its file" in amy.opens(f"{address_of(code)}?lang=en").text
    paper = amy.opens(f"/projects/{the_step(code).project_id}/papers/{own}?lang=en").text
    assert "研判意见.pdf" in paper
    assert "Needed by" not in paper


def test_the_file_of_a_result_counts_no_more_once_the_result_is_taken_back(
    amy, project_id, sends_papers, the_step
):
    record(the_step, amy, "company-registration", Move.ACCEPT, date(2026, 4, 10))
    record(the_step, amy, "company-registration", Move.PASS, date(2026, 4, 14), number="91439921MA7")
    sends_papers({"business-license": [("营业执照.pdf", a_pdf())]})
    record(the_step, amy, "company-registration", Move.UNDO, date(2026, 4, 15))
    db.session.rollback()

    papers = project_papers(db.session, project_id, amy.actor, today=date(2026, 4, 15))

    assert papers.one("business-license").paper.state is PaperState.MISSING


def test_the_three_numbers_stand_on_the_page_of_all_papers(amy, project_id):
    said = amy.opens(f"/projects/{project_id}/papers").text

    numbers = re.findall(r"<dd>(\d+)<small>papers", said)
    papers = project_papers(db.session, project_id, amy.actor, today=date(2026, 4, 15))
    count = papers.count
    assert numbers == [str(count.item_by_item), str(count.distinct), str(count.owners)]
    assert said.count('class="bd-row"') == count.distinct  # each once


def test_a_new_version_takes_the_place_of_the_last_which_stays_on_record(amy, project_id, sends_papers, here):
    sends_papers({SURVEY: [("old.pdf", a_pdf(1))]})
    sends_papers({SURVEY: [("new.pdf", a_pdf(2))]})

    said = amy.opens(f"/projects/{project_id}/papers/{SURVEY}").text
    assert here()[SURVEY].newest.files[0].name == "new.pdf"
    assert "old.pdf" in said
    assert "Version 2" in said


@pytest.fixture
def the_version(county, project_id):
    def asked(material):
        return county.asked(
            select(PaperVersionRow)
            .where(PaperVersionRow.project_id == project_id, PaperVersionRow.material == material)
            .order_by(PaperVersionRow.number.desc())
        )[0]

    return asked


def judge(amy, project_id, row, verb, **typed):
    return amy.sends(
        f"/projects/{project_id}/papers/{row.material}/{verb}/{row.id}",
        {"version": str(row.version), **typed},
    )


def test_a_paper_found_wrong_is_not_there_until_a_new_version_comes(
    amy, project_id, sends_papers, here, the_version
):
    sends_papers({SURVEY: [("a.pdf", a_pdf(1))]})

    silent = judge(amy, project_id, the_version(SURVEY), "check", finding="unfit")
    found = judge(amy, project_id, the_version(SURVEY), "check", finding="unfit", reason="缺少公章")

    assert (silent.status_code, found.status_code) == (422, 303)
    assert here()[SURVEY].newest.found_reason == "缺少公章"
    assert here()[SURVEY].state is PaperState.UNFIT
    sends_papers({SURVEY: [("b.pdf", a_pdf(2))]})
    assert here()[SURVEY].is_good


def test_two_officers_who_compare_the_same_paper_the_second_is_told(
    amy, project_id, sends_papers, the_version
):
    sends_papers({SURVEY: [("a.pdf", a_pdf(1))]})
    opened = the_version(SURVEY)
    judge(amy, project_id, opened, "check", finding="fit")

    second = judge(amy, project_id, opened, "check", finding="unfit", reason="old")

    assert second.status_code == 409
    assert 'value="old"' in second.text  # nothing typed is lost
    assert the_version(SURVEY).finding is Finding.FIT


def test_a_wrong_file_is_taken_back_with_a_reason_and_stays_on_record(
    amy, project_id, sends_papers, here, the_version
):
    sends_papers({SURVEY: [("wrong project.pdf", a_pdf(1))]})

    judge(amy, project_id, the_version(SURVEY), "withdraw", reason="of another project")

    assert here() == {}
    said = amy.opens(f"/projects/{project_id}/papers/{SURVEY}").text
    assert "wrong project.pdf" in said
    assert "Taken back: of another project" in said


def the_file(county):
    return county.asked(select(PaperFileRow))[-1]


def test_a_file_is_handed_out_whole_safely_and_on_record(amy, county, project_id, sends_papers):
    content = a_pdf(2)
    sends_papers({SURVEY: [("宗地 图.pdf", content)]})
    href = f"/projects/{project_id}/papers/files/{the_file(county).id}"

    saved, shown = amy.opens(href), amy.opens(href + "?show=1")

    assert saved.data == content
    assert saved.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E5%AE%97%E5%9C%B0%20%E5%9B%BE.pdf"
    )
    assert shown.headers["Content-Disposition"].startswith("inline")
    for answer in (saved, shown):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Cache-Control"] == "no-store"
    assert saved.headers["Content-Security-Policy"].endswith("sandbox")
    lines = county.asked(select(AuditLine).where(AuditLine.act == "PaperOpened"))
    assert [line.actor_id for line in lines] == [amy.id, amy.id]


def test_what_no_browser_shows_safely_is_saved_even_when_asked_to_be_shown(
    amy, county, project_id, sends_papers
):
    sends_papers({SURVEY: [("总图.dwg", b"AC1032" + b"\x00" * 100)]})

    answer = amy.opens(f"/projects/{project_id}/papers/files/{the_file(county).id}?show=1")

    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_to_others_neither_papers_nor_files_exist(county, project_id, sends_papers, address_of):
    sends_papers({SURVEY: [("a.pdf", a_pdf())]})
    eve = county.employs("eve", "Concierge")

    for path in (
        f"/projects/{project_id}/papers",
        f"/projects/{project_id}/papers/{SURVEY}",
        f"/projects/{project_id}/papers/files/{the_file(county).id}",
        f"{address_of(REVIEW)}/notice",
    ):
        assert eve.opens(path).status_code == 404
    assert sends_papers({SURVEY: [("b.pdf", a_pdf())]}, who=eve).status_code == 404


def test_a_file_does_not_open_under_another_project(amy, county, project_id, sends_papers):
    sends_papers({SURVEY: [("a.pdf", a_pdf())]})

    assert amy.opens(f"/projects/{project_id + 1}/papers/files/{the_file(county).id}").status_code == 404


def test_a_supervisor_sees_what_is_here_and_reads_no_file(county, project_id, sends_papers):
    sends_papers({SURVEY: [("a.pdf", a_pdf())]})
    sam = county.employs("sam", "Supervisor", sees=(None,))

    said = sam.opens(f"/projects/{project_id}/papers/{SURVEY}")

    assert "a.pdf" in said.text
    assert "/papers/files/" not in said.text
    assert 'type="file"' not in said.text
    assert sam.opens(f"/projects/{project_id}/papers/files/{the_file(county).id}").status_code == 403


# One-time notice


@pytest.fixture
def received(amy, the_step):
    """The environmental review with its papers handed in on Monday, as far as they go."""
    record(the_step, amy, REVIEW, Move.RECEIVE, date(2026, 4, 13))


def tell(amy, address_of, the_step, **typed):
    data = {"on": "2026-04-15", "basis": "许可法第三十二条", "version": str(the_step(REVIEW).version)}
    return amy.sends(f"{address_of(REVIEW)}/notice", data | typed)


def test_everything_is_told_once_with_number_date_and_basis_and_the_step_is_being_corrected(
    amy, county, address_of, the_step, received
):
    preview = amy.opens(f"{address_of(REVIEW)}/notice").text

    answer = tell(amy, address_of, the_step)

    assert "by 20 April 2026 at the latest" in preview  # 5 working days after Monday 13 April
    assert answer.status_code == 303
    (notice,) = county.asked(select(OneTimeNoticeRow))
    assert (notice.number, notice.told_on, notice.tell_by) == (
        "GZ-2026-001",
        date(2026, 4, 15),
        date(2026, 4, 20),
    )
    assert notice.told_by == "Amy"
    assert the_step(REVIEW).state is StepState.CORRECTING
    assert "GZ-2026-001" in amy.opens(address_of(REVIEW)).text
    printed = amy.opens(f"{address_of(REVIEW)}/notice/print").text
    assert "许可法第三十二条" in printed
    assert "13 April 2026" in printed


def test_nothing_is_told_before_the_papers_were_received(amy, county, address_of, the_step):
    answer = tell(amy, address_of, the_step)

    assert answer.status_code == 409
    assert county.asked(select(OneTimeNoticeRow)) == []


def test_a_second_list_is_refused_and_on_record_against_who_tried(
    amy, county, project_id, address_of, the_step, sends_papers, received
):
    sends_papers({}, **{f"here-{FORM}": "1"})
    tell(amy, address_of, the_step)

    again = tell(amy, address_of, the_step)
    second = tell(amy, address_of, the_step, **{f"fault-{FORM}": "盖章不清"})
    jobs.run_due()

    assert again.status_code == second.status_code == 409
    assert "A second list of new items is not allowed" in second.text
    (row,) = county.asked(select(SecondListRow))
    assert (row.actor_id, row.actor, row.on) == (amy.id, "Amy", date(2026, 4, 15))
    assert row.materials == FORM
    assert len(county.asked(select(AuditLine).where(AuditLine.act == "SecondListTried"))) == 1
    assert "A second list was tried and refused" in amy.opens(f"{address_of(REVIEW)}/notice").text


def test_the_answer_is_taken_when_all_that_was_told_is_here(
    amy, county, project_id, address_of, the_step, sends_papers, received
):
    tell(amy, address_of, the_step)
    typed = {"on": "2026-04-15", "version": str(the_step(REVIEW).version)}

    early = amy.sends(f"{address_of(REVIEW)}/notice/answer", typed)
    sends_papers({REPORT: [("报告.pdf", a_pdf(96))]})
    typed["version"] = str(the_step(REVIEW).version)
    whole = amy.sends(f"{address_of(REVIEW)}/notice/answer", typed)

    assert early.status_code == 409
    assert "still missing or wrong" in early.text
    assert whole.status_code == 303
    assert the_step(REVIEW).state is StepState.CORRECTED
    assert county.asked(select(OneTimeNoticeRow.answered_on)) == [date(2026, 4, 15)]


def test_telling_faults_again_on_the_step_page_is_a_second_list_too(
    amy, county, address_of, the_step, sends_papers, received
):
    tell(amy, address_of, the_step)

    with pytest.raises(ToldAlready):
        record(the_step, amy, REVIEW, Move.CORRECT, date(2026, 4, 15), reason="还缺一份说明")

    (row,) = county.asked(select(SecondListRow))
    assert (row.actor_id, row.materials) == (amy.id, "")
    assert "A second list was tried and refused" in amy.opens(f"{address_of(REVIEW)}/notice").text


def test_a_telling_taken_back_is_told_again_under_its_old_number_and_never_grows(
    amy, county, address_of, the_step, sends_papers, received
):
    sends_papers({}, **{f"here-{FORM}": "1"})
    tell(amy, address_of, the_step)
    record(the_step, amy, REVIEW, Move.UNDO, date(2026, 4, 15))

    grown = tell(amy, address_of, the_step, **{f"fault-{FORM}": "盖章不清"})
    again = tell(amy, address_of, the_step)

    assert grown.status_code == 409
    assert again.status_code == 303
    assert the_step(REVIEW).state is StepState.CORRECTING
    assert county.asked(select(OneTimeNoticeRow.number)) == ["GZ-2026-001"]


def test_a_paper_that_is_here_and_wrong_is_told_with_the_rest_and_marked(
    amy, address_of, the_step, sends_papers, received, here
):
    sends_papers({REPORT: [("报告.pdf", a_pdf(96))]})

    answer = tell(amy, address_of, the_step, **{f"fault-{REPORT}": "缺少替代量说明"})

    assert answer.status_code == 303
    assert here()[REPORT].state is PaperState.UNFIT
    assert "缺少替代量说明" in amy.opens(address_of(REVIEW)).text


# What is too large


def test_two_gigabytes_are_refused_before_they_are_read(amy, project_id):
    class NeverRead:
        def read(self, *_):
            raise AssertionError("read")

        readline = read

    answer = amy.sends(
        f"/projects/{project_id}/papers",
        token=False,
        environ_overrides={
            "wsgi.input": NeverRead(),
            "CONTENT_LENGTH": str(2 * 1024**3),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
    )

    assert answer.status_code == 413
    assert "The file is too large" in answer.text


def test_a_body_that_is_larger_than_it_says_is_cut_at_the_limit(amy, county, project_id):
    limit = county.app.config["CONCIERGE"].largest_request_bytes

    class Endless:
        given = 0

        def read(self, size=65536):
            self.given += size
            assert self.given < limit + 4 * 1024 * 1024, "read on after the limit"
            return b"x" * size

    endless = Endless()
    answer = amy.sends(
        f"/projects/{project_id}/papers",
        token=False,
        environ_overrides={
            "wsgi.input": endless,
            "wsgi.input_terminated": True,  # a body in chunks, whose length nobody knows
            "CONTENT_LENGTH": "",
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
    )

    assert answer.status_code in (400, 413)


def test_addresses_that_take_no_files_keep_the_small_limit(amy, address_of):
    answer = amy.sends(address_of(REVIEW), {"note": "x" * (5 * 1024 * 1024)}, token=False)

    assert answer.status_code == 413


def test_the_page_of_all_papers_asks_few_questions(amy, project_id, sends_papers, statements):
    sends_papers({SURVEY: [("a.pdf", a_pdf())], REPORT: [("b.pdf", a_pdf(2))]})

    amy.opens(f"/projects/{project_id}/papers")

    with statements() as sent:
        amy.opens(f"/projects/{project_id}/papers")

    assert len(sent) <= 18, "\n".join(sent)
