"""Take an upload apart: one file of the catalogue or a ZIP of several, under the names it knows them by."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from approvals.rules.catalogue_files.forms import FILES, SHEETS, TEMPLATES_FILE
from approvals.rules.catalogue_files.sheets import Fault
from concierge.kernel.errors import N_

LARGEST_UPLOAD_BYTES = 16 * 1024 * 1024
MOST_MEMBERS = 64
_ZIP_START = b"PK\x03\x04"
_PACKED_AT = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can say: the same files give the same bytes
_PLAIN_FILE = 0o100644 << 16

ARCHIVE_BROKEN = N_("%(file)s cannot be opened as a ZIP file. Pack it again, without a password.")
ARCHIVE_TOO_LARGE = N_("%(file)s holds more than %(limit_mib)s MiB or %(most)s files.")
NOTHING_SENT = N_("Choose a file first.")
TWO_OF_ONE = N_("%(file)s is in the ZIP file twice.")
UNKNOWN = N_("%(file)s is not a file of the catalogue. It has: %(known)s.")


def unpack(name: str, content: bytes) -> tuple[dict[str, bytes], tuple[Fault, ...]]:
    """The catalogue's files in an upload, and what is wrong with it as a whole.

    Shape: folders, and the hidden files an operating system packs along, are left aside; a file of another
    name is known by its headings.
    """
    if not content:
        return {}, (Fault(name, 0, "", NOTHING_SENT),)
    if not content.startswith(_ZIP_START):
        members: Mapping[str, bytes] | Fault = {name: content}
    else:
        members = _members(name, content)
    if isinstance(members, Fault):
        return {}, (members,)
    return _recognised(members)


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files as one ZIP: the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _PACKED_AT)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = _PLAIN_FILE
            archive.writestr(member, files[name])
    return packed.getvalue()


def _members(name: str, content: bytes) -> dict[str, bytes] | Fault:
    """The files in a ZIP. No more is unpacked than it may hold, whatever it says of itself."""
    found: dict[str, bytes] = {}
    left = LARGEST_UPLOAD_BYTES
    limit = {"file": name, "limit_mib": LARGEST_UPLOAD_BYTES // 1024 // 1024, "most": MOST_MEMBERS}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if _is_file(member)]
            if len(members) > MOST_MEMBERS:
                return Fault(name, 0, "", ARCHIVE_TOO_LARGE, limit)
            for member in members:
                with archive.open(member) as packed:
                    found[member.filename] = packed.read(left + 1)
                left -= len(found[member.filename])
                if left < 0:
                    return Fault(name, 0, "", ARCHIVE_TOO_LARGE, limit)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError, OSError):
        return Fault(name, 0, "", ARCHIVE_BROKEN, {"file": name})
    return found


def _is_file(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return not member.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in parts)


def _recognised(members: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[Fault, ...]]:
    files: dict[str, bytes] = {}
    faults = []
    for path, content in members.items():
        given = path.replace("\\", "/").rpartition("/")[2]
        name = given if given in FILES else _named_by_content(content)
        if name is None:
            faults.append(Fault(given, 0, "", UNKNOWN, {"file": given, "known": ", ".join(FILES)}))
        elif name in files:
            faults.append(Fault(name, 0, "", TWO_OF_ONE, {"file": name}))
        else:
            files[name] = content
    return files, tuple(faults)


def _named_by_content(content: bytes) -> str | None:
    start = content[:4096].decode("utf-8-sig", errors="replace")
    headings = {cell.strip().strip('"') for cell in start.partition("\n")[0].split(",")}
    for file, form in SHEETS.items():
        if {column.heading for column in form.columns if not column.optional} <= headings:
            return file
    return TEMPLATES_FILE if start.lstrip("#- \r\n").startswith("version:") else None
