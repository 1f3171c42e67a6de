"""What people could not find, and the news that it is there now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.administration_notices.paging import paged
from bot.buttons import Button, ButtonKind, Rendered, button, row
from bot.markup import bold, escaped, one_line
from bot.phrases import PhraseName, Phrases
from bot.rendering import LONGEST_QUESTION
from bot.state.values import Finding
from bot.unanswered.clustering import Cluster

_EXAMPLES: Final = 5


def cluster_page(clusters: Sequence[Cluster], number: int, phrases: Phrases) -> Rendered:
    """The cluster ``number`` of questions, and what can be said of it."""
    if not clusters:
        return Rendered(escaped(phrases.say(PhraseName.UNANSWERED_NONE)))
    page = paged(clusters, number, 1)
    [cluster] = page.shown
    lines = [bold(phrases.say(PhraseName.UNANSWERED_HEADING))]
    lines.append(escaped(phrases.say(PhraseName.UNANSWERED_PEOPLE, count=cluster.people)))
    lines += [escaped(f"• «{one_line(each, LONGEST_QUESTION)}»") for each in cluster.examples(_EXAMPLES)]
    added = button(phrases.say(PhraseName.BUTTON_ADDED), ButtonKind.FINDING, cluster.typical.id, Finding.ADDED)
    ignored = button(phrases.say(PhraseName.BUTTON_IGNORE), ButtonKind.FINDING, cluster.typical.id, Finding.IGNORED)
    decisions = row(phrases, added, ignored)
    return Rendered(
        "\n".join([*lines, *page.line(phrases)]), (decisions, *page.turning(ButtonKind.UNANSWERED, phrases))
    )


def news(question: str, answer: Rendered, phrases: Phrases) -> Rendered:
    """To somebody who asked in vain: what is answered now, and a button for those who do not want to know."""
    asked = phrases.say(PhraseName.NEWS_QUESTION, question=one_line(question, LONGEST_QUESTION))
    lines = [bold(phrases.say(PhraseName.NEWS_HEADING)), escaped(asked), "", answer.text]
    return Rendered("\n".join(lines), (*answer.buttons, (quiet_button(phrases, quiet=False),)))


def quiet_button(phrases: Phrases, *, quiet: bool) -> Button:
    """What changes whether somebody is told of such news; ``quiet``: they are not told now."""
    label = PhraseName.BUTTON_NOT_QUIET if quiet else PhraseName.BUTTON_QUIET
    return button(phrases.say(label), ButtonKind.QUIET, "0", "off" if quiet else "on")
