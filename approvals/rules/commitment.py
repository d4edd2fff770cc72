"""The letter an enterprise signs when a paper is to come later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concierge.kernel.errors import N_, Invalid

COPIES = 2
"""One for the applicant, one for the file. Source: DF-3."""

TRUTH = N_("We declare that what we have handed in and said is true, complete and lawful.")
CONSEQUENCES = N_(
    "We know: if the paper does not come in time, or is unfit, the case is closed as withdrawn or refused; "
    "a certificate already issued is to be put right within a time or is revoked; the default is put on "
    "record; and we bear the cost."
)


class FormMissing(Invalid):
    """A letter that does not say in which form the paper will come."""

    message = N_("Say in which form “%(paper)s” will come: original, stamped copy, electronic certificate.")


class SignatureMissing(Invalid):
    """A letter nobody signed."""

    message = N_("Say who signed the commitment letter. An electronic signature has the force of a seal.")


@dataclass(frozen=True)
class LatePaper:
    """One paper of the letter: what it is, in which form it comes, and by when."""

    name: str
    form: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """What a commitment letter says.

    Shape: ``agent`` is empty where the applicant signs itself; an electronic signature has the force of a
        seal.
    Source: DF-3.
    """

    applicant: str
    uscc: str
    project: str
    project_code: str
    matter: str
    department: str
    papers: tuple[LatePaper, ...]
    signed_by: str = ""
    signed_on: date | None = None
    agent: str = ""


def check_papers(papers: tuple[LatePaper, ...]) -> None:
    """Refuse a letter that does not say of each paper in which form it comes.

    Raises: FormMissing.
    Source: DF-3.
    """
    for paper in papers:
        if not paper.form.strip():
            raise FormMissing(paper=paper.name, field="form")


def check_signature(signed_by: str) -> None:
    """Refuse a letter nobody signed.

    Raises: SignatureMissing.
    Source: DF-2, DF-3.
    """
    if not signed_by.strip():
        raise SignatureMissing(field="signed_by")
