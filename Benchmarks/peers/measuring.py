"""What the peers share: the protocol of Contestant.swift and the same ways of timing as Clock.swift."""

import os
import sys
import time

# With ATTAR_BENCH_CLOCK=cpu the processor's time alone, for one thread on a machine that others use, too.
now = time.thread_time if os.environ.get("ATTAR_BENCH_CLOCK") == "cpu" else time.perf_counter


def peak_megabytes():
    """The most memory that this process has held, as the kernel counted it."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024 / 1e6
    except OSError:
        return float("nan")


def median_time(work):
    """The median microseconds of one call, over about 0.3 s of calls; short ones are timed ten at a time."""
    begun = now()
    work()
    once = (now() - begun) * 1e6
    group = 10 if once < 100 else 1
    repeats = max(3, min(2000, int(3e5 / max(1, once * group))))
    times = []
    for _ in range(repeats):
        begun = now()
        for _ in range(group):
            work()
        times.append((now() - begun) * 1e6 / group)
    return sorted(times)[repeats // 2]


def answer(figures, note=""):
    """Says "ready", with how the work is done, then answers each line of standard input with figures."""
    print("ready", note, flush=True)
    for _ in sys.stdin:
        print(*figures(), flush=True)
