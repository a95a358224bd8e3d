"""Builds in forked children of one process that has imported everything: many of them in little time.

`Forks` is the test's end. This file run as a script is the other: it is started with the library of `faults.c`
preloaded, learns from a first build what has to be imported, and from then on forks one child for every build.
The parent itself only parses an article, so that word lists are loaded; what it does must not outlive a fork.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

SHORT, KILL, INTERRUPT = -1, -2, -3
"""Fates of a call, beside the values of errno: half is written; the process is killed, or hears Ctrl-C, after it."""


class Forks:
    """Starts builds and says how they ended; a context manager over the process that forks them."""

    def __init__(self, library: Path, folder: Path, environment: dict[str, str]) -> None:
        self.said = folder / "said"
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self.said), str(folder / "modules")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | environment | {"LD_PRELOAD": str(library)},
        )

    def __enter__(self) -> "Forks":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def _ask(self, **request: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def learn(self, article: Path, *arguments: object) -> int:
        """The exit code of a first build; the modules that it used are then imported, and the article is parsed."""
        return self._ask(do="learn", article=str(article), arguments=[str(part) for part in arguments])

    def start(self, *arguments: object, fault: Sequence[object] = (), size: int = -1, exchange: bool = True) -> int:
        """The process of a new build, leader of its own session.

        `fault` is a folder, the number of the call in it, its fate, and whether it lasts; `size` is the limit of a
        file's size, if any; `exchange` is whether the system can exchange two folders.
        """
        words = [str(part) for part in arguments]
        return self._ask(do="start", arguments=words, fault=list(fault), size=size, exchange=exchange)

    def wait(self, process: int) -> tuple[int, str]:
        """The exit code (of a signal: less than 0) and what was said on standard output and error."""
        code = self._ask(do="wait", process=process)
        return code, self.said.read_text()

    def run(self, *arguments: object, **how: Any) -> tuple[int, str]:
        """Exit code and words of a whole build; for `how` see `start`."""
        return self.wait(self.start(*arguments, **how))

    def calls(self) -> list[str]:
        """The counted calls of the last build: a letter for the kind, and the path."""
        return self._ask(do="calls")


def serve(said: str, modules: str) -> None:
    """Answer requests from standard input until it ends."""
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(_answer(request, said, modules)), flush=True)


def _answer(request: dict[str, Any], said: str, modules: str) -> Any:
    match request["do"]:
        case "learn":
            code = _ended(_fork(request, said, modules))
            for name in Path(modules).read_text().split():
                importlib.import_module(name)
            _prepare({}, cheap=True)
            with Path(os.devnull).open("w") as nothing, contextlib.redirect_stdout(nothing):
                _main(["parse", request["article"]])
            gc.freeze()  # children need not look through what is here
            return code
        case "start":
            return _fork(request, said, None)
        case "wait":
            return _ended(request["process"])
        case _:
            return _library().fault_log().decode().splitlines()


def _ended(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    library.fault_log.restype = ctypes.c_char_p
    return library


def _fork(request: dict[str, Any], said: str, modules: str | None) -> int:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # until the child is ready for it
    process = os.fork()
    if not process:
        _build(request, said, modules)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    return process


def _build(request: dict[str, Any], said: str, modules: str | None) -> NoReturn:
    """Be the program `broadsheet`, in the child."""
    os.setsid()
    output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for descriptor in (1, 2):
        os.dup2(output, descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    code = 70
    try:
        _prepare(request, cheap=modules is None)
        code = _main(request["arguments"])
    finally:
        if modules:
            Path(modules).write_text("\n".join(name for name in sys.modules if not name.startswith("__")))
        gc.collect()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _prepare(request: dict[str, Any], cheap: bool) -> None:
    import broadsheet.build
    import broadsheet.diff.packages
    import broadsheet.earlier
    import broadsheet.package.public
    import broadsheet.passes
    import broadsheet.staging
    from broadsheet.validate import Report

    broadsheet.passes.ARTICLES_PER_SHARD = 2
    broadsheet.passes.FILES_PER_TASK = 2
    broadsheet.earlier.fingerprint_of = lambda _: "the program does not change"  # finding that out only reads
    if cheap:  # validation only reads; the tests compare every byte with a package that was validated
        broadsheet.build.validate_package = lambda _: Report((), ())
        broadsheet.package.public.validate_package = lambda _: Report((), ())
        broadsheet.diff.packages.fits_profile = lambda *_: ()
    if not request.get("exchange", True):
        broadsheet.staging._exchange = lambda *_: False
    if request.get("size", -1) >= 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["size"], request["size"]))
    if request.get("fault"):
        folder, call, fate, lasts = request["fault"]
        _library().fault_arm(folder.encode(), ctypes.c_long(call), fate, int(lasts))


def _main(arguments: list[str]) -> int:
    from broadsheet.cli import main
    from broadsheet.interrupts import ending_cleanly

    sys.argv = ["broadsheet", *arguments]
    try:
        with ending_cleanly():
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
            main()
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


if __name__ == "__main__":
    serve(*sys.argv[1:])
    os._exit(0)  # libraries that are loaded and never used have things to say at an orderly end
