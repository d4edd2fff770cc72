"""The papers a project needs: who brings each, which fill themselves, and how far counting them once goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from approvals.rules.catalogue import Catalogue, Material, Matter
from projects.rules.expand import Expansion

OWNERS_OWN = frozenset({"applicant", "intermediary"})
MOST_DEFERRAL_WORKDAYS = 20
BEFORE_THE_DECISION = 2


@dataclass(frozen=True)
class PaperCount:
    """How many papers a list of steps asks for.

    Shape: ``item_by_item`` counts a paper at every step that asks for it, ``distinct`` once; ``owners`` are
        the distinct ones that only the enterprise or a firm it hires can bring.
    """

    item_by_item: int
    distinct: int
    owners: int


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper of one step, as its project meets it.

    Units: ``deferral_workdays`` is how long after acceptance it may come, 0 where it may not come later.
    Shape: ``producers`` are the steps on this list of which any one makes it; ``made_by`` the one that has.
    """

    material: Material
    producers: tuple[str, ...]
    made_by: str | None
    deferral_workdays: int

    @property
    def is_owners(self) -> bool:
        """Whether the enterprise, or a firm it hires, must bring it."""
        return self.material.origin in OWNERS_OWN

    @property
    def is_out_of_place(self) -> bool:
        """Whether another step makes such papers, but none on this project's list."""
        return self.material.origin == "produced" and not self.producers


@dataclass(frozen=True)
class PaperGroup:
    """Papers of one step of which any one will do; a paper nothing stands for is a group of one."""

    papers: tuple[Paper, ...]

    @property
    def is_choice(self) -> bool:
        """Whether any one of several is enough."""
        return len(self.papers) > 1


def paper_count(materials: Iterable[Material]) -> PaperCount:
    """How many papers these are, item by item, each once, and truly the owner's.

    Source: S28 (papers): rows, distinct codes, those of applicant or intermediary.
    """
    asked = list(materials)
    return PaperCount(
        item_by_item=len(asked),
        distinct=len({material.code for material in asked}),
        owners=len({material.code for material in asked if material.origin in OWNERS_OWN}),
    )


def papers_of_project(catalogue: Catalogue, expansion: Expansion) -> PaperCount:
    """The three counts over every step on a project's list."""
    return paper_count(
        material for step in expansion.steps for material in catalogue.materials_of.get(step.code, ())
    )


def papers_of_step(
    catalogue: Catalogue, expansion: Expansion, code: str, passed: Collection[str]
) -> Sequence[PaperGroup]:
    """The papers one step asks for, those that stand for one another together.

    Shape: ``passed`` are the steps with a result; main papers come first, in catalogue order;
        in a choice, what this project cannot have is left out unless nothing else is there.
    """
    matter = catalogue.matter(code)
    papers = [
        _paper(material, matter, expansion, passed) for material in catalogue.materials_of.get(code, ())
    ]
    place = {paper.material.alternative_group: n for n, paper in reversed(list(enumerate(papers)))}

    def together(pair: tuple[int, Paper]) -> tuple[bool, int]:
        n, paper = pair
        group = paper.material.alternative_group
        return not (group or paper.material.is_main), place[group] if group else n

    ordered = sorted(enumerate(papers), key=together)
    return [
        PaperGroup(_possible([paper for _, paper in members]))
        for _, members in groupby(ordered, key=lambda pair: pair[1].material.alternative_group or pair[0])
    ]


def _possible(papers: list[Paper]) -> tuple[Paper, ...]:
    return tuple(paper for paper in papers if not paper.is_out_of_place) or tuple(papers)


def _paper(material: Material, matter: Matter, expansion: Expansion, passed: Collection[str]) -> Paper:
    producers = tuple(code for code in material.producers if expansion.step(code) is not None)
    step = expansion.step(matter.code)
    promised = step.periods.promised.days if step is not None else matter.promised_workdays
    return Paper(
        material=material,
        producers=producers,
        made_by=next((code for code in producers if code in passed), None),
        deferral_workdays=deferral_workdays(material, promised),
    )


def deferral_workdays(material: Material, promised_workdays: int) -> int:
    """How long after acceptance a deferrable paper may come.

    Units: working days; 0 for a paper that must be there at once, or whose time would be below one day.
    Source: DF-5: the least of the paper's own cap, two days before the promised decision, and 20.
    """
    if not material.deferrable:
        return 0
    return max(
        0,
        min(material.make_good_workdays, promised_workdays - BEFORE_THE_DECISION, MOST_DEFERRAL_WORKDAYS),
    )
