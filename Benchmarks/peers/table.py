"""Reads a CSV with pandas' C engine, the same work as TableReading.swift.

    table.py CSV

Answers "ready", then for each line that it reads one of two numbers: seconds, and the process's peak memory in megabytes.
"""

import sys
import time

import pandas

from measuring import peak_megabytes


print("ready", flush=True)
for _ in sys.stdin:
    begun = time.perf_counter()
    table = pandas.read_csv(sys.argv[1], engine="c", dtype="float32")
    print(time.perf_counter() - begun, peak_megabytes(), flush=True)
