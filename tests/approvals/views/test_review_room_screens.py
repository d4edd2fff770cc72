"""Benches, rooms, rhythms and answers in the browser: who may, in which language, what a mistake leads to."""

from datetime import date

import pytest
from sqlalchemy import event, select

from approvals.models.review import AvailabilityRow, RoomRow
from approvals.queries import reviews
from approvals.rules.sittings import Answer, Half
from approvals.services.set_bench import set_bench
from approvals.views.bench_page import a_month_after
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import reading
from tests.approvals.conftest import reading_chinese
from tests.approvals.pages import english_of_ours, page_of

PAGES = (
    "/benches/list/",
    "/benches/HCB/days",
    "/rooms/list/",
    "/rooms/add",
    "/sitting-rules/list/",
    "/sitting-rules/JR_SCHEME/edit",
    "/answers/list/",
    "/answers/list/?first=2026-05-06",
    "/answers/NRP",
)
MOST_QUERIES = 16


@pytest.fixture
def chief(catalogue_office):
    """Whoever keeps the benches, reading English; the housing bureau is counted."""
    set_bench("HCB", 3, by=SYSTEM)
    return catalogue_office.employs("chief", "Chief")


@pytest.fixture
def asked():
    """The questions asked of the database, as they are asked."""
    statements = []

    def listen(*facts):
        statements.append(facts[2])

    event.listen(db.engine, "before_cursor_execute", listen)
    yield statements
    event.remove(db.engine, "before_cursor_execute", listen)


def usual():
    with reading() as session:
        return {code: bench.reviewers for code, bench in reviews.benches(session).items()}


def changes():
    with reading() as session:
        return reviews.bench_changes(session, date(2026, 1, 1))


def test_every_page_opens_in_both_languages_within_a_few_queries(chief, asked):
    chief.opens("/sitting-rules/list/")  # reads the edition once for this process
    for address in PAGES:
        for language in ("en", "zh"):
            asked.clear()
            page = chief.opens(f"{address}{'&' if '?' in address else '?'}lang={language}")
            assert page.status_code == 200, address
            assert len(asked) <= MOST_QUERIES, (address, asked)


def test_no_english_sentence_of_ours_is_left_on_a_chinese_screen(chief):
    reading_chinese(chief)

    for address in PAGES:
        page = chief.opens(address)
        assert set(page_of(page).words) & english_of_ours() == set(), address


def test_every_department_of_the_catalogue_has_its_line_counted_or_not(chief):
    page = page_of(chief.opens("/benches/list/"))

    shown = {name: value for name, value in page.fields.items() if name.startswith("reviewers-")}
    assert len(shown) == 51
    assert {name: value for name, value in shown.items() if value} == {"reviewers-HCB": "3"}


def test_a_month_short_of_reviewers_is_two_clicks(chief):
    form = page_of(chief.opens("/benches/HCB/days")).fields  # the first click
    assert (form["first_on"], form["last_on"], form["reviewers"]) == ("2026-04-15", "2026-05-15", "2")

    answer = chief.sends("/benches/HCB/days", {**form, "reviewers": "1", "reason": "on loan"})  # the second

    assert answer.status_code == 302
    (change,) = changes()
    assert (change.first_on, change.last_on, change.reviewers) == (
        date(2026, 4, 15),
        date(2026, 5, 15),
        1,
    )
    assert "on loan" in chief.opens("/benches/list/").text
    chief.sends(f"/benches/days/{change.id}/withdraw")
    assert changes() == ()


@pytest.mark.parametrize(
    ("day", "later"),
    [
        pytest.param(date(2026, 1, 31), date(2026, 2, 28), id="into a short month"),
        pytest.param(date(2026, 12, 15), date(2027, 1, 15), id="over the year"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day, later):
    assert a_month_after(day) == later


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_on": "soon"}, "first_on"),
        ({"last_on": "2026-04-01"}, "last_on"),
        ({"reviewers": "two"}, "reviewers"),
        ({"reviewers": "-1"}, "reviewers"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_is_wrong_with_such_days_stands_beside_its_field_and_nothing_is_lost(chief, typed, field):
    sent = {"first_on": "2026-05-11", "last_on": "2026-05-29", "reviewers": "1", "reason": "on loan"}

    page = chief.sends("/benches/HCB/days", {**sent, **typed})

    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    kept = page_of(page).fields
    assert {name: kept[name] for name in sent} == {**sent, **typed}
    assert changes() == ()


def test_days_beside_others_are_refused_with_those_named(chief):
    sent = {"first_on": "2026-05-11", "last_on": "2026-05-29", "reviewers": "1", "reason": "on loan"}
    chief.sends("/benches/HCB/days", sent)

    page = chief.sends("/benches/HCB/days", {**sent, "first_on": "2026-05-29", "last_on": "2026-06-05"})

    assert page.status_code == 409
    assert len(changes()) == 1


def test_a_department_that_is_not_counted_has_no_days_to_change(chief):
    assert chief.opens("/benches/EEB/days").status_code == 404
    assert chief.sends("/benches/NOBODY/days", {}).status_code == 404
    assert chief.sends("/benches/days/77/withdraw").status_code == 404


def test_the_table_records_what_was_changed_and_says_how_much(chief):
    answer = chief.sends(
        "/benches/usual",
        {
            "opened-HCB": "3",
            "reviewers-HCB": "4",
            "opened-EEB": "",
            "reviewers-EEB": "2",
            "opened-DRC": "",
            "reviewers-DRC": "",
        },
        follow_redirects=True,
    )

    assert "2 departments have another number now." in answer.text
    assert usual() == {"HCB": 4, "EEB": 2}


@pytest.mark.parametrize("typed", ["many", "-2", "1000", "2.5", "９"])
def test_a_number_that_is_none_is_refused_beside_its_field_and_all_that_was_typed_stays(chief, typed):
    sent = {"opened-HCB": "3", "reviewers-HCB": typed, "opened-EEB": "", "reviewers-EEB": "2"}

    page = chief.sends("/benches/usual", sent)

    assert page.status_code == 422
    assert 'id="reviewers-HCB-error"' in page.text
    assert page_of(page).fields["reviewers-EEB"] == "2"
    assert usual() == {"HCB": 3}


def test_a_department_with_nobody_is_named_before_a_plan_fails_at_it(chief):
    assert "Nobody takes a case there" not in chief.opens("/benches/list/?lang=en").text

    set_bench("HCB", 0, by=SYSTEM)

    said = chief.opens("/benches/list/?lang=en").text
    assert "Nobody takes a case there: Housing and urban-rural development" in said
    assert "Empty the field where nobody counts them." in said


def test_a_number_changed_by_somebody_else_meanwhile_is_said(chief):
    page = chief.sends("/benches/usual", {"opened-HCB": "2", "reviewers-HCB": "5"})

    assert page.status_code == 409
    assert usual() == {"HCB": 3}


def test_a_room_is_added_and_an_impossible_one_refused(chief, catalogue_office):
    def added(**typed):
        return chief.sends("/rooms/add", {"name": "  Room   301 ", "places": "20", "is_active": "y", **typed})

    assert added(places="0").status_code == 422
    assert added(name=" ").status_code == 422
    assert added().status_code == 302
    assert added().status_code == 409  # the same name again

    (room,) = catalogue_office.asked(select(RoomRow))
    assert (room.name, room.places, room.is_active) == ("Room 301", 20, True)


def test_a_rhythm_is_changed_and_what_was_announced_stays(chief):
    form = {
        "weekdays": ["3"],
        "halves": ["afternoon"],
        "matters": ["design-scheme-review"],
        "projects_per_sitting": "2",
        "minutes_per_project": "90",
        "is_active": "yes",
        "note": "from May on",
    }

    assert chief.sends("/sitting-rules/JR_SCHEME/edit", form).status_code == 302

    with reading() as session:
        rule = reviews.sitting_rules(session)["JR_SCHEME"]
    assert (rule.weekdays, rule.halves, rule.projects_per_sitting) == ((3,), (Half.AFTERNOON,), 2)
    assert (rule.needs_room, rule.note) == (False, "from May on")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": ["9"]}, "weekdays"),
        ({"halves": ["night"]}, "halves"),
        ({"matters": ["dream"]}, "matters"),
        ({"projects_per_sitting": "many"}, "projects_per_sitting"),
        ({"minutes_per_project": "200"}, "minutes_per_project"),
    ],
)
def test_a_rhythm_nobody_could_keep_is_refused_with_a_link_to_its_field(chief, typed, field):
    sent = {
        "weekdays": ["3"],
        "halves": ["morning"],
        "matters": ["design-scheme-review"],
        "projects_per_sitting": "1",
        "minutes_per_project": "60",
        "is_active": "yes",
    }

    page = chief.sends("/sitting-rules/JR_SCHEME/edit", {**sent, **typed})

    assert page.status_code == 422
    assert f'href="#{field}"' in page.text


def test_a_matter_of_another_group_is_named_in_the_readers_words(chief):
    page = chief.sends(
        "/sitting-rules/JR_SCHEME/edit",
        {
            "weekdays": ["3"],
            "halves": ["morning"],
            "matters": ["eia-form"],
            "projects_per_sitting": "1",
            "minutes_per_project": "60",
            "is_active": "yes",
        },
    )

    assert "“eia-form”" not in page.text
    assert "is decided by another group" in page.text


@pytest.mark.parametrize("group", ["JR_LAND", "JR_GONE"])
def test_only_groups_that_come_together_have_a_rhythm(chief, group):
    assert chief.opens(f"/sitting-rules/{group}/edit").status_code == 404


def test_what_a_department_said_on_the_telephone_is_recorded_and_shown(chief, catalogue_office):
    form = page_of(chief.opens("/answers/NRP")).fields
    assert form["2026-04-16-morning"] == ""  # from tomorrow on; nobody has asked yet

    answer = chief.sends(
        "/answers/NRP?first=2026-04-16",
        {**form, "2026-04-16-morning": "cannot", "2026-04-17-afternoon": "online", "said_by": "Office"},
    )

    assert answer.location.endswith("/answers/list/?first=2026-04-16#NRP")
    rows = catalogue_office.asked(select(AvailabilityRow).order_by(AvailabilityRow.on))
    assert [(row.on, row.half, row.answer, row.said_by) for row in rows] == [
        (date(2026, 4, 16), Half.MORNING, Answer.CANNOT, "Office"),
        (date(2026, 4, 17), Half.AFTERNOON, Answer.ONLINE, "Office"),
    ]
    sheet = chief.opens("/answers/list/").text
    assert (sheet.count("sl-n"), sheet.count("sl-o")) == (1, 1)


def test_the_sheet_shows_the_departments_that_sit_and_ten_working_days(chief):
    page = chief.opens("/answers/list/")

    # the site visit brings 10 departments, the assessments 2 more, the scheme 5, the acceptance 3: 20;
    # 16 April is a Thursday: its ten working days are 16, 17, 20 to 24 and 27 to 29
    with reading() as session:
        groups = reviews.review_groups(session)
        rules = reviews.sitting_rules(session)
    members = {code for rule in rules for code in (groups[rule].lead, *groups[rule].members)}
    assert page.text.count('<tr id="') == len(members) == 20
    assert page.text.count("sl-q") == 20 * 20
    assert "16 Apr — 29 Apr" in page.text


def test_a_garbled_or_past_day_shows_the_days_to_come(chief):
    for first in ("yesterday", "1999-01-01", ""):
        page = chief.opens(f"/answers/list/?first={first}")
        assert page.status_code == 200
        assert " Apr — " in page.text


def test_the_sheet_turns_to_later_weeks_and_back_but_never_into_the_past(chief):
    first = chief.opens("/answers/list/").text
    later = chief.opens("/answers/list/?first=2026-04-30").text

    # the ten working days from 30 April on: 30, then 6 to 9 May (the 9th is worked), 11 to 15
    assert "30 Apr — 15 May" in later
    assert "first=2026-04-16" in later
    assert "first=2026-04-30" in first
    assert ">Earlier<" in later
    assert ">Earlier<" not in first


def test_a_garbled_answer_is_left_out(chief, catalogue_office):
    chief.sends(
        "/answers/NRP?first=2026-04-16", {"2026-04-16-morning": "perhaps", "2027-01-01-morning": "can"}
    )

    assert catalogue_office.asked(select(AvailabilityRow)) == []
    assert chief.opens("/answers/NOBODY").status_code == 404


@pytest.mark.parametrize("role", ["Liaison", "Concierge"])
def test_officers_record_answers_and_keep_nothing_else(catalogue_office, role):
    set_bench("HCB", 3, by=SYSTEM)
    officer = catalogue_office.employs("officer", role)

    assert officer.sends("/answers/NRP?first=2026-04-16", {"2026-04-16-morning": "can"}).status_code == 302
    for address in ("/benches/list/", "/rooms/list/", "/sitting-rules/list/", "/answers/list/"):
        assert officer.opens(address).status_code == 200, address
    assert officer.opens("/benches/HCB/days").status_code == 403
    assert officer.sends("/benches/usual", {"reviewers-HCB": "9", "opened-HCB": "3"}).status_code == 403
    assert officer.sends("/benches/days/1/withdraw").status_code == 403
    assert officer.sends("/rooms/add", {"name": "x", "places": "3"}).status_code == 403
    assert officer.sends("/sitting-rules/JR_SCHEME/edit").status_code == 403
    assert 'name="reviewers-' not in officer.opens("/benches/list/").text


def test_the_supervisor_sees_answers_and_records_none(catalogue_office):
    supervisor = catalogue_office.employs("supervisor", "Supervisor")

    assert supervisor.opens("/answers/list/").status_code == 200
    assert supervisor.opens("/answers/NRP").status_code == 403
    assert supervisor.sends("/answers/NRP", {"2026-04-16-morning": "can"}).status_code == 403


@pytest.mark.parametrize(
    "address", ["/benches/list/", "/rooms/list/", "/sitting-rules/list/", "/answers/list/"]
)
def test_whoever_keeps_accounts_or_reads_the_trace_has_no_business_here(catalogue_office, address):
    for role in ("SecurityAdmin", "AuditAdmin"):
        assert catalogue_office.employs(role.lower(), role).opens(address).status_code == 403
