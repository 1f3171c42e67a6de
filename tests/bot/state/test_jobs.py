from __future__ import annotations

from pathlib import Path

from bot.state.store import Store
from bot.state.values import Job, JobState


def test_jobs_take_turns_in_the_order_in_which_they_were_asked(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "state.db")) as store:
        for name, asked in (("b", 2.0), ("a", 1.0), ("c", 3.0)):
            store.jobs.add(Job(name, "change", None, asked, {"publish": [name]}))
        first = store.jobs.next()
        assert first == Job("a", "change", None, 1.0, {"publish": ["a"]})
        for state in (JobState.BUILDING, JobState.WAITING, JobState.SWITCHING):
            before = store.jobs.get("a")
            assert before
            assert store.jobs.move("a", before.state, state)
            assert store.jobs.next() is None
        assert store.jobs.move("a", JobState.SWITCHING, JobState.DONE, ended=5.0, generation=2)
        following = store.jobs.next()
        assert following
        assert following.id == "b"
        assert [job.id for job in store.jobs.newest(2)] == ["c", "b"]


def test_of_two_who_change_a_job_at_once_one_does(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "state.db")) as store:
        store.jobs.add(Job("a", "change", 7, 1.0, {}))
        assert store.jobs.move("a", JobState.QUEUED, JobState.BUILDING, begun=1.0)
        assert store.jobs.progress("a", "read", 1, 4)
        assert store.jobs.move("a", JobState.BUILDING, JobState.STOPPED, ended=2.0)
        assert not store.jobs.move("a", JobState.BUILDING, JobState.SWITCHING)
        assert not store.jobs.progress("a", "read", 2, 4)
        kept = store.jobs.get("a")
        assert kept
        assert (kept.state, kept.step, kept.done, kept.total) == (JobState.STOPPED, "read", 1, 4)


def test_the_time_left_is_told_by_the_time_gone(tmp_path: Path) -> None:
    job = Job("a", "change", None, 1.0, {}, JobState.BUILDING, step="read", done=1, total=4, begun=10.0)
    assert job.seconds_left(12.0) == 6.0
    assert Job("a", "change", None, 1.0, {}, JobState.BUILDING, begun=10.0, total=4).seconds_left(12.0) is None
    assert Job("a", "change", None, 1.0, {}).seconds_left(12.0) is None


def test_who_is_forgotten_is_not_named_by_their_jobs_and_ended_ones_go(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "state.db")) as store:
        store.jobs.add(Job("a", "change", 7, 1.0, {}))
        store.jobs.add(Job("b", "change", 7, 2.0, {}, JobState.DONE, ended=3.0))
        store.people.forget(7)
        assert [job.asked_by for job in store.jobs.newest(9)] == [None, None]
        assert store.jobs.purge(older_than=4.0) == 1
        assert [job.id for job in store.jobs.newest(9)] == ["a"]
