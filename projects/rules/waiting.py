"""What a step still waits for before it may be accepted, or decided."""

from __future__ import annotations

from collections.abc import Collection

from approvals.rules.progress import Move
from projects.rules.expand import Expansion


def waiting_for(expansion: Expansion, code: str, move: Move, passed: Collection[str]) -> list[str]:
    """The matters whose results a move needs and has not got, in the order of the list.

    Shape: acceptance needs what an accept gate holds back; a decision needs what either gate holds back. Usual order
    (soft) is advice: only what the law requires (hard) refuses a record of what really happened.
    Source: R-PR-6.
    """
    if move not in (Move.ACCEPT, Move.PASS):
        return []
    gates = {"accept"} if move is Move.ACCEPT else {"accept", "issue"}
    needed = {
        link.predecessor
        for link in expansion.precedences
        if link.successor == code and link.kind == "hard" and link.gate in gates
    }
    return [step.code for step in expansion.steps if step.code in needed and step.code not in passed]
