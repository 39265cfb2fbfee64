"""Office files are archives, opened within a limit that does not trust what they say of their own size."""

import io
import struct
import zipfile
import zlib

from crawler.errors import ShapeError
from crawler.sources.timetables.formats.cells import MOST_UNPACKED

_MOST_MEMBERS = 5_000
_CHUNK = 1 << 20
_HEADER = 30  # bytes of a local header before its two texts of any length


def open_archive(body: bytes) -> zipfile.ZipFile:
    """Open an archive whose real size unpacked is within the limit.

    Raises:
        ShapeError: it is damaged, protected by a password, or would grow beyond the limit (a zip bomb).
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ShapeError(f"the file is a damaged archive: {error}") from error
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise ShapeError(f"the file is an archive of {len(members)} parts: this is no office file")
    if any(member.flag_bits & 1 for member in members):
        raise ShapeError("the file is protected by a password")
    left = MOST_UNPACKED
    for member in members:
        left -= _unpacked(body, member, left)
    return archive


def _unpacked(body: bytes, member: zipfile.ZipInfo, left: int) -> int:
    """Size of a part when unpacked, found by unpacking: the size that the archive states may be a lie."""
    start = member.header_offset
    names = struct.unpack_from("<HH", body, start + _HEADER - 4) if start + _HEADER <= len(body) else (0, 0)
    start += _HEADER + sum(names)
    packed = body[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise ShapeError(f"{member.filename} is packed in a way that office files do not use")
    size, unpack, waiting = 0, zlib.decompressobj(-zlib.MAX_WBITS), packed
    try:
        while waiting and not unpack.eof:
            size += len(unpack.decompress(waiting, _CHUNK))
            waiting = unpack.unconsumed_tail
            if size > left:
                raise ShapeError(f"the file grows beyond {MOST_UNPACKED:,} bytes when unpacked: refused as a zip bomb")
    except zlib.error as error:
        raise ShapeError(f"the file is a damaged archive: {member.filename}: {error}") from error
    return size
