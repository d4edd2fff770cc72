"""On which ground a person's data may be used for one service, and what is to be done first.

State organs use personal data within what their statutory duty needs; sensitive data (disability, children
under 14) need a separate consent unless the duty itself names them. Whoever says no is left alone.
"""

from __future__ import annotations

import enum


class Ground(enum.Enum):
    """The lawful ground of one service's use of data.

    Source: S70 (个人信息保护法) arts. 13, 29, 34; SF-10.
    """

    DUTY = "duty"
    CONSENT = "consent"
    SEPARATE = "separate"


class Use(enum.Enum):
    """What one may do with a person's data for one service today."""

    ACT = "act"
    ASK = "ask"
    LEAVE = "leave"


def lawful_use(ground: Ground, *, has_consented: bool, has_said_no: bool) -> Use:
    """Act, ask for consent first, or leave the person alone.

    A later no outweighs every ground: the service stays open to whoever asks for it.

    Source: S70 arts. 13, 15, 29, 34; SF-10.
    """
    if has_said_no:
        return Use.LEAVE
    if ground is Ground.DUTY or has_consented:
        return Use.ACT
    return Use.ASK
