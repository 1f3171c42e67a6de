"""A builder in a process of its own: ``python -m tests.index.postgres.holder ADDRESS [FOLDER]``.

It takes the build lock, says so, and waits; with a folder it builds that first, up to just before the switch.
"""

from __future__ import annotations

import sys
from pathlib import Path

from index.planning import plan
from index.preparing import documents
from index.reading import ReadingRoom
from index.sources import find_sources
from index.writing import GenerationWriter
from tests.index.builds import quiet, shipped
from tests.index.postgres.server import generations_in


def main() -> None:
    generations = generations_in(sys.argv[1])
    with generations.building(), ReadingRoom() as room:
        if len(sys.argv) > 2:
            changes = plan(find_sources([Path(sys.argv[2])], max_bytes=2**26), None)
            draft = generations.begin(shipped().dimension)
            writer = GenerationWriter(draft, shipped(), None)
            for each in documents(changes, None, room, quiet):
                assert not isinstance(each, Exception)
                writer.add(each)
            writer.finish()
            draft.write(changes.aliases)
        sys.stdout.write("holding\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
