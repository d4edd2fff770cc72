"""One row edited by hand: what it can get wrong is refused beside its field, and nothing is kept."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.calendar import CalendarYearRow, HolidayRow
from approvals.models.catalogue import DepartmentRow, MaterialRow, MatterRow, PrecedenceRow, ReviewGroupRow
from approvals.models.draft_text import LabelUnreadable, NotYaml, TextUnreadable
from approvals.models.template import AttributeRow, ConditionRow, TemplateRow
from approvals.queries import catalogue as queries
from approvals.rules.conditions import ConditionUnreadable
from approvals.rules.facts import FactOfWrongType, UnknownFact
from approvals.services.check_row import (
    CitationMissing,
    ConditionDoesNotFit,
    DraftCodeUnknown,
    KindAndDayDiffer,
    NotACode,
    StillNamed,
    ValuesMissing,
    WaitsInARing,
    WindowIsTwo,
    WorkedAnyway,
)
from approvals.services.keep_row import drop_row, keep_row
from concierge.kernel.actor import SYSTEM
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import reading, work


def draft():
    with reading() as session:
        return queries.draft_catalogue(session)


def kept(row):
    with work(SYSTEM) as w:
        keep_row(w, row)
    return row


def changed(row_kind, where, /, **values):
    """Change one row as a form would."""
    with work(SYSTEM) as w:
        row = w.session.scalars(select(row_kind).where(where)).one()
        for name, value in values.items():
            setattr(row, name, value)
        keep_row(w, row)


def a_matter(**values):
    return MatterRow(
        **{
            "code": "new-matter",
            "name_zh": "新事项",
            "name_en": "New matter",
            "stage": "acceptance",
            "lead_department": "DRC",
            **values,
        }
    )


def test_a_new_row_goes_to_the_end_of_its_file(catalogue_office):
    kept(a_matter())

    assert draft().matters[-1].code == "new-matter"


def test_a_precedence_that_closes_a_ring_is_refused_naming_the_ring(catalogue_office):
    # the shipped catalogue has project-code-assignment before project-filing
    ring = PrecedenceRow(predecessor="project-filing", successor="project-code-assignment")

    with pytest.raises(WaitsInARing) as refused:
        kept(ring)

    assert set(refused.value.facts["loop"]) == {"project-code-assignment", "project-filing"}
    assert len(draft().precedences) == 247


def test_turning_a_notice_into_a_real_precedence_is_checked_too(catalogue_office):
    kept(PrecedenceRow(predecessor="project-filing", successor="project-code-assignment", kind="info"))

    with pytest.raises(WaitsInARing):
        changed(
            PrecedenceRow,
            (PrecedenceRow.predecessor == "project-filing")
            & (PrecedenceRow.successor == "project-code-assignment"),
            kind="hard",
        )


def test_a_matter_cannot_wait_for_itself(catalogue_office):
    with pytest.raises(WaitsInARing):
        kept(PrecedenceRow(predecessor="project-filing", successor="project-filing"))


def test_a_code_with_spaces_is_no_code(catalogue_office):
    with pytest.raises(NotACode) as refused:
        kept(a_matter(code="new matter"))

    assert refused.value.facts["field"] == "code"


def test_a_period_needs_the_kind_of_its_days(catalogue_office):
    with pytest.raises(CitationMissing) as statutory:
        kept(a_matter(statutory_days=20))
    with pytest.raises(CitationMissing) as special:
        kept(a_matter(special_days=5))

    assert statutory.value.facts["field"] == "statutory_basis"
    assert special.value.facts["field"] == "special_basis"


def test_a_material_is_produced_by_a_matter_of_the_catalogue(catalogue_office):
    paper = MaterialRow(
        matter="project-filing",
        code="p",
        name_zh="纸",
        name_en="Paper",
        origin="produced",
        origin_ref="nobody",
    )

    with pytest.raises(DraftCodeUnknown) as refused:
        kept(paper)

    assert (refused.value.facts["field"], refused.value.facts["value"]) == ("origin_ref", "nobody")


def test_members_of_a_review_group_are_departments(catalogue_office):
    with pytest.raises(DraftCodeUnknown):
        changed(ReviewGroupRow, ReviewGroupRow.code == "JR_LAND", members="DRC, XYZ")


@pytest.mark.parametrize(
    ("test", "error"),
    [
        ("any: [", NotYaml),
        ("- 1\n- 2\n", ConditionUnreadable),
        ("{attr: storeys, op: eq, value: 3, extra: 1}", ConditionUnreadable),
        ("{attr: nobody, op: eq, value: 3}", ConditionDoesNotFit),
        ("{attr: storeys, op: contains, value: x}", ConditionDoesNotFit),
        ("&a {attr: storeys, op: eq, value: *a}", TextUnreadable),
    ],
)
def test_a_condition_that_cannot_be_read_or_does_not_fit_is_refused_beside_its_field(
    catalogue_office, test, error
):
    with pytest.raises(error) as refused:
        changed(ConditionRow, ConditionRow.matter == "eia-form", test=test)

    assert refused.value.facts["field"] == "test"


def test_a_fact_keeps_a_default_that_it_allows(catalogue_office):
    with pytest.raises(FactOfWrongType) as refused:
        changed(AttributeRow, AttributeRow.name == "storeys", default_value="many")

    assert refused.value.facts["field"] == "default_value"


def test_a_fact_that_is_one_of_a_list_names_the_list(catalogue_office):
    with pytest.raises(ValuesMissing):
        changed(AttributeRow, AttributeRow.name == "eia_category", values="", default_value="")


def test_labels_of_values_need_both_languages(catalogue_office):
    with pytest.raises(LabelUnreadable) as refused:
        changed(AttributeRow, AttributeRow.name == "eia_category", value_labels="report 报告书")

    assert (refused.value.facts["field"], refused.value.facts["line"]) == ("value_labels", 1)


def test_a_template_assumes_facts_that_exist_and_fit(catalogue_office):
    where = TemplateRow.code == "small-low-risk"

    with pytest.raises(UnknownFact):
        changed(TemplateRow, where, defaults="nobody: 1")
    with pytest.raises(FactOfWrongType):
        changed(TemplateRow, where, defaults="storeys: many")
    with pytest.raises(WindowIsTwo):
        changed(TemplateRow, where, cap_window="construction-permit")


def test_a_department_that_matters_name_cannot_be_deleted(catalogue_office):
    with pytest.raises(StillNamed) as refused, work(SYSTEM) as w:
        drop_row(w, w.session.scalars(select(DepartmentRow).where(DepartmentRow.code == "DRC")).one())

    assert refused.value.facts["value"] == "DRC"
    assert "DRC" in draft().department_of


def test_a_row_nobody_names_can_be_deleted(catalogue_office):
    row = kept(a_matter())

    with work(SYSTEM) as w:
        drop_row(w, w.get(MatterRow, row.id))

    assert "new-matter" not in draft().matter_of


def test_a_day_edited_by_hand_is_told_to_whoever_plans(catalogue_office):
    kept(
        HolidayRow(
            day=date(2030, 1, 1), kind="holiday", name_zh="元旦", name_en="New Year's Day", is_workday=False
        )
    )

    with reading() as session:
        year = session.scalars(select(CalendarYearRow).where(CalendarYearRow.year == 2030)).one()
        told = list(
            session.scalars(
                select(EventRow.facts).where(EventRow.name == "approvals.events.catalogue:CalendarChanged")
            )
        )
    assert year.status == "provisional_law_only"
    assert told == ['{"year":2030}']


def test_a_day_off_that_is_worked_and_a_weekday_made_up_are_refused(catalogue_office):
    with pytest.raises(KindAndDayDiffer):
        kept(HolidayRow(day=date(2030, 1, 1), kind="holiday", is_workday=True))
    with pytest.raises(WorkedAnyway):  # 1 January 2030 is a Tuesday
        kept(HolidayRow(day=date(2030, 1, 1), kind="makeup_workday", is_workday=True))
