"""Why a date is what it is, in both languages, as a person reads it."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.catalogue import Catalogue
from approvals.rules.periods import DaysMode
from projects.plan_command import translations
from projects.rules.expand import expand
from projects.rules.explain import render, why
from projects.rules.planning import plan
from projects.rules.project_plan import ProjectPlan
from projects.rules.terms import Actual, PlanTerms, WhatIf
from scheduler import WorkCalendar

ZH = translations("zh")


def a_plan(
    catalogue: Catalogue, calendar: WorkCalendar, template: str, start_on: date | None, **facts: object
) -> ProjectPlan:
    return plan(expand(catalogue, template, facts), PlanTerms(start_on=start_on), calendar=calendar)


def because(planned: ProjectPlan, code: str, catalogue: Catalogue, lang: str = "zh") -> str:
    return render(why(planned, code, catalogue).chain, ZH if lang == "zh" else str, lang)


def details(planned: ProjectPlan, code: str, catalogue: Catalogue) -> str:
    return render(why(planned, code, catalogue).details, ZH, "zh")


def test_a_step_waits_for_a_certificate_and_skips_a_holiday(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    # the land title of 17 falls on 15 June; the permit's 5 working days run across Dragon Boat, 19 to 21 June
    planned = a_plan(catalogue, calendar, "private-building", date(2026, 4, 15))
    step = planned.step("land-registration")
    assert (step.number, step.name_zh) == ("17", "国有建设用地使用权首次登记")

    asked = plan(
        planned.expansion,
        PlanTerms(start_on=date(2026, 4, 15)),
        calendar=calendar,
        actuals=[Actual(step="design-scheme-review", finished_on=date(2026, 6, 12))],
        what_if=WhatIf(),
    )

    assert because(asked, "construction-planning-permit", catalogue) == (
        "等 16 建设用地规划许可证核发，6月18日出证；受理后5个工作日，跳过端午"
    )
    assert because(asked, "construction-planning-permit", catalogue, "en") == (
        "Waits for 16 Land-use planning permit, issued on 18 June; 5 working days after acceptance, "
        "skipping Dragon Boat Festival"
    )


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("land-reserve-check", "项目启动即可办理，4月15日开始；受理后5个工作日"),
        (
            "land-supply-plan",
            "等 11 标准地控制性指标确定与履约承诺，5月7日办结；受理后5个工作日，含5月9日调休上班",
        ),
        (
            "standard-land-indicators",
            "等 10 规划条件核定，4月29日办结；受理后3个工作日，跳过五一",
        ),
        (
            "land-listing",
            "等 12 供地方案(出让、划拨)审批，5月13日办结；特别程序30个自然日（不计入时限），再办1个工作日",
        ),
        ("land-price-payment", "等 15 国有建设用地使用权出让合同签订，6月17日签订；用时1个工作日"),
        ("construction-planning-permit", "可先行办理，办结须等 19 国有建设用地使用权首次登记，6月22日出证"),
        ("construction-start", "等 36 建筑工程施工许可证核发，6月24日出证；当日办结"),
    ],
)
def test_each_kind_of_waiting_has_its_own_words(
    catalogue: Catalogue, calendar: WorkCalendar, code: str, sentence: str
) -> None:
    planned = a_plan(catalogue, calendar, "industrial-start-on-land", date(2026, 4, 15))

    assert because(planned, code, catalogue) == sentence


def test_a_calendar_period_that_ends_on_a_rest_day_says_that_it_moves_on(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    # 30 calendar days from Thursday 21 May 2026 end on Saturday 20 June, inside Dragon Boat
    planned = a_plan(catalogue, calendar, "private-building", date(2026, 4, 27))
    assert planned.step("land-listing").accept_on == date(2026, 5, 20)
    later = a_plan(catalogue, calendar, "private-building", date(2026, 4, 28))

    assert because(later, "land-listing", catalogue).endswith(
        "再办1个工作日，跳过端午，6月20日为休息日，顺延"
    )


def test_the_tail_after_an_awaited_result_is_told(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    planned = a_plan(catalogue, calendar, "private-building", date(2026, 4, 15))

    assert because(planned, "joint-acceptance", catalogue).endswith("办结，其后1个工作日内办结")


def test_a_typical_length_has_reasons_without_days(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    planned = a_plan(catalogue, calendar, "industrial-start-on-land", None)

    assert because(planned, "planning-conditions", catalogue) == "等 09 净地核查与土地收储；受理后5个工作日"
    assert because(planned, "land-reserve-check", catalogue) == "项目启动即可办理；受理后5个工作日"


def test_the_owners_preparation_is_the_owners(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    terms = PlanTerms(start_on=date(2026, 4, 15), days=DaysMode.ELAPSED)
    planned = plan(expand(catalogue, "industrial-start-on-land", {}), terms, calendar=calendar)

    assert "；企业准备材料20个工作日；特别程序10个工作日（不计入时限），再办7个工作日" in because(
        planned, "eia-form", catalogue
    )


def test_what_has_happened_is_said_as_it_happened(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    expansion = expand(catalogue, "industrial-start-on-land", {})
    actuals = [
        Actual(step="land-reserve-check", accepted_on=date(2026, 4, 15), finished_on=date(2026, 4, 21)),
        Actual(step="planning-conditions", accepted_on=date(2026, 4, 22)),
    ]
    terms = PlanTerms(start_on=date(2026, 4, 15), today=date(2026, 5, 8))
    planned = plan(expansion, terms, calendar=calendar, actuals=actuals)

    assert because(planned, "land-reserve-check", catalogue) == "4月21日已办结"
    assert because(planned, "planning-conditions", catalogue) == (
        "4月22日已受理；受理后5个工作日，跳过五一；已超期，最早今日（5月8日）办结"
    )
    assert because(planned, "company-registration", catalogue).startswith("尚未办理，从今日（5月8日）起算")


def test_a_day_of_another_year_says_its_year_and_that_it_is_provisional(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    planned = a_plan(catalogue, calendar, "private-building", date(2026, 11, 16))

    sentence = because(planned, "construction-contract", catalogue)

    assert "2027年1月26日办结" in sentence
    assert sentence.endswith("；2027年日期为暂定")


def test_the_building_works_are_waited_for(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    planned = a_plan(catalogue, calendar, "small-low-risk", date(2026, 4, 15), construction_working_days=40)

    assert because(planned, "joint-survey", catalogue).startswith("等工程完工，6月25日完工")


def test_the_details_give_gate_limits_citation_calendar_and_float(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    planned = a_plan(catalogue, calendar, "industrial-start-on-land", date(2026, 4, 15))

    assert details(planned, "land-registration", catalogue) == (
        "依法须凭其结果：土地价款缴纳凭证、契税完税证明；承诺时限1个工作日；法定时限30个工作日；"
        "法律依据：不动产登记暂行条例第二十条；按2026年已公布的节假日安排计算；"
        "在关键线路上，晚一天，取得施工许可证或开工就晚一天"
    )
    assert "不影响取得施工许可证和开工" in details(planned, "joint-survey", catalogue)
    assert "已放宽：审查先行，只有办结须等待" in details(planned, "construction-contract", catalogue)


def test_the_citation_is_the_one_in_force_on_the_acceptance_day(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    before = a_plan(catalogue, calendar, "industrial-start-on-land", date(2026, 4, 15))
    after = a_plan(catalogue, calendar, "industrial-start-on-land", date(2026, 8, 17))

    assert "法律依据：环境影响评价法第二十二条；" in details(before, "eia-form", catalogue)
    assert "法律依据：生态环境法典第一百零二条；" in details(after, "eia-form", catalogue)


def test_every_step_of_every_template_has_a_reason_in_both_languages(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    for template in catalogue.template_of:
        for start_on in (date(2026, 4, 15), None):
            planned = a_plan(catalogue, calendar, template, start_on)
            for step in planned.steps:
                found = why(planned, step.code, catalogue)
                for reasons in (found.chain, found.details):
                    chinese, english = render(reasons, ZH, "zh"), render(reasons, str, "en")
                    assert chinese
                    assert english
                    assert "%(" not in chinese + english
                    assert " working days" not in chinese


def test_days_before_an_acceptance_are_no_reason_of_what_runs_after_it(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    # prepared from 26 February, across the make-up Saturday of 28 February; accepted on 25 March
    planned = plan(
        expand(catalogue, "private-building", {}),
        PlanTerms(start_on=date(2026, 1, 5), today=date(2026, 3, 25)),
        calendar=calendar,
        actuals=[
            Actual(step="land-reserve-check", started_on=date(2026, 2, 26), accepted_on=date(2026, 3, 25))
        ],
    )

    assert because(planned, "land-reserve-check", catalogue) == "3月25日已受理；受理后5个工作日"
