"""``python -m scheduler``: plan a project file, prove a plan, or compile the planner's loops.

Exit status: 0 done, 1 refused or failed (one sentence on stderr says what to do), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from scheduler.errors import PlanningError

DONE, FAILED = 0, 1
DEFAULT_LIMIT_SECONDS = 5.0


def main(given: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit status."""
    asked = _parser().parse_args(given)
    try:
        return int(asked.does(asked))
    except (PlanningError, OSError) as refused:
        sys.stderr.write(f"{_said(refused)}\n")
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scheduler", description="Plan one project under limits.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    solve = verbs.add_parser("solve", help="plan a PSPLIB single-mode project (.sm, or Patterson's .rcp)")
    solve.add_argument("file", type=Path, metavar="FILE")
    solve.add_argument("--limit", type=_seconds, default=DEFAULT_LIMIT_SECONDS, metavar="SECONDS")
    solve.add_argument("--seed", type=int, default=0, metavar="N")
    solve.add_argument("--json", action="store_true", help="one line instead of one for every figure")
    solve.set_defaults(does=_solve)
    check = verbs.add_parser("check", help="prove that a plan is feasible")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("plan", type=Path, metavar="PLAN.json")
    check.set_defaults(does=_check)
    ready = verbs.add_parser("compile", help="compile every inner loop once, into the cache")
    ready.set_defaults(does=_compile)
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(f"{text} is no length of time: give seconds above zero")
    return seconds


def _said(refused: Exception) -> str:
    if isinstance(refused, OSError):
        return f"{refused.filename}: {refused.strerror}. Give the name of a file that can be read."
    return str(refused)


def _solve(asked: argparse.Namespace) -> int:
    from scheduler.rcpsp import psplib, solve
    from scheduler.rcpsp.warm_up import warm_up

    instance = psplib.read(asked.file)
    warm_up()
    result = solve.solve(instance, solve.effort_within(instance, asked.limit), seed=asked.seed)
    told = {
        "makespan": result.makespan,
        "start": result.starts,
        "bound": result.bound,
        "status": result.status,
        "seconds": round(result.seconds, 3),
        "schedules": result.schedules,
    }
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in told.items()]
    sys.stdout.write(json.dumps(told) + "\n" if asked.json else "{\n  " + ",\n  ".join(lines) + "\n}\n")
    return DONE


def _check(asked: argparse.Namespace) -> int:
    from scheduler.rcpsp import psplib
    from scheduler.rcpsp.check import check
    from scheduler.rcpsp.planfile import read_plan

    instance = psplib.read(asked.file)
    starts, makespan = read_plan(asked.plan)
    faults = check(instance, starts, makespan)
    if faults:
        more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
        sys.stderr.write(f"Not feasible: {faults[0].said}{more}. Correct the plan, or solve again.\n")
        return FAILED
    sys.stdout.write(f"feasible, makespan {_end(instance.durations, starts)}\n")
    return DONE


def _end(durations: Sequence[int], starts: Sequence[int]) -> int:
    return max((start + length for start, length in zip(starts, durations, strict=True)), default=0)


def _compile(_asked: argparse.Namespace) -> int:
    from scheduler.kernels import compile_all

    sys.stdout.write(f"The planner's loops are compiled ({compile_all():.1f} s).\n")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
