from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.buttons import LONGEST_LABEL
from bot.markup import begins_right_to_left
from bot.notices import Toast, ask_placeholder
from bot.phrases import PhraseName, Phrases, phrases
from bot.presentation import Scope, commands, description, short_description
from tests.reports import ROOT

ARABIC, ENGLISH = phrases("ar"), phrases("en")
BOTH = pytest.mark.parametrize("spoken", [ARABIC, ENGLISH], ids=["ar", "en"])
SIX_FORMS = {"zero", "one", "two", "few", "many", "other"}
ONE_OF_EACH_FORM = (0, 1, 2, 3, 11, 100)
COUNTED = {"count", "days", "minutes", "seconds"}


class _Seen(Visitor):
    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.forms: list[set[str]] = []

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802
        self.forms.append({each.key.name for each in node.variants if isinstance(each.key, ftl.Identifier)})
        self.generic_visit(node)


@lru_cache
def catalogue(spoken: Phrases) -> dict[str, _Seen]:
    found: dict[str, _Seen] = {}
    for entry in FluentParser().parse(spoken.source).body:
        assert not isinstance(entry, ftl.Junk), entry.content
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands there twice"
            found[entry.id.name] = _Seen()
            found[entry.id.name].visit(entry)
    return found


def put_in() -> dict[str, str]:
    """A value for everything that goes into a phrase and is not counted."""
    return dict.fromkeys({each for seen in catalogue(ARABIC).values() for each in seen.variables} - COUNTED, "قيمة")


def every_saying(spoken: Phrases) -> Iterator[tuple[PhraseName, str]]:
    """Each phrase, once for every form of the numbers in it."""
    seen, others = catalogue(spoken), put_in()
    for name in PhraseName:
        counted = seen[name].variables & COUNTED
        for number in ONE_OF_EACH_FORM if seen[name].forms else ONE_OF_EACH_FORM[:1]:
            shown = {each: number if seen[name].forms else str(number) for each in counted}
            yield name, spoken.say(name, **{**others, **shown})


@BOTH
def test_a_catalogue_has_every_phrase_and_no_other(spoken: Phrases) -> None:
    assert set(catalogue(spoken)) == {str(name) for name in PhraseName}


def test_the_same_values_go_into_a_phrase_in_both_languages() -> None:
    arabic, english = catalogue(ARABIC), catalogue(ENGLISH)
    assert {name: seen.variables for name, seen in arabic.items()} == {
        name: seen.variables for name, seen in english.items()
    }


def test_every_number_has_the_six_forms_of_arabic() -> None:
    forms = [each for seen in catalogue(ARABIC).values() for each in seen.forms]
    assert forms
    assert all(each == SIX_FORMS for each in forms)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "لا توجد تقارير بعد."),
        (1, "في المكتبة تقرير واحد:"),
        (2, "في المكتبة تقريران:"),
        (3, "في المكتبة 3 تقارير:"),
        (10, "في المكتبة 10 تقارير:"),
        (11, "في المكتبة 11 تقريرًا:"),
        (99, "في المكتبة 99 تقريرًا:"),
        (100, "في المكتبة 100 تقرير:"),
        (102, "في المكتبة 102 تقرير:"),
        (103, "في المكتبة 103 تقارير:"),
    ],
)
def test_reports_are_counted_as_arabic_counts(count: int, said: str) -> None:
    assert phrases("ar", isolates=False).say(PhraseName.DOCUMENTS_HEADING, count=count) == said


def test_every_paragraph_in_arabic_begins_right_to_left() -> None:
    for name, said in every_saying(ARABIC):
        begins_with_a_figure = name.startswith("count-")  # which stand in the middle of a line
        assert begins_with_a_figure or said[0] == "،" or re.match("[\u0621-\u064a]", said), name
        assert all(begins_right_to_left(line) for line in said.splitlines()), name


@BOTH
def test_a_phrase_is_plain_text_that_can_be_seen(spoken: Phrases) -> None:
    for name, said in every_saying(spoken):
        assert said == said.strip() != "", name
        assert not set("<>{}") & set(said), name


@BOTH
def test_what_is_said_without_fluent_is_what_fluent_says(spoken: Phrases) -> None:
    for isolates in (True, False):
        told = phrases(spoken.language, isolates=isolates)
        for name in PhraseName:
            values = dict.fromkeys(catalogue(spoken)[name].variables - COUNTED, "Ca Mau")
            if not catalogue(spoken)[name].forms:
                values |= dict.fromkeys(catalogue(spoken)[name].variables & COUNTED, "3")
                assert told.say(name, **values) == told.say_with_fluent(name, values)


def test_values_are_isolated_from_the_sentence_around_them() -> None:
    isolated = "صفحة \N{FIRST STRONG ISOLATE}3\N{POP DIRECTIONAL ISOLATE}"
    assert ARABIC.say(PhraseName.PAGE, number="3") == isolated
    assert phrases(None, isolates=False).say(PhraseName.PAGE, number="3") == "صفحة 3"
    assert "\N{FIRST STRONG ISOLATE}/help\N{POP DIRECTIONAL ISOLATE}" in ARABIC.say(PhraseName.UNKNOWN_COMMAND)


@pytest.mark.parametrize("name", [PhraseName.PAGE, PhraseName.DOCUMENTS_HEADING])
def test_a_value_that_is_not_given_is_an_error_and_never_shown(name: PhraseName) -> None:
    with pytest.raises(ValueError, match=f"the phrase {name}"):
        ARABIC.say(name)


def test_a_very_long_value_is_shortened() -> None:
    for name in (PhraseName.UNDERSTOOD, PhraseName.APPROVAL_REQUEST):
        assert 2_000 <= len(ARABIC.say(name, **dict.fromkeys(put_in(), "ا" * 10_000))) < 4_200


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("ar", "ar"),
        ("ar-EG", "ar"),
        ("en", "en"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("fr", "ar"),
        ("", "ar"),
        (None, "ar"),
    ],
)
def test_people_are_spoken_to_in_arabic_unless_they_use_english(code: str | None, language: str) -> None:
    assert phrases(code).language == language


def uses() -> Iterator[tuple[Path, ast.Attribute, ast.AST]]:
    """Each ``PhraseName.X`` in the product, with the node around it."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.Attribute) and ast.unparse(child.value) == "PhraseName":
                    yield path, child, node


def test_no_phrase_is_without_a_use() -> None:
    assert {name.name for name in PhraseName} == {attribute.attr for _, attribute, _ in uses()}


def test_phrases_are_said_with_the_values_that_they_have() -> None:
    seen = catalogue(ARABIC)
    said = [
        (path, PhraseName[attribute.attr], {keyword.arg for keyword in node.keywords})
        for path, attribute, node in uses()
        if isinstance(node, ast.Call) and ast.unparse(node.func).lower().rpartition(".")[2] == "say"
    ]
    assert len(said) > 30
    for path, name, values in said:
        assert values == seen[name].variables, f"{name} in {path.name}"


@BOTH
def test_what_telegram_shows_of_the_bot_is_short_enough_for_it(spoken: Phrases) -> None:
    scopes: tuple[Scope, ...] = ("private", "group", "administrators")
    for scope in scopes:
        shown = commands(scope, spoken)
        assert len({command for command, _ in shown}) == len(shown) > 3
        assert all(re.fullmatch(r"[a-z0-9_]{1,32}", command) and 1 <= len(said) <= 256 for command, said in shown)
    assert len(description(spoken)) <= 512
    assert len(short_description(spoken)) <= 120
    assert len(ask_placeholder(spoken)) <= 64
    toasts = [spoken.say(name) for name in Toast.__args__]  # type: ignore[attr-defined]
    assert all(len(said) <= 200 for said in toasts)
    labels = [said for name, said in every_saying(spoken) if name.startswith("button-")]
    assert all(len(said) <= LONGEST_LABEL for said in labels)


@pytest.mark.parametrize(
    "program", ["import bot.cli", "import bot.terminal as t; t.SAY(t.PhraseName.PAGE, number='3')"]
)
def test_the_command_line_does_not_wait_for_fluent(program: str) -> None:
    code = f"import sys; {program}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {"fluent", "babel"} == set()
