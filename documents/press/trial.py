"""Trying a template: every sample filled in inside a cell, and the documents that came of it."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGXCPU

import documents
from documents.press.fields import Fields
from documents.press.samples import SampleSize
from documents.rules.template_findings import TemplateFinding

CPU_SECONDS = 5
WALL_SECONDS = 60
MEMORY_BYTES = 512 * 1024 * 1024
_FAULTS = {"lost": "trial_lost", "failed": "trial_failed"}


@dataclass
class Trial:
    """What came of a trial: the documents by sample, and what went wrong."""

    made: dict[SampleSize, bytes] = field(default_factory=dict)
    findings: list[TemplateFinding] = field(default_factory=list)


def try_samples(docx: bytes, fields: Fields, *, cpu_seconds: int = CPU_SECONDS) -> Trial:
    """Fill every sample into a template in a process of its own.

    Effects: runs a child process, five seconds of work and 512 MB at the most, without a network.
    """
    told = {
        "template": base64.b64encode(docx).decode(),
        "fields": {path: [int(use.kind), use.choices] for path, use in fields.items()},
        "cpu_seconds": cpu_seconds,
        "memory_bytes": MEMORY_BYTES,
    }
    root = Path(str(documents.__file__)).parent.parent
    try:
        child = subprocess.run(
            [sys.executable, "-m", "documents.press.trial_cell"],
            input=json.dumps(told).encode(),
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            cwd=root,
            env={"PYTHONPATH": str(root), "PATH": os.defpath, "LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as late:
        return _read(late.stdout or b"", SIGXCPU, "", cpu_seconds)
    return _read(child.stdout, -child.returncode, child.stderr.decode(errors="replace"), cpu_seconds)


def _read(output: bytes, signal: int, said: str, cpu_seconds: int) -> Trial:
    trial = Trial()
    told = [json.loads(line) for line in output.splitlines() if line.endswith(b"}")]
    for one in told:
        _take(trial, SampleSize(one["sample"]), one)
    if len(told) < len(SampleSize):
        trial.findings.append(_broken_off(list(SampleSize)[len(told)], signal, said, cpu_seconds))
    return trial


def _take(trial: Trial, size: SampleSize, told: dict[str, str]) -> None:
    if "docx" in told:
        trial.made[size] = base64.b64decode(told["docx"])
    elif told["fault"] == "memory":
        trial.findings.append(_memory())
    else:
        facts = {"sample": size.value, "why": told["why"]}
        trial.findings.append(TemplateFinding(_FAULTS[told["fault"]], facts=facts))


def _memory() -> TemplateFinding:
    return TemplateFinding("trial_memory", facts={"megabytes": str(MEMORY_BYTES // 1024 // 1024)})


def _broken_off(size: SampleSize, signal: int, said: str, cpu_seconds: int) -> TemplateFinding:
    if signal in (SIGXCPU, SIGKILL):
        return TemplateFinding("trial_time", facts={"seconds": str(cpu_seconds)})
    if "MemoryError" in said or "alloc" in said:
        return _memory()
    why = (said.strip().splitlines() or ["—"])[-1][:300]
    return TemplateFinding("trial_failed", facts={"sample": size.value, "why": why})
