"""The menu: whatever it offers opens."""

from __future__ import annotations

import re

from concierge.kernel import addon
from concierge.kernel.roles import rights_of
from tests.kernel.fixtures_office import Office

ENTRY = re.compile(r'href="(/[^"#?]*)"')


def test_every_entry_of_every_roles_menu_opens(county: Office) -> None:
    opened: set[str] = set()
    for role in rights_of(addon.installed()):
        person = county.employs(f"one-{role.lower()}", role, sees=(None,))
        menu = (
            person.opens(person.opens("/").headers["Location"])
            .text.partition('class="bd-side"')[2]
            .partition("</nav>")[0]
        )
        for entry in set(ENTRY.findall(menu)) - opened:
            assert person.opens(entry).status_code == 200, (role, entry)
            opened.add(entry)

    assert {"/projects/", "/services/catalogue/", "/documents/", "/packages/"} <= opened
