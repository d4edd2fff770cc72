"""The kinds of documents the installed addons can make."""

from __future__ import annotations

from concierge.kernel import addon
from concierge.kernel.errors import Missing
from documents.press.kind import DocumentKind


def installed_kinds() -> tuple[DocumentKind, ...]:
    """Every kind, lower addons first, in the order of their manifests; a manifest names tuples of kinds."""
    named = ((one.name, name) for one in addon.installed() for name in one.documents)
    return tuple(kind for owner, name in named for kind in addon.resolve(name, of=owner))


def kind_of(code: str) -> DocumentKind:
    """One kind. Raises: Missing."""
    found = next((kind for kind in installed_kinds() if kind.code == code), None)
    if found is None:
        raise Missing
    return found
