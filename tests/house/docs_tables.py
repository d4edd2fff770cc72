"""What the code says of itself, as the tables of `docs/`: settings, events, errors, rights, timed work."""

import ast
import dataclasses
import importlib
import pkgutil
import re
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from concierge.kernel.addon import Addon, Task
from concierge.kernel.config import Settings
from tests.house.tree import ROOT, addons, parsed, sources

DOCS = ROOT / "docs"
NAMED_AT_THE_START = ("ConciergeError", "PlanningError")


def documents() -> list[Path]:
    """The pages a person reads: everything under docs/ and the pages at the root."""
    return sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def manifests() -> list[Addon]:
    """The manifests of the kernel and of every addon of the repository."""
    names = ["concierge.kernel", *addons()]
    return [importlib.import_module(f"{name}.__manifest__").ADDON for name in names]


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


# ---- settings ----------------------------------------------------------------------------------------


def settings() -> str:
    """Every setting with its type, default and meaning."""
    rows = []
    for field in dataclasses.fields(Settings):
        given = field.default
        shown = "(none)" if given in ("", None) else f"`{int(given) if isinstance(given, bool) else given}`"
        kind = str(field.type).split(" ")[0].replace("Path", "path")
        rows.append((f"`{field.metadata['env']}`", kind, shown, field.metadata["means"]))
    return table(("Setting", "Type", "Default", "Meaning"), rows)


# ---- events ------------------------------------------------------------------------------------------


def event_classes() -> dict[str, type]:
    """Every event by its full name, as it stands in the outbox."""
    found = {}
    for name in ["concierge.kernel", *addons()]:
        for module in _modules_of(importlib.import_module(f"{name}.events")):
            kinds = [kind for kind in vars(module).values() if isinstance(kind, type)]
            parents = {parent for kind in kinds for parent in kind.__mro__[1:]}
            found |= {
                f"{module.__name__}:{kind.__name__}": kind
                for kind in kinds
                if kind.__module__ == module.__name__ and kind not in parents
            }
    return found


def _modules_of(module: ModuleType) -> list[ModuleType]:
    """The module, or the modules of the folder it is."""
    parts = [part.name for part in pkgutil.iter_modules(getattr(module, "__path__", ()))]
    return [importlib.import_module(f"{module.__name__}.{part}") for part in parts] or [module]


def events() -> str:
    """Every event: when it is told, what it carries, who listens."""
    listeners: dict[str, list[str]] = {}
    for addon in manifests():
        for event, handlers in addon.handlers.items():
            listeners.setdefault(event, []).extend(handlers)
    rows = []
    for name, kind in event_classes().items():
        facts = ", ".join(f"`{field.name}`" for field in dataclasses.fields(kind))
        listening = ", ".join(f"`{handler.partition(':')[2]}`" for handler in listeners.get(name, ()))
        said = " ".join((kind.__doc__ or "").split("\n\n")[0].split()).partition(" Shape:")[0]
        rows.append((f"`{re.sub(r'[.]events.*:', ':', name)}`", said, facts, listening or "nobody yet"))
    return table(("Event", "Told when", "Facts", "Listened to by"), rows)


# ---- errors ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ErrorClass:
    """One error as its class says it, read without importing it."""

    name: str
    place: str
    parent: str
    message: str | None
    status: int | None


def _literal(node: ast.expr) -> object:
    is_marked = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_"
    try:
        return ast.literal_eval(node.args[0] if is_marked and isinstance(node, ast.Call) else node)
    except ValueError:
        return None


def _class_values(node: ast.ClassDef) -> dict[str, object]:
    found = {}
    for line in node.body:
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        value = getattr(line, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.expr):
            found[target.id] = _literal(value)
    return found


def _every_class() -> dict[str, ErrorClass]:
    found = {}
    for path in sources():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef) and node.bases:
                base, values = node.bases[0], _class_values(node)
                parent = base.id if isinstance(base, ast.Name) else getattr(base, "attr", "")
                message, status = values.get("message"), values.get("status")
                found[node.name] = ErrorClass(
                    node.name,
                    path.with_suffix("").as_posix(),
                    parent,
                    message if isinstance(message, str) else None,
                    status if isinstance(status, int) else None,
                )
    return found


def error_classes() -> dict[str, ErrorClass]:
    """Every error a person may see, with the message and status it has or inherits."""
    classes = _every_class()

    def inherited(one: ErrorClass, what: str) -> object:
        while getattr(one, what) is None and one.parent in classes:
            one = classes[one.parent]
        return getattr(one, what)

    def line(one: ErrorClass) -> list[str]:
        names = [one.name]
        while one.parent in classes and one.name not in NAMED_AT_THE_START:
            one = classes[one.parent]
            names.append(one.name)
        return names

    return {
        name: ErrorClass(
            name,
            one.place,
            one.parent,
            str(inherited(one, "message")),
            inherited(one, "status"),  # type: ignore[arg-type]  # read from the class
        )
        for name, one in classes.items()
        if line(one)[-1] in NAMED_AT_THE_START
    }


def errors(page: str) -> str:
    """Every error with its status and sentence; what helps is written by hand, and kept."""
    helps = dict(re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", page, re.MULTILINE))
    rows = [
        (f"`{name}`", str(one.status or "(as its screen)"), one.message or "", helps.get(name, "?"))
        for name, one in sorted(error_classes().items(), key=lambda item: (item[1].place, item[0]))
    ]
    return table(("Error", "Status", "Says", "What helps"), rows)


# ---- rights and timed work ---------------------------------------------------------------------------


def grants() -> dict[str, dict[str, set[str]]]:
    """Permission name → role → verbs, over all manifests."""
    found: dict[str, dict[str, set[str]]] = {}
    for addon in manifests():
        for role, granted in addon.roles.items():
            for grant in granted:
                found.setdefault(grant.on, {}).setdefault(role, set()).update(grant.verbs)
    return found


def rights() -> str:
    """Who may do what: one line for each permission, one column for each role."""
    held = grants()
    roles = sorted({role for by_role in held.values() for role in by_role})
    rows = [
        (f"`{on}`", *(", ".join(sorted(by_role.get(role, ()))) or "·" for role in roles))
        for on, by_role in sorted(held.items())
    ]
    return table(("On", *(f"`{role}`" for role in roles)), rows)


def timed_work() -> str:
    """Every task that runs by the clock."""
    tasks = [task for addon in manifests() for task in addon.tasks]
    rows = []
    for task in tasks:
        if task.daily or task.every_seconds:
            module, _, name = task.run.partition(":")
            doc = getattr(importlib.import_module(module), name).__doc__.split("\n\n")[0]
            rows.append((f"`{task.run}`", _when(task), " ".join(doc.split())))
    return table(("Task", "When", "What"), rows)


def _when(task: Task) -> str:
    return f"daily at {task.daily}" if task.daily else f"every {task.every_seconds // 60} minutes"
