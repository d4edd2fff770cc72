"""What each role may do, and which roles one person may not hold together.

Rights are compared as whole names, never as patterns: the framework's own check matches prefixes, so that a
grant on “Step” would also open “StepTemplate”.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from concierge.kernel.addon import Addon
from concierge.kernel.errors import N_, Misconfigured, Refusal

SYSTEM_ADMIN = N_("SystemAdmin")
SECURITY_ADMIN = N_("SecurityAdmin")
AUDIT_ADMIN = N_("AuditAdmin")
ADMINISTRATORS = (SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN)
ALONE = (SECURITY_ADMIN, AUDIT_ADMIN)  # those who give rights or watch them do no business themselves
PUBLIC = "Public"

Rights = Mapping[str, frozenset[tuple[str, str]]]


class DutiesMixed(Refusal):
    """The same person may not run the system, give the rights and watch over both."""

    message = N_(
        "One person may not be %(first)s and %(second)s at once. "
        "Give one of the two to another person's account."
    )


class RoleUnknown(Refusal):
    """A role that no installed addon declares."""

    message = N_("There is no role “%(role)s”. Choose from the list.")


def rights_of(addons: Iterable[Addon]) -> dict[str, frozenset[tuple[str, str]]]:
    """All roles of all manifests with their rights.

    Shape: role → {(permission name, “can_” and the verb)}; a role no manifest declares is not there.
    """
    rights: dict[str, set[tuple[str, str]]] = {}
    for addon in addons:
        for role, grants in addon.roles.items():
            held = rights.setdefault(role, set())
            held.update((grant.on, f"can_{verb}") for grant in grants for verb in grant.verbs)
    return {role: frozenset(held) for role, held in rights.items()}


def may(rights: Rights, roles: Iterable[str], permission: str, on: str) -> bool:
    """Whether one of these roles has exactly this right."""
    return any((on, permission) in rights.get(role, ()) for role in roles)


def refuse_mixture(roles: Collection[str]) -> None:
    """Refuse roles that one person may not hold together.

    Raises: DutiesMixed, naming two of them.
    Source: GB/T 22239-2019 8.1.5.1-8.1.5.3, system, audit and security management by separate administrators.
    """
    held = [role for role in ADMINISTRATORS if role in roles]
    if len(held) > 1:
        raise DutiesMixed(first=held[0], second=held[1])
    for administrator in ALONE:
        others = sorted(set(roles) - {administrator})
        if administrator in roles and others:
            raise DutiesMixed(first=administrator, second=others[0])


def check_screens_open(addons: Iterable[Addon], views: Mapping[str, str]) -> None:
    """Refuse a screen that no role may open.

    Shape: ``views`` maps a screen's dotted name to its permission name.
    Raises: Misconfigured, naming the addon and the screen.
    """
    installed = list(addons)
    granted = {on for held in rights_of(installed).values() for on, _ in held}
    for addon in installed:
        for screen in addon.screens:
            if views[screen.view] not in granted:
                raise Misconfigured(
                    what=f"addon {addon.name} registers {screen.view}, which no role may open"
                )
