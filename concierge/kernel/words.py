"""The words people read: English source, Chinese catalogue, for screens and the command line alike."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from concierge.kernel.addon import Addon

CHINESE = "zh"


def folders(installed: Iterable[Addon]) -> list[Path]:
    """The translation folders of every addon that has one, the kernel among them."""
    return [addon.folder / addon.translations for addon in installed if addon.translations]


def compile_catalogues(places: Iterable[Path]) -> int:
    """Make the machine form of every catalogue that changed since it was last made.

    Effects: writes ``messages.mo`` beside each newer ``messages.po``; answers how many.
    """
    made = 0
    for source in sorted(po for place in places for po in place.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text)
        with target.open("wb") as binary:
            write_mo(binary, catalogue)
        made += 1
    return made


@cache
def translations(places: tuple[Path, ...], language: str) -> NullTranslations:
    """The merged catalogue of a language; English, or a language we lack, translates nothing."""
    merged: NullTranslations = NullTranslations()
    for place in places:
        found = Translations.load(str(place), [language])
        merged = (
            merged.merge(found)
            if isinstance(merged, Translations) and isinstance(found, Translations)
            else found
            if isinstance(found, Translations)
            else merged
        )
    return merged
