from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.administration_notices.questions import cluster_page, news
from bot.buttons import ButtonKind, button
from bot.phrases import Phrases, phrases
from bot.rendering import private_answer
from bot.state.values import Finding, Unanswered, new_answer_id
from bot.unanswered.clustering import Cluster
from retrieval.answer import Answer, Related
from tests.bot.messages import LONG_TEXTS, kinds, quoting, reads_rightly, sent

ARABIC, ENGLISH = phrases("ar"), phrases("en")
LANGUAGES = st.sampled_from([ARABIC, ENGLISH])


def cluster(questions: list[str]) -> Cluster:
    return Cluster(
        tuple(
            Unanswered(new_answer_id(), 1.0, each, "none", None, str(number), None, Finding.OPEN)
            for number, each in enumerate(questions)
        )
    )


CLUSTERS = st.lists(st.lists(LONG_TEXTS, min_size=1, max_size=8).map(cluster), max_size=4)


@settings(max_examples=60, deadline=None)
@given(CLUSTERS, st.integers(-1, 6), LANGUAGES)
def test_any_questions_can_be_listed(clusters: list[Cluster], number: int, spoken: Phrases) -> None:
    assert reads_rightly(sent(cluster_page(clusters, number, spoken)), spoken)


def test_a_page_shows_one_cluster_with_what_can_be_said_of_it() -> None:
    every = [cluster(["كم عدد المدارس؟", "كم مدرسة؟"]), cluster(["كم السعر؟"])]
    rendered = cluster_page(every, 1, ARABIC)
    assert "سأل عنه شخصان:" in rendered.text
    assert kinds(rendered) == [["finding", "finding"], ["unanswered"]]
    assert every[0].typical.id in str(rendered.buttons[0])


@settings(max_examples=60, deadline=None)
@given(LONG_TEXTS, quoting(), LANGUAGES)
def test_any_answer_can_be_told_as_news(question: str, reply: Answer | Related, spoken: Phrases) -> None:
    rendered = news(question, private_answer(reply, "Zx81kQ3", spoken), spoken)
    assert reads_rightly(sent(rendered), spoken)
    assert kinds(rendered)[-1] == ["quiet"]
    assert button("x", ButtonKind.QUIET, "0", "on").data == rendered.buttons[-1][0].data
