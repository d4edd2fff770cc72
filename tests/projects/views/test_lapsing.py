"""Results that lapse: who is warned of what, 60 days before, and what stops the warning."""

from datetime import date

from concierge.kernel import clock

PERMIT, BEGINNING = "construction-permit", "construction-start"
MOST_QUERIES = 16


def test_a_permit_is_listed_60_days_before_it_lapses_and_after(amy, passed):
    passed(PERMIT, date(2026, 3, 2))  # three months: until 2 June

    far = amy.opens("/projects/lapsing/").text  # on 15 April, 48 days before
    with clock.standing_at(date(2026, 4, 3)):
        farther = amy.opens("/projects/lapsing/").text  # the 60th day before
    with clock.standing_at(date(2026, 6, 3)):
        over = amy.opens("/projects/lapsing/").text

    assert "2 June 2026" in far
    assert "48 calendar days left" in far
    assert "Nothing lapses soon" in farther
    assert "lapsed 1 day ago" in over


def test_building_that_began_in_time_ends_the_warning(amy, passed):
    passed(PERMIT, date(2026, 3, 2))
    passed(BEGINNING, date(2026, 4, 10))

    assert "Nothing lapses soon" in amy.opens("/projects/lapsing/").text


def test_the_step_says_until_when_its_result_holds(amy, passed, project_id, the_step):
    passed(PERMIT, date(2026, 3, 2))

    page = amy.opens(f"/projects/{project_id}/steps/{the_step(PERMIT).number}").text

    assert "Validity of the result" in page
    assert "2 June 2026" in page


def test_nobody_is_told_of_projects_out_of_their_charge(county, passed):
    passed(PERMIT, date(2026, 3, 2))
    eve = county.employs("eve", "Concierge")

    assert "Nothing lapses soon" in eve.opens("/projects/lapsing/").text


def test_the_list_asks_few_questions(amy, passed, statements):
    passed(PERMIT, date(2026, 3, 2))

    with statements() as asked:
        amy.opens("/projects/lapsing/")

    assert len(asked) <= MOST_QUERIES
