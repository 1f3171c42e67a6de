from __future__ import annotations

import os

import pytest

from bot.administration_notices.reasons import failure
from bot.jobs.foreseeing import foresee
from bot.jobs.requests import new_job
from bot.jobs.troubles import Kind, Trouble, trouble_in
from bot.phrases import phrases
from bot.shelf.errors import NotStaged, StaleProposal
from bot.shelf.proposing import Change
from bot.shelf.questions import Canary
from bot.state.values import Job, JobState
from index.lock import building
from tests.bot.jobs.office import Office, kill, processes_of, until
from tests.bot.shelf.place import REPORT
from tests.index.builds import first_excerpt
from tests.reports import QUESTION, SEEDS

SEED_NAMES = {path.name for path in SEEDS.glob("*.txt")}
FIBRE = "000_eb0f53fc6f890393.txt"
CANARY = Canary(text=QUESTION, document=FIBRE)


def test_what_was_asked_for_is_built_and_switched_to(office: Office) -> None:
    staged = office.stage(title="مدارس هايفونغ")
    asked = office.queue.ask(Change(publish=(staged.id,), withdraw=(FIBRE,)), by=7)
    job = office.ended(asked)
    assert (job.state, job.generation, job.asked_by, job.error) == (JobState.DONE, 2, 7, None), job
    assert job.result["documents"] == 5
    assert job.result["embedded"] == 1
    assert office.place.names == {*SEED_NAMES, "مدارس.txt"} - {FIBRE}
    assert "مدارس.txt" in office.place.files
    assert office.dalil.shelf.staged() == []


def test_what_a_change_would_do_is_told_before(office: Office) -> None:
    staged = office.stage()
    with office.dalil.reading_room() as room:
        office.dalil.shelf.inspect(staged.id, room, None)
    first = foresee(office.dalil, office.store, Change(publish=(staged.id,), withdraw=(FIBRE,)))
    assert (first.new, first.changed, first.removed) == (("مدارس.txt",), (), (FIBRE,))
    assert set(first.unchanged) == SEED_NAMES - {FIBRE}
    assert (first.embedded, first.seconds) == (1, None)
    assert office.ended(office.queue.ask(Change(publish=(staged.id,)), None)).state is JobState.DONE
    second = foresee(office.dalil, office.store, Change(withdraw=(FIBRE,)))
    assert second.seconds is not None
    assert 0 < second.seconds < 60
    with pytest.raises(NotStaged):
        foresee(office.dalil, office.store, Change(publish=(staged.id,)))


def test_two_changes_asked_at_once_are_made_one_after_the_other(office: Office) -> None:
    other = Office.open(office.data)
    one = office.queue.ask(Change(publish=(office.stage(name="a.txt").id,)), 1)
    two = other.queue.ask(Change(publish=(other.stage(f"{REPORT}زيادة.", "b.txt").id,)), 2)
    assert [job.id for job in other.queue.before(two)] in ([one.id], [])
    done = [office.ended(each) for each in (one, two)]
    assert [(job.state, job.generation) for job in done] == [(JobState.DONE, 2), (JobState.DONE, 3)]
    assert office.place.names == {*SEED_NAMES, "a.txt", "b.txt"}
    until(other.work_is_over)
    other.store.close()


def test_a_document_that_cannot_be_read_is_refused_and_stays_staged(office: Office) -> None:
    good, bad = office.stage(), office.stage("\0\0\0", "bad.txt")
    job = office.ended(office.queue.ask(Change(publish=(good.id, bad.id)), None))
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert job.error.startswith("bad.txt cannot be published: is not a text file")
    assert office.place.names == SEED_NAMES
    assert len(office.dalil.shelf.staged()) == 2
    until(office.work_is_over)
    assert office.dalil.generations.waiting() == ()


def test_a_change_of_nothing_makes_no_generation(office: Office) -> None:
    job = office.ended(office.queue.ask(Change(), None))
    assert (job.state, job.generation, job.result["unchanged"]) == (JobState.DONE, None, True)
    assert office.dalil.generations.numbers() == (1,)


def test_a_job_that_is_stopped_is_gone_and_leaves_everything_as_it_was(busy: Office) -> None:
    before = busy.place.files
    staged = busy.stage()
    job = busy.queue.ask(Change(publish=(staged.id,)), 7)
    builder = busy.under_way(job)
    assert os.sched_getscheduler(builder) == os.SCHED_IDLE
    assert os.getpriority(os.PRIO_PROCESS, builder) == 19
    assert busy.job(job).seconds_left(10e9) is not None
    assert len(processes_of(builder)) >= 1
    assert busy.queue.stop(job.id, by=7)
    until(lambda: processes_of(builder) == [], lambda: str(processes_of(builder)))
    assert busy.job(job).state is JobState.STOPPED
    assert not busy.queue.stop(job.id, by=7)
    assert (busy.place.names, busy.place.files) == (SEED_NAMES, before)
    assert [each.id for each in busy.dalil.shelf.staged()] == [staged.id]
    assert first_excerpt(busy.data, QUESTION)
    until(busy.work_is_over)


def test_after_a_stop_the_next_in_the_queue_has_its_turn(busy: Office) -> None:
    first = busy.queue.ask(Change(), 7)
    busy.under_way(first)
    second = busy.queue.ask(Change(withdraw=(FIBRE,)), 8)
    third = busy.queue.ask(Change(withdraw=(FIBRE,)), 8)
    assert busy.queue.stop(third.id, by=7)
    assert busy.queue.stop(first.id, by=7)
    assert busy.ended(second).state is JobState.DONE
    assert FIBRE not in busy.place.names


def test_a_job_whose_process_was_killed_is_taken_up_again(busy: Office) -> None:
    staged = busy.stage()
    job = busy.queue.ask(Change(publish=(staged.id,)), 7)
    builder = busy.under_way(job)
    kill(builder)
    until(busy.work_is_over)
    assert busy.job(job).state is JobState.BUILDING
    assert busy.place.names == SEED_NAMES
    restarted = Office.open(busy.data)
    restarted.queue.start()
    ended = restarted.ended(job)
    assert (ended.state, ended.attempts) == (JobState.DONE, 2)
    assert "مدارس.txt" in busy.place.names
    assert len(busy.place.names) == 1506
    until(restarted.work_is_over)
    restarted.store.close()
    left = {path.name for path in (busy.data / "generations").iterdir()}
    assert left == {"000001", "000002"}


def test_a_job_whose_processes_keep_dying_is_stopped_and_says_so(office: Office) -> None:
    dead = Job("dead", "change", 7, 1.0, {"publish": [], "withdraw": []}, JobState.BUILDING, attempts=3, begun=1.0)
    office.store.jobs.add(dead)
    office.queue.start()
    ended = office.ended(dead)
    assert (ended.state, ended.error) == (JobState.STOPPED, "its process died 3 times")


def test_a_build_of_somebody_else_is_waited_for(office: Office) -> None:
    with building(office.data):
        job = office.queue.ask(Change(withdraw=(FIBRE,)), 7)
        until(office.work_is_over)
        assert office.job(job).state is JobState.QUEUED
    office.queue.start()
    assert office.ended(job).state is JobState.DONE


def test_a_generation_that_answers_a_question_worse_waits_for_a_decision(office: Office) -> None:
    office.dalil.shelf.questions.add(CANARY)
    office.dalil.shelf.questions.add(Canary(text="ما حالة الطقس غدًا؟", document="x.txt"))
    before = office.place.files
    job = office.ended(office.queue.ask(Change(withdraw=(FIBRE,)), 7))
    assert (job.state, job.result["failed"]) == (JobState.WAITING, [QUESTION])
    assert (office.place.names, office.place.files) == (SEED_NAMES, before)
    behind = office.queue.ask(Change(publish=(office.stage().id,)), 8)
    until(office.work_is_over)
    assert office.job(behind).state is JobState.QUEUED, "nothing is built upon what nobody has decided"
    restarted = Office.open(office.data)
    restarted.queue.start()
    until(restarted.work_is_over)
    assert restarted.job(job).state is JobState.WAITING
    assert restarted.queue.drop(job.id, by=7)
    assert not restarted.queue.drop(job.id, by=7)
    assert restarted.ended(behind).state is JobState.DONE
    assert office.place.names == {*SEED_NAMES, "مدارس.txt"}
    assert office.dalil.generations.waiting() == ()
    until(restarted.work_is_over)
    restarted.store.close()


def test_a_worse_generation_is_switched_to_all_the_same_if_somebody_says_so(office: Office) -> None:
    office.dalil.shelf.questions.add(CANARY)
    job = office.ended(office.queue.ask(Change(withdraw=(FIBRE,)), 7))
    until(office.work_is_over)
    assert office.queue.switch_anyway(job.id, by=7)
    assert not office.queue.switch_anyway(job.id, by=7)
    assert office.job(job).state is JobState.DONE
    assert office.place.names == SEED_NAMES - {FIBRE}
    assert FIBRE not in office.place.files


def test_a_waiting_generation_is_not_switched_to_once_the_library_is_another(office: Office) -> None:
    done = office.ended(office.queue.ask(Change(publish=(office.stage().id,)), 7))
    until(office.work_is_over)
    office.dalil.shelf.questions.add(CANARY)
    job = office.ended(office.queue.ask(Change(withdraw=(FIBRE,)), 7))
    until(office.work_is_over)
    office.dalil.shelf.bring_back(1)
    behind = office.queue.ask(Change(publish=(office.stage(f"{REPORT}زيادة.", "زيادة.txt").id,)), 8)
    until(office.work_is_over)
    with pytest.raises(StaleProposal):
        office.queue.switch_anyway(job.id, by=7)
    assert done.generation == 2
    assert office.job(job).state is JobState.FAILED
    assert office.ended(behind).state is JobState.DONE, "what comes behind it is begun at once"
    office.dalil.shelf.bring_back(1)
    assert (office.place.names, office.dalil.generations.live()) == (SEED_NAMES, 1)


def test_a_switch_whose_process_died_is_told_by_what_is_live(office: Office) -> None:
    office.dalil.shelf.questions.add(CANARY)
    waiting = office.ended(office.queue.ask(Change(withdraw=(FIBRE,)), 7))
    until(office.work_is_over)
    request = {"publish": [], "withdraw": [FIBRE]}
    done = Job("done", "change", 7, 1.0, request, JobState.SWITCHING, attempts=1, begun=1.0, generation=1)
    office.store.jobs.add(done)
    assert office.store.jobs.move(waiting.id, JobState.WAITING, JobState.SWITCHING)
    office.queue.start()
    assert office.ended(done).state is JobState.DONE, "its generation is live"
    assert office.ended(waiting).state is JobState.WAITING, "it was not switched to: somebody decides again"
    until(office.work_is_over)
    assert office.queue.switch_anyway(waiting.id, by=7)
    assert FIBRE not in office.place.names


def test_what_nobody_waits_for_is_removed(office: Office) -> None:
    office.dalil.shelf.questions.add(CANARY)
    job = office.ended(office.queue.ask(Change(withdraw=(FIBRE,)), 7))
    until(office.work_is_over)
    assert office.store.jobs.move(job.id, JobState.WAITING, JobState.STOPPED)
    office.queue.start()
    until(office.work_is_over)
    assert office.dalil.generations.waiting() == ()


def test_a_job_whose_document_is_gone_says_what_it_was_called(office: Office) -> None:
    staged = office.stage(title="مدارس هايفونغ")
    job = new_job(Change(publish=(staged.id,)), 7)
    office.queue.put(job)
    office.dalil.shelf.discard(staged.id)
    office.queue.start()
    failed = office.ended(job)
    assert failed.state is JobState.FAILED
    assert trouble_in(failed) == Trouble.of(Kind.GONE, name="مدارس هايفونغ")
    assert "مدارس هايفونغ" in failure(failed, phrases("ar"))
    assert staged.id not in failure(failed, phrases("ar"))
