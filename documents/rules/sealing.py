"""Who may put an office's seal under a paper, on how many people's word, under which certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concierge.kernel.errors import N_, Refusal


class Keeper(StrEnum):
    """Where a seal's key lies."""

    SOFTWARE = "software"  # a key of this system, kept sealed like every file; for trials and small offices
    DEVICE = "device"  # a device or module spoken to over PKCS#11; the key never leaves it
    PLATFORM = "platform"  # the government's seal platform, spoken to over HTTP


class Sealable(StrEnum):
    """What a seal may be put on."""

    DOCUMENT = "document"  # a PDF, with a stamp one sees
    PACKAGE = "package"  # the list of a package's files, with a signature beside it


class SealState(StrEnum):
    """How far one use of a seal is."""

    ASKED = "asked"  # waits for the second person
    CONFIRMED = "confirmed"  # the machine may seal
    SEALED = "sealed"
    DECLINED = "declined"
    FAILED = "failed"  # the key, the platform or the timestamp did not answer; may be tried again


class SealNotKept(Refusal):
    """Somebody who is no keeper of this seal."""

    message = N_("“%(seal)s” is kept by %(keepers)s. Ask one of them to seal this.")


class SecondPersonNeeded(Refusal):
    """The person who asked wants to confirm it alone."""

    message = N_("“%(seal)s” is used on two people's word. Another keeper of it confirms what you asked for.")


class SealOutOfForce(Refusal):
    """A seal that is retired, or whose certificate does not hold today."""

    message = N_(
        "“%(seal)s” cannot be used on %(day)s: its certificate holds from %(first)s to %(last)s, or it was"
        " retired. Renew the certificate, or choose another seal."
    )


class UseSettled(Refusal):
    """A use of a seal that was decided already."""

    message = N_("This was decided already. Look at the log of the seal.")


@dataclass(frozen=True, kw_only=True)
class SealFacts:
    """One seal as the rules see it.

    Units: civil days; both ends of the certificate are days on which it holds.
    """

    name: str
    first_on: date
    last_on: date
    needs_two: bool
    is_retired: bool
    keepers: frozenset[int]
    keeper_names: str = ""


def ask(seal: SealFacts, person_id: int, today: date) -> SealState:
    """The state in which a use of a seal begins: confirmed at once, or waiting for the second person.

    Raises: SealOutOfForce, SealNotKept.
    Source: SL-1.
    """
    _in_force(seal, today)
    _kept(seal, person_id)
    return SealState.ASKED if seal.needs_two else SealState.CONFIRMED


def confirm(seal: SealFacts, state: SealState, *, asked_by: int, person_id: int, today: date) -> SealState:
    """The state after somebody confirms a use: the one who asked cannot.

    Raises: UseSettled, SealOutOfForce, SealNotKept, SecondPersonNeeded.
    Source: SL-1.
    """
    if state is not SealState.ASKED:
        raise UseSettled
    _in_force(seal, today)
    _kept(seal, person_id)
    if person_id == asked_by:
        raise SecondPersonNeeded(seal=seal.name)
    return SealState.CONFIRMED


def _in_force(seal: SealFacts, today: date) -> None:
    if seal.is_retired or not seal.first_on <= today <= seal.last_on:
        raise SealOutOfForce(seal=seal.name, day=today, first=seal.first_on, last=seal.last_on)


def _kept(seal: SealFacts, person_id: int) -> None:
    if person_id not in seal.keepers:
        raise SealNotKept(seal=seal.name, keepers=seal.keeper_names or "—")
