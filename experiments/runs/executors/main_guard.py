"""Scripts that worker processes would run again: a worker imports its parent's main script first of all."""

from __future__ import annotations

import ast
import os
import sys
import threading
import tokenize
from types import FrameType

from sim.errors import InputError

GUARD = "a script that uses executor={} needs its calls under  if __name__ == '__main__':"

NO_FILE = "a script that uses executor={} must be a file that its workers can read, which {} is not"

SIGNS = ("__name__", "current_process")
"""What the condition of a guard has in it."""


def check_main_guard(executor: str) -> None:
    """Raises ``InputError`` when every worker would come to the call in hand, too, and start workers of its own.

    That is the case when the main script has come to it, or to where it waits for the thread that calls, without an
    ``if`` that has one of ``SIGNS`` in it.
    """
    main = sys.modules["__main__"]
    file, name = getattr(main, "__file__", None), getattr(main.__spec__, "name", "")
    if file is None or name.rpartition(".")[2] == "__main__":  # a notebook, a console or a package: not imported again
        return
    if not os.path.isfile(file):
        raise InputError(NO_FILE.format(executor, file))
    frames = sys._current_frames()
    for thread in (threading.get_ident(), threading.main_thread().ident):
        frame: FrameType | None = frames.get(thread or 0)
        while frame is not None:
            if frame.f_code.co_filename == file and frame.f_code.co_name == "<module>":
                if not _is_guarded(file, frame.f_lineno):
                    raise InputError(GUARD.format(executor))
                return
            frame = frame.f_back


def _is_guarded(file: str, line: int) -> bool:
    try:
        with tokenize.open(file) as source:
            tree = ast.parse(source.read())
    except (OSError, SyntaxError, UnicodeDecodeError):
        return True  # no script that can be read
    tests = (ast.unparse(node.test) for node in ast.walk(tree) if isinstance(node, ast.If) and node.lineno <= line)
    return any(sign in test for test in tests for sign in SIGNS)
