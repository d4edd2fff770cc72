"""The map: names, layers, sizes."""

import tomllib
from itertools import chain

from tests.house.tree import PACKAGES, ROOT, addons, sources

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "info", "part2"}
LONGEST_FILE_LINES = 400
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["type"]: contract for contract in SETTINGS["tool"]["importlinter"]["contracts"][::-1]}


def _names(layers):
    return set(chain.from_iterable(layer.replace("(", "").replace(")", "").split(" | ") for layer in layers))


def test_nothing_has_a_name_that_says_nothing():
    vague = [path for path in sources() if VAGUE & {*path.parent.parts, path.stem}]

    assert not vague, "name it for what it does in the field"


def test_packages_are_empty_but_for_the_public_names_of_the_scheduler():
    filled = [
        path
        for path in sources()
        if path.name == "__init__.py" and path.parts[0] != "scheduler" and (ROOT / path).read_text().strip()
    ]

    assert not filled


def test_every_file_can_be_read_in_one_sitting():
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in sources()}
    long = {str(path): lines for path, lines in lengths.items() if lines > LONGEST_FILE_LINES}

    assert not long, "make it a folder of the same name, split by noun or verb"


def test_every_package_and_addon_is_under_the_layer_contracts():
    roots = set(SETTINGS["tool"]["importlinter"]["root_packages"])
    between = _names(CONTRACTS["layers"]["layers"])
    inside = set(SETTINGS["tool"]["importlinter"]["contracts"][1]["containers"])

    assert roots == set(PACKAGES)
    assert set(addons()) <= between
    assert set(addons()) == inside


def test_every_part_of_an_addon_has_its_place_in_the_layers():
    layered = _names(SETTINGS["tool"]["importlinter"]["contracts"][1]["layers"])
    folders = {name: ROOT / name.replace(".", "/") for name in addons()}
    parts = {
        f"{name}.{entry.stem}"
        for name, folder in folders.items()
        for entry in folder.iterdir()
        if (entry.suffix == ".py" and not entry.stem.startswith("__")) or (entry / "__init__.py").exists()
    }

    assert {part for part in parts if part.rsplit(".", 1)[1] not in layered} == set()


def test_the_name_of_a_download_is_said_in_one_place():
    """A Chinese name must be said as RFC 8187 wants it, or the server sends nothing but an error."""
    named = [
        path.as_posix() for path in sources() if "Content-Disposition" in (ROOT / path).read_text("utf-8")
    ]

    assert named == ["concierge/kernel/downloads.py"]


def test_all_rules_are_kept_plain():
    plain = set(CONTRACTS["forbidden"]["source_modules"])
    rules = {f"{name}.rules" for name in addons() if (ROOT / name.replace(".", "/") / "rules").exists()}

    assert rules | {"scheduler"} == plain


def test_every_package_is_type_checked():
    assert set(SETTINGS["tool"]["mypy"]["packages"]) == set(PACKAGES)
