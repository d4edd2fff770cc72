"""What may be said no to about the five papers."""

from __future__ import annotations

from concierge.kernel.errors import N_, Invalid, Refusal


class SlipThere(Refusal):
    """A paper that exists already."""

    message = N_("This paper is issued already. Print it from the file; a second one is not needed.")


class SlipUnsigned(Invalid):
    """A signature before the letter, or tomorrow."""

    message = N_("The letter is signed on the day it was printed or later, and not after today.")
    field = "signed_on"


class SignerNeeded(Invalid):
    """Nobody signed."""

    message = N_("Write who signed the letter.")
    field = "signed_by"
