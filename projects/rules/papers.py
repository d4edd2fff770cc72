"""The papers a project needs: who brings each, which fill themselves, and how far counting them once goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from approvals.rules.catalogue import Catalogue, Material, Matter
from approvals.rules.deferral import cap_of
from approvals.rules.papers import PaperHere, PaperNotAsked, PaperState, PaperWay
from approvals.rules.telling import Asked
from projects.rules.expand import Expansion

OWNERS_OWN = frozenset({"applicant", "intermediary"})
NOTHING: Mapping[str, PaperHere] = {}
_RESULT_OF = "result-of-"


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
    Shape: ``producers`` are the steps on this list of which any one makes it; ``made_by`` the one that has;
        ``held`` is what people handed in, for a paper that is made the file of the result;
        ``collected_by`` is a step that could not have its result without the paper, and has it.
    """

    material: Material
    producers: tuple[str, ...]
    made_by: str | None
    deferral_workdays: int
    held: PaperHere | None = None
    collected_by: str | None = None

    @property
    def state(self) -> PaperState:
        """Where the paper stands: a result counts as soon as its step has it, with a file or without.

        The file of a result that was taken back or revoked counts no more.
        """
        if self.made_by is None and self.producers and self._is_file_of_result:
            return PaperState.MISSING
        if self.held is not None and (self.made_by is None or self.held.state is PaperState.UNFIT):
            return self.held.state
        is_known = self.made_by is not None or self.collected_by is not None
        return PaperState.HERE if is_known else PaperState.MISSING

    @property
    def _is_file_of_result(self) -> bool:
        return self.held is not None and self.held.newest.way is PaperWay.RESULT

    @property
    def is_here(self) -> bool:
        """Whether it is there and nobody found anything wrong with it."""
        return self.state is PaperState.HERE

    @property
    def is_owners(self) -> bool:
        """Whether the enterprise, or a firm it hires, must bring it."""
        return self.material.origin in OWNERS_OWN

    @property
    def is_out_of_place(self) -> bool:
        """Whether another step makes such papers, but none on this project's list."""
        return self.material.origin == "produced" and not self.producers


@dataclass(frozen=True)
class ProjectPaper:
    """One paper of a project, whatever the number of steps that ask for it.

    Shape: ``needed_by`` are those steps, in the order of the list; ``paper`` is as the first meets it.
    """

    paper: Paper
    needed_by: tuple[str, ...]

    @property
    def code(self) -> str:
        """The paper's own code."""
        return self.paper.material.code


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
    catalogue: Catalogue,
    expansion: Expansion,
    code: str,
    passed: Collection[str],
    here: Mapping[str, PaperHere] = NOTHING,
) -> Sequence[PaperGroup]:
    """The papers one step asks for, those that stand for one another together.

    Shape: ``passed`` are the steps with a result, ``here`` what people handed in, by the paper's code; main
        papers come first, in catalogue order; in a choice, what this project cannot have is left out unless
        nothing else is there.
    """
    matter = catalogue.matter(code)
    papers = [
        _paper(material, matter, expansion, passed, here.get(material.code))
        for material in catalogue.materials_of.get(code, ())
    ]
    collected = _collected(catalogue, expansion, passed)
    papers = [replace(paper, collected_by=collected.get(paper.material.code)) for paper in papers]
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
    return (
        tuple(paper for paper in papers if not paper.is_out_of_place or paper.held is not None)
        or tuple(papers)
    )  # fmt: skip


def papers_each_once(
    catalogue: Catalogue,
    expansion: Expansion,
    passed: Collection[str],
    here: Mapping[str, PaperHere] = NOTHING,
) -> tuple[ProjectPaper, ...]:
    """Every paper the steps of a project ask for, each once, in the order the list first asks for it.

    Source: AC-6: one step collects a paper for all.
    """
    collected = _collected(catalogue, expansion, passed)
    needed: dict[str, list[str]] = {}
    first: dict[str, Paper] = {}
    for step in expansion.steps:
        for material in catalogue.materials_of.get(step.code, ()):
            needed.setdefault(material.code, []).append(step.code)
            if material.code not in first:
                held = here.get(material.code)
                paper = _paper(material, step.matter, expansion, passed, held)
                first[material.code] = replace(paper, collected_by=collected.get(material.code))
    return tuple(ProjectPaper(paper, tuple(needed[code])) for code, paper in first.items())


def paper_of_project(
    catalogue: Catalogue,
    expansion: Expansion,
    material: str,
    passed: Collection[str],
    here: Mapping[str, PaperHere] = NOTHING,
) -> ProjectPaper:
    """One of them, or the result of a step that no other asks for, by its code.

    Raises: PaperNotAsked.
    Source: AC-6: nothing outside the guide.
    """
    found = papers_each_once(catalogue, expansion, passed, here)
    for one in found:
        if one.code == material:
            return one
    step = expansion.step(material.removeprefix(_RESULT_OF))
    if step is None or material not in kept_under(catalogue, expansion, step.code):
        raise PaperNotAsked(paper=material)
    paper = _paper(_result(step.matter), step.matter, expansion, passed, here.get(material))
    return ProjectPaper(paper, needed_by=())


def _collected(catalogue: Catalogue, expansion: Expansion, passed: Collection[str]) -> dict[str, str]:
    """The papers a step with a result cannot have gone without, with the first such step.

    Shape: main papers no other stands for, and none that a step of the project makes.
    Source: AC-6: what an earlier step collected is not asked for again.
    """
    found: dict[str, str] = {}
    for step in expansion.steps:
        if step.code not in passed:
            continue
        for material in catalogue.materials_of.get(step.code, ()):
            is_certain = material.is_main and not material.alternative_group
            is_made = any(expansion.step(code) is not None for code in material.producers)
            if is_certain and not is_made:
                found.setdefault(material.code, step.code)
    return found


def results_of(catalogue: Catalogue, code: str) -> tuple[str, ...]:
    """The papers the result of a step is for other steps, by their codes."""
    rows = (material for step in catalogue.materials_of.values() for material in step)
    return tuple(dict.fromkeys(material.code for material in rows if code in material.producers))


def own_result(code: str) -> str:
    """The code the file of a step's result is kept under where no step asks for it."""
    return f"{_RESULT_OF}{code}"


def kept_under(catalogue: Catalogue, expansion: Expansion, code: str) -> tuple[str, ...]:
    """The codes the file of a step's result is kept under: the papers it is for other steps, or its own."""
    asked = {one.code for step in expansion.steps for one in catalogue.materials_of.get(step.code, ())}
    return tuple(one for one in results_of(catalogue, code) if one in asked) or (own_result(code),)


def _result(matter: Matter) -> Material:
    """The result of a matter as a paper nobody asks for."""
    return Material(
        matter=matter.code,
        code=own_result(matter.code),
        name_zh=matter.result_document or matter.name_zh,
        name_en="" if matter.result_document else matter.name_en,
        origin="produced",
        origin_ref=matter.code,
    )


def asked_of_step(
    groups: Iterable[PaperGroup], catalogue: Catalogue, promised: Collection[str], lang: str
) -> Iterator[Asked]:
    """The papers of a step as the one-time notice sees them.

    Shape: ``promised`` are the codes of those that were allowed to come later.
    """
    for place, group in enumerate(groups):
        for paper in group.papers:
            makers = [catalogue.matter(code).spoken(lang) for code in paper.producers]
            yield Asked(
                material=paper.material.code,
                name=paper.material.spoken(lang),
                origin=paper.material.origin,
                group=str(place),
                producer="、".join(makers),
                is_made=paper.made_by is not None or paper.collected_by is not None,
                is_promised=paper.material.code in promised,
                here=paper.held,
            )


def _paper(
    material: Material,
    matter: Matter,
    expansion: Expansion,
    passed: Collection[str],
    held: PaperHere | None,
) -> Paper:
    producers = tuple(code for code in material.producers if expansion.step(code) is not None)
    step = expansion.step(matter.code)
    promised = step.periods.promised.days if step is not None else matter.promised_workdays
    return Paper(
        material=material,
        producers=producers,
        made_by=next((code for code in producers if code in passed), None),
        deferral_workdays=deferral_workdays(material, promised),
        held=held,
    )


def deferral_workdays(material: Material, promised_workdays: int) -> int:
    """How long after acceptance a deferrable paper may come.

    Units: working days; 0 for a paper that must be there at once, or whose time would be below one day.
    Source: DF-5.
    """
    if not material.deferrable:
        return 0
    cap = cap_of(material, promised_workdays, bridges=False)
    return 0 if cap.before_issue else cap.workdays
