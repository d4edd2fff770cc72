"""The way of what people say: written down, given to a department, answered, told; and of bottlenecks."""

from __future__ import annotations

from collections.abc import Mapping

from concierge.escalation.rules.report import BottleneckState, VoiceState
from concierge.kernel.errors import N_, Invalid, Refusal

MOST_WORKDAYS = 2000
FROM: Mapping[VoiceState, frozenset[VoiceState]] = {
    VoiceState.HEARD: frozenset(),
    VoiceState.ROUTED: frozenset({VoiceState.HEARD, VoiceState.ROUTED}),
    VoiceState.ANSWERED: frozenset({VoiceState.HEARD, VoiceState.ROUTED}),
    VoiceState.TOLD: frozenset({VoiceState.ANSWERED}),
}
"""From which state each one is reached. Source: SF-18."""
SETTLED = frozenset({BottleneckState.MENDED, BottleneckState.NOT_FOLLOWED})


class VoiceOver(Refusal):
    """Something else has to happen first, or happened already."""

    message = N_("This was handled meanwhile, or has no answer yet. Reload the page to see how it stands.")


class BottleneckSettledAlready(Refusal):
    """It is decided."""

    message = N_("This bottleneck was settled on %(day)s. If it is back, record a new one.")


class NoSuchWait(Invalid):
    """A wait that is not a number of days."""

    message = N_("Write how many working days it waited: 0 to %(most)s.")


def check_voice_step(state: VoiceState, to: VoiceState) -> None:
    """Whether something people said may go there from here. Raises: VoiceOver. Source: SF-18."""
    if state not in FROM[to]:
        raise VoiceOver


def checked_wait(workdays: int) -> int:
    """How long a bottleneck held things up. Units: working days. Raises: NoSuchWait. Source: SF-19."""
    if not 0 <= workdays <= MOST_WORKDAYS:
        raise NoSuchWait(most=MOST_WORKDAYS, field="waited_workdays")
    return workdays
