"""Talks to the judge's process: starts it, waits within a limit, starts it again after its death."""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

from autograder.course import REPOSITORY
from autograder.kernels import warm
from autograder.kernels.warm import zygotes
from autograder.kernels.warm_process import NoZygote, WarmProcess

LOADING_SECONDS = 60
REQUESTS = 2000
"""After so many another process takes over: TensorFlow gathers memory, and its zygote waits for its end."""
Answer = dict[str, Any]


class JudgeClient:
    """A judge's process, started at the first request or by `start`.

    Args:
        log: File for what the process writes to stderr.
        seconds: How long one judgement may take; the first, which loads Keras, may take a minute more.
        command: The process, for tests.
    """

    def __init__(self, log: Path, seconds: float = 120, command: tuple[str, ...] = ()) -> None:
        self._log = log
        self._seconds = seconds
        self._command = command
        self._process: subprocess.Popen[bytes] | WarmProcess | None = None
        self._pipes: tuple[IO[str], ...] = ()
        self._answered = 0  # by the current process
        self._starting = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="judge")

    def start(self) -> None:
        """Starts the process if none is running; loading Keras takes it some seconds."""
        with self._starting:
            if self._process is not None and self._process.poll() is None:
                return
            self.stop()
            requests, answers = os.pipe(), os.pipe()
            try:
                with self._log.open("a") as log:
                    process = self._begin(requests[0], answers[1], log)
            except OSError:
                for end in (requests[1], answers[0]):
                    os.close(end)
                raise
            finally:
                for end in (requests[0], answers[1]):
                    os.close(end)
            ends = os.fdopen(requests[1], "w", encoding="utf-8"), os.fdopen(answers[0], encoding="utf-8")
            self._process, self._pipes, self._answered = process, ends, 0

    def ask(self, **request: Any) -> Answer:
        """Returns the judge's answer; if there is none, one with the outcome `"unjudged"` and the reason."""
        line = json.dumps(request)
        for _ in range(2):
            try:
                self.start()
            except OSError as error:
                return _unjudged(f"The judge does not start: {error}")
            waiting: Future[str] = self._thread.submit(self._exchange, line)
            try:
                reply = waiting.result(self._seconds + (0 if self._answered else LOADING_SECONDS))
            except TooLong:
                self.stop()
                return _unjudged(f"The judge took longer than {self._seconds:g} seconds.")
            except (OSError, ValueError):  # its process is gone, or was stopped by another thread
                reply = ""
            if reply:
                answer: Answer = json.loads(reply)
                self._answered += 1
                if self._answered >= REQUESTS:
                    self.stop()
                return answer
            self.stop()
        return _unjudged(f"The judge's process ended twice without an answer; see {self._log.name}.")

    def draw(self, lab: str, seeds: Mapping[str, str]) -> dict[str, Any]:
        """Returns the cases of each check, as `cvlabs.checks.cases` packs them.

        Raises:
            RuntimeError: The judge does not answer.
        """
        answer = self.ask(lab=lab, draw=dict(seeds))
        if "cases" not in answer:
            raise RuntimeError(f"no cases were drawn: {answer.get('hint')}")
        cases: dict[str, Any] = answer["cases"]
        return cases

    def stop(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        for pipe in self._pipes:
            with suppress(OSError):  # what was still to be written has no reader any more
                pipe.close()

    def _begin(self, requests: int, answers: int, log: IO[str]) -> subprocess.Popen[bytes] | WarmProcess:
        """Starts the process: warm, from the zygote, which never runs a stranger's code itself, or cold."""
        own = {name: os.environ[name] for name in ("HOME", "XDG_CACHE_HOME") if name in os.environ}
        environment = warm.environment() | own  # where evidence is kept, see `kept`
        if not self._command:
            request = {"role": "judge", "environment": environment, "folder": "/", "path": str(REPOSITORY)}
            with suppress(NoZygote):
                return zygotes().fork(request, [requests, answers, log.fileno()])
        command = self._command or (sys.executable, "-m", "autograder.judging.worker")
        return subprocess.Popen(
            command, stdin=requests, stdout=answers, stderr=log, cwd=REPOSITORY, env=os.environ | environment
        )

    def _exchange(self, line: str) -> str:
        requests, answers = self._pipes
        requests.write(line + "\n")
        requests.flush()
        return answers.readline()


@cache
def judge_client(log: Path) -> JudgeClient:
    """Returns this process's client for a course, which ends with this process."""
    client = JudgeClient(log)
    atexit.register(client.stop)
    return client


def _unjudged(reason: str) -> Answer:
    return {"outcome": "unjudged", "hint": reason}
