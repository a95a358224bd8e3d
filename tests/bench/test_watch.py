import subprocess
import sys

import pytest

from bench.watch import START, watch

PROGRAM = """
import subprocess, sys, time

def say(stage):
    print(stage, file=sys.stderr, flush=True)

def burn(seconds):
    return f"import time\\nwhile time.process_time() < {seconds}: pass"

say("large")
block = b"x" * 120_000_000
time.sleep(0.3)
del block
say("unknown")
say("busy")
subprocess.run([sys.executable, "-c", burn(0.5)])
say("two")
worker = [sys.executable, "-c", "import time; a = b'x' * 60_000_000; time.sleep(0.6)"]
workers = [subprocess.Popen(worker) for _ in "ab"]
for worker in workers:
    worker.wait()
"""


@pytest.fixture(scope="module")
def watched():
    return watch([sys.executable, "-c", PROGRAM], ["large", "busy", "two"])


@pytest.fixture(scope="module")
def stages(watched):
    return {stage.name: stage for stage in watched.stages}


def test_lines_that_are_stages_begin_them(stages):
    assert list(stages) == [START, "large", "busy", "two"]


def test_memory_is_that_of_the_stage_that_took_it(stages):
    assert 120e6 < stages["large"].memory < 180e6
    assert stages["large"].main >= 120e6
    assert stages["busy"].main < 120e6


def test_memory_of_all_processes_is_summed_up(stages):
    assert 120e6 < stages["two"].memory < 200e6
    assert stages["two"].main < 60e6


def test_processor_time_of_a_child_counts_in_its_stage(stages):
    assert stages["busy"].cpu >= 0.45
    assert stages["large"].cpu < 0.45


def test_the_whole_is_the_sum_of_times_and_the_highest_of_peaks(watched):
    assert watched.whole.cpu == pytest.approx(sum(stage.cpu for stage in watched.stages), abs=0.05)
    assert watched.whole.seconds == pytest.approx(sum(stage.seconds for stage in watched.stages), abs=0.05)
    assert watched.whole.memory == max(stage.memory for stage in watched.stages)
    assert watched.largest >= 0.95 * watched.whole.main  # the system counts pages in batches


def test_a_command_that_fails_says_why():
    with pytest.raises(subprocess.CalledProcessError) as caught:
        watch([sys.executable, "-c", "raise SystemExit('no such thing')"], [])
    assert caught.value.stderr == "no such thing"
