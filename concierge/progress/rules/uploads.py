"""Photographs and files of one material: what can be put together to one file, and what cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concierge.kernel.errors import N_, Invalid, Refusal

MOST_PARTS = 40
MOST_PAGES = 400
MOST_BYTES = 150 * 1024 * 1024
PDF = "application/pdf"
PICTURES = frozenset({"image/jpeg", "image/png"})
JOINABLE = PICTURES | {PDF}


class NothingToSend(Invalid):
    """An upload without a page."""

    message = N_("Take a photograph or choose a file first. What you add stays here until you send it.")


class TooManyParts(Refusal):
    """More photographs than one material has."""

    message = N_(
        "One material takes %(most)s photographs or files at most. Send these first; a scan to one PDF holds"
        " more pages."
    )


class TooManyPages(Refusal):
    """More pages than anybody looks through."""

    message = N_("Together these are %(count)s pages; one material takes %(most)s. Send it in two parts.")


class TooMuchTogether(Refusal):
    """More bytes than one file may have."""

    message = N_(
        "Together this is more than %(megabytes)s MB. Take some pages out and send in two parts; nothing is"
        " lost."
    )


class StandsAlone(Refusal):
    """A Word, Excel or OFD file beside other pages: they do not become one PDF."""

    message = N_(
        "“%(name)s” cannot be put together with other pages. Send it alone, or save it as PDF and add that."
    )


class MaterialNotWanted(Refusal):
    """A material nobody needs from the enterprise, or not any more."""

    message = N_(
        "“%(material)s” is not needed from you at the moment: it is here already, or another office brings"
        " it. Look at the list again."
    )


@dataclass(frozen=True)
class Part:
    """One photograph or file of an upload. Units: bytes. Shape: ``pages`` is None where the kind has none."""

    name: str
    media_type: str
    size_bytes: int
    pages: int | None


def check_addition(parts: Sequence[Part], new: Part) -> None:
    """Whether one more page can be added to those that are here.

    Raises: TooManyParts, StandsAlone.
    """
    if len(parts) >= MOST_PARTS:
        raise TooManyParts(most=MOST_PARTS, field="files")
    together = (*parts, new)
    alone = next((one for one in together if one.media_type not in JOINABLE), None)
    if alone is not None and len(together) > 1:
        raise StandsAlone(name=alone.name, field="files")


def check_sending(parts: Sequence[Part]) -> None:
    """Whether what was collected can be sent.

    Raises: NothingToSend, TooManyPages, TooMuchTogether.
    """
    if not parts:
        raise NothingToSend(field="files")
    count = sum(one.pages or 0 for one in parts)
    if count > MOST_PAGES:
        raise TooManyPages(count=count, most=MOST_PAGES, field="files")
    if sum(one.size_bytes for one in parts) > MOST_BYTES:
        raise TooMuchTogether(megabytes=MOST_BYTES // 1024 // 1024, field="files")


def stays_as_it_is(parts: Sequence[Part]) -> bool:
    """Whether one file came that is handed on byte for byte: a PDF may be signed, a Word file is a form."""
    return len(parts) == 1 and parts[0].media_type not in PICTURES
