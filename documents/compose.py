"""Write the shipped templates anew: ``python -m documents.compose``. Composing again changes no byte."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from concierge.kernel.app import create_app
from concierge.kernel.config import Settings
from documents.press.compose import write
from documents.queries.kinds import installed_kinds
from documents.queries.shipped import FORMS


def compose_all(folder: Path) -> list[str]:
    """Write the template of every installed kind; answers the codes whose file changed.

    Effects: writes ``<folder>/<code>/template.docx``, and removes the folders of kinds no addon has.
    """
    changed = []
    kinds = {kind.code: kind for kind in installed_kinds()}
    for code, kind in kinds.items():
        file, content = folder / code / "template.docx", write(kind)
        if not file.exists() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            changed.append(code)
    for left in folder.glob("*/template.docx"):
        if left.parent.name not in kinds:
            left.unlink()
            left.parent.rmdir()
            changed.append(left.parent.name)
    return sorted(changed)


def main() -> int:
    """Compose every template into ``documents/forms``."""
    with tempfile.TemporaryDirectory() as home:
        create_app(Settings(home=Path(home)))
        changed = compose_all(FORMS)
    sys.stdout.write("".join(f"{code}\n" for code in changed) or "Every template is as it was.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
