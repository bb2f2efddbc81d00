#!/usr/bin/env python3
"""Writes the tables of the packages that setup.sh fetched as CSV files, target last and called `target`: python3 write.py FOLDER.

Rows without a target are left out, and so are columns that name rows or repeat the target.
"""
import bz2
import gzip
import lzma
import pathlib
import sys
import warnings
import zlib

import pandas
import rdata
from sklearn import datasets

# package, data set, target, columns left out
TABLES = [
    ("mlbench", "BreastCancer", "Class", ["Id"]),
    ("mlbench", "BostonHousing", "medv", []),
    ("mlbench", "DNA", "Class", []),
    ("mlbench", "Glass", "Type", []),
    ("mlbench", "HouseVotes84", "Class", []),
    ("mlbench", "Ionosphere", "Class", []),
    ("mlbench", "Ozone", "V4", []),
    ("mlbench", "PimaIndiansDiabetes", "diabetes", []),
    ("mlbench", "Sonar", "Class", []),
    ("mlbench", "Soybean", "Class", []),
    ("mlbench", "Vehicle", "Class", []),
    ("mlbench", "Vowel", "Class", []),
    ("modeldata", "attrition", "Attrition", []),
    ("modeldata", "cells", "class", ["case"]),
    ("modeldata", "concrete", "compressive_strength", []),
    ("modeldata", "credit_data", "Status", []),
    ("modeldata", "Chicago", "ridership", ["date"]),
    ("modeldata", "Sacramento", "price", []),
    ("modeldata", "hpc_data", "class", []),
    ("modeldata", "stackoverflow", "Remote", []),
    ("modeldata", "two_class_dat", "Class", []),
]


def unpacked(block: bytes) -> bytes:
    """One block of a lazy-load data base: its length, in some a letter for the compression, and the compressed bytes."""
    kind, rest = block[4:5], block[5:]
    if kind == b"2":
        return bz2.decompress(rest)
    if kind == b"Z":
        return lzma.decompress(rest, format=lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2, "preset": 6}])
    return zlib.decompress(block[4:])


def read(data: pathlib.Path, name: str) -> pandas.DataFrame | None:
    """A data set of an R package, which keeps each in a file of its own or all in a lazy-load data base; None where there is none of the name."""
    if (data / f"{name}.rda").exists():
        return rdata.read_rda(str(data / f"{name}.rda"))[name]
    if not (data / "Rdata.rdx").exists():
        return None
    places = rdata.conversion.convert(rdata.parser.parse_data(gzip.decompress((data / "Rdata.rdx").read_bytes())))["variables"]
    if name not in places:
        return None
    start, length = (int(number) for number in places[name])
    block = (data / "Rdata.rdb").read_bytes()[start : start + length]
    return rdata.conversion.convert(rdata.parser.parse_data(unpacked(block)))


def written(frame: pandas.DataFrame, target: str, path: pathlib.Path) -> None:
    frame = frame[frame[target].notna()]
    values = frame.pop(target)
    # Classes that are numbers would be taken for values where there are many.
    frame["target"] = values
    frame.to_csv(path, index=False)
    print(path.name, *frame.shape)


def main(folder: pathlib.Path) -> None:
    warnings.simplefilter("ignore")
    for package, name, target, left_out in TABLES:
        data = folder / f"packages/r-cran-{package.lower()}/usr/lib/R/site-library/{package}/data"
        frame = read(data, name)
        if frame is None:
            print(f"{package} has no {name}", file=sys.stderr)
            continue
        written(frame.drop(columns=left_out), target, folder / f"{name}.csv")
    for name, load in [("digits", datasets.load_digits), ("wine", datasets.load_wine), ("diabetes", datasets.load_diabetes)]:
        data = load(as_frame=True)
        target = data.target.map("class {}".format) if name != "diabetes" else data.target
        written(data.data.assign(target=target), "target", folder / f"{name}.csv")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
