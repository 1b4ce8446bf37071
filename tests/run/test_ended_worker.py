"""A worker that ends after its answer, while the next article is on its way to it: no article is to blame."""

from __future__ import annotations

from collections import deque
from multiprocessing import Pipe

import pytest
from stub_pipeline import StubPipeline, articles

from taizhang.run import Workers, pool
from taizhang.run.job import Job
from taizhang.run.line import Line
from taizhang.run.outcome import Outcome


class EndsAfterOne:
    """Stands for ``Worker``: it has answered and ended before the run has read the answer."""

    def __init__(self, make: object, ruleset: str) -> None:
        self.connection, self._other = Pipe()
        self._other.send(None)
        self.ready = False
        self.jobs: deque[Job] = deque()
        self.given = 0.0

    def give(self, job: Job) -> bool:
        if not self.ready:
            return False
        if self._other.closed:
            raise BrokenPipeError
        self.jobs.append(job)
        self._other.send(Outcome.failure(job.item.document, "answered", "").to_line())
        self._other.close()
        return True

    def answer(self) -> object:
        answer = self.connection.recv()
        self.ready = True
        return answer

    def done(self) -> Job:
        return self.jobs.popleft()

    def end(self) -> int:
        self.connection.close()
        return 0


def test_what_a_worker_has_answered_counts_though_it_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "Worker", EndsAfterOne)
    jobs = (Job(article, number, f"{number}") for number, article in enumerate(articles(6)))
    done = Workers(StubPipeline, 2, apart=True).done(jobs, StubPipeline())
    reasons = [part.failed for job in done for part in (job.line or Line()).parts()]
    assert [reject and reject.reason for reject in reasons] == ["answered"] * 6
