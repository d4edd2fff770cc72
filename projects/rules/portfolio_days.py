"""A plan of all projects as the office reads it: civil days, who is waited for, and what it is worth."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

_COMPRESSION = 6


class Wait(NamedTuple):
    """What a step or a project waits for beyond its own steps, and how long.

    Units: ``workdays`` are working days.
    Shape: ``kind`` is bench, officer or sitting; ``key`` the department, the officer's number or the review
        group.
    """

    kind: str
    key: str
    workdays: int


class HalfDay(NamedTuple):
    """One half-day: 0 is the morning, 1 the afternoon."""

    on: date
    half: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDays:
    """Where one step lies, and what it waits for. Units: civil days.

    Shape: ``department`` is whose reviewers its work takes, from ``work_first_on`` to ``work_last_on``; all
        three are None where it takes nobody's.
    """

    start_on: date
    accept_on: date
    end_on: date
    finish_on: date
    department: str | None = None
    work_first_on: date | None = None
    work_last_on: date | None = None
    wait: Wait | None = None
    group: str | None = None
    sitting: HalfDay | None = None
    officer: int | None = None
    has_begun: bool = False


@dataclass(frozen=True, kw_only=True)
class ProjectDays:
    """One project in a plan of all: ``revision`` is what it was planned from."""

    project_id: int
    revision: int
    steps: Mapping[str, StepDays]


@dataclass(frozen=True, kw_only=True)
class ProjectLine:
    """One project of a plan in one line, beside the plan that stands.

    Units: civil days; ``late_workdays`` past its promise, ``gain_workdays`` what its steps save by running
        side by side, ``limit_workdays`` what departments' limits cost it against no limits at all.
    Shape: ``waits`` are what it waits for on the way to its headline day, the longest first; ``weight`` is
        how many times a day late counts, the green channel among it where ``is_green``.
    """

    project_id: int
    code: str
    name: str
    permit_on: date | None
    start_on: date | None
    before_permit_on: date | None
    before_start_on: date | None
    due_on: date | None
    late_workdays: int
    gain_workdays: int | None
    limit_workdays: int
    waits: tuple[Wait, ...] = ()
    waits_before: tuple[Wait, ...] = ()
    moved_steps: int = 0
    moved_announced: tuple[str, ...] = ()
    weight: int = 1
    is_green: bool = False

    @property
    def is_moved(self) -> bool:
        """Whether a day anybody watches is not what it was."""
        return (self.permit_on, self.start_on) != (self.before_permit_on, self.before_start_on)

    @property
    def only_start_moves(self) -> bool:
        """Whether the permit stays on its day and the lawful start does not."""
        return self.is_moved and self.permit_on is not None and self.permit_on == self.before_permit_on

    @property
    def watched(self) -> tuple[date | None, date | None]:
        """The day everyone watches, before and now: the permit, or the lawful start where only that moves."""
        if self.only_start_moves:
            return self.before_start_on, self.start_on
        return self.before_permit_on or self.before_start_on, self.permit_on or self.start_on


@dataclass(frozen=True, kw_only=True)
class ReleaseLine:
    """What would be given between two days, and what it would bring.

    ``kind`` is “bench” for a reviewer more, “officer” for a hand-in more a day, “sitting” for one sitting
    more, “seat” for one project more at every sitting, “room” for one room more; ``key`` whose it is.

    Units: ``saved_workdays`` of all projects together, each from ``least`` to ``most``.
    """

    kind: str
    key: str
    more: int
    first_on: date
    last_on: date
    projects: tuple[int, ...]
    saved_workdays: int
    least_workdays: int
    most_workdays: int


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a plan of all projects is worth, small enough to read with every screen.

    Shape: ``world`` marks the calendar and the limits it was made for; empty where nobody wrote it down.
    """

    lines: tuple[ProjectLine, ...] = ()
    releases: tuple[ReleaseLine, ...] = ()
    waits: tuple[Wait, ...] = ()
    serial_workdays: int = 0
    parallel_workdays: int = 0
    bound_workdays: int = 0
    world: str = ""
    _by_id: Mapping[int, ProjectLine] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", MappingProxyType({line.project_id: line for line in self.lines}))

    def line(self, project_id: int) -> ProjectLine | None:
        """The line of one project, if the plan has it."""
        return self._by_id.get(project_id)


def pack(projects: Sequence[ProjectDays]) -> bytes:
    """Every step of a plan, as canonical JSON, compressed."""
    told = {
        str(project.project_id): [
            project.revision,
            {code: _step_told(step) for code, step in sorted(project.steps.items())},
        ]
        for project in projects
    }
    return zlib.compress(_canonical(told).encode(), _COMPRESSION)


def unpack(body: bytes) -> tuple[ProjectDays, ...]:
    """The plan from what ``pack`` wrote."""
    told = json.loads(zlib.decompress(body))
    return tuple(
        ProjectDays(
            project_id=int(number),
            revision=revision,
            steps={code: _step_read(step) for code, step in steps.items()},
        )
        for number, (revision, steps) in told.items()
    )


def summary_body(summary: Summary) -> str:
    """What a plan is worth, as canonical JSON."""
    return _canonical(
        {
            "lines": [_line_told(line) for line in summary.lines],
            "releases": [_release_told(release) for release in summary.releases],
            "waits": [list(wait) for wait in summary.waits],
            "serial": summary.serial_workdays,
            "parallel": summary.parallel_workdays,
            "bound": summary.bound_workdays,
            "world": summary.world,
        }
    )


def read_summary(body: str) -> Summary:
    """What a plan is worth, from what ``summary_body`` wrote."""
    told = json.loads(body)
    return Summary(
        lines=tuple(_line_read(line) for line in told["lines"]),
        releases=tuple(
            ReleaseLine(
                kind=kind,
                key=key,
                more=more,
                first_on=date.fromisoformat(first),
                last_on=date.fromisoformat(last),
                projects=tuple(projects),
                saved_workdays=saved,
                least_workdays=least,
                most_workdays=most,
            )
            for kind, key, more, first, last, projects, saved, least, most in told["releases"]
        ),
        waits=_waits(told["waits"]),
        serial_workdays=told["serial"],
        parallel_workdays=told["parallel"],
        bound_workdays=told["bound"],
        world=told.get("world", ""),
    )


def _canonical(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _step_told(step: StepDays) -> list[Any]:
    days = (step.start_on, step.accept_on, step.end_on, step.finish_on)
    return [
        *(day.isoformat() for day in days),
        step.department,
        _iso(step.work_first_on),
        _iso(step.work_last_on),
        list(step.wait) if step.wait else None,
        step.group,
        [step.sitting.on.isoformat(), step.sitting.half] if step.sitting else None,
        step.officer,
        step.has_begun,
    ]


def _step_read(told: Sequence[Any]) -> StepDays:
    start, accept, end, finish, department, first, last, wait, group, sitting, officer, begun = told
    return StepDays(
        start_on=date.fromisoformat(start),
        accept_on=date.fromisoformat(accept),
        end_on=date.fromisoformat(end),
        finish_on=date.fromisoformat(finish),
        department=department,
        work_first_on=_day(first),
        work_last_on=_day(last),
        wait=Wait(*wait) if wait else None,
        group=group,
        sitting=HalfDay(date.fromisoformat(sitting[0]), sitting[1]) if sitting else None,
        officer=officer,
        has_begun=begun,
    )


def _release_told(release: ReleaseLine) -> list[Any]:
    return [
        release.kind,
        release.key,
        release.more,
        release.first_on.isoformat(),
        release.last_on.isoformat(),
        list(release.projects),
        release.saved_workdays,
        release.least_workdays,
        release.most_workdays,
    ]


def _line_told(line: ProjectLine) -> dict[str, Any]:
    return {
        "id": line.project_id,
        "code": line.code,
        "name": line.name,
        "days": [
            _iso(day)
            for day in (
                line.permit_on,
                line.start_on,
                line.before_permit_on,
                line.before_start_on,
                line.due_on,
            )
        ],
        "counts": [line.late_workdays, line.gain_workdays, line.limit_workdays, line.moved_steps],
        "waits": [list(wait) for wait in line.waits],
        "before": [list(wait) for wait in line.waits_before],
        "announced": list(line.moved_announced),
        "weight": [line.weight, line.is_green],
    }


def _line_read(told: Mapping[str, Any]) -> ProjectLine:
    permit, start, before_permit, before_start, due = (_day(day) for day in told["days"])
    late, gain, limit, moved = told["counts"]
    weight, is_green = told.get("weight", (1, False))
    return ProjectLine(
        project_id=told["id"],
        code=told["code"],
        name=told["name"],
        permit_on=permit,
        start_on=start,
        before_permit_on=before_permit,
        before_start_on=before_start,
        due_on=due,
        late_workdays=late,
        gain_workdays=gain,
        limit_workdays=limit,
        waits=_waits(told["waits"]),
        waits_before=_waits(told["before"]),
        moved_steps=moved,
        moved_announced=tuple(told["announced"]),
        weight=weight,
        is_green=is_green,
    )


def _waits(told: Sequence[Sequence[Any]]) -> tuple[Wait, ...]:
    return tuple(Wait(*wait) for wait in told)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
