"""What a step waits for, what rests on it and which papers it lacks are read from one graph."""

from __future__ import annotations

from approvals.rules.catalogue import Catalogue
from approvals.rules.progress import Move
from projects.rules.deferring import Held, missing_main
from projects.rules.expand import expand
from projects.rules.graph import frame_of
from projects.rules.terms import GatesMode, WhatIf
from projects.rules.waiting import resting_on, waiting_for

STEP = "construction-permit"


def test_all_of_them_ask_the_one_graph_the_plan_is_made_from(catalogue: Catalogue) -> None:
    expansion = expand(catalogue, "private-building", {})
    awaited = waiting_for(expansion, GatesMode.TEMPLATE, STEP, Move.PASS, ())
    resting = resting_on(expansion, GatesMode.TEMPLATE, awaited[0], accepted=(STEP,), passed=(STEP,))
    missing_main(catalogue, expansion, GatesMode.TEMPLATE, STEP, Held())

    assert resting == [STEP]
    assert list(expansion.frames.values()) == [frame_of(expansion, GatesMode.TEMPLATE, WhatIf())]


def test_a_gate_a_deferral_bridged_lets_in_and_holds_the_decision(catalogue: Catalogue) -> None:
    expansion = expand(catalogue, "private-building", {})
    awaited = waiting_for(expansion, GatesMode.TEMPLATE, STEP, Move.ACCEPT, ())
    bridged = [(awaited[0], STEP)]

    assert waiting_for(expansion, GatesMode.TEMPLATE, STEP, Move.ACCEPT, (), bridged) == awaited[1:]
    assert awaited[0] in waiting_for(expansion, GatesMode.TEMPLATE, STEP, Move.PASS, (), bridged)
