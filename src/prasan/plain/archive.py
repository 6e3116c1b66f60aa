"""Opens a workbook's archive without trusting it: sizes are bounded, macros and document types refused."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from xml.parsers import expat

from .problem import Problem, Refused
from .words import gettext_noop as _

CHUNK = 256 * 1024
MOST_PARTS = 2_000
MOST_BYTES = 400 * 1024 * 1024  # unpacked, all parts together: about 600,000 rows of 12 columns
RATIO_FROM, MOST_RATIO = 4 * 1024 * 1024, 150  # sheets of equal rows pack to about a fiftieth
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = _("This workbook holds macros. Save it as a workbook without macros (.xlsx) and import that.")
DAMAGED = _("The workbook is damaged and cannot be read to its end.")
BOMB = _("The workbook unpacks to an absurd size and was not opened.")
FORBIDDEN_XML = _("The workbook holds declarations that have no place in one, and was not opened.")
FAULTS = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, ValueError, IndexError,
          RuntimeError, NotImplementedError, OverflowError, RecursionError)  # fmt: skip


def refuse(message: str, **params: Any) -> Refused:
    """A refusal of the whole file."""
    return Refused(Problem(message, params=params))


@contextmanager
def readable() -> Iterator[None]:
    """Whatever is wrong inside the bytes of a workbook is one sentence."""
    try:
        yield
    except Refused:
        raise
    except FAULTS:
        raise refuse(DAMAGED) from None


class Archive:
    """The parts of one workbook, read in pieces and never beyond the bounds."""

    def __init__(self, stream: BinaryIO, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        with readable():
            self.zip = zipfile.ZipFile(stream)
            parts = self.zip.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most_bytes:
                raise refuse(BOMB)
            for part in parts:
                _refuse_bomb(part)
            self.names = {part.filename for part in parts}
            if any(name.lower().endswith("vbaproject.bin") for name in self.names):
                raise refuse(MACROS)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of one part; the bound is held while unpacking, whatever the directory claims."""
        seen = 0
        with self.zip.open(name) as part:
            while piece := part.read(CHUNK):
                seen += len(piece)
                if seen > self.most_bytes:
                    raise refuse(BOMB)
                yield piece

    def parse(self, name: str, start: Callable[..., None], end: Callable[..., None],
              text: Callable[[str], None]) -> Iterator[None]:  # fmt: skip
        """Parse one part piece by piece, handing control back after each, so that rows can flow out."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _forbidden
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = text
        for piece in self.pieces(name):
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
        yield

    def parse_whole(self, name: str, start: Callable[..., None], end: Callable[..., None] | None = None,
                    text: Callable[[str], None] | None = None) -> None:  # fmt: skip
        """Parse one small part to its end."""
        nothing = _nothing
        for _piece in self.parse(name, start, end or nothing, text or nothing):
            pass


def _nothing(*_told: Any) -> None:
    return None


def _forbidden(*_told: Any) -> None:
    """A document type can name files, addresses and entities that grow: no workbook has one."""
    raise refuse(FORBIDDEN_XML)


def _refuse_bomb(part: zipfile.ZipInfo) -> None:
    if part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise refuse(BOMB)


def local(tag: str) -> str:
    """The name of an element without its prefix."""
    return tag.rpartition(":")[2]
