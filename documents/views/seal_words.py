"""Seals and their uses in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from concierge.kernel.errors import N_
from documents.models.seal import SealUseRow
from documents.rules.kept_faults import parts
from documents.rules.sealing import Keeper, SealState

ON = "Seal"
KEEPERS: Mapping[Keeper, tuple[str, str]] = {
    Keeper.SOFTWARE: (N_("Key of this system"), N_("A .p12 or .pfx file of the certificate authority.")),
    Keeper.DEVICE: (N_("Key device (PKCS#11)"), N_("The key never leaves the device; its label names it.")),
    Keeper.PLATFORM: (N_("Government seal platform"), N_("The platform seals; its number names the seal.")),
}
STATES: Mapping[SealState, tuple[str, str]] = {
    SealState.ASKED: ("review", N_("Waits for the second keeper")),
    SealState.CONFIRMED: ("running", N_("Being sealed")),
    SealState.SEALED: ("done", N_("Sealed")),
    SealState.DECLINED: ("ended", N_("Seal declined")),
    SealState.FAILED: ("overdue", N_("Not sealed")),
}


def keeper_word(keeper: Keeper) -> str:
    """Where a seal's key lies."""
    return str(gettext(KEEPERS[keeper][0]))


def use_pill(state: SealState) -> dict[str, str]:
    """How far one use is, for the pill."""
    look, word = STATES[state]
    return {"state": look, "text": gettext(word)}


def why_of(use: SealUseRow) -> str:
    """Why a use came to nothing, in the reader's language; what a person wrote stays as written."""
    if use.state is not SealState.FAILED:
        return use.why
    message, facts = parts(use.why)
    return str(gettext(message, **facts) if facts else gettext(message))
