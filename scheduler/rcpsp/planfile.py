"""Reading a plan from a file: what ``solve --json`` printed, or only its list of starts."""

from __future__ import annotations

import json
from pathlib import Path

from scheduler.rcpsp.errors import NotAPlan


def read_plan(path: Path) -> tuple[list[int], int | None]:
    """The starts of a plan, and the makespan it claims, if it does.

    Raises: NotAPlan; OSError, where there is no such file.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as wrong:
        raise NotAPlan(why="it is not JSON") from wrong
    starts, makespan = (
        (given.get("start"), given.get("makespan")) if isinstance(given, dict) else (given, None)
    )
    if not isinstance(starts, list):
        raise NotAPlan(why="it has no list “start”")
    for activity, start in enumerate(starts, 1):
        if not _is_whole(start):
            raise NotAPlan(why=f"the start of activity {activity} is not a whole number")
    if makespan is not None and not _is_whole(makespan):
        raise NotAPlan(why="its makespan is not a whole number")
    return starts, makespan


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
