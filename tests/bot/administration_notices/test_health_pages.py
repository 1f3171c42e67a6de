from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.administration_notices.health import (
    backup_caption,
    backup_too_large,
    build_failed,
    disk_is_full,
    no_room_for_backup,
    status,
)
from bot.health import Answering, Facts
from bot.phrases import Phrases, phrases
from bot.state.values import Job, JobState
from tests.bot.messages import LONG_TEXTS, reads_rightly, sent
from tests.telegram.texts import utf16_length

LANGUAGES = st.sampled_from([phrases("ar"), phrases("en")])
SIZES = st.integers(0, 10**15)
JOBS = st.builds(
    Job, st.just("a"), st.just("change"), st.none(), st.floats(0, 4e9), st.just({}),
    state=st.just(JobState.FAILED), ended=st.none() | st.floats(0, 4e9), error=st.none() | LONG_TEXTS,
)  # fmt: skip
ANSWERING = st.builds(Answering, st.integers(1, 10**6), LONG_TEXTS, SIZES, SIZES)
VERSIONS = st.just({"python": "3.11.2", "dalil": "0.1.0"})
FACTS = st.builds(
    Facts, st.none() | ANSWERING, SIZES, SIZES, SIZES, VERSIONS, SIZES, st.lists(JOBS, max_size=3).map(tuple)
)


@settings(max_examples=60, deadline=None)
@given(FACTS, SIZES, LANGUAGES)
def test_any_health_can_be_told(facts: Facts, faults: int, spoken: Phrases) -> None:
    assert reads_rightly(sent(status(facts, faults, spoken)), spoken)


@settings(max_examples=60, deadline=None)
@given(JOBS, SIZES, LANGUAGES)
def test_any_alarm_can_be_sent(job: Job, size: int, spoken: Phrases) -> None:
    for rendered in (
        build_failed(job, spoken), disk_is_full(size, spoken), backup_too_large(size, spoken),
        no_room_for_backup(size, spoken),
    ):  # fmt: skip
        assert reads_rightly(sent(rendered), spoken)


@settings(max_examples=60, deadline=None)
@given(st.lists(LONG_TEXTS, max_size=9), st.booleans(), LANGUAGES)
def test_a_backup_says_what_it_lacks(elsewhere: list[str], with_index: bool, spoken: Phrases) -> None:
    caption = backup_caption(elsewhere, spoken, with_index=with_index)
    assert 1 <= utf16_length(caption) <= 1024
    assert ("\n" in caption) == (bool(elsewhere) and not with_index)
