"""Faults, findings and refusals as sentences in the reader's language."""

from __future__ import annotations

from flask_babel import gettext

from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.sheets import Fault
from approvals.rules.lint import LintFinding
from approvals.rules.wording import fill
from approvals.views.code_words import VERIFICATIONS
from concierge.kernel.web import language


def finding(found: LintFinding) -> str:
    """What the linter found."""
    facts = {
        name: str(VERIFICATIONS.get(str(fact), fact)) if name == "verification" else fact
        for name, fact in found.facts.items()
    }
    return fill(found.message, facts, gettext, language())


def fault(found: Fault) -> str:
    """What is wrong with a file."""
    return fill(found.message, found.facts, gettext, language())


def ring(catalogue: Catalogue, loop: tuple[str, ...]) -> str:
    """Matters that wait for each other, named in the order they wait, the first once more at the end."""
    names = [
        catalogue.matter_of[code].spoken(language()) if code in catalogue.matter_of else code for code in loop
    ]
    return " → ".join((*names, names[0]))
