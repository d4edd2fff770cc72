"""From facts to a list of steps: what is on it, what is not, and why; nothing is ever bridged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from approvals.rules.catalogue import Catalogue, Override, UnknownTemplate
from approvals.rules.conditions import parse
from approvals.rules.facts import UnknownFact
from approvals.rules.wording import say
from projects.rules.expand import expand, expansion_change


def said(reasons: tuple[object, ...], lang: str = "en") -> list[str]:
    return [say(reason, str, lang) for reason in reasons]


def test_a_step_says_which_fact_put_it_on_the_list(catalogue: Catalogue) -> None:
    expansion = expand(catalogue, "industrial-start-on-land", {})

    assert said(expansion.step("eia-form").because) == ["Environmental impact category: Form"]
    assert said(expansion.step("joint-site-visit").because) == ["Every project of this kind has it"]
    assert said(expansion.step("construction-permit").because) == [
        "Total investment 20,000 10k CNY, above 30 10k CNY",
        "Floor area 30,000 m2, above 300 m2",
    ]


def test_a_step_left_out_says_which_fact_left_it_out(catalogue: Catalogue) -> None:
    left_out = {item.matter.code: item for item in expand(catalogue, "industrial-start-on-land", {}).left_out}

    assert said(left_out["eia-report"].because) == ["Environmental impact category: Form, not Report"]
    assert said(left_out["gas-supply"].because) == ["Needs gas: no"]
    assert said(left_out["flood-impact"].because) == [
        "River or flood area: no",
        "Regional assessments already done: Flood impact is there",
    ]


def test_listed_and_left_out_make_up_the_template(catalogue: Catalogue) -> None:
    for template in catalogue.templates:
        expansion = expand(catalogue, template.code, {})
        codes = [s.code for s in expansion.steps] + [item.matter.code for item in expansion.left_out]
        assert sorted(codes) == sorted(template.steps)
        assert all(item.because for item in expansion.left_out)
        assert all(step.because for step in expansion.steps)


def test_steps_are_numbered_in_the_order_of_the_list(catalogue: Catalogue) -> None:
    expansion = expand(catalogue, "small-low-risk", {})

    assert [step.number for step in expansion.steps] == [f"{n:02d}" for n in range(1, 30)]
    assert [step.code for step in expansion.steps][:2] == ["concierge-entrustment", "project-code-assignment"]


def test_a_step_goes_with_its_edges_and_nothing_is_bridged(catalogue: Catalogue) -> None:
    # filing → land planning permit ← verification; neither waits through the other when it is absent
    with_filing = expand(catalogue, "private-building", {})
    neither = expand(catalogue, "private-building", {"approval_mode": "approval"})

    pairs = {(edge.predecessor, edge.successor) for edge in with_filing.precedences}
    assert ("project-code-assignment", "project-filing") in pairs
    assert ("project-filing", "land-planning-permit") in pairs
    left = {(edge.predecessor, edge.successor) for edge in neither.precedences}
    assert left < pairs
    assert ("project-code-assignment", "land-planning-permit") not in left
    assert all("project-filing" not in pair for pair in left)


def test_every_edge_of_an_expansion_joins_listed_steps_and_is_one_of_the_catalogue(
    catalogue: Catalogue,
) -> None:
    for template in catalogue.templates:
        expansion = expand(catalogue, template.code, {})
        listed = {step.code for step in expansion.steps}
        assert {
            code for edge in expansion.precedences for code in (edge.predecessor, edge.successor)
        } <= listed
        assert set(expansion.precedences) <= set(catalogue.precedences)


def test_notices_stay_visible_in_the_graph(catalogue: Catalogue) -> None:
    kinds = {edge.kind for edge in expand(catalogue, "industrial-start-on-land", {}).precedences}

    assert kinds == {"hard", "soft", "info"}


def test_a_change_of_facts_is_previewed_with_what_comes_and_goes(catalogue: Catalogue) -> None:
    before = expand(catalogue, "industrial-start-on-land", {})
    after = expand(catalogue, "industrial-start-on-land", {"eia_category": "register", "needs_gas": True})

    change = expansion_change(before, after)

    assert [step.code for step in change.added] == ["eia-register", "gas-supply"]
    assert [item.matter.code for item in change.removed] == ["eia-form", "environment-acceptance"]
    assert said(change.added[1].because) == ["Needs gas: yes"]
    assert said(change.removed[0].because) == ["Environmental impact category: Register, not Form"]
    assert set(change.facts) == {"eia_category", "needs_gas"}
    assert ("eia-form", "construction-start") in {(e.predecessor, e.successor) for e in change.edges_removed}
    assert expansion_change(after, after).is_empty


def test_a_template_may_tighten_a_condition_but_not_loosen_it(catalogue: Catalogue) -> None:
    template = catalogue.template("private-building")
    tighter = Override(
        matter="gas-supply", condition=parse({"attr": "floor_area_m2", "op": "gt", "value": 100000})
    )
    tightened = replace(template, overrides=(tighter,))
    changed = replace(
        catalogue, templates=tuple(tightened if t.code == template.code else t for t in catalogue.templates)
    )

    small = expand(changed, "private-building", {})
    large = expand(changed, "private-building", {"floor_area_m2": 120000})
    large_without_need = expand(changed, "private-building", {"floor_area_m2": 120000, "needs_gas": False})

    assert (small.step("gas-supply"), large_without_need.step("gas-supply")) == (None, None)
    assert large.step("gas-supply") is not None


def test_a_small_project_needs_no_construction_permit(catalogue: Catalogue) -> None:
    expansion = expand(catalogue, "small-low-risk", {"floor_area_m2": 300})

    assert expansion.step("construction-permit") is None
    left_out = {item.matter.code: item for item in expansion.left_out}
    assert said(left_out["construction-permit"].because) == ["Floor area: 300 m2"]


def test_unknown_templates_and_facts_are_refused(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownTemplate):
        expand(catalogue, "villa", {})
    with pytest.raises(UnknownFact):
        expand(catalogue, "small-low-risk", {"colour": "red"})
