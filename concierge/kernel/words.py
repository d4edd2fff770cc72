"""The words people read: English source, Chinese catalogue, for screens and the command line alike."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import cast

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Domain, get_locale

from concierge.kernel.addon import Addon

CHINESE = "zh"


def folders(installed: Iterable[Addon]) -> list[Path]:
    """The translation folders of every addon that has one, the kernel among them."""
    return [addon.folder / addon.translations for addon in installed if addon.translations]


def compile_catalogues(places: Iterable[Path]) -> int:
    """Make the machine form of every catalogue that changed since it was last made.

    Effects: writes ``messages.mo`` beside each newer ``messages.po``, whole or not at all; answers how
    many. Where nothing may be written (an image made beforehand) what is there stays.
    """
    made = 0
    for source in sorted(po for place in places for po in place.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text)
        if not os.access(target.parent, os.W_OK):
            continue
        half = target.with_suffix(f".{os.getpid()}")
        with half.open("wb") as binary:
            write_mo(binary, catalogue)
        half.replace(target)  # another process may read it, or make it, at this moment
        made += 1
    return made


@cache
def translations(places: tuple[Path, ...], language: str) -> NullTranslations:
    """The merged catalogue of a language, made anew if need be; English translates nothing."""
    compile_catalogues(places)
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


class ReadersWords(Domain):
    """The words of a request, found by its language alone: a page of steps asks a thousand times."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of this request's language; English translates nothing."""
        locale = get_locale()
        known = locale.language if locale is not None else None
        if known not in self.cache:
            self.cache[known] = super().get_translations()
        return cast(NullTranslations, self.cache[known])
