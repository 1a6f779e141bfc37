"""Texts that were written to harm, and as large ones as are allowed."""

from tests.support.courses import MODULE

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(8)
)
WRITTEN: dict[str, tuple[bytes, str]] = {
    "fifty megabytes": (b"word " * 10_000_000, "too-large"),
    "not UTF-8": (MODULE.replace("Write", "Wr\u00efte").encode("latin-1"), "not-utf-8"),
    "anchors that explode": (MODULE.replace("aliases: []", BOMB).encode(), "yaml-anchor"),
    "lists far inside one another": ((MODULE + "\n" + "- " * 2_000 + "x\n").encode(), "deep-list"),
    "a line of ten thousand lists": ((MODULE + "\n" + "- " * 10_000 + "x\n").encode(), "long-line"),
    "a picture from elsewhere": (
        MODULE.replace("(days.svg)", "(../../../etc/passwd.svg)").encode(),
        "picture-name",
    ),
    "a script": (MODULE.replace("Write to", "<script>alert(1)</script> Write to").encode(), "html"),
    "a link that acts": (
        MODULE.replace("(law:pa23/51), [clause", "(javascript:alert(1)), [clause").encode(),
        "bad-link",
    ),
}
"""Each with the message that it gets."""

ROOM = 255 * 1024 - len(MODULE)
LARGE: dict[str, bytes] = {
    "as much prose as there is room": (
        MODULE + "\n" + "Wait for *eight* working days. " * 20 + "\n\n"
    ).encode()
    + ("Wait for *eight* **working** days, and sign then. " * 10 + "\n\n").encode() * (ROOM // 600),
    "as many links": (MODULE + "\n" + "[the Act](law:pa23/51) and\n\n" * (ROOM // 30)).encode(),
    "as many lists": (MODULE + "\n" + "- a\n    - b\n        - c\n\n" * (ROOM // 40)).encode(),
    "as many questions": (
        MODULE
        + "".join(
            f"\n/// question | q-{number}\n    outcome: 1\n    about: it\n\nWhich?\n\n- [x] One\n    > Yes.\n"
            "- [ ] Two\n    > No.\n///\n"
            for number in range(ROOM // 130)
        )
    ).encode(),
}
"""Texts of the largest size, by what they are full of."""
