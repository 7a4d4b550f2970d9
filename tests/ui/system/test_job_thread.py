import threading

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from workbench.ui.system.job_thread import JobThread


def test_that_jobs_are_done_one_after_another_in_another_thread():
    jobs, done = JobThread("jobs"), []
    for number in range(20):
        jobs.start(lambda number=number: done.append((number, threading.current_thread().name)))
    assert jobs.finish(5000)
    assert done == [(number, "jobs") for number in range(20)]


def test_that_waiting_ends_with_the_time_given():
    jobs, go_on = JobThread("jobs"), threading.Event()
    jobs.start(go_on.wait)
    assert not jobs.finish(20)
    go_on.set()
    assert jobs.finish(5000)


class Owner(QObject):
    done = Signal(int)

    def __init__(self):
        super().__init__()
        self.jobs = JobThread("jobs")


def test_that_an_owner_can_be_deleted_while_a_job_runs(qapp):
    owner, go_on, jobs = Owner(), threading.Event(), []
    emitted = owner.done
    owner.jobs.start(go_on.wait)
    owner.jobs.start(lambda: emitted.emit(1))
    jobs.append(owner.jobs)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete.value)
    go_on.set()
    assert jobs[0].finish(5000)
    jobs[0].start(lambda: jobs.append("still works"))
    assert jobs[0].finish(5000)
    assert jobs[1] == "still works"
