from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.staff import Accepted, Irremovable, LastAdministrator, Member, NotAllowed, Staff, Unneeded
from bot.state.database import Database, database_url
from bot.state.rights import TOKEN_LETTERS, VALID_FOR
from bot.state.store import Store
from bot.state.values import Deed, Role
from tests.bot.state.material import contents

HOUR = 3600.0


@pytest.fixture
def fresh(tmp_path: Path) -> Store:
    return Store.open(str(tmp_path / "state.db"))


def test_an_invitation_gives_its_role_to_the_first_who_uses_it(fresh: Store) -> None:
    token = fresh.rights.invite(Role.OFFICIAL, by=1, now=0.0)
    assert fresh.rights.accept(token, 2, now=47 * HOUR) is Role.OFFICIAL
    assert fresh.rights.accept(token, 3, now=47 * HOUR) is None
    assert fresh.rights.accept(token, 2, now=47 * HOUR) is None
    assert fresh.people.all_with_roles() == {2: Role.OFFICIAL}
    assert fresh.audit.newest(9) == [
        Deed(47 * HOUR, 2, "accepted", 2, {"before": "citizen", "after": "official", "invited_by": 1}),
        Deed(0.0, 1, "invited", None, {"role": "official"}),
    ]


def test_an_invitation_is_worth_nothing_after_two_days_or_once_withdrawn(fresh: Store) -> None:
    assert VALID_FOR == 48 * HOUR
    old = fresh.rights.invite(Role.ADMINISTRATOR, by=1, now=0.0)
    assert fresh.rights.accept(old, 2, now=48 * HOUR) is None
    new = fresh.rights.invite(Role.ADMINISTRATOR, by=1, now=50 * HOUR)
    assert fresh.rights.withdraw_invitations(by=1, now=51 * HOUR) == 1
    assert fresh.rights.withdraw_invitations(by=1, now=51 * HOUR) == 0
    assert fresh.rights.accept(new, 2, now=51 * HOUR) is None
    for guess in ("", "x", old[:-1], "\ud800"):
        assert fresh.rights.accept(guess, 2, now=1.0) is None
    assert fresh.people.all_with_roles() == {}
    assert fresh.rights.purge(older_than=49 * HOUR) == 1


def test_an_invitation_takes_no_rights_away(fresh: Store) -> None:
    fresh.rights.give(2, Role.ADMINISTRATOR, by=1, now=0.0)
    assert fresh.rights.accept(fresh.rights.invite(Role.OFFICIAL, by=1, now=0.0), 2, now=1.0) is Role.ADMINISTRATOR


def test_of_many_who_use_an_invitation_at_once_one_gets_the_role(fresh: Store) -> None:
    token, got = fresh.rights.invite(Role.OFFICIAL, by=1, now=0.0), []
    threads = [
        threading.Thread(target=lambda person=person: got.append(fresh.rights.accept(token, person, now=1.0)))
        for person in range(2, 12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, got)) == ["None"] * 9 + ["official"]
    assert len(fresh.people.all_with_roles()) == 1


def test_the_token_itself_is_not_kept(fresh: Store, tmp_path: Path) -> None:
    token = fresh.rights.invite(Role.OFFICIAL, by=1, now=0.0)
    database = Database(database_url(str(tmp_path / "state.db")))
    assert token not in str(contents(database))
    assert len(token) == TOKEN_LETTERS
    database.close()


def test_administrators_of_the_settings_cannot_be_removed(fresh: Store) -> None:
    staff = Staff(fresh, frozenset({5, 4}))
    for role in Role:
        with pytest.raises(Irremovable, match="DALIL_ADMINS"):
            staff.give(5, role, by=6, now=1.0)
    assert staff.give(6, Role.ADMINISTRATOR, by=5, now=1.0)
    assert not staff.give(6, Role.ADMINISTRATOR, by=5, now=2.0)
    assert staff.role(4) is staff.role(6) is Role.ADMINISTRATOR
    assert staff.all() == [
        Member(4, Role.ADMINISTRATOR, fixed=True),
        Member(5, Role.ADMINISTRATOR, fixed=True),
        Member(6, Role.ADMINISTRATOR, fixed=False),
    ]
    assert staff.give(6, Role.CITIZEN, by=5, now=3.0)
    assert staff.role(6) is Role.CITIZEN
    assert [deed.details["after"] for deed in fresh.audit.newest(9)] == ["citizen", "administrator"]


def test_the_last_administrator_stays_and_of_two_who_dismiss_each_other_one_does(fresh: Store) -> None:
    staff = Staff(fresh, frozenset())
    for person in (1, 2):
        staff.give(person, Role.ADMINISTRATOR, by=None, now=0.0)
    outcomes = []

    def dismissing(person: int, by: int) -> None:
        try:
            outcomes.append(staff.dismiss(person, by=by, now=1.0))
        except NotAllowed:
            outcomes.append(False)

    threads = [threading.Thread(target=dismissing, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]
    [left] = staff.all()
    with pytest.raises(LastAdministrator):
        staff.dismiss(left.person, by=left.person, now=2.0)
    assert not staff.dismiss(3, by=left.person, now=2.0)
    assert len([deed for deed in fresh.audit.newest(9) if deed.who is not None]) == 1


def test_an_invitation_is_worth_nothing_without_who_made_it(fresh: Store) -> None:
    staff = Staff(fresh, frozenset({1}))
    staff.give(2, Role.ADMINISTRATOR, by=1, now=0.0)
    token, lasting = (fresh.rights.invite(Role.OFFICIAL, by=by, now=0.0) for by in (2, 1))
    staff.dismiss(2, by=1, now=1.0)
    assert staff.accept(token, 3, now=2.0) is None
    assert staff.accept(lasting, 3, now=2.0) == Accepted(Role.OFFICIAL, 1)
    assert staff.accept(lasting, 3, now=2.0) == Accepted(Role.OFFICIAL, None)
    assert staff.accept(lasting, 4, now=2.0) is None
    staff.dismiss(3, by=1, now=3.0)
    assert staff.accept(lasting, 3, now=4.0) is None


@pytest.mark.parametrize("person", [1, 2])
def test_an_invitation_that_an_administrator_opens_stays_good_for_somebody_else(fresh: Store, person: int) -> None:
    staff = Staff(fresh, frozenset({1}))
    staff.give(2, Role.ADMINISTRATOR, by=1, now=0.0)
    token = fresh.rights.invite(Role.ADMINISTRATOR, by=1, now=0.0)
    before = fresh.audit.newest(9)
    assert staff.accept(token, person, now=1.0) == Unneeded()
    assert fresh.audit.newest(9) == before
    assert fresh.people.all_with_roles() == {2: Role.ADMINISTRATOR}, "nobody of the settings has a role beside them"
    assert staff.accept(token, 3, now=2.0) == Accepted(Role.ADMINISTRATOR, 1)
    assert staff.accept(token, person, now=3.0) is None


def test_a_change_that_is_not_written_is_not_noted_either(fresh: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("bot.state.rights.note", fail)
    with pytest.raises(RuntimeError):
        fresh.rights.give(2, Role.OFFICIAL, by=1, now=1.0)
    assert fresh.people.role(2) is Role.CITIZEN
