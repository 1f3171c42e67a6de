"""The bot's database and the library while the bot serves."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bot.command import here
from tests.bot.played.faults.stage import ANSWER, QUESTION, Stage, timed
from tests.reports import SEEDS, with_sentence


@contextmanager
def locked(stage: Stage) -> Iterator[None]:
    """Another process writes, and does not come to an end."""
    connection = sqlite3.connect(stage.data / "state.sqlite", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("ROLLBACK")
    connection.close()


@contextmanager
def full_disk(pid: int) -> Iterator[None]:
    """No file of this process can grow."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


def test_a_database_that_cannot_be_written_is_waited_for(stage: Stage) -> None:
    people = stage.people(6)
    running = stage.ready()
    stage.answered(people[0].private(), [people[0].says(QUESTION)])
    stage.wait(stage.is_idle)
    asked = [people[0].private().messages[2]]
    with full_disk(running.process.pid):
        asked.append(people[0].says("/help"))
        stage.wait(lambda: stage.bot.delivered[-1]["message"]["message_id"] == asked[1].id)
        time.sleep(1)
        assert running.process.poll() is None
    stage.answered(people[0].private(), asked)
    questions = {}
    with locked(stage):
        questions |= {person.id: [person.says(QUESTION), person.says("/help")] for person in people[1:]}
        time.sleep(2.5)
    for person in people[1:]:
        stage.answered(person.private(), questions[person.id], timeout=20)
        assert len(person.private().bot_messages) == 2
    late = people[1].says("/help")
    with locked(stage):
        assert timed(lambda: running.stop(30)) < 10
    assert running.process.returncode == 0
    stage.ready()
    stage.answered(people[1].private(), [*questions[people[1].id], late])
    stage.is_clean(probes=3)  # of each trouble, if it went out but could not be marked as done any more


def test_a_database_that_is_locked_while_a_question_is_answered_is_waited_for(stage: Stage) -> None:
    """The lock comes at any moment of it."""
    people = stage.people(12)
    stage.ready()
    stop = threading.Event()

    def lock() -> None:
        while not stop.is_set():
            with locked(stage):
                time.sleep(0.3)
            time.sleep(0.02)

    thread = threading.Thread(target=lock)
    thread.start()
    questions = []
    for person in people:
        questions.append(person.says(QUESTION))
        time.sleep(0.1)
    time.sleep(1.5)
    stop.set()
    thread.join()
    for person, question in zip(people, questions, strict=True):
        [answer] = stage.answered(person.private(), [question], timeout=30)
        assert ANSWER in answer.text
        assert len(person.private().bot_messages) == 1
    stage.is_clean()


def test_what_is_indexed_while_it_serves_is_answered_from(stage: Stage) -> None:
    person = stage.person()
    library = stage.data.parent / "library"
    shutil.move(stage.data, library)
    stage.data.mkdir()
    running = stage.ready()
    first = person.says(QUESTION)
    [answer] = stage.answered(person.private(), [first])
    assert answer.text.startswith("لا توجد تقارير")
    assert running.fetched("/healthz")[0] == 200
    reports = stage.data.parent / "reports"
    shutil.copytree(SEEDS, reports)
    assert here("--data", stage.data, "index", reports).code == 0
    second = person.says(QUESTION)
    assert ANSWER in stage.answered(person.private(), [first, second])[1].text
    with_sentence(reports / "004_c9f28eff85eb5bad.txt", "وبلغ طول قناة الاختبار الجديدة 4567 مترا.")
    assert here("--data", stage.data, "index", reports).code == 0
    third = person.says(QUESTION)  # answered from what is open: the new generation may still be being opened
    stage.answered(person.private(), [first, second, third])
    stage.wait(lambda: "generation 2 answers now" in running.events)
    stage.answered(person.private(), [first, second, third, person.says(QUESTION)])
    assert stage.stored("SELECT generation FROM answers ORDER BY created") in ([(1,), (1,), (2,)], [(1,), (2,), (2,)])
    stage.is_clean()


def test_another_process_with_the_same_data_waits_and_takes_over(stage: Stage) -> None:
    people = stage.people(3)
    first = stage.ready()
    second = stage.start()
    stage.wait(lambda: "another process serves this data; waiting until it ends" in second.events)
    assert second.fetched("/healthz")[0] == 503
    asked = {person.id: [person.says(QUESTION), person.says("/help")] for person in people}
    stage.wait(lambda: people[0].private().bot_messages)
    first.kill()
    second.ready()
    for person in people:
        stage.answered(person.private(), asked[person.id])
        assert len(person.private().bot_messages) == 2
    assert stage.double.conflicts == 0
    third = stage.start()
    stage.wait(lambda: third.events)
    assert third.stop() == 0
    assert second.fetched("/healthz")[0] == 200
    assert second.stop() == 0
    stage.is_clean(probes=8)
