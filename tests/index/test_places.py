from __future__ import annotations

import time

import pytest

from index.aliases import NO_ALIASES, Aliases
from index.arabic import words
from index.places import Places

PROVINCES = (
    """
آن جيانغ|باك جيانغ|باك كان|باك ليو|باك نينه|بن تري|بينه دينه|بينه دونغ|بينه فوك|بينه ثوان|كا ماو|كان ثو|كاو بانغ|دا نانغ
داك لاك|داك نونغ|دين بيان|دونغ ناي|دونغ ثاب|جيا لاي|ها جيانغ|ها نام|ها نوي|ها تينه|هاي دونغ|هاي فونغ|هاو جيانغ|هوا بينه
هونغ ين|خان هوا|كين جيانغ|كون توم|لاي تشاو|لام دونغ|لانغ سون|لاو كاي|لونغ آن|نام دينه|نغي آن|نينه بينه|نينه ثوان|فو ثو
فو ين|كوانغ بينه|كوانغ نام|كوانغ نجاي|كوانغ نينه|كوانغ تري|سوك ترانغ|سون لا|تاي نينه|ثاي بينه|ثاي نجوين|ثانه هوا
تيان جيانغ|ترا فينه|توين كوانغ|فينه لونغ|فينه فوك|ين باي|القاهرة|المنصورة|المنصورية|البصرة|البصيرة|الناصرة|الناصرية
حلب|حلبا|دمشق|درعا|المنيا|المنوفية|عمان|عجمان|جرش|الكرك|كرج|جازان|قازان|نجران|مأرب|صنعاء|صيدا|صعدة|صور|نابلس|نابل|بابل
""".strip()
    .replace("\n", "|")
    .split("|")
)


def places(*names: str | None, aliases: Aliases = NO_ALIASES) -> Places:
    return Places(names, aliases)


def named(known: Places, text: str) -> list[str]:
    return [" ".join(known.spelling(each.place)) for each in known.named_in(words(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("خان هوا", "خانه هوا"),
        ("خان هوا", "خانه‌وا"),
        ("خان هوا", "خانهوا"),
        ("لونغ آن", "لونج ان"),
        ("تاي نينه", "تاي نينة"),
        ("تاي نينه", "تاي نين"),
        ("تاي نينه", "تايننه"),
        ("تاي نينه", "تاي ننه"),
        ("هو تشي منه", "هوشي مينه"),
        ("ثانه هوا", "تانه هوا"),
        ("الإسماعيلية", "الاسماعيليه"),
        ("مقاطعة لونغ آن", "لونغ آن، فيتنام"),
    ],
)
def test_spellings_of_one_place_are_one_place(one: str, other: str) -> None:
    known = places(one, other, None)
    assert (len(known), known.of(0), known.of(1), known.of(2)) == (1, 0, 0, None)


def test_provinces_and_cities_of_like_names_stay_apart() -> None:
    known = places(*PROVINCES)
    assert [known.of(row) for row in range(len(PROVINCES))] != [None]
    assert len({known.of(row) for row in range(len(PROVINCES))}) == len(PROVINCES)
    for name in PROVINCES:
        assert named(known, f"كم بلغت النسبة في {name} هذا العام") == [" ".join(words(name))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ما ترتيب خانه‌وا؟", ["خان هوا"]),
        ("بلونج آن وللمنصورة", ["لونغ ان", "المنصوره"]),
        ("وكا ماو", ["كا ماو"]),
        ("كوانغ بينه", []),
        ("المنصورية", []),
        ("ما كان هواؤها نقيا", []),
        ("لونغ", []),
        ("", []),
    ],
)
def test_places_are_found_in_what_people_write(text: str, expected: list[str]) -> None:
    known = places("خان هوا", "لونغ آن", "المنصورة", "كا ماو", "كوانغ نينه", "كوانغ نام")
    assert named(known, text) == expected
    for number in range(len(known)):
        assert known.is_named_in(number, words(text)) == (" ".join(known.spelling(number)) in expected)


def test_the_city_is_part_of_a_name_where_both_have_the_article() -> None:
    known = places("المدينة المنورة", "مدينة حلب", "محافظة المدينة المنورة")
    assert [known.of(row) for row in range(3)] == [0, 1, 0]
    assert named(known, "كم مسجدا في المدينة المنورة؟") == ["المدينه المنوره"]
    assert named(known, "كم مسجدا في المنورة؟") == []


def test_the_commonest_spelling_names_a_place_and_all_of_them_count_as_its_words() -> None:
    known = places("لونج آن", "لونغ آن", "لونغ آن", None)
    assert known.spelling(0) == ("لونغ", "ان")
    assert set(known.words_of(0)) == {"لونغ", "لونج", "ان"}
    assert known.words_of(3) == ()
    assert known.spellings(0) == ("لونغان", "لونجان")


def test_aliases_join_names_that_sound_nothing_alike() -> None:
    known = places("سايغون", "هو تشي منه", aliases=Aliases((("مدينة هو تشي منه", "سايغون"),)))
    assert (len(known), known.of(0)) == (1, known.of(1))
    assert named(known, "كم سكان سايجون؟") == ["هو تشي منه"]


def test_aliases_keep_names_apart_that_sound_alike() -> None:
    apart = Aliases((("نغي آن",), ("نجي آن",)))
    known = places("نغي آن", "نجي آن", aliases=apart)
    assert known.of(0) != known.of(1)
    assert named(known, "نغي آن ونجي آن") == ["نغي ان", "نجي ان"]


def test_a_library_without_places_names_none() -> None:
    assert named(places(None, None), "كم بلغت النسبة في لونغ آن؟") == []
    assert named(places(), "لونغ آن") == []


def test_finding_places_takes_well_under_a_millisecond_in_ten_thousand_documents() -> None:
    known = Places([PROVINCES[row % len(PROVINCES)] for row in range(10_000)], NO_ALIASES)
    question = words("كم بلغت نسبة المنازل التي تستخدم الإنترنت عبر الألياف الضوئية في مقاطعة لونج آن عام 2023؟")
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        known.named_in(question)
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.001
