"""What moved between two plans of the portfolio, by how much and why, and who was touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, replace

from scheduler.portfolio.demands import Portfolio, Project, Sitting
from scheduler.portfolio.explain import Hold, hold
from scheduler.portfolio.plan import Placed, PortfolioPlan, StepKey
from scheduler.portfolio.stretches import NO_DEMAND
from scheduler.portfolio.usage import Usage


@dataclass(frozen=True, slots=True)
class Move:
    """One step that lies elsewhere, came in (``old`` is None) or fell away (``new`` is None).

    ``hold`` is what keeps it from being earlier in the new plan. ``was_announced`` says that others counted
    on the old day, ``is_forced`` that what it waits for made that day impossible.
    """

    project: str
    step: str
    old: Placed | None
    new: Placed | None
    _: KW_ONLY
    hold: Hold | None
    was_announced: bool = False
    is_forced: bool = False

    @property
    def accept_moved(self) -> int | None:
        """How many working days later (below zero: earlier) it is accepted; None in one plan only."""
        return None if self.old is None or self.new is None else self.new.accept - self.old.accept

    @property
    def finish_moved(self) -> int | None:
        """How many working days later (below zero: earlier) it finishes; None in one plan only."""
        return None if self.old is None or self.new is None else self.new.finish - self.old.finish

    @property
    def has_other_sitting(self) -> bool:
        """Whether its joint review sits at another time."""
        return self.old is not None and self.new is not None and self.old.sitting != self.new.sitting


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """How one project fares: its target before and after, and what of it moved.

    Units: points; ``due`` is the promise, if one was made.
    """

    project: str
    old_finish: int | None
    new_finish: int | None
    due: int | None
    moves: tuple[Move, ...]

    @property
    def moved(self) -> int | None:
        """How many working days later (below zero: earlier) the target is; None in one plan only."""
        if self.old_finish is None or self.new_finish is None:
            return None
        return self.new_finish - self.old_finish

    @property
    def late_before(self) -> int:
        """Working days past the promise in the old plan."""
        return _late(self.old_finish, self.due)

    @property
    def late_after(self) -> int:
        """Working days past the promise in the new plan."""
        return _late(self.new_finish, self.due)


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between two plans, project by project; projects that stayed are not in it."""

    projects: tuple[ProjectChange, ...]

    @property
    def moves(self) -> tuple[Move, ...]:
        """Every step that lies elsewhere."""
        return tuple(move for project in self.projects for move in project.moves)

    @property
    def announced_moved(self) -> tuple[Move, ...]:
        """The announced days and sittings that did not stay."""
        return tuple(
            move
            for move in self.moves
            if move.was_announced and (move.accept_moved != 0 or move.has_other_sitting)
        )

    @property
    def earlier(self) -> tuple[ProjectChange, ...]:
        """The projects whose target comes sooner."""
        return tuple(change for change in self.projects if (change.moved or 0) < 0)

    @property
    def later(self) -> tuple[ProjectChange, ...]:
        """The projects whose target comes later."""
        return tuple(change for change in self.projects if (change.moved or 0) > 0)

    def others(self, *touched: str) -> tuple[ProjectChange, ...]:
        """The projects that changed although nothing happened to them: all but those named."""
        return tuple(change for change in self.projects if change.project not in touched)


def changes(
    portfolio: Portfolio,
    old: PortfolioPlan,
    new: PortfolioPlan,
    *,
    shift: int = 0,
    usage: Usage | None = None,
) -> Changes:
    """What moved from one plan to the other, on the portfolio of the new one.

    ``shift`` is added to the old plan's points where it counts from another day 0: the working days from the
    new plan's day 0 to the old one's. ``usage`` is the new plan's, if it is counted already.

    Shape: projects and steps in the portfolio's order, then the steps and projects that fell away.
    """
    before = old.steps if not shift else {key: _shifted(placed, shift) for key, placed in old.steps.items()}
    counted = usage or Usage(portfolio, new)
    found = []
    for project in portfolio.projects:
        moves = tuple(_moves(counted, project, before))
        if moves:
            found.append(_change(project, before, new, moves))
    return Changes((*found, *_gone(portfolio, before, new)))


def _moves(usage: Usage, project: Project, before: Mapping[StepKey, Placed]) -> Iterator[Move]:
    for step in project.problem.steps:
        key = (project.key, step.key)
        old, new = before.get(key), usage.plan.steps.get(key)
        if old == new or (old is not None and new is not None and _days(old) == _days(new)):
            continue
        yield Move(
            *key,
            old,
            new,
            hold=None if new is None else hold(usage, project, step.key),
            was_announced=project.demands.get(step.key, NO_DEMAND).is_announced,
            is_forced=key in usage.plan.forced,
        )


def _change(
    project: Project, before: Mapping[StepKey, Placed], new: PortfolioPlan, moves: tuple[Move, ...]
) -> ProjectChange:
    target = (project.key, project.target)
    old_target, new_target = before.get(target), new.steps.get(target)
    return ProjectChange(
        project.key,
        None if old_target is None else old_target.finish,
        None if new_target is None else new_target.finish,
        project.due,
        moves,
    )


def _gone(
    portfolio: Portfolio, before: Mapping[StepKey, Placed], new: PortfolioPlan
) -> Iterator[ProjectChange]:
    """Projects, and steps of projects, that only the old plan has."""
    asked = {(project.key, step.key) for project in portfolio.projects for step in project.problem.steps}
    gone: dict[str, list[Move]] = {}
    for key, placed in before.items():
        if key not in asked and key not in new.steps:
            gone.setdefault(key[0], []).append(Move(*key, placed, None, hold=None))
    for project, moves in gone.items():
        yield ProjectChange(project, None, None, None, tuple(moves))


def _days(placed: Placed) -> tuple[int, int, int, Sitting | None]:
    return placed.start, placed.accept, placed.finish, placed.sitting


def _shifted(placed: Placed, by: int) -> Placed:
    sitting = placed.sitting
    return replace(
        placed,
        start=placed.start + by,
        accept=placed.accept + by,
        own_end=placed.own_end + by,
        finish=placed.finish + by,
        sitting=None if sitting is None else Sitting(sitting.point + by, sitting.half),
    )


def _late(finish: int | None, due: int | None) -> int:
    return 0 if finish is None or due is None else max(0, finish - due)
