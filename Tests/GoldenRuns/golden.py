"""Runs the command on small data and tells whether it gives what it gave before.

    golden.py record BINARY FOLDER [NAME ...]   runs all, or the named, golden runs and keeps everything they write in FOLDER/NAME
    golden.py compare OLD NEW [NAME ...]        compares two such folders to the bit; with --tolerant as the tests do
    golden.py keep FOLDER                       writes what the tests compare with, from a recorded folder, into expected/
    golden.py check BINARY [NAME ...]           runs and compares with expected/, or what --expected=FOLDER names, within the tolerances of
                                                comparison.py
    golden.py list                              the names, and what each run covers

Where anything differs, the exit status is 1. ONNX Runtime is taken from the environment's ATTAR_ONNXRUNTIME, else from what
scripts/fixtures.sh installed. Needs Python alone.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import comparison
import data
import runs
import summary

HERE = os.path.dirname(os.path.abspath(__file__))
# What a run finds beside it, and what is not kept of it.
GIVEN = {"data", "models", "Datasets"}


def chosen(names):
    """The runs of the given names; all where none is given."""
    unknown = set(names) - {run.name for run in runs.ALL}
    if unknown:
        sys.exit(f"golden.py: there is no run {', '.join(sorted(unknown))}; 'golden.py list' names them")
    return [run for run in runs.ALL if not names or run.name in names]


def steady(names):
    """Those of the named runs that give the same on every machine, but for digits."""
    return [run for run in chosen(names) if run.is_steady]


def runtime():
    """Where ONNX Runtime is."""
    if "ATTAR_ONNXRUNTIME" in os.environ:
        return os.environ["ATTAR_ONNXRUNTIME"]
    cache = os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache"))
    for folder, _, files in os.walk(os.path.join(cache, "attar/fixtures/python/lib")):
        for name in files:
            if name.startswith("libonnxruntime.") and ".so" in name + ".so":
                return os.path.join(folder, name)
    sys.exit("golden.py: there is no ONNX Runtime: run scripts/fixtures.sh, or name its library in ATTAR_ONNXRUNTIME")


def record(binary, run, folder):
    """Runs the commands of one run in a fresh folder that keeps what they write."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    data.make(os.path.join(folder, "data"))
    os.symlink(os.path.join(HERE, "models"), os.path.join(folder, "models"))
    os.symlink(os.path.join(HERE, "../../Datasets"), os.path.join(folder, "Datasets"))
    for name, text in run.files.items():
        data.write(folder, name, text)
    environment = dict(os.environ, SOURCE_DATE_EPOCH="1700000000", ATTAR_ONNXRUNTIME=runtime(), LC_ALL="C.UTF-8", TZ="UTC")
    statuses = []
    for place, words in enumerate(run.commands):
        with open(os.path.join(folder, f"{place}.out"), "wb") as output, open(os.path.join(folder, f"{place}.words"), "wb") as said:
            done = subprocess.run(
                [os.path.abspath(binary), *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=said)
        statuses.append(done.returncode)
    data.write(folder, "statuses.json", json.dumps(statuses))
    shutil.rmtree(os.path.join(folder, "data"))
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.islink(path):
            os.remove(path)
        elif os.path.isdir(path):
            shutil.rmtree(path)


def recorded(binary, all_of, folder):
    """Runs several runs, two at a time."""
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda run: record(binary, run, os.path.join(folder, run.name)), all_of))


def told(found):
    """Prints the differences by run; the exit status."""
    different = 0
    for name, differences in found:
        print(f"{'same   ' if not differences else 'DIFFERS'} {name}")
        for difference in differences[:40]:
            print(f"    {difference}")
        if len(differences) > 40:
            print(f"    and {len(differences) - 40} more")
        different += bool(differences)
    if different:
        print(f"{different} of {len(found)} runs differ")
    return min(1, different)


def compare(old, new, names, tolerant):
    """The differences between two recorded folders."""
    for run in steady(names) if tolerant else chosen(names):
        before, after = (summary.read(os.path.join(folder, run.name)) for folder in (old, new))
        if tolerant:
            yield run.name, comparison.tolerant(comparison.thinned(before), comparison.thinned(after))
        else:
            yield run.name, comparison.exact(before, after)


def keep(folder, expected):
    """Writes what the tests compare with."""
    os.makedirs(expected, exist_ok=True)
    for run in steady([]):
        kept = comparison.thinned(summary.read(os.path.join(folder, run.name)))
        with open(os.path.join(expected, f"{run.name}.json"), "w", encoding="utf-8") as stream:
            stream.write(written(kept) + "\n")


def written(value, depth=4):
    """JSON in lines that are neither whole files nor single numbers."""
    if depth == 0 or not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    members = (f"{json.dumps(key, ensure_ascii=False)}: {written(value[key], depth - 1)}" for key in sorted(value))
    return "{\n" + ",\n".join(members) + "\n}"


def check(binary, names, expected):
    """The differences between what a binary gives and what it is to give."""
    with tempfile.TemporaryDirectory() as folder:
        recorded(binary, steady(names), folder)
        for run in steady(names):
            found = comparison.thinned(summary.read(os.path.join(folder, run.name)))
            with open(os.path.join(expected, f"{run.name}.json"), encoding="utf-8") as stream:
                yield run.name, comparison.tolerant(json.load(stream), found)


def main(arguments):
    tolerant = "--tolerant" in arguments
    expected = next((word.split("=", 1)[1] for word in arguments if word.startswith("--expected=")), os.path.join(HERE, "expected"))
    match [word for word in arguments if not word.startswith("--")]:
        case ["record", binary, folder, *names]:
            recorded(binary, chosen(names), folder)
        case ["compare", old, new, *names]:
            return told(list(compare(old, new, names, tolerant)))
        case ["keep", folder]:
            keep(folder, expected)
        case ["check", binary, *names]:
            return told(list(check(binary, names, expected)))
        case ["list"]:
            for run in runs.ALL:
                print(f"{run.name}: {run.covers}")
        case _:
            sys.exit(__doc__)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
