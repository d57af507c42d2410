"""Talks to the judge's process: starts it, waits within a limit, starts it again after its death."""

import atexit
import json
import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from autograder.course import REPOSITORY

LOADING_SECONDS = 60
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
        self._command = command or (sys.executable, "-m", "autograder.judge_worker")
        self._process: subprocess.Popen[str] | None = None
        self._fresh = True
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="judge")

    def start(self) -> None:
        """Starts the process if none is running; loading Keras takes it some seconds."""
        if self._process is not None and self._process.poll() is None:
            return
        self.stop()
        environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                text=True, encoding="utf-8", cwd=REPOSITORY, env=environment,
            )  # fmt: skip
        self._fresh = True

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
                reply = waiting.result(self._seconds + (LOADING_SECONDS if self._fresh else 0))
            except TooLong:
                self.stop()
                return _unjudged(f"The judge took longer than {self._seconds:g} seconds.")
            except OSError:
                reply = ""
            if reply:
                self._fresh = False
                answer: Answer = json.loads(reply)
                return answer
            self.stop()
        return _unjudged("The judge's process ended twice without an answer; see grader.log.")

    def stop(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written has no reader any more
                    pipe.close()

    def _exchange(self, line: str) -> str:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return ""
        process.stdin.write(line + "\n")
        process.stdin.flush()
        return process.stdout.readline()


@cache
def judge_client(log: Path) -> JudgeClient:
    """Returns this process's client for a course, which ends with this process."""
    client = JudgeClient(log)
    atexit.register(client.stop)
    return client


def _unjudged(reason: str) -> Answer:
    return {"outcome": "unjudged", "hint": reason}
