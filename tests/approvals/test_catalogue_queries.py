"""The catalogue in rows and editions: what was shipped comes back as it was, read no more than needed."""

from datetime import date

import pytest
from sqlalchemy import event, select

from approvals.models.calendar import CalendarYearRow, HolidayRow
from approvals.models.catalogue import MatterRow
from approvals.models.edition import EditionRow
from approvals.queries import catalogue as queries
from approvals.services.ship_catalogue import ship, shipped_catalogue
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from concierge.kernel.work import reading, work


def test_the_shipped_catalogue_comes_back_from_its_rows_as_it_was(catalogue_office):
    with reading() as session:
        draft = queries.draft_catalogue(session)

    assert draft == shipped_catalogue()
    assert draft.digest == shipped_catalogue().digest


def test_the_first_edition_holds_the_whole_shipped_catalogue(catalogue_office):
    with reading() as session:
        edition_id = queries.latest_edition_id(session)

    edition = queries.catalogue(edition_id)

    # the counts of the domain reference
    assert len(edition.matters) == 101
    assert len(edition.precedences) == 247
    assert len(edition.materials) == 341
    assert len(edition.departments) == 51
    assert len(edition.templates) == 5
    assert len(edition.attributes) == 58
    assert len(edition.review_groups) == 11
    assert edition == shipped_catalogue()


def test_setting_up_again_leaves_the_office_its_own_catalogue(catalogue_office):
    with work(SYSTEM) as w:
        w.session.scalars(
            select(MatterRow).where(MatterRow.code == "construction-permit")
        ).one().promised_workdays = 2

    ship()

    with reading() as session:
        assert queries.draft_catalogue(session).matter("construction-permit").promised_workdays == 2
        assert len(queries.editions(session)) == 1


def test_an_edition_is_read_from_the_database_once(catalogue_office):
    with reading() as session:
        edition_id = queries.latest_edition_id(session)
    first = queries.catalogue(edition_id)

    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
    again = queries.catalogue(edition_id)

    assert again is first
    assert not [statement for statement in asked if "approvals_edition" in statement]


def test_an_edition_that_was_never_published_is_missing(catalogue_office):
    with pytest.raises(Missing):
        queries.catalogue(999)


def test_a_changed_row_is_seen_in_the_draft_at_once_and_not_in_the_edition(catalogue_office):
    with reading() as session:
        edition_id = queries.latest_edition_id(session)
        queries.draft_catalogue(session)

    with work(SYSTEM) as w:
        w.session.scalars(
            select(MatterRow).where(MatterRow.code == "construction-permit")
        ).one().promised_workdays = 2

    with reading() as session:
        assert queries.draft_catalogue(session).matter("construction-permit").promised_workdays == 2
    assert queries.catalogue(edition_id).matter("construction-permit").promised_workdays != 2


def test_a_row_replaced_by_another_of_the_same_number_is_seen(catalogue_office):
    with reading() as session:
        queries.draft_catalogue(session)
        last = max(session.scalars(select(MatterRow.id)))

    with work(SYSTEM) as w:
        w.session.delete(w.get(MatterRow, last))
    with work(SYSTEM) as w:
        w.add(
            MatterRow(
                id=last,
                code="new-one",
                name_zh="新",
                name_en="New",
                stage="acceptance",
                lead_department="DRC",
            )
        )

    with reading() as session:
        assert "new-one" in queries.draft_catalogue(session).matter_of


def test_the_calendar_counts_2025_and_2026_as_published_and_2027_provisionally(catalogue_office):
    with reading() as session:
        calendar = queries.work_calendar(session)

    # rules.md, year tables: 248 working days in each of the three years
    for year in (2025, 2026, 2027):
        assert calendar.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == 248
    assert [calendar.is_provisional(year) for year in (2025, 2026, 2027)] == [False, False, True]


def test_the_calendar_is_made_again_only_when_a_day_changes(catalogue_office):
    with reading() as session:
        calendar, digest, _ = queries.year_tables(session)
        assert queries.work_calendar(session) is calendar

    with work(SYSTEM) as w:
        w.session.delete(
            w.session.scalars(select(HolidayRow).where(HolidayRow.day == date(2026, 5, 4))).one()
        )

    with reading() as session:
        assert queries.work_calendar(session).is_workday(date(2026, 5, 4))
        assert queries.year_tables(session).digest != digest


def test_a_year_that_loses_its_notice_is_provisional_with_all_its_days(catalogue_office):
    with work(SYSTEM) as w:
        w.session.scalars(
            select(CalendarYearRow).where(CalendarYearRow.year == 2026)
        ).one().status = "provisional_law_only"

    with reading() as session:
        calendar = queries.work_calendar(session)

    assert calendar.is_provisional(2026)
    assert not calendar.is_workday(date(2026, 5, 4))


def test_editions_are_listed_without_their_bodies(catalogue_office):
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))

    with reading() as session:
        (edition,) = queries.editions(session)

    assert edition.number == 1
    assert not [statement for statement in asked if "body" in statement]
    with reading() as session:
        assert session.scalar(select(EditionRow.body)).startswith("{")
