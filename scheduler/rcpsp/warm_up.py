"""Every kernel of this package, called once with next to nothing, so that it is compiled and cached."""

from __future__ import annotations

from scheduler.rcpsp.instance import Instance
from scheduler.rcpsp.solve import Effort, solve


def warm_up() -> None:
    """Compile.

    Effects: writes compiled code beside the source, where Numba is there.
    """
    three = Instance((2, 1, 2), ((1,), (1,), (1,)), ((1,), (), ()), (1,))
    solve(three, Effort(schedules=50))
