"""LibreOffice as the office's printer: Word pages in, PDF/A-2b out, many at a time, without a network.

Each run of the program has a profile of its own, a time limit and a process group that ends with it. Its
network is taken away where the machine allows that; in any case it is told to fetch nothing.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from concierge.kernel.errors import N_, Unavailable
from documents.press import fonts
from documents.press.printer_profile import prepare

LARGEST_BATCH = 50
FIRST_SECONDS, EACH_SECONDS = 30, 2
MEMORY_BYTES = 4 * 1024**3
FILE_BYTES = 256 * 1024**2
PROFILES = 8
IN_FILTER = "MS Word 2007 XML"
OPTIONS = {
    "SelectPdfVersion": {"type": "long", "value": "2"},  # PDF/A-2b
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "ReduceImageResolution": {"type": "boolean", "value": "false"},
    "UseLosslessCompression": {"type": "boolean", "value": "true"},
}


class PrinterMissing(Unavailable):
    """LibreOffice is not on this machine."""

    message = N_(
        "LibreOffice is not installed where the documents are made, so they stay Word files for now. Tell the"
        " administrator; the PDFs are made by themselves afterwards."
    )


class PrinterHangs(Unavailable):
    """LibreOffice does not come to an end."""

    message = N_(
        "LibreOffice did not finish within %(seconds)s seconds and was stopped. The Word file is whole; the"
        " PDF is tried again by itself."
    )


@dataclass(frozen=True)
class Batch:
    """What came of one run. Shape: ``pdfs`` by the place of the page; ``is_broken_off``: it was stopped."""

    pdfs: dict[int, bytes]
    is_broken_off: bool


@dataclass(frozen=True, kw_only=True)
class Printer:
    """A program that is there, and what it prints with.

    Shape: ``fingerprint`` changes when another version, another font or another option would print anew;
        ``cage`` is the command that takes the network away, empty where the machine does not allow it.
    """

    program: Path
    version: str
    scratch: Path
    rules: Path
    cage: tuple[str, ...]
    fingerprint: str
    first_seconds: float = FIRST_SECONDS
    each_seconds: float = EACH_SECONDS

    def print_pages(self, contents: Sequence[bytes]) -> list[bytes | None]:
        """Print Word files; None stands for one that cannot be read or that brings the program down.

        Raises: PrinterHangs, when nothing at all comes out twice in a row.
        Effects: runs LibreOffice, 30 seconds and two for each file at the most.
        """
        printed: dict[int, bytes] = {}
        waiting = list(range(len(contents)))
        idle = 0
        while waiting:
            batch = self._run([contents[place] for place in waiting[:LARGEST_BATCH]])
            printed |= {waiting[place]: pdf for place, pdf in batch.pdfs.items()}
            idle = 0 if batch.pdfs or not batch.is_broken_off else idle + 1
            if idle == 2:  # twice in a row: it is the program, not the page
                raise PrinterHangs(seconds=int(self._seconds(len(waiting[:LARGEST_BATCH]))))
            waiting = self._left(waiting, printed, is_broken_off=batch.is_broken_off)
        return [printed.get(place) for place in range(len(contents))]

    @staticmethod
    def _left(waiting: list[int], printed: dict[int, bytes], *, is_broken_off: bool) -> list[int]:
        """What is still to print: it prints in order, so the first one missing is what broke a run off."""
        tried, later = waiting[:LARGEST_BATCH], waiting[LARGEST_BATCH:]
        missing = [place for place in tried if place not in printed]
        return (missing[1:] if is_broken_off else []) + later

    def _run(self, contents: Sequence[bytes]) -> Batch:
        with self._profile() as profile, tempfile.TemporaryDirectory(dir=self.scratch) as folder:
            room = Path(folder)
            (room / "out").mkdir()
            names = [f"{place:04d}" for place in range(len(contents))]
            for name, content in zip(names, contents, strict=True):
                (room / f"{name}.docx").write_bytes(content)
            is_broken_off = self._convert(profile, room, names)
            pdfs = {place: room / "out" / f"{name}.pdf" for place, name in enumerate(names)}
            whole = {place: file.read_bytes() for place, file in pdfs.items() if file.is_file()}
            return Batch({place: pdf for place, pdf in whole.items() if _is_whole(pdf)}, is_broken_off)

    def _convert(self, profile: Path, room: Path, names: Sequence[str]) -> bool:
        """Run the program once; whether it was stopped or fell over."""
        seconds = self._seconds(len(names))
        command = [
            *self.cage,
            "prlimit", f"--as={MEMORY_BYTES}", f"--fsize={FILE_BYTES}", "--core=0",
            f"--cpu={max(int(seconds), 1)}",
            str(self.program), f"-env:UserInstallation={profile.as_uri()}",
            "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard",
            f"--infilter={IN_FILTER}",
            "--convert-to", f"pdf:writer_pdf_Export:{json.dumps(OPTIONS, separators=(',', ':'))}",
            "--outdir", str(room / "out"), *(str(room / f"{name}.docx") for name in names),
        ]  # fmt: skip
        process = subprocess.Popen(  # noqa: S603  (our own arguments, no shell)
            command,
            env=self._environment(room),
            cwd=room,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return process.wait(seconds) != 0
        except subprocess.TimeoutExpired:
            return True
        finally:
            _end(process)

    def _seconds(self, count: int) -> float:
        """How long a run over so many files may take."""
        return self.first_seconds + self.each_seconds * count

    def _environment(self, room: Path) -> dict[str, str]:
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(room),
            "TMPDIR": str(room),
            "LANG": "C.UTF-8",
            "FONTCONFIG_FILE": str(self.rules),
            "SAL_USE_VCLPLUGIN": "svp",
        }

    @contextmanager
    def _profile(self) -> Iterator[Path]:
        """A profile nobody else prints with: two runs over one would wait for each other."""
        for number in range(PROFILES):
            folder = self.scratch / f"profile-{number}"
            with folder.with_suffix(".lock").open("a") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | (fcntl.LOCK_NB if number < PROFILES - 1 else 0))
                except BlockingIOError:
                    continue
                prepare(folder)
                yield folder
                return


def printer(program: str, scratch: Path, licensed_fonts: Path) -> Printer:
    """The printer of this machine.

    Shape: ``program`` is a path, or a name looked for; ``scratch`` a folder of ours for profiles and files
        that pass; fonts in ``licensed_fonts`` come before every other.
    Raises: PrinterMissing.
    Effects: writes the rules for fonts; asks the program its version, once for each process.
    """
    found = shutil.which(program)
    if found is None or shutil.which("fc-list") is None:
        raise PrinterMissing
    path = Path(found).resolve()
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    return _made(path, path.stat().st_mtime_ns, scratch.resolve(), licensed_fonts.resolve())


@functools.cache
def _made(program: Path, _changed_ns: int, scratch: Path, licensed_fonts: Path) -> Printer:
    rules = _write_rules(scratch, [licensed_fonts, Path(sys.prefix) / "fonts"])
    version = _version(program)
    told = [version, fonts.fonts_digest(rules), json.dumps(OPTIONS, sort_keys=True), rules.read_text("utf-8")]
    fingerprint = hashlib.sha256("\n".join(told).encode()).hexdigest()
    return Printer(
        program=program,
        version=version,
        scratch=scratch,
        rules=rules,
        cage=_cage(),
        fingerprint=fingerprint,
    )


def _write_rules(scratch: Path, folders: Sequence[Path]) -> Path:
    """The rules for fonts, written whole: another process may be reading them."""
    place = scratch / "fonts.conf"
    passing = scratch / f"fonts-{os.getpid()}.conf"
    passing.write_text(fonts.font_rules(folders, ()), encoding="utf-8")
    installed = fonts.families(passing)
    passing.write_text(fonts.font_rules(folders, installed), encoding="utf-8")
    passing.replace(place)
    return place


def _version(program: Path) -> str:
    try:
        told = subprocess.run(  # noqa: S603  (our own arguments, no shell)
            [program, "--version"], capture_output=True, text=True, timeout=FIRST_SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError):
        raise PrinterMissing from None
    return told.stdout.strip()


def _cage() -> tuple[str, ...]:
    """The command that runs another without any network, where this machine allows it."""
    cage = ("unshare", "--map-root-user", "--net", "--")
    try:
        subprocess.run(  # noqa: S603  (our own arguments, no shell)
            [*cage, "true"], capture_output=True, timeout=FIRST_SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return ()
    return cage


def _is_whole(pdf: bytes) -> bool:
    return pdf.startswith(b"%PDF-") and b"%%EOF" in pdf[-1024:]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a run and everything it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
