from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.administration_notices.paging import paged
from bot.administration_notices.people import (
    accepted,
    audit_page,
    dismissal,
    invitation,
    invite_menu,
    people_of,
    people_page,
)
from bot.phrases import Phrases, phrases
from bot.staff import Member
from bot.state.values import Deed, Role
from tests.bot.messages import LONG_TEXTS, kinds, reads_rightly, sent

ARABIC, ENGLISH = phrases("ar"), phrases("en")
LANGUAGES = st.sampled_from([ARABIC, ENGLISH])
IDS = st.integers(1, 2**52)
MEMBERS = st.builds(Member, IDS, st.sampled_from(list(Role)), st.booleans())
WHATS = (
    st.sampled_from(
        "invited,accepted,role,invitations withdrawn,asked,switched anyway,rolled back,discarded".split(","),
    )
    | LONG_TEXTS
)
DETAILS = st.dictionaries(
    st.sampled_from(["role", "before", "after", "to", "document"]), st.sampled_from([*Role, "x", 7, None])
)
DEEDS = st.builds(Deed, st.floats(0, 4e9), st.none() | IDS, WHATS, st.none() | IDS, DETAILS)


@settings(max_examples=60, deadline=None)
@given(st.lists(MEMBERS, max_size=20), st.integers(-1, 9), LONG_TEXTS, LANGUAGES)
def test_any_people_can_be_listed(members: list[Member], number: int, name: str, spoken: Phrases) -> None:
    names = {each.person: name for each in members[::2]}
    rendered = people_page(members, number, names, spoken)
    assert reads_rightly(sent(rendered), spoken)
    page = paged(members, number, 8).shown
    dismissed = [kind for row in kinds(rendered) for kind in row if kind == "dismiss"]
    assert len(dismissed) == sum(not each.fixed for each in page)
    for member in members[:1]:
        assert kinds(dismissal(member, names, spoken)) == [
            ["people", "dismiss"] if spoken is ARABIC else ["dismiss", "people"]
        ]
        assert reads_rightly(sent(dismissal(member, names, spoken)), spoken)


@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, max_size=30), st.integers(-1, 9), LONG_TEXTS, LANGUAGES)
def test_any_deeds_can_be_told(deeds: list[Deed], number: int, name: str, spoken: Phrases) -> None:
    names = dict.fromkeys(list(people_of(deeds))[::2], name)
    assert reads_rightly(sent(audit_page(deeds, number, names, spoken)), spoken)


@settings(max_examples=30, deadline=None)
@given(LONG_TEXTS, st.sampled_from([Role.OFFICIAL, Role.ADMINISTRATOR]), LANGUAGES)
def test_invitations_can_be_sent_whatever_people_are_called(name: str, role: Role, spoken: Phrases) -> None:
    link = f"https://t.me/dalil_bot?start={'a_-1' * 8}"
    shown = sent(invitation(role, link, spoken))
    assert shown.text.splitlines()[-1] == link
    for rendered in (invite_menu(spoken), accepted(7, name, role, spoken)):
        assert reads_rightly(sent(rendered), spoken)


def test_pages_are_the_nearest_that_there_are() -> None:
    every = list(range(17))
    assert [paged(every, number, 8).shown[0] for number in (-5, 1, 2, 3, 99)] == [0, 0, 8, 16, 16]
    assert paged([], 3, 8).count == 1
