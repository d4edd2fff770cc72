"""The plan of all projects on its pages: asked for, followed, compared, adopted, put aside, and what-if."""

import html
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from approvals.services.set_bench import set_bench
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from projects.models.portfolio import BookingRow, PortfolioPlan, PortfolioState
from projects.models.project import Project
from projects.rules.portfolio_days import read_summary, summary_body
from projects.rules.portfolio_search import usual_effort
from projects.services.ask_portfolio_plan import ask_portfolio_plan
from tests.builders import a_project

HERE = "/projects/portfolio-plan/"
EFFORT = 5
MOST_QUERIES = 18
HEAVIEST = 120_000


@pytest.fixture
def boss(county):
    return county.employs("boss", "Chief", sees=(None,))


@pytest.fixture
def two_projects(county):
    """Two small factories whose first steps meet in departments with one reviewer each."""
    for department in ("DRC", "NRP", "HCB"):
        set_bench(department, 1, by=SYSTEM)
    return [a_project(target_on=date(2026, 12, 31)) for _ in range(2)]


@pytest.fixture
def names(county, two_projects):
    """What the two are called."""
    return [county.has(Project, number).name for number in two_projects]


def planned(*, scenario=None) -> int:
    """Have a plan made with little effort; answers its number."""
    number = ask_portfolio_plan("Asked", scenario, effort=EFFORT, by=SYSTEM)
    jobs.run_due()
    return number


def state_of(county, number):
    return county.asked(select(PortfolioPlan.state).where(PortfolioPlan.number == number))[0]


def test_before_the_first_plan_the_page_says_what_one_would_bring(boss, two_projects):
    said = boss.opens(HERE).text

    assert "No plan of all projects stands yet" in said
    assert "Plan all projects" in said


def test_one_click_asks_for_a_plan_and_leads_to_its_progress(county, boss, two_projects):
    answer = boss.sends(HERE)

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{HERE}1"
    said = boss.opens(f"{HERE}1").text
    assert "It waits its turn" in said
    assert 'data-poll="2"' in said
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in said


def test_a_second_click_while_one_is_made_says_which_to_wait_for(boss, two_projects):
    boss.sends(HERE)

    answer = boss.sends(HERE)

    assert answer.status_code == 409
    assert "Plan no. 1 is being made" in answer.text


def test_two_projects_have_as_many_plans_tried_as_a_small_office_can_wait_for(county, boss, two_projects):
    boss.sends(HERE)

    (row,) = county.asked(select(PortfolioPlan))
    assert row.effort == usual_effort(2)


def test_how_far_it_is_is_told_in_tenths_with_the_best_so_far(county, boss, two_projects):
    boss.sends(HERE)
    with work(SYSTEM) as w:
        w.session.execute(
            update(PortfolioPlan).values(
                state=PortfolioState.WORKING, done=730, effort=2000, best_workdays=12
            )
        )

    said = boss.opens(f"{HERE}1").text

    assert "About 30% of the search is done." in said
    assert "730 of 2000 plans compared" in said
    assert "Best so far: 12 working days of weighted lateness." in said


def test_a_plan_can_be_cancelled_and_then_says_that_nothing_came_of_it(county, boss, two_projects):
    boss.sends(HERE)

    boss.sends(f"{HERE}1/cancel")

    assert state_of(county, 1) is PortfolioState.CANCELLED
    assert "The days that stand are untouched" in boss.opens(f"{HERE}1").text
    assert boss.sends(f"{HERE}1/cancel").status_code == 409


def test_a_made_plan_is_compared_and_changes_nothing_until_it_is_adopted(county, boss, two_projects):
    number = planned()

    said = boss.opens(f"{HERE}{number}").text

    assert state_of(county, number) is PortfolioState.READY
    assert "Against the days that stand now" in said
    assert f"{HERE}{number}/adopt" in said
    assert f"No. {number} waits for a decision" in boss.opens(HERE).text


def test_adopting_asks_once_more_and_then_the_plan_stands(county, boss, two_projects, names):
    number = planned()

    asked = boss.opens(f"{HERE}{number}/adopt").text
    assert f"Adopt portfolio plan no. {number}?" in asked
    assert "booked by this plan" in asked
    boss.sends(f"{HERE}{number}/adopt")
    jobs.run_due()

    assert state_of(county, number) is PortfolioState.ADOPTED
    said = boss.opens(HERE).text
    assert "projects with a target" in said
    assert names[0] in said
    assert "How full departments are" in said
    booked = {row.project_id for row in county.asked(select(BookingRow))}
    assert booked == set(two_projects)


def test_a_plan_that_stands_is_not_adopted_twice(boss, two_projects):
    number = planned()
    boss.sends(f"{HERE}{number}/adopt")

    assert boss.opens(f"{HERE}{number}/adopt").status_code == 404
    assert boss.sends(f"{HERE}{number}/adopt").status_code == 409


def test_a_plan_put_aside_leaves_the_days_as_they_were(county, boss, two_projects):
    number = planned()

    boss.sends(f"{HERE}{number}/discard")

    assert state_of(county, number) is PortfolioState.DISCARDED
    assert "put aside" in boss.opens(f"{HERE}{number}").text


def test_a_plan_that_cannot_be_made_names_what_clashes_and_leaves_the_days_as_they_were(county, boss):
    set_bench("HCB", 0, by=SYSTEM)  # nobody, for ever
    a_project(target_on=date(2026, 12, 31))
    number = planned()

    said, chinese = (html.unescape(boss.opens(f"{HERE}{number}?lang={lang}").text) for lang in ("en", "zh"))

    assert state_of(county, number) is PortfolioState.FAILED
    assert "No plan could be made" in said
    assert "Housing and urban-rural development works on 0 cases a day at most." in said
    assert "住房和城乡建设部门一天最多同时办0件" in chinese
    assert "['" not in said + chinese  # a name is kept in both languages, and said in one
    assert 'href="/benches/list/"' in said
    assert "Adopt it" not in said


def test_departments_without_a_recorded_number_are_said_to_be_uncounted(county, boss):
    set_bench("DRC", 1, by=SYSTEM)
    a_project(target_on=date(2026, 12, 31))
    number = planned()
    boss.sends(f"{HERE}{number}/adopt")
    jobs.run_due()

    said = boss.opens(HERE).text

    assert "no number recorded" in said
    assert 'href="/benches/list/"' in said


def test_a_question_for_the_county_is_worked_out_and_can_never_be_adopted(county, boss, two_projects):
    answer = boss.sends(
        f"{HERE}what-if",
        {
            "name": "May leave",
            "department": "HCB",
            "fewer": "1",
            "first_on": "2026-05-06",
            "last_on": "2026-05-29",
            "days_off": "2026-04-30",
        },
    )
    jobs.run_due()

    said = boss.opens(answer.headers["Location"]).text

    assert "it can never be adopted" in said
    assert "has 1 reviewer fewer from 6 May to 29 May" in said
    assert "Nobody works on 30 Apr" in said
    assert "Adopt it" not in said
    assert boss.opens(f"{answer.headers['Location']}/adopt").status_code == 404
    assert "What-if: May leave" in boss.opens(f"{HERE}versions").text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Nothing is different in this question"),
        (
            {"department": "HCB", "fewer": "0", "first_on": "2026-05-06", "last_on": "2026-05-07"},
            "“0” is not",
        ),
        ({"department": "HCB", "fewer": "1", "first_on": "", "last_on": "2026-05-07"}, "Choose this day"),
        (
            {"department": "HCB", "fewer": "1", "first_on": "2026-05-09", "last_on": "2026-05-07"},
            "before it begins",
        ),
        (
            {"department": "FRB", "fewer": "1", "first_on": "2026-05-06", "last_on": "2026-05-07"},
            "not recorded",
        ),
        ({"days_off": "nothing to read"}, "No day can be read"),
        ({"days_off": "2月30日放假"}, "is no day"),
        ({}, "Nothing is different"),
        ({"days_off": "2026-05-01"}, "already in the calendar"),  # 1 May is free anyway
        ({"officer": "99999", "away_first_on": "2026-05-06", "away_last_on": "2026-05-07"}, "Number 99999"),
        ({"group": "JR_NOBODY", "sitting_on": "2026-05-06"}, "no rhythm of sittings"),
    ],
)
def test_a_question_that_cannot_be_asked_says_what_to_do(boss, two_projects, sent, told):
    answer = boss.sends(f"{HERE}what-if", sent)

    assert answer.status_code == 422
    assert told in answer.text


def test_a_notice_the_calendar_knows_already_says_so_beside_itself(boss, two_projects):
    """1 May is a holiday and 9 May a make-up day of 2026 already."""
    typed = "2026-05-01\n2026-05-09 上班"

    answer = boss.sends(f"{HERE}what-if", {"days_off": typed})

    assert answer.status_code == 422
    assert 'href="#days_off">Every day named here is that already in the calendar.' in answer.text
    assert "2026-05-09 上班" in answer.text


def test_a_question_without_a_name_stands_in_the_list_by_what_is_different_in_it(boss, two_projects):
    asked = {"department": "HCB", "fewer": "1", "first_on": "2026-05-06", "last_on": "2026-05-29"}

    boss.sends(f"{HERE}what-if", asked)

    assert "has 1 reviewer fewer from 6 May to 29 May" in boss.opens(f"{HERE}versions").text


def test_a_question_is_asked_differently_from_what_was_filled_in(boss, two_projects):
    asked = {
        "department": "HCB",
        "fewer": "1",
        "first_on": "2026-05-06",
        "last_on": "2026-05-29",
        "days_off": "2026-04-30\n2026-04-18 上班",
    }
    boss.sends(f"{HERE}what-if", asked)
    jobs.run_due()

    assert f'href="{HERE}what-if?like=1"' in boss.opens(f"{HERE}1").text
    form = boss.opens(f"{HERE}what-if?like=1").text

    assert '<option value="HCB" selected>' in form
    assert 'value="2026-05-29"' in form
    assert "2026-04-30\n2026-04-18 上班</textarea>" in form
    assert boss.opens(f"{HERE}what-if?like=7").status_code == 404


def test_days_that_move_inside_a_project_are_told_though_its_permit_stays(county, boss, two_projects):
    number = planned()
    boss.sends(f"{HERE}{number}/adopt")
    jobs.run_due()
    number = planned()
    (body,) = county.asked(select(PortfolioPlan.summary).where(PortfolioPlan.number == number))
    summary = read_summary(body)
    lines = tuple(replace(line, moved_steps=2) for line in summary.lines)
    with work(SYSTEM) as w:
        w.session.execute(
            update(PortfolioPlan)
            .where(PortfolioPlan.number == number)
            .values(summary=summary_body(replace(summary, lines=lines)))
        )

    said = boss.opens(f"{HERE}{number}").text

    assert "No permit and no start of any project moves." in said
    assert "Within the float of 2 projects, 4 agreed days move." in said


def test_a_start_that_moves_while_the_permit_stays_counts_and_says_which_day_it_is(boss, two_projects):
    number = planned()
    with work(SYSTEM) as w:
        row = w.session.scalars(select(PortfolioPlan).where(PortfolioPlan.number == number)).one()
        summary = read_summary(row.summary)
        first, second = (replace(line, before_permit_on=line.permit_on) for line in summary.lines)
        moved = replace(first, before_start_on=first.start_on - timedelta(days=14), waits_before=first.waits)
        same = replace(second, before_start_on=second.start_on)
        row.summary, row.moved_projects = summary_body(replace(summary, lines=(moved, same))), 1

    said = boss.opens(f"{HERE}{number}").text

    assert "0 projects earlier, 1 later, 1 unmoved" in said
    assert "lawful start; the permit stays on its day" in said
    assert "another step that the start waits for" in said


def test_officers_see_the_plan_of_the_county_but_only_their_own_projects(county, boss, two_projects, names):
    amy = county.employs("amy", "Concierge", sees=(two_projects[0],))
    number = planned()
    boss.sends(f"{HERE}{number}/adopt")
    jobs.run_due()

    said = amy.opens(HERE).text

    assert names[0] in said
    assert names[1] not in said
    assert "1 project is not in your charge and not listed" in said
    assert "Plan all again" not in said
    assert names[1] not in amy.opens(f"{HERE}{number}").text


def test_only_a_chief_adopts_and_only_those_who_may_ask(county, two_projects):
    amy = county.employs("amy", "Concierge", sees=(None,))
    liaison = county.employs("lin", "Liaison", sees=(None,))
    number = planned()

    assert amy.sends(HERE).status_code == 403
    assert amy.opens(f"{HERE}what-if").status_code == 403
    assert liaison.opens(f"{HERE}what-if").status_code == 200
    assert liaison.sends(f"{HERE}{number}/adopt").status_code == 403
    assert liaison.opens(f"{HERE}{number}/adopt").status_code == 403
    assert state_of(county, number) is PortfolioState.READY


@pytest.mark.parametrize("path", ["99", "0", "99/adopt", "abc"])
def test_a_version_that_is_not_there_is_missing(boss, path):
    assert boss.opens(f"{HERE}{path}").status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_ask_few_questions_and_stay_light(boss, two_projects, statements, lang):
    number = planned()
    boss.sends(f"{HERE}{number}/adopt")
    jobs.run_due()
    for path in ("", "versions", str(number), "what-if"):
        address = f"{HERE}{path}?lang={lang}"
        boss.opens(address)

        with statements() as sent:
            answer = boss.opens(address)

        assert answer.status_code == 200
        assert len(sent) <= MOST_QUERIES, "\n".join(sent)
        assert len(answer.data) <= HEAVIEST


def test_an_adopted_plan_says_that_it_is_compared_with_what_stood_before(boss, two_projects):
    number = planned()
    assert "Against the days that stand now." in boss.opens(f"{HERE}{number}").text

    boss.sends(f"{HERE}{number}/adopt")

    assert "Against the days that stood before it." in boss.opens(f"{HERE}{number}").text
