"""Writes a picture of a page smaller, without loss: letters and flat colours repeat best unfiltered.

A browser filters each line for photographs; a page so written is a quarter larger than it need be.
"""

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}
"""Bytes a pixel, by colour type: what browsers write."""


def smaller(picture: bytes) -> bytes:
    """The same picture in fewer bytes; of another kind than browsers write it stays as it is."""
    chunks = list(_chunks(picture))
    width, _height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if colour not in CHANNELS or depth != 8 or interlaced:  # noqa: PLR2004 bits a channel
        return picture
    packed = zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT"))
    lines = _unfiltered(packed, width * CHANNELS[colour], CHANNELS[colour])
    data = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    kept = [each for each in chunks if each[0] != b"IDAT"]
    return SIGNATURE + b"".join(map(_written, [*kept[:-1], (b"IDAT", data), kept[-1]]))


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(picture):
        length, kind = struct.unpack(">I4s", picture[place : place + 8])
        yield kind, picture[place + 8 : place + 8 + length]
        place += 12 + length


def _written(chunk: tuple[bytes, bytes]) -> bytes:
    kind, data = chunk
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _unfiltered(packed: bytes, length: int, step: int) -> Iterator[bytes]:
    """The lines of a picture as they are, each worked out from the one above it and the pixel before."""
    above = bytes(length + step)
    for start in range(0, len(packed), length + 1):
        # With a pixel of nothing before the first, no line needs a case of its own.
        line = bytearray(step) + packed[start + 1 : start + 1 + length]
        kind = packed[start]
        for place in range(step, length + step):
            before, over = line[place - step], above[place]
            if kind == 1:
                line[place] = (line[place] + before) & 255
            elif kind == 2:  # noqa: PLR2004 the numbers of the filters in the standard
                line[place] = (line[place] + over) & 255
            elif kind == 3:  # noqa: PLR2004 as above
                line[place] = (line[place] + (before + over) // 2) & 255
            elif kind == 4:  # noqa: PLR2004 as above
                line[place] = (line[place] + _paeth(before, over, above[place - step])) & 255
        above = bytes(line)
        yield above[step:]


def _paeth(before: int, over: int, across: int) -> int:
    guess = before + over - across
    return min((before, over, across), key=lambda each: abs(guess - each))
