"""The addon contract, and a loader that refuses to start rather than carry on with half a system.

A manifest is data: dotted names as strings, read without importing what they name. ``load`` reads the
manifests in the order of their dependencies, resolves every name and says which addon is wrong and how. The
kernel has a manifest too, for its own rows and the administrators' screens; it is always there and comes
first.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import ModuleType
from typing import Any

from concierge.kernel.errors import Misconfigured


@dataclass(frozen=True)
class Screen:
    """One view class; ``menu`` is its place in the sidebar as ``group/label`` in English, empty for none.

    ``count`` names a function of session and actor: how many things wait there, the figure beside the entry.
    """

    view: str
    menu: str = ""
    icon: str = ""
    href: str = ""
    verb: str = "list"
    count: str = ""


@dataclass(frozen=True, init=False)
class Grant:
    """What a role may do on one permission name: ``Grant("Project", "list", "show")``."""

    on: str
    verbs: tuple[str, ...]

    def __init__(self, on: str, *verbs: str) -> None:
        object.__setattr__(self, "on", on)
        object.__setattr__(self, "verbs", verbs)


@dataclass(frozen=True)
class Task:
    """A queued job; ``daily`` (HH:MM, Asia/Shanghai) or ``every_seconds`` makes it a timed one."""

    run: str
    daily: str = ""
    every_seconds: int = 0


@dataclass(frozen=True, kw_only=True)
class Addon:
    """The table of contents of one addon."""

    name: str
    summary: str
    depends: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    screens: tuple[Screen, ...] = ()
    pages: tuple[str, ...] = ()
    roles: Mapping[str, tuple[Grant, ...]] = field(default_factory=dict)
    data: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    handlers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    todos: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    statistics: tuple[str, ...] = ()
    translations: str = ""
    demonstration: str = ""

    @property
    def package(self) -> ModuleType:
        """The addon's package."""
        return importlib.import_module(self.name)

    @property
    def folder(self) -> Path:
        """The addon's folder on disk."""
        return Path(str(self.package.__file__)).parent


KERNEL = "concierge.kernel"
_loaded: tuple[Addon, ...] = ()


def installed() -> tuple[Addon, ...]:
    """The addons of this process, lower ones first."""
    return _loaded


def handlers_of(event: str) -> list[str]:
    """The handlers that listen to an event, as dotted names, in the order of the addons."""
    return [handler for addon in _loaded for handler in addon.handlers.get(event, ())]


def tasks() -> list[Task]:
    """Every task of every addon."""
    return [task for addon in _loaded for task in addon.tasks]


def resolve(name: str, *, of: str) -> Any:
    """What a dotted name ``package.module:thing`` stands for.

    Raises: Misconfigured, naming the addon ``of`` and the name that leads nowhere.
    """
    module_name, _, thing = name.partition(":")
    try:
        found: Any = importlib.import_module(module_name)
        for part in filter(None, thing.split(".")):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise Misconfigured(what=f"addon {of} names {name!r}, which cannot be found ({error})") from error
    return found


def _manifest(name: str) -> Addon:
    addon = resolve(f"{name}.__manifest__:ADDON", of=name)
    if not isinstance(addon, Addon) or addon.name != name:
        raise Misconfigured(what=f"{name}/__manifest__.py must hold ADDON = Addon(name={name!r}, …)")
    return addon


def _in_order(addons: Mapping[str, Addon]) -> list[Addon]:
    for addon in addons.values():
        for needed in addon.depends:
            if needed not in addons:
                raise Misconfigured(
                    what=f"addon {addon.name} depends on {needed}, which is not installed; "
                    "add it to CONCIERGE_ADDONS"
                )
    try:
        return [
            addons[name]
            for name in TopologicalSorter({a.name: a.depends for a in addons.values()}).static_order()
        ]
    except CycleError as error:
        raise Misconfigured(
            what=f"addons depend on each other in a circle: {' → '.join(error.args[1])}"
        ) from None


def _check(addons: Iterable[Addon]) -> None:
    screens: dict[str, str] = {}
    for addon in addons:
        for screen in addon.screens:
            if screen.view in screens:
                raise Misconfigured(
                    what=f"addons {screens[screen.view]} and {addon.name} both register {screen.view}"
                )
            screens[screen.view] = addon.name
        for file in (*addon.data, *([addon.translations] if addon.translations else [])):
            if not (addon.folder / file).exists():
                raise Misconfigured(what=f"addon {addon.name} names the file {file}, which is not there")
        for event, handlers in addon.handlers.items():
            _check_listens(addon, event, handlers)
        counts = (screen.count for screen in addon.screens if screen.count)
        fillings = (name for names in addon.slots.values() for name in names)
        named = (
            *addon.setup,
            *(task.run for task in addon.tasks),
            *counts,
            *fillings,
            *addon.todos,
            *addon.documents,
            *addon.statistics,
            addon.demonstration,
        )
        for name in filter(None, named):
            resolve(name, of=addon.name)


def _check_listens(addon: Addon, event: str, handlers: Iterable[str]) -> None:
    speaker = event.partition(".events")[0]
    if speaker not in (addon.name, KERNEL, *addon.depends):
        raise Misconfigured(what=f"addon {addon.name} listens to {event} without depending on {speaker}")
    for name in (event, *handlers):
        resolve(name, of=addon.name)


def load(names: Iterable[str]) -> tuple[Addon, ...]:
    """Read, order and check the named addons, and import their models.

    Raises: Misconfigured, naming the addon at fault.
    Effects: the process's addons are these from now on.
    """
    global _loaded
    kernel = _manifest(KERNEL)
    ordered = [kernel, *_in_order({name: _manifest(name) for name in names})]
    for addon in ordered:
        for models in addon.models:
            resolve(models, of=addon.name)
    _loaded = tuple(ordered)
    _check(ordered)
    return _loaded
