"""How groups sit: the shipped start, what an office makes of it, and the rhythms nobody could keep."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from approvals.queries import catalogue, reviews
from approvals.rules.sitting_rules import (
    GroupUnknown,
    MatterElsewhere,
    MatterUnknown,
    NoHalfDay,
    NoMatter,
    NoWeekday,
    SittingSizeWrong,
    SittingTooLong,
)
from approvals.rules.sittings import SITTING_MODES, Half
from approvals.services.set_sitting_rule import set_sitting_rule
from approvals.services.ship_sitting_rules import ship, shipped_rules
from concierge.kernel.actor import SYSTEM
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import reading

pytestmark = pytest.mark.usefixtures("catalogue_office")


def rules():
    with reading() as session:
        return reviews.sitting_rules(session)


@pytest.fixture
def scheme():
    return rules()["JR_SCHEME"]


def test_every_group_that_comes_together_is_shipped_with_a_rhythm_and_no_other():
    with reading() as session:
        groups = reviews.review_groups(session)

    sitting = {code for code, group in groups.items() if group.mode in SITTING_MODES}

    assert set(rules()) == sitting == {"JR_SITE", "JR_ASSESS", "JR_SCHEME", "JR_ACCEPT"}
    assert tuple(rules().values()) == shipped_rules()


def test_every_shipped_matter_belongs_to_the_group_that_decides_it():
    with reading() as session:
        published = catalogue.published_catalogue(session)
    group_of = {matter.code: matter.review_group for matter in published.matters}

    for rule in shipped_rules():
        assert {group_of[code] for code in rule.matters} == {rule.review_group}


def test_setting_up_again_leaves_what_the_office_made_of_it(catalogue_office, scheme):
    edited = replace(scheme, weekdays=(3,), is_active=False)
    set_sitting_rule(edited, by=SYSTEM)
    before = len(catalogue_office.asked(select(EventRow)))

    ship()

    assert rules()["JR_SCHEME"] == edited
    assert len(catalogue_office.asked(select(EventRow))) == before


def test_a_rule_is_kept_tidy_and_told_when_it_changes(catalogue_office, scheme):
    set_sitting_rule(replace(scheme, weekdays=(5, 2, 5), note="  from May on "), by=SYSTEM)
    set_sitting_rule(replace(scheme, weekdays=(2, 5), note="from May on"), by=SYSTEM)  # says the same

    kept = rules()["JR_SCHEME"]
    told = select(EventRow).where(EventRow.name == "approvals.events.reviews:SittingRuleChanged")
    assert (kept.weekdays, kept.note) == ((2, 5), "from May on")
    assert len(catalogue_office.asked(told)) == len(shipped_rules()) + 1


@pytest.mark.parametrize(
    ("what", "refusal", "field"),
    [
        pytest.param({"review_group": "JR_LAND"}, GroupUnknown, "review_group", id="works through papers"),
        pytest.param({"review_group": "JR_GONE"}, GroupUnknown, "review_group", id="no such group"),
        pytest.param({"matters": ()}, NoMatter, "matters", id="decides nothing"),
        pytest.param({"matters": ("dream",)}, MatterUnknown, "matters", id="no such matter"),
        pytest.param({"matters": ("eia-form",)}, MatterElsewhere, "matters", id="another group decides it"),
        pytest.param({"weekdays": ()}, NoWeekday, "weekdays", id="no weekday"),
        pytest.param({"weekdays": (1, 8)}, NoWeekday, "weekdays", id="an eighth weekday"),
        pytest.param({"halves": ()}, NoHalfDay, "halves", id="no half-day"),
        pytest.param({"projects_per_sitting": 0}, SittingSizeWrong, "projects_per_sitting", id="no projects"),
        pytest.param({"minutes_per_project": 0}, SittingSizeWrong, "projects_per_sitting", id="no time"),
        # 4 x 46 = 184 minutes; a half-day has 180
        pytest.param(
            {"projects_per_sitting": 4, "minutes_per_project": 46},
            SittingTooLong,
            "minutes_per_project",
            id="184 minutes",
        ),
    ],
)
def test_a_rhythm_nobody_could_keep_is_refused_beside_its_field(scheme, what, refusal, field):
    with pytest.raises(refusal) as refused:
        set_sitting_rule(replace(scheme, **what), by=SYSTEM)

    assert refused.value.field == field
    assert rules()["JR_SCHEME"] == scheme


def test_a_half_day_may_be_full_to_the_minute(scheme):
    set_sitting_rule(replace(scheme, projects_per_sitting=4, minutes_per_project=45), by=SYSTEM)


def test_a_group_that_is_switched_off_needs_no_days_and_frees_its_matters(scheme):
    off = replace(scheme, weekdays=(), halves=(), matters=(), is_active=False)
    set_sitting_rule(off, by=SYSTEM)

    accept = rules()["JR_ACCEPT"]
    set_sitting_rule(replace(accept, matters=("joint-acceptance", "design-scheme-review")), by=SYSTEM)

    assert rules()["JR_SCHEME"] == off
    assert rules()["JR_ACCEPT"].halves == (Half.MORNING, Half.AFTERNOON)
