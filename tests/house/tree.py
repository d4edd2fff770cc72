"""The files of the repository, as the tests of the house see them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = tuple(sorted({init.parent.name for init in ROOT.glob("*/__init__.py")} - {"tests", "bench"}))


def sources(*folders: str) -> list[Path]:
    """The Python files of the program, or of some of its folders, relative to the root."""
    found = (path for folder in folders or PACKAGES for path in (ROOT / folder).rglob("*.py"))
    return sorted(path.relative_to(ROOT) for path in found)


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file named relative to the root."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def addons() -> list[str]:
    """The addons, by dotted name: every package with a manifest, but for the kernel they all stand on."""
    manifests = {".".join(path.parent.parts) for path in sources() if path.name == "__manifest__.py"}
    return sorted(manifests - {"concierge.kernel"})


def committed() -> Iterator[tuple[Path, str]]:
    """Every text file under version control, relative to the root, with its text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file():
            content = path.read_bytes()
            if b"\0" not in content:
                yield Path(name), content.decode()
