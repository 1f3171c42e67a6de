"""The store: all that the bot remembers, in one database."""

from __future__ import annotations

from types import TracebackType

from bot.state.answers import Answers
from bot.state.audit import Audit
from bot.state.chats import Chats
from bot.state.database import Database, database_url
from bot.state.digests import Digests
from bot.state.facts import Facts
from bot.state.feedback import Feedback
from bot.state.jobs import Jobs
from bot.state.limits import Limits
from bot.state.memory import Memory
from bot.state.migrating import prepare
from bot.state.people import People
from bot.state.presence import Presence
from bot.state.rights import Rights
from bot.state.unanswered import UnansweredQuestions
from bot.state.updates import Updates


class Store:
    """Every method of its parts is one short transaction, and may be called from any thread.

    Each may raise ``StateUnavailable``: the database cannot be used, and nothing has changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.updates = Updates(database)
        self.people = People(database)
        self.chats = Chats(database)
        self.memory = Memory(database)
        self.answers = Answers(database)
        self.feedback = Feedback(database)
        self.limits = Limits(database)
        self.jobs = Jobs(database)
        self.audit = Audit(database)
        self.rights = Rights(database)
        self.unanswered = UnansweredQuestions(database)
        self.digests = Digests(database)
        self.facts = Facts(database)

    @property
    def is_shared(self) -> bool:
        """Whether processes on any number of machines use it at once."""
        return self._database.is_shared

    @property
    def is_lost(self) -> bool:
        """Whether the server that is written is lost, and answering goes on without it."""
        return False

    @property
    def found_again(self) -> float:
        """When it was last found again, as `time.monotonic` tells it; long ago if it never was lost."""
        return float("-inf")

    def waiting(self) -> int:
        """How many writes wait until it is back."""
        return 0

    def presence(self, bot: int) -> Presence:
        """Among the processes that share the store for a bot, this one."""
        return Presence(self._database, bot)

    @classmethod
    def open(cls, path_or_url: str) -> Store:
        """The store in an SQLite file, which is made if need be, or in the database of a URL.

        Raises:
            NewerState: a newer version of Dalil has written it.
            StateUnavailable: it cannot be opened or written.
        """
        database = Database(database_url(path_or_url))
        try:
            prepare(database)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def end(self) -> None:
        """Lets nobody wait any longer for a database that cannot be written: nothing is written from now on."""
        self._database.end()

    def close(self) -> None:
        """Ends the use of the store: no method may be running or be called afterwards."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
