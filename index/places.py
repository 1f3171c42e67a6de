"""The places that a library's reports are about, and finding them in what people write.

Derived when a generation is first asked, not stored: the rules for spellings can then become better without a rebuild.
The generation holds what they are applied to, the places of its documents and ``aliases.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from index.aliases import Aliases
from index.arabic import words
from index.spelling import joined, opening, openings, shortened, sound

KINDS_OF_PLACE: Final = frozenset("مقاطعه محافظه ولايه مدينه اقليم".split())
_PART: Final = re.compile(r"[،,(]")  # «لونغ آن، فيتنام»: the first part names the place
_OPENED_ALONE: Final = 5  # letters, of which at least three are left when doubled ones count once
_MOST_WORDS: Final = 4  # of a place's name
_PREFIXES: Final = frozenset("وفبلك")  # letters written together with the word that follows
_SHORTEST_AFTER_PREFIX: Final = 3  # letters of a name: what else is left of a short word is none
_SEVERAL: Final = -1  # stands for a sound that places share: it names none of them


class Named(NamedTuple):
    """A place that words name: its number, and which of the words."""

    place: int
    words: range


class _Spellings:
    """Which place a spelling belongs to."""

    def __init__(self) -> None:
        self._exact: dict[str, int] = {}
        self._sounds: dict[str, int] = {}
        self._shortened: dict[str, int] = {}

    def learn(self, place: int, spelling: str) -> None:
        """``spelling``, and what sounds like it, belong to ``place`` from now on."""
        if self._exact.setdefault(spelling, place) != place:
            return
        sounded = sound(spelling)
        if sounded is not None:
            _share(self._sounds, sounded, place)
            for each in shortened(sounded):
                _share(self._shortened, each, place)

    def place(self, spelling: str) -> int | None:
        """The place spelt exactly so; else the one that sounds so; None if there is none, or several."""
        exact = self._exact.get(spelling)
        sounded = sound(spelling) if exact is None else None
        if sounded is None:
            return exact
        near = (self._sounds.get(sounded), self._shortened.get(sounded), *map(self._sounds.get, shortened(sounded)))
        found = next((place for place in near if place is not None), None)
        return None if found == _SEVERAL else found


class Places:
    """The places of a library, numbered from 0. Never changed once made: any number of threads may ask."""

    def __init__(self, names: Sequence[str | None], aliases: Aliases) -> None:
        """``names``: the place of each document, in order of rows."""
        self._known = _Spellings()
        self._spellings: list[list[tuple[str, ...]]] = []
        for place, group in enumerate(aliases.groups):
            for name in group:
                self._add(_name(name), to=place)
        counted = Counter(filter(None, names))
        of: dict[str | None, int] = {}
        for name in sorted(counted, key=lambda each: (-counted[each], each)):  # the commonest spelling names the place
            if name_words := _name(name):
                known = self._known.place(joined(name_words))
                of[name] = self._add(name_words, to=len(self._spellings) if known is None else known)
        self._of = [of.get(name) for name in names]
        self._openings = [
            frozenset[str]().union(*(openings(joined(each)) for each in every)) for every in self._spellings
        ]
        self._all_openings = frozenset[str]().union(*self._openings)
        self._words = [tuple(dict.fromkeys(word for each in every for word in each)) for every in self._spellings]
        self._all_words = frozenset[str]().union(*self._words)

    def _add(self, name: tuple[str, ...], *, to: int) -> int:
        self._known.learn(to, joined(name))
        if to == len(self._spellings):
            self._spellings.append([])
        self._spellings[to].append(name)
        return to

    def __len__(self) -> int:
        return len(self._spellings)

    def of(self, document: int) -> int | None:
        """The place of the document in this row; None if it is not known."""
        return self._of[document]

    def spelling(self, place: int) -> tuple[str, ...]:
        """The folded words of a place's name: as ``aliases.toml`` has it, else as most documents do."""
        return self._spellings[place][0]

    def spells(self, place: int, name: tuple[str, ...]) -> bool:
        """Whether reports or ``aliases.toml`` spell the place just so, in these folded words."""
        return name in self._spellings[place]

    def names(self, place: int) -> tuple[tuple[str, ...], ...]:
        """Every known spelling of a place's name, in folded words."""
        return tuple(self._spellings[place])

    def spellings(self, place: int) -> tuple[str, ...]:
        """Every known spelling of a place's name, folded and without spaces."""
        return tuple(map(joined, self._spellings[place]))

    def words_of(self, document: int) -> tuple[str, ...]:
        """The folded words of every spelling of a document's place; none if it is not known."""
        place = self._of[document]
        return () if place is None else self._words[place]

    def has_word(self, word: str) -> bool:
        """Whether a folded word is part of the name of a place."""
        return word in self._all_words

    def named_in(self, text: Sequence[str]) -> tuple[Named, ...]:
        """The places that folded words name, in order; where several names begin, the longest counts."""
        return tuple(self._named_in(text, self._all_openings))

    def is_named_in(self, place: int, text: Sequence[str]) -> bool:
        """Whether folded words name this place; quicker than naming all places there."""
        return any(each.place == place for each in self._named_in(text, self._openings[place]))

    def _named_in(self, text: Sequence[str], openings: frozenset[str]) -> Iterator[Named]:
        at = 0
        while at < len(text):
            begins = _beginnings(text[at])  # of most words, no name begins with
            found = None if begins and begins.isdisjoint(openings) else self._named_at(text, at, openings)
            if found:
                yield found
            at = found.words.stop if found else at + 1

    def _named_at(self, text: Sequence[str], at: int, openings: frozenset[str]) -> Named | None:
        firsts = [
            first
            for first, opened in _firsts(text[at])
            if (opened or opening(joined((first, *text[at + 1 : at + 2])))) in openings
        ]
        if not firsts:
            return None
        following = text[at + 1 : at + _MOST_WORDS]
        for count in range(len(following), -1, -1):
            for first in firsts:
                spelling = joined((first, *following[:count]))
                is_whole = first == text[at] or len(spelling) >= _SHORTEST_AFTER_PREFIX
                place = self._known.place(spelling) if is_whole else None
                if place is not None:
                    return Named(place, range(at, at + 1 + count))
        return None


def _share(places: dict[str, int], key: str, place: int) -> None:
    if places.setdefault(key, place) != place:
        places[key] = _SEVERAL


def _name(name: str) -> tuple[str, ...]:
    """The folded words of a place's name, without «مقاطعة» and what else says the kind of place."""
    found = words(_PART.split(name)[0]) or words(name)
    while len(found) > 1 and found[0].removeprefix("ال") in KINDS_OF_PLACE and not _is_described(*found[:2]):
        del found[0]
    return tuple(found)


def _is_described(kind: str, following: str) -> bool:
    """Whether «المدينة» is part of the name, as in «المدينة المنورة»: both have the article."""
    return kind.startswith("ال") and following.startswith("ال")


@lru_cache(maxsize=50_000)
def _firsts(word: str) -> tuple[tuple[str, str | None], ...]:
    """The word, and what is left of it without letters that are written together with the next word.

    Each with its `opening`, unless it is so short that the next word has a part in it.
    """
    found = [word]
    for _ in range(2):
        if word.startswith("لل"):
            found.append("ال" + word[2:])
        if word[0] not in _PREFIXES or len(word) == 1:
            break
        word = word[1:]
        found.append(word)
    return tuple((first, opening(first) if len(first) >= _OPENED_ALONE else None) for first in found)


@lru_cache(maxsize=50_000)
def _beginnings(word: str) -> frozenset[str]:
    """The openings of names that may begin with this word; empty if the next word has a part in them."""
    opened = [each for _, each in _firsts(word)]
    return frozenset() if None in opened else frozenset(filter(None, opened))
