"""The process `bench.documents` measures: a thousand documents of a folder of templates, nothing else loaded.

`python -m bench.documents_thousand <folder>` prints what it took; a value that is lost raises.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path

from documents.press.fields import fields_of
from documents.press.fill import fill
from documents.press.samples import SampleSize, sample
from documents.press.sandbox import ENV

THOUSAND = 1_000


def main(folder: Path) -> None:
    """Fill them, a quarter with hostile values, and tell what it took."""
    templates = [file.read_bytes() for file in sorted(folder.glob("*.docx"))]
    kinds = [(template, fields_of(template, ENV)) for template in templates]
    before = _most_memory_mb()
    started, digests = time.process_time(), set()
    for n in range(THOUSAND):
        template, fields = kinds[n % len(kinds)]
        size = SampleSize.HOSTILE if n % 4 == 0 else SampleSize.USUAL
        page = fill(template, sample(fields, size) | {"number": f"青帮代告〔2026〕{n + 1}号"})
        digests.add(hashlib.sha256(page).hexdigest())
    told = {
        "cpu": time.process_time() - started,
        "rss_mb": _most_memory_mb(),
        "rss_before_mb": before,
        "kinds": len(kinds),
        "distinct": len(digests),
    }
    sys.stdout.write(json.dumps(told) + "\n")


def _most_memory_mb() -> float:
    """The most memory this program had; what the one that started it had does not count."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
