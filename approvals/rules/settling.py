"""What the lead has to say before a contradiction is settled, or a joint review called off.

Source: PR-3.
"""

from __future__ import annotations

from concierge.kernel.errors import N_, Invalid


class TwoConditionsExpected(Invalid):
    """A contradiction that is not between two conditions of two departments."""

    message = N_("Choose two conditions of two departments that stand now.")
    field = "lines"


class SettlementExpected(Invalid):
    """A contradiction settled without words."""

    message = N_("Write what holds, as the departments agreed.")
    field = "resolution"


class CancelledWithoutReason(Invalid):
    """The departments and the enterprise will ask why."""

    message = N_("Say why the joint review is cancelled. The departments read it.")
    field = "reason"
