"""The catalogue linter: each thing it must name, made on purpose, and what it says of our own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from approvals.rules.catalogue import (
    Catalogue,
    Condition,
    LegalBasis,
    Material,
    Matter,
    Override,
    Precedence,
    Template,
)
from approvals.rules.conditions import parse
from approvals.rules.lint import LintFinding, Severity, lint

TODAY = date(2026, 4, 15)


def with_matter(catalogue: Catalogue, code: str, **changes: object) -> Catalogue:
    matters = tuple(replace(m, **changes) if m.code == code else m for m in catalogue.matters)
    return replace(catalogue, matters=matters)


def new_findings(before: Catalogue, after: Catalogue, on: date = TODAY) -> list[LintFinding]:
    known = set(map(str, lint(before, on)))
    return [finding for finding in lint(after, on) if str(finding) not in known]


def test_the_shipped_catalogue_has_no_error_and_these_known_warnings(catalogue: Catalogue) -> None:
    found = Counter((finding.severity, finding.code) for finding in lint(catalogue, TODAY))

    assert {code: count for (severity, code), count in found.items() if severity is Severity.ERROR} == {}
    assert {code: count for (severity, code), count in found.items() if severity is Severity.WARNING} == {
        "deferrable_where_not_allowed": 38,  # papers marked deferrable at matters that allow no deferral
        "promise_above_on_the_spot": 6,  # filings: 0 days by law, 1 promised
        "why_missing": 5,
        "stands_alone": 4,  # joined to the graph by notices only
        "producer_not_upstream": 2,
        "source_missing": 2,  # permits whose citation is provincial
        "in_no_template": 1,  # water-intake-permit
    }


def test_a_ring_is_named_by_its_steps(catalogue: Catalogue) -> None:
    back = Precedence(
        predecessor="land-registration", successor="land-grant-contract", source_why="by mistake"
    )

    (finding,) = new_findings(catalogue, replace(catalogue, precedences=(*catalogue.precedences, back)))

    assert (finding.severity, finding.code) == (Severity.ERROR, "cycle")
    assert set(finding.facts["steps"]) <= {
        "land-registration",
        "land-grant-contract",
        "land-price-payment",
        "land-handover",
    }
    assert finding.facts["loop"].count("land-grant-contract") in (1, 2)


def test_two_rings_are_both_named(catalogue: Catalogue) -> None:
    back = (
        Precedence(predecessor="joint-acceptance", successor="self-completion-acceptance", source_why="x"),
        Precedence(predecessor="project-code-assignment", successor="company-registration", source_why="x"),
    )

    found = new_findings(catalogue, replace(catalogue, precedences=(*catalogue.precedences, *back)))

    assert [finding.code for finding in found].count("cycle") == 2


def test_a_ring_of_notices_holds_nobody_back(catalogue: Catalogue) -> None:
    notice = Precedence(
        predecessor="policy-benefit-claim", successor="resident-service-handover", kind="info", source_why="x"
    )

    assert new_findings(catalogue, replace(catalogue, precedences=(*catalogue.precedences, notice))) == []


def test_a_matter_in_no_template_and_one_whose_condition_cannot_hold(catalogue: Catalogue) -> None:
    never = parse(
        {"all": [{"attr": "storeys", "op": "gt", "value": 9}, {"attr": "storeys", "op": "lt", "value": 3}]}
    )
    orphan = Matter(
        code="new-matter", name_zh="新事项", name_en="New", lead_department="ASB", legal_basis="某法"
    )
    changed = replace(
        catalogue,
        matters=(*catalogue.matters, orphan),
        conditions=(*catalogue.conditions, Condition("site-setting-out", never)),
        legal_bases=(*catalogue.legal_bases, LegalBasis(matter="new-matter", citation="某法")),
    )

    found = {(finding.code, finding.subject) for finding in new_findings(catalogue, changed)}

    assert found == {("in_no_template", "new-matter"), ("never_on_a_list", "site-setting-out")}


def test_a_paper_whose_producer_is_not_upstream(catalogue: Catalogue) -> None:
    paper = Material(
        matter="project-filing",
        code="permit-doc",
        name_zh="施工许可证",
        name_en="Construction permit",
        origin="produced",
        origin_ref="construction-permit",
    )

    found = new_findings(catalogue, replace(catalogue, materials=(*catalogue.materials, paper)))

    assert [(f.code, f.subject) for f in found] == [("producer_not_upstream", "project-filing / permit-doc")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"promised_workdays": 31}, "promise_above_limit"),  # land-registration: 30 working days by law
        ({"lead_department": ""}, "department_missing"),
        ({"legal_basis": "另一部法"}, None),  # dated rows are there already
    ],
)
def test_a_promise_above_the_limit_and_a_missing_department_are_errors(
    catalogue: Catalogue, changes: dict[str, object], code: str | None
) -> None:
    found = new_findings(catalogue, with_matter(catalogue, "land-registration", **changes))

    errors = [finding.code for finding in found if finding.severity is Severity.ERROR]
    assert (code in errors) if code else (errors == [])


def test_a_calendar_limit_is_compared_as_the_working_days_it_gives(catalogue: Catalogue) -> None:
    # construction-contract: 30 calendar days are 22 working days (30 x 5 / 7, rounded up)
    at_limit = with_matter(catalogue, "construction-contract", promised_workdays=22)
    above = with_matter(catalogue, "construction-contract", promised_workdays=23)

    assert new_findings(catalogue, at_limit) == []
    assert [f.code for f in new_findings(catalogue, above)] == ["promise_above_limit"]


def test_a_templates_own_promise_is_checked_too(catalogue: Catalogue) -> None:
    template = catalogue.template("private-building")
    slow = replace(template, overrides=(Override(matter="land-registration", promised_workdays=31),))
    templates = tuple(slow if t.code == template.code else t for t in catalogue.templates)

    (finding,) = new_findings(catalogue, replace(catalogue, templates=templates))

    assert (finding.code, finding.subject) == ("promise_above_limit", "private-building/land-registration")


def test_a_matter_and_an_edge_without_a_source_are_named(catalogue: Catalogue) -> None:
    bare = with_matter(catalogue, "planning-conditions", legal_basis="")
    bare = replace(bare, legal_bases=tuple(b for b in bare.legal_bases if b.matter != "planning-conditions"))
    bare = replace(bare, precedences=(*bare.precedences[:-1], replace(bare.precedences[-1], source_why="")))

    assert {f.code for f in new_findings(catalogue, bare)} == {"source_missing", "why_missing"}


def test_a_citation_that_is_no_longer_in_force_is_an_error_from_the_day_it_ends(catalogue: Catalogue) -> None:
    old_law_only = tuple(
        basis for basis in catalogue.legal_bases if not (basis.matter == "eia-form" and basis.valid_from)
    )
    changed = replace(catalogue, legal_bases=old_law_only)

    on_the_last_day = [f.code for f in lint(changed, date(2026, 8, 14)) if f.severity is Severity.ERROR]
    on_the_next = [f for f in lint(changed, date(2026, 8, 15)) if f.severity is Severity.ERROR]

    assert on_the_last_day == []
    assert [(f.code, f.subject) for f in on_the_next] == [("not_in_force", "eia-form")]


def test_a_law_about_to_change_is_announced(catalogue: Catalogue) -> None:
    announced = [f.subject for f in lint(catalogue, TODAY) if f.code == "basis_changes"]

    assert announced == ["eia-report", "eia-form", "eia-register", "night-construction-certificate"]


def test_codes_that_name_nothing_are_errors(catalogue: Catalogue) -> None:
    template = replace(catalogue.template("small-low-risk"), steps=("project-filing", "no-such-step"))
    changed = replace(
        catalogue,
        templates=(*catalogue.templates[:2], template, *catalogue.templates[3:]),
        matters=(*catalogue.matters[:-1], replace(catalogue.matters[-1], review_group="JR_NONE")),
    )

    values = {f.facts.get("value") for f in lint(changed, TODAY) if f.code == "code_unknown"}

    assert values == {"no-such-step", "JR_NONE"}


def test_a_condition_over_an_unknown_fact_is_an_error(catalogue: Catalogue) -> None:
    unsound = Condition("joint-survey", parse({"attr": "moon_phase", "op": "eq", "value": True}))

    found = new_findings(catalogue, replace(catalogue, conditions=(*catalogue.conditions, unsound)))

    assert [(f.severity, f.code) for f in found] == [(Severity.ERROR, "condition_unsound")]


def test_a_year_missing_from_the_calendar_is_an_error_and_a_provisional_one_a_notice(
    catalogue: Catalogue,
) -> None:
    without = replace(catalogue, holidays=tuple(h for h in catalogue.holidays if h.on.year != 2025))

    found = {(f.severity, f.code, f.subject) for f in lint(without, TODAY) if f.code.startswith("year")}

    assert found == {(Severity.ERROR, "year_missing", "2025"), (Severity.NOTICE, "year_provisional", "2027")}


def test_an_empty_catalogue_is_linted_without_a_crash() -> None:
    empty = Catalogue(templates=(Template(code="t", name_zh="甲", name_en="A"),))

    assert lint(empty, TODAY) == ()
