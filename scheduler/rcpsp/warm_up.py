"""Every kernel of this package, called once with next to nothing, so that it is compiled and cached."""

from __future__ import annotations

from scheduler.rcpsp.instance import Instance
from scheduler.rcpsp.solve import Effort, solve


def warm_up() -> None:
    """Compile what is not compiled yet, and load the rest, the exact tier too.

    Effects: writes compiled code into Numba's cache, where Numba is there.
    """
    # Two of the three fit side by side, so all take 4; energy alone says 3, so that every tier is called.
    odd = Instance((2, 2, 2), ((2,), (2,), (2,)), ((), (), ()), (5,))
    solve(odd, Effort(schedules=50, work=0.01))
