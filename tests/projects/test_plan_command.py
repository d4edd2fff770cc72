"""``run.py plan``: its flags, its JSON, its exit statuses, and the files it writes."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from icalendar import Calendar

from projects.plan_command import main

FILES = {"plan.json", "plan.svg", "network.svg", "plan.ics", "plan.docx"}
PLAN = ("--template", "industrial-start-on-land", "--start", "2026-04-15")
STEP_FIELDS = {
    "code",
    "name",
    "department",
    "start_on",
    "finish_on",
    "total_float",
    "free_float",
    "critical",
    "why",
}


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_the_json_has_the_names_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, *PLAN)

    assert found["template"] == "industrial-start-on-land"
    assert (found["start"], found["permit_on"], found["lawful_start_on"]) == (
        "2026-04-15",
        "2026-06-24",
        "2026-06-24",
    )
    assert (found["workdays_to_permit"], found["workdays_to_start"]) == (47, 47)
    assert found["critical_path"][-1] == "construction-permit"
    assert len(found["steps"]) == 57
    assert all(set(step) >= STEP_FIELDS for step in found["steps"])
    registration = next(step for step in found["steps"] if step["code"] == "land-registration")
    assert registration["department"] == "REG"
    assert registration["name"] == "国有建设用地使用权首次登记"
    assert registration["critical"] is True
    assert registration["why"] == "等 16 土地出让价款及契税缴纳，6月18日办结；受理后1个工作日，跳过端午"


def test_a_typical_length_needs_no_start_and_has_no_days(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(
        capsys,
        *("--template", "industrial-start-on-land", "--nominal"),
        *("--fact", "eia_category=report", "--days", "elapsed"),
    )

    assert (found["start"], found["permit_on"]) == (None, None)
    assert (found["workdays_to_permit"], found["workdays_to_start"]) == (69, 73)
    assert {step["start_on"] for step in found["steps"]} == {None}


@pytest.mark.parametrize(
    ("flags", "workdays"), [(("--gates", "normal"), 61), (("--days", "promised"), 25), ((), 47)]
)
def test_gates_and_days_are_flags(
    capsys: pytest.CaptureFixture[str], flags: tuple[str, ...], workdays: int
) -> None:
    found = answered(capsys, "--template", "industrial-start-on-land", "--nominal", *flags)

    assert found["workdays_to_permit"] == workdays


def test_names_and_reasons_come_in_english_too(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, *PLAN, "--lang", "en")

    registration = next(step for step in found["steps"] if step["code"] == "land-registration")
    assert registration["name"] == "First registration of land-use right"
    assert registration["why"] == (
        "Waits for 16 Land price and deed tax payment, done on 18 June; 1 working day after acceptance, "
        "skipping Dragon Boat Festival"
    )


def test_without_json_it_prints_the_plan_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(PLAN) == 0

    text = capsys.readouterr().out
    assert "施工许可证：2026-06-24（47个工作日）" in text
    assert "19* 国有建设用地使用权首次登记" in text
    assert len(text.splitlines()) == 5 + 57


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("--template", "villa", "--start", "2026-04-15"),
            "没有项目模板“villa”。目录中有：industrial-start-on-land",
        ),
        ((*PLAN, "--fact", "eia_categroy=form"), "您要找的可能是：eia_category"),
        ((*PLAN, "--fact", "eia_category=novel"), "可填：report, form, register, exempt"),
        ((*PLAN, "--fact", "storeys=many"), "“many”不能作为项目要素“storeys”的值"),
        (("--template", "small-low-risk", "--start", "2003-12-31"), "2003-12-31"),
    ],
)
def test_bad_input_is_refused_with_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refused(capsys, *arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--template", "small-low-risk"),
        ("--template", "small-low-risk", "--start", "2026-13-01"),
        (*PLAN, "--gates", "ajar"),
        (*PLAN, "--fact", "storeys"),
        ("--template", "small-low-risk", "--nominal", "--out", "somewhere"),
    ],
)
def test_wrong_usage_ends_with_two(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")

    assert "请换一个文件夹" in refused(capsys, *PLAN, "--out", str(in_the_way / "plan"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a plan that runs into a provisional year."""
    folder = tmp_path_factory.mktemp("plan")
    assert main(["--template", "private-building", "--start", "2026-11-16", "--out", str(folder)]) == 0
    return folder


def test_all_files_are_written_and_equal_plans_are_equal_files(written: Path, tmp_path: Path) -> None:
    assert {path.name for path in written.iterdir()} == FILES

    main(["--template", "private-building", "--start", "2026-11-16", "--out", str(tmp_path)])

    for name in FILES:
        assert (tmp_path / name).read_bytes() == (written / name).read_bytes(), name


def test_the_charts_stand_alone_with_their_colours_inside(written: Path) -> None:
    for name in ("plan.svg", "network.svg"):
        root = ElementTree.fromstring((written / name).read_bytes())  # noqa: S314  our own file
        style = root.find("{http://www.w3.org/2000/svg}style")
        assert style is not None
        assert ":root" in (style.text or "")
        assert not root.findall(".//{http://www.w3.org/2000/svg}script")
        assert 'href="http' not in (written / name).read_text()


def test_the_calendar_file_has_an_all_day_entry_for_every_step_and_headline(written: Path) -> None:
    plan = json.loads((written / "plan.json").read_text())

    calendar = Calendar.from_ical((written / "plan.ics").read_bytes())

    events = list(calendar.walk("VEVENT"))
    assert len(events) == len(plan["steps"]) + 2
    assert "METHOD" not in calendar
    assert len({str(event["UID"]) for event in events}) == len(events)
    check = events[7]
    assert str(check["SUMMARY"]) == "08 净地核查与土地收储"
    # 16 November is day 0, 5 working days end on the 23rd; the end of an all-day entry is the day after
    assert (check["DTSTART"].dt, check["DTEND"].dt) == (date(2026, 11, 16), date(2026, 11, 24))
    assert {str(event["TRANSP"]) for event in events} == {"TRANSPARENT"}
    late = next(
        event
        for event in events
        if "construction-permit" not in event and "施工合同" in str(event["SUMMARY"])
    )
    assert str(late["SUMMARY"]).endswith("（暂定）")
    lines = (written / "plan.ics").read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75


def test_the_word_table_lists_every_step_on_an_a4_page_in_chinese_faces(written: Path) -> None:
    plan = json.loads((written / "plan.json").read_text())

    document = Document(io.BytesIO((written / "plan.docx").read_bytes()))

    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    facts, steps, left_out = document.tables
    assert [cell.text for cell in steps.rows[0].cells] == [
        "序",
        "步骤",
        "责任方",
        "时限",
        "开始",
        "办结",
        "机动",
        "日期由来",
    ]
    assert [row.cells[0].text for row in steps.rows[1:]] == [step["number"] for step in plan["steps"]]
    assert [row.cells[5].text for row in steps.rows[1:]] == [step["finish_on"] for step in plan["steps"]]
    assert len(left_out.rows) == len(plan["left_out"])
    assert "2027年" in facts.rows[1].cells[1].text
    package = zipfile.ZipFile(io.BytesIO((written / "plan.docx").read_bytes()))
    xml = package.read("word/document.xml").decode()
    assert 'w:eastAsia="仿宋_GB2312"' in xml
    assert "w:tblHeader" in xml
