"""A reader in a process of its own: ``python -m tests.index.postgres.reader ADDRESS``.

For each line it is given it says the generation that answers, and the first excerpt with its document and place.
"""

from __future__ import annotations

import json
import sys

from bot.contract import reply_json
from index.live import LiveLibrary
from retrieval.assistant import Assistant
from tests.index.builds import shipped
from tests.index.postgres.server import generations_in


def main() -> None:
    assistant = Assistant(LiveLibrary(generations_in(sys.argv[1]), shipped()), shipped())
    for line in sys.stdin:
        sys.stdout.write(json.dumps(reply_json(assistant.ask(line.strip()))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
