"""Telling everything that is missing or wrong, once: what is on the list, and what is never asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from approvals.rules.papers import Fault, PaperHere, PaperState, ToldItem
from concierge.kernel.errors import N_, Invalid, Refusal

LONGEST_FAULT = 500


class NotInGuide(Refusal):
    """A paper the guide of the matter does not ask for."""

    message = N_("“%(paper)s” is not in the guide of “%(step)s”. Ask only for what the guide lists.")


class AskedTwice(Refusal):
    """The same paper twice on one list."""

    message = N_("“%(paper)s” stands on the list twice. Say everything about it in one line.")


class CollectedAlready(Refusal):
    """A paper that was handed in before, at this step or another."""

    message = N_(
        "“%(paper)s” was handed in on %(day)s and is kept with the project; it is not asked for again. Open"
        " it there, and if something is wrong with it, say what."
    )


class StepMakesIt(Refusal):
    """A paper another step of the project makes."""

    message = N_(
        "“%(paper)s” comes by itself from %(producer)s; the enterprise is not asked for it. Urge that step."
    )


class SharedDataSupplies(Refusal):
    """A paper the departments' own records supply."""

    message = N_(
        "“%(paper)s” is in the records departments share; the enterprise is not asked for it. Fetch it there."
    )


class FaultUnsaid(Invalid):
    """A paper called wrong without a word of why."""

    message = N_("Say what is wrong with “%(paper)s”, so that the enterprise can mend it.")


class NothingToTell(Refusal):
    """Everything is here and right."""

    message = N_(
        "Everything “%(step)s” asks the enterprise for is here, and nothing was found wrong. Accept it."
    )


class SecondList(Refusal):
    """New items after everything was told."""

    message = N_(
        "What “%(step)s” lacks was told once, on %(day)s (%(number)s). A second list of new items is not"
        " allowed: this try has been recorded. Decide on what is there, or refuse with reasons."
    )


class ToldBefore(Refusal):
    """The same list again."""

    message = N_("“%(step)s” was told all of this on %(day)s (%(number)s). Print that notice again.")


class StillMissing(Refusal):
    """An answer to a notice that does not cover it."""

    message = N_("Of what was told, still missing or wrong: %(papers)s. Take these in first.")


class NothingOpen(Refusal):
    """An answer where nothing was told, or where it was answered."""

    message = N_("No one-time notice of “%(step)s” is open.")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One paper the guide of a step asks for, as its project meets it.

    Shape: ``group`` is shared by papers of which any one is enough; ``producer`` names the step of the
        project that makes it, empty where none does; ``is_promised`` when it was allowed to come later.
    """

    material: str
    name: str
    origin: str
    group: str = ""
    producer: str = ""
    is_made: bool = False
    is_promised: bool = False
    here: PaperHere | None = None

    @property
    def is_good(self) -> bool:
        """Whether it is there, by itself or handed in, and nothing is wrong with it."""
        return self.is_made or (self.here is not None and self.here.is_good)

    @property
    def is_enterprises(self) -> bool:
        """Whether only the enterprise can bring it, or a firm it hires."""
        return self.origin in ("applicant", "intermediary") or (
            self.origin == "produced" and not self.producer
        )


def complete_list(asked: Sequence[Asked]) -> tuple[ToldItem, ...]:
    """Everything the enterprise must still bring or mend, each paper once, in the order of the guide.

    Shape: of papers of which any one is enough the first stands for all, with the others in its words.
    Source: AC-1, AC-6: the complete list, and nothing that comes another way.
    """
    items = []
    for group in _groups(asked):
        if any(one.is_good or one.is_promised for one in group):
            continue
        unfit = next(
            (one for one in group if one.here is not None and one.here.state is PaperState.UNFIT), None
        )
        if unfit is not None and unfit.here is not None:
            items.append(ToldItem(unfit.material, Fault.UNFIT, unfit.here.newest.found_reason))
        elif bring := [one for one in group if one.is_enterprises]:
            others = "、".join(one.name for one in bring[1:])
            items.append(ToldItem(bring[0].material, Fault.MISSING, others))
    return tuple(items)


def checked_list(step: str, asked: Sequence[Asked], more: Iterable[ToldItem]) -> tuple[ToldItem, ...]:
    """The list as it is told: everything that is missing, with what the handler found besides.

    Shape: ``step`` is as people call it; a fault the handler writes for a paper takes the place of the same
        paper on the complete list.
    Raises: NotInGuide, AskedTwice, CollectedAlready, StepMakesIt, SharedDataSupplies, FaultUnsaid,
        NothingToTell.
    Source: AC-1, AC-6.
    """
    guide = {one.material: one for one in asked}
    found: dict[str, ToldItem] = {}
    for item in more:
        _check_item(step, guide.get(item.material), item, found)
        found[item.material] = item
    told = [found.pop(item.material, item) for item in complete_list(asked)]
    told.extend(found.values())
    if not told:
        raise NothingToTell(step=step)
    return tuple(told)


def _check_item(step: str, paper: Asked | None, item: ToldItem, found: Collection[str]) -> None:
    if paper is None:
        raise NotInGuide(paper=item.material, step=step)
    if item.material in found:
        raise AskedTwice(paper=paper.name)
    if item.fault is Fault.UNFIT:
        if not item.words.strip():
            raise FaultUnsaid(paper=paper.name, field=f"fault-{item.material}")
        return
    if paper.here is not None:
        raise CollectedAlready(paper=paper.name, day=paper.here.newest.came_on.isoformat())
    if paper.producer or paper.is_made:
        raise StepMakesIt(paper=paper.name, producer=paper.producer)
    if paper.origin == "shared":
        raise SharedDataSupplies(paper=paper.name)


def new_items(told: Iterable[ToldItem], now: Iterable[ToldItem]) -> tuple[ToldItem, ...]:
    """What stands on the second of two lists and not on the first.

    Shape: a paper that was told as missing and came unfit is no new item.
    Source: AC-4.
    """
    before = {item.material for item in told}
    return tuple(item for item in now if item.material not in before)


def left_of(told: Iterable[ToldItem], asked: Sequence[Asked]) -> tuple[ToldItem, ...]:
    """The items of a notice that are still missing or wrong.

    Shape: a new version mends a paper that was wrong; any one of a choice is enough.
    """
    still = {item.material for item in complete_list(asked)}
    return tuple(item for item in told if item.material in still)


def _groups(asked: Sequence[Asked]) -> list[list[Asked]]:
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(one.group or f"\0{one.material}", []).append(one)
    return list(groups.values())
