"""The command `broadsheet`, also as `python -m broadsheet`."""

import os
import signal

from broadsheet.interrupts import ending_cleanly


def main() -> None:
    """Run the command line, ready for Ctrl-C before anything else is loaded; the process ends afterwards."""
    try:
        with ending_cleanly():
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of numpy take time to start
            from broadsheet import cli

            cli.main()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # there is nothing left to interrupt


if __name__ == "__main__":
    main()
