"""Slots: what higher addons put into the pages of lower ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.kernel import addon, doctor
from concierge.kernel.errors import Misconfigured
from tests.kernel.fixtures_office import Office

MANIFEST = """
from concierge.kernel.addon import Addon

ADDON = Addon(name="{name}", summary="", slots={{"desk.side": ("{function}",)}})
"""


def test_a_page_shows_what_the_addons_put_into_its_slot_for_this_reader(office: Office) -> None:
    kim = office.employs("kim", "Keeper")

    said = kim.opens("/desk/furnished").text

    assert said.startswith("<b>A lamp for Kim at the &lt;oak&gt; desk</b>\n")  # the subject and the reader
    assert said.endswith("&lt;i&gt;&lt;oak&gt;&lt;/i&gt;")  # what is no markup is text


def test_a_slot_nobody_fills_is_empty(office: Office) -> None:
    kim = office.employs("kim", "Keeper")

    assert kim.opens("/desk/bare").text == "[]"


def test_a_slot_filled_by_a_function_there_is_none_of_refuses_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "half_an_addon"
    package.mkdir()
    (package / "__init__.py").touch()
    function = "half_an_addon.cards:card"
    (package / "__manifest__.py").write_text(MANIFEST.format(name="half_an_addon", function=function))
    monkeypatch.syspath_prepend(str(tmp_path))
    before = addon.installed()

    with pytest.raises(Misconfigured, match=r"half_an_addon names 'half_an_addon\.cards:card'"):
        addon.load(("half_an_addon",))

    addon._loaded = before


def test_every_slot_an_addon_fills_is_asked_for_in_a_page_or_a_service(county: Office) -> None:
    pages = "".join(
        page.read_text(encoding="utf-8")
        for installed in addon.installed()
        for kind in ("templates/**/*.html", "services/*.py")
        for page in installed.folder.glob(kind)
    )

    for installed in addon.installed():
        for name in set(installed.slots) - {doctor.SLOT}:  # what the doctor asks is on no page
            assert f'slots("{name}"' in pages or f'told_by("{name}"' in pages, (installed.name, name)
