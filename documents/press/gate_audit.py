"""The gate's question to an outside judge: would Word find fault with a file?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from documents.rules.template_findings import TemplateFinding

MOST_TOLD = 8


def faults(docx: bytes) -> list[tuple[str, str]]:
    """What the schema of Word files has against one: why, and in which part; each once."""
    from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]  # slow to load, seldom asked

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file.docx"
        file.write_bytes(docx)
        result = OpenXmlValidator().validate(str(file))
    return list(dict.fromkeys((one.description[:200], one.part_uri.lstrip("/")) for one in result.errors))


def audit_findings(template: bytes, shipped: bytes, made: bytes | None) -> Iterator[TemplateFinding]:
    """Faults of a template that the shipped one has not, and those its documents have besides.

    Shape: what Word itself writes into a file is a warning only; what filling it in breaks is an error.
    """
    usual, before = faults(shipped), faults(template)
    for why, part in [one for one in before if one not in usual][:MOST_TOLD]:
        yield TemplateFinding("schema", facts={"why": why, "part": part})
    if made is not None:
        broken = [one for one in faults(made) if one not in (*before, *usual)]
        for why, part in broken[:MOST_TOLD]:
            yield TemplateFinding("schema_broken", facts={"why": why, "part": part})
