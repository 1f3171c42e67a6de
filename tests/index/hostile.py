"""Formats that do to a reading process what hostile files do to real ones."""

from __future__ import annotations

import ctypes
import os
import sys
import time

from index.document import Extracted
from index.errors import SourceError
from index.protocols import Format
from index.reasons import Reason


class Hostile:
    """Does what the content says."""

    def read(self, content: bytes, *, name: str) -> Extracted:
        order, _, rest = content.decode().partition(" ")
        if order == "hang":
            time.sleep(600)
        elif order == "spin":
            while True:
                pass
        elif order == "hold":  # as a library in C may: nothing else in the process runs
            ctypes.PyDLL(None).sleep(600)
        elif order == "crash":
            ctypes.string_at(0)
        elif order == "exit":
            os._exit(3)
        elif order == "quit":
            sys.exit("quit")
        elif order == "eat":
            return Extracted("ا" * 2**33)
        elif order == "recurse":
            return self.read(content, name=name)
        elif order == "refuse":
            raise SourceError(name, Reason.DAMAGED_PAGE, page=7)
        elif order == "fail":
            raise KeyError(rest)
        elif order == "print":
            print("a library that talks", flush=True)  # noqa: T201
        elif order == "wait":
            time.sleep(float(rest))
        return Extracted(f"{order} {os.getpid()}")


def hostile() -> Format:
    return Hostile()


FORMATS = {".hostile": hostile, ".txt": hostile}
