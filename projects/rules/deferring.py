"""What speaks for and against bringing a paper later, read from a project's own list and papers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import scheduler
from approvals.rules.catalogue import Catalogue
from approvals.rules.deferral import Asked
from projects.rules.expand import Expansion
from projects.rules.graph import frame_of
from projects.rules.papers import Paper, PaperGroup, papers_of_step
from projects.rules.terms import GatesMode, WhatIf

OF_ITSELF = frozenset({"system", "shared"})
"""Papers nobody hands in: the system makes them, or shared data brings them."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a project has: its results, its acceptances, its papers, and what is deferred at one step.

    Shape: ``here`` are material codes; ``deferred`` maps the material of an open deferral to its number;
        ``bridged`` are the gates a granted deferral relaxed.
    """

    passed: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    here: frozenset[str] = frozenset()
    deferred: Mapping[str, str] = field(default_factory=dict)
    bridged: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many deferrals are open, and which promises were not kept."""

    on_case: int = 0
    in_project: int = 0
    unrepaired: tuple[str, ...] = ()


def missing_main(
    catalogue: Catalogue, expansion: Expansion, gates: GatesMode, code: str, held: Held, *, but: str = ""
) -> tuple[Paper, ...]:
    """The main documents of a step that are not here, one of each choice; one paper may be left out.

    Shape: a result whose gate only holds the decision is not missing at acceptance; neither is a paper the
        system makes, shared data brings, or a deferral covers.
    Source: DF-1, PR-6.
    """
    later = _awaited_at_the_decision(expansion, gates, code, held)
    found = []
    for group in papers_of_step(catalogue, expansion, code, held.passed):
        if not any(paper.material.is_main for paper in group.papers) or _has(group, but):
            continue
        if not any(_is_settled(paper, held, later) for paper in group.papers):
            found.append(group.papers[0])
    return tuple(found)


def _has(group: PaperGroup, material: str) -> bool:
    return any(paper.material.code == material for paper in group.papers)


def _awaited_at_the_decision(expansion: Expansion, gates: GatesMode, code: str, held: Held) -> frozenset[str]:
    return frozenset(
        edge.source.predecessor
        for edge in frame_of(expansion, gates, WhatIf(), held.bridged).edges
        if edge.source.successor == code and edge.gate is scheduler.Gate.ISSUE
    )


def _is_settled(paper: Paper, held: Held, later: Collection[str]) -> bool:
    return (
        paper.made_by is not None
        or paper.is_out_of_place
        or paper.material.origin in OF_ITSELF
        or paper.material.code in held.here
        or paper.material.code in held.deferred
        or any(producer in later for producer in paper.producers)
    )


def asked_for(  # noqa: PLR0913  (a paper of a step, and all that speaks for and against it)
    catalogue: Catalogue,
    expansion: Expansion,
    gates: GatesMode,
    code: str,
    paper: Paper,
    held: Held,
    counted: Counted,
    *,
    lang: str,
    lacks_only_stamp: bool = False,
) -> Asked:
    """The question whether a paper may come later, with everything the rules look at.

    Source: DF-1, DF-6, DF-11, DF-15.
    """
    material, matter = paper.material, catalogue.matter(code)
    producer = "" if paper.made_by else next(iter(paper.producers), "")
    step = expansion.step(code)
    missing = missing_main(catalogue, expansion, gates, code, held, but=material.code)
    return Asked(
        matter=code,
        step=matter.spoken(lang),
        material=material,
        name=material.spoken(lang),
        promised_workdays=step.periods.promised.days if step else matter.promised_workdays,
        producer=producer,
        producer_name=catalogue.matter(producer).spoken(lang) if producer else "",
        has_slip=producer in held.accepted,
        gate_stands=bool(producer) and _gate_stands(expansion, gates, producer, code),
        lacks_only_stamp=lacks_only_stamp,
        is_here=paper.made_by is not None or material.code in held.here,
        is_over=code in held.passed,
        missing_main=tuple(one.material.spoken(lang) for one in missing),
        deferred_as=held.deferred.get(material.code, ""),
        open_on_case=counted.on_case,
        open_in_project=counted.in_project,
        unrepaired=counted.unrepaired,
    )


def _gate_stands(expansion: Expansion, gates: GatesMode, producer: str, code: str) -> bool:
    """Whether the law holds acceptance back until that result, without leave to relax."""
    return any(
        edge.source.kind == "hard" and edge.gate is scheduler.Gate.ACCEPT and not edge.source.relaxable
        for edge in frame_of(expansion, gates, WhatIf()).edges
        if (edge.source.predecessor, edge.source.successor) == (producer, code)
    )
