from __future__ import annotations

from bot.handling import Newest

GROUP, SUPERGROUP = -55, -1_000_000_000_055


def test_private_chats_and_basic_groups_are_numbered_in_one_row() -> None:
    newest = Newest()
    for chat, message in ((1, 10), (2, 11), (GROUP, 12), (1, 13)):
        newest.came(chat, message)
    assert [newest.of(chat) for chat in (1, 2, GROUP, 3)] == [13, 13, 13, 13]
    assert not newest.is_gapless(1)
    assert newest.unknown(1, after=9, most=3) == [11, 12, 14]


def test_a_supergroup_is_numbered_by_itself() -> None:
    newest = Newest()
    newest.came(1, 100)
    newest.came(SUPERGROUP, 7)
    newest.stands(SUPERGROUP, 8)
    assert [newest.of(1), newest.of(SUPERGROUP)] == [100, 8]
    assert newest.is_gapless(SUPERGROUP)


def test_a_server_that_numbers_each_chat_by_itself_is_noticed() -> None:
    newest = Newest()
    newest.came(1, 5)
    newest.came(2, 3)
    assert [newest.of(1), newest.of(2), newest.of(3)] == [5, 3, 0]
    assert newest.is_gapless(1)


def test_an_update_that_comes_again_says_nothing_of_the_numbering() -> None:
    newest = Newest()
    for message in (5, 6, 5):
        newest.came(1, message)
    assert not newest.is_gapless(1)
