"""What the bytes of a file hold, whatever its name says: text, or a zip of parts."""

import io
import re
import zipfile
from collections import Counter

CONTROL = re.compile("[\x00-\x08\x0e-\x1a]")


def text_in(content: bytes) -> str | None:
    """
    Return the text that bytes are: UTF-16 with its mark, UTF-8 or Windows-1252.

    None if they are none of these, or hold characters that no text has.
    """
    sixteen = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if sixteen else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if CONTROL.search(text) else text
    return None


def parts_in(content: bytes) -> dict[str, int]:
    """
    Return the parts of a zip with the size that each says it unpacks to.

    A part listed twice counts twice. Raises zipfile.BadZipFile if it is damaged.
    """
    sizes: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            sizes[entry.filename] += entry.file_size
    return sizes
