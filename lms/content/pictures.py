"""Reads the pictures beside a text, and names what a picture may not hold."""

import re
import struct
from dataclasses import dataclass
from hashlib import sha256

from lms.content.rendering import Picture

BYTES = 1024 * 1024
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.narrow)?\.(svg|png|jpg)$")
_UNSAFE = (
    ("a script", re.compile(rb"<script|javascript:", re.IGNORECASE)),
    ("a style", re.compile(rb"<style|\sstyle\s*=", re.IGNORECASE)),
    ("a handler", re.compile(rb"\son[a-z]+\s*=", re.IGNORECASE)),
    ("a document type", re.compile(rb"<!(?:doctype|entity)", re.IGNORECASE)),
    (
        "something from outside",
        re.compile(rb"<(?:image|foreignobject|use|a)\b|url\(\s*['\"]?(?!#)", re.IGNORECASE),
    ),
)
_SVG = re.compile(rb"<svg\b[^>]*>")
_LENGTH = {name: re.compile(rf'\s{name}="(\d+)(?:px)?"'.encode()) for name in ("width", "height")}
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a picture: the code of a message and its values."""

    code: str
    values: dict[str, str]


def is_picture_name(name: str) -> bool:
    """Whether a file beside a text can be a picture of it."""
    return bool(_NAME.match(name))


def read_picture(name: str, data: bytes) -> tuple[Picture, list[Flaw]]:
    """The picture with its size in pixels, and what is wrong with it."""
    ending = name.rpartition(".")[2]
    flaws = []
    if len(data) > BYTES:
        flaws.append(Flaw("picture-too-large", {"name": name}))
    width, height = 0, 0
    if ending == "svg":
        width, height = _svg_size(data)
        flaws += [
            Flaw("picture-unsafe", {"name": name, "found": what})
            for what, mark in _UNSAFE
            if mark.search(data)
        ]
        if not (width and height and b"viewBox=" in data):
            flaws.append(Flaw("picture-size", {"name": name}))
    elif data.startswith(_PNG):
        width, height = struct.unpack(">II", data[16:24])
    picture = Picture(name, sha256(data).hexdigest(), MEDIA_TYPES[ending], data, width, height)
    return picture, flaws


def _svg_size(data: bytes) -> tuple[int, int]:
    element = _SVG.search(data)
    found = [length.search(element[0]) for length in _LENGTH.values()] if element else []
    sizes = [int(one[1]) for one in found if one]
    return (sizes[0], sizes[1]) if len(sizes) == len(_LENGTH) else (0, 0)
