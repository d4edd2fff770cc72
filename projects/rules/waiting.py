"""What a step still waits for before it may be accepted, or decided."""

from __future__ import annotations

from collections.abc import Collection

import scheduler
from approvals.rules.progress import Move
from concierge.kernel.errors import N_, Refusal
from projects.rules.expand import Expansion
from projects.rules.graph import frame_of
from projects.rules.terms import GatesMode, WhatIf


class OthersRestOnIt(Refusal):
    """A result others were accepted or decided on cannot simply go."""

    message = N_("%(resting)s rests on the result of “%(step)s”. Take that record back first.")


def waiting_for(
    expansion: Expansion,
    gates: GatesMode,
    code: str,
    move: Move,
    passed: Collection[str],
    bridged: Collection[tuple[str, str]] = (),
) -> list[str]:
    """The matters whose results a move needs and has not got, in the order of the list.

    Shape: acceptance needs what an accept gate holds back; a decision needs what either gate holds back, a
        relaxed one included. Usual order (soft) is advice: only what the law requires (hard) refuses a
        record of what happened. ``bridged`` are the waitings a granted deferral relaxed, as (predecessor,
        successor).
    Source: PR-6, DF-15.
    """
    if move not in (Move.ACCEPT, Move.PASS):
        return []
    needed = {
        edge.source.predecessor
        for edge in frame_of(expansion, gates, WhatIf(), bridged).edges
        if edge.source.successor == code
        and edge.source.kind == "hard"
        and (move is Move.PASS or edge.gate is scheduler.Gate.ACCEPT)
    }
    return [step.code for step in expansion.steps if step.code in needed and step.code not in passed]


def resting_on(
    expansion: Expansion,
    gates: GatesMode,
    code: str,
    *,
    accepted: Collection[str],
    passed: Collection[str],
    bridged: Collection[tuple[str, str]] = (),
) -> list[str]:
    """The matters already recorded on the strength of a step's result, in the order of the list.

    Shape: accepted behind an accept gate, or decided behind either; only what the law requires (hard) counts.
        ``bridged`` as for ``waiting_for``.
    Source: PR-6, DF-15.
    """
    found = {
        edge.source.successor
        for edge in frame_of(expansion, gates, WhatIf(), bridged).edges
        if edge.source.predecessor == code
        and edge.source.kind == "hard"
        and (
            edge.source.successor in passed
            or (edge.gate is scheduler.Gate.ACCEPT and edge.source.successor in accepted)
        )
    }
    return [step.code for step in expansion.steps if step.code in found]
