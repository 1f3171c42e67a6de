"""Everything that can go wrong while documents become searchable.

IndexingError
├── FileError              one file cannot be used; its cause is a code with values
│   ├── SourceError            it cannot be taken (the others can)
│   │   ├── NoTextLayer            its pages are pictures
│   │   └── ReversedText           its words come out backwards
│   ├── CatalogueError         catalogue.toml cannot be understood
│   └── AliasesError           aliases.toml cannot be understood
├── NothingToIndex         no document at all was found: the library is left as it is
├── NoGeneration           nothing is indexed yet
├── NothingLive            generations are kept, but none is marked as live
├── DamagedGeneration      a file of a generation is missing or altered
│   └── GenerationGone         its tables are not in the database, or not any more
├── OutdatedGeneration     it was built by a version of Dalil that folds words in another way
├── UnknownGeneration      that number is not kept
├── EmbedderMismatch       the generation was built with another model
├── ModelUnavailable       a model that is set cannot be loaded
│   ├── EmbedderUnavailable
│   └── RerankerUnavailable
├── LibraryLocked          another process is building
├── DatabaseUnavailable    the database that keeps the generations does not answer
├── CopyDiffers            the copy of a generation is not what was copied
└── BuildFailed            the new generation could not be finished; the live one stays
    └── DocumentLost           it does not find one of its documents
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from index.reasons import Cause, Reason, Value


class IndexingError(Exception):
    """The root: its text says what, which, and what to do."""


class FileError(IndexingError):
    """One file cannot be used. ``name`` is its name or path, and ``cause`` says why."""

    def __init__(self, name: str, reason: Reason, **values: Value) -> None:
        self.name = name
        self.cause = Cause.of(reason, **values)
        super().__init__(f"{name}: {self.cause}")

    def __reduce__(self) -> tuple[Callable[..., FileError], tuple[type[FileError], str, Cause]]:
        return _again, (type(self), self.name, self.cause)

    @property
    def reason(self) -> str:
        """The cause in English."""
        return str(self.cause)


def _again(kind: type[FileError], name: str, cause: Cause) -> FileError:
    """An error that was sent from another process."""
    return kind(name, cause.reason, **dict(cause.values))


class SourceError(FileError):
    """One file cannot be taken."""


class NoTextLayer(SourceError):
    """The pages of a file are pictures: there is no text in it to be read."""


class ReversedText(SourceError):
    """A file's Arabic words come out backwards."""


class NothingToIndex(IndexingError):
    """No document could be read under the given paths; ``refused`` are those that were tried."""

    def __init__(self, message: str, refused: tuple[SourceError, ...] = ()) -> None:
        super().__init__(message)
        self.refused = refused


class NoGeneration(IndexingError):
    """Nothing is indexed under ``data`` yet."""

    def __init__(self, data: str) -> None:
        super().__init__(f"no index in {data} yet: make one with  dalil index PATH…  (for example  dalil index seeds)")
        self.data = data


class NothingLive(IndexingError):
    """Generations are kept, but the pointer to the live one is missing or damaged."""

    def __init__(self, pointer: str) -> None:
        super().__init__(
            f"{pointer} does not name the live generation: "
            "choose one with  dalil rollback , or rebuild with  dalil index PATH…"
        )
        self.pointer = pointer


class DamagedGeneration(IndexingError):
    """A generation's file is missing or is not what was written."""

    def __init__(self, number: int, problem: str) -> None:
        super().__init__(
            f"generation {number} is damaged ({problem}): "
            "go back with  dalil rollback , or rebuild with  dalil index PATH…"
        )
        self.number = number
        self.problem = problem


class GenerationGone(DamagedGeneration):
    """A generation's tables are not there: it was removed while somebody still read it, or the database is damaged."""


class OutdatedGeneration(IndexingError):
    """A generation whose words were analysed by another version of Dalil."""

    def __init__(self, number: int) -> None:
        super().__init__(f"generation {number} was built by another version of Dalil: rebuild with  dalil index PATH…")
        self.number = number


class UnknownGeneration(IndexingError):
    """The asked generation is not among those kept."""

    def __init__(self, wanted: int | None, kept: tuple[int, ...]) -> None:
        which = f"generation {wanted} is not kept" if wanted is not None else "there is no earlier generation"
        super().__init__(f"{which}; kept: {', '.join(map(str, kept)) or 'none'}")
        self.wanted = wanted
        self.kept = kept


class EmbedderMismatch(IndexingError):
    """The generation holds vectors of another model than the one that is set."""

    def __init__(self, built_with: str, asked_with: str) -> None:
        super().__init__(
            f"this index was built with the embedder {built_with}, but {asked_with} is set "
            "(its dimension and its prompts count too): set DALIL_EMBEDDER back, or rebuild with  dalil index PATH…"
        )
        self.built_with = built_with
        self.asked_with = asked_with


class ModelUnavailable(IndexingError):
    """A model cannot be loaded, or is not fit for its role; ``reason`` says why."""

    role: ClassVar[str]
    remedy: ClassVar[str]

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the {self.role} {name} cannot be loaded: {reason}; {self.remedy}")
        self.name = name
        self.reason = reason


class EmbedderUnavailable(ModelUnavailable):
    """The embedder cannot be loaded."""

    role = "embedder"
    remedy = "check DALIL_EMBEDDER"


class RerankerUnavailable(ModelUnavailable):
    """The reranker cannot be loaded."""

    role = "reranker"
    remedy = "check DALIL_RERANKER, or leave it empty to answer without one"


class CatalogueError(FileError):
    """catalogue.toml cannot be understood."""


class AliasesError(FileError):
    """aliases.toml cannot be understood, or gives one spelling to two places."""


class LibraryLocked(IndexingError):
    """Another process is building; ``owner`` says which, since when."""

    def __init__(self, owner: str) -> None:
        super().__init__(f"another build is running ({owner}); wait for it, or stop it and try again")
        self.owner = owner


class DatabaseUnavailable(IndexingError):
    """The database that keeps the generations cannot be reached, or refuses; ``problem`` is its own word."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"the database does not do what it should ({problem}): check DALIL_DATABASE_URL")
        self.problem = problem


class CopyDiffers(IndexingError):
    """The copy of a generation is not what was copied; ``what`` differs. It is not answered from."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"the copy of generation {number} is not the same ({what}); nobody answers from it: try again")
        self.number = number
        self.what = what


class BuildFailed(IndexingError):
    """The new generation could not be finished; the live one is untouched."""


class DocumentLost(BuildFailed):
    """The new generation does not find one of its documents."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the new index does not find {name}; the live one is untouched")
        self.name = name
