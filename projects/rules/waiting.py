"""What a step still waits for before it may be accepted, or decided."""

from __future__ import annotations

from collections.abc import Collection

import scheduler
from approvals.rules.progress import Move
from projects.rules.expand import Expansion
from projects.rules.graph import counted_edges
from projects.rules.terms import GatesMode, WhatIf


def waiting_for(
    expansion: Expansion, gates: GatesMode, code: str, move: Move, passed: Collection[str]
) -> list[str]:
    """The matters whose results a move needs and has not got, in the order of the list.

    Shape: acceptance needs what an accept gate holds back; a decision needs what either gate holds back, a
    relaxed one
        included. Usual order (soft) is advice: only what the law requires (hard) refuses a record of what
        happened.
    Source: rules.md PR-6, DF-15.
    """
    if move not in (Move.ACCEPT, Move.PASS):
        return []
    needed = {
        edge.source.predecessor
        for edge in counted_edges(expansion, gates, WhatIf())
        if edge.source.successor == code
        and edge.source.kind == "hard"
        and (move is Move.PASS or edge.gate is scheduler.Gate.ACCEPT)
    }
    return [step.code for step in expansion.steps if step.code in needed and step.code not in passed]
