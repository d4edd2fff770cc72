"""The cell a strange template is tried in: a process that may neither write, call out nor go on long.

Run as ``python -m documents.press.trial_cell``: one JSON object comes in, one JSON line goes out for each
sample. What the template is comes from outside; whatever it tries, this process is all it has.
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import resource
import sys
from typing import Any

from jinja2 import TemplateError

from concierge.kernel.errors import ConciergeError
from documents.press.fields import FieldKind, Fields, Use
from documents.press.fill import fill
from documents.press.samples import SampleSize, sample

NEW_USER, NEW_NET = 0x10000000, 0x40000000
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.system",
    "os.fork",
    "os.posix_spawn",
    "os.putenv",
    "ctypes.",
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Escaping(RuntimeError):
    """A template tried to reach out of its cell."""


def main() -> None:
    """Fill every sample in, each on a line of its own."""
    told = json.load(sys.stdin)
    template = base64.b64decode(told["template"])
    fields: Fields = {path: Use(FieldKind(kind), choices) for path, (kind, choices) in told["fields"].items()}
    shut_in(told["cpu_seconds"], told["memory_bytes"])
    for size in SampleSize:
        print(json.dumps({"sample": size} | tried(template, fields, size)), flush=True)  # noqa: T201  (the answer)


def tried(template: bytes, fields: Fields, size: SampleSize) -> dict[str, str]:
    """One sample filled in: the document, or why there is none."""
    try:
        made = fill(template, sample(fields, size))
    except MemoryError:
        return {"fault": "memory", "why": ""}
    except ConciergeError as error:
        return {"fault": "lost", "why": str(error)}
    except (
        TemplateError,
        Escaping,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
    ) as error:
        return {"fault": "failed", "why": f"{type(error).__name__}: {error}"[:300]}
    return {"docx": base64.b64encode(made).decode()}


def shut_in(cpu_seconds: int, memory_bytes: int) -> None:
    """Close the cell: no network, no other program, nothing written, bounded time and memory.

    Effects: on this process, for good. Where the machine gives no network of its own, the doors of Python
    are shut all the same.
    """
    ctypes.CDLL(None, use_errno=True).unshare(NEW_USER | NEW_NET)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_stay)


def _stay(event: str, facts: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise Escaping(event)
    if event == "open" and isinstance(facts[2], int) and facts[2] & WRITING:
        raise Escaping(f"open {facts[0]}")


if __name__ == "__main__":
    main()
