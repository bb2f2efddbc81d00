#!/usr/bin/env python3
"""Writes the bundled data sets into Datasets/, from the packages that carry them.

Needs scikit-learn (digits, breast cancer, diabetes), R and the Debian package r-cran-modeldata (concrete).
The files are committed: run this only to check where they come from. The same input gives the same bytes.

    python3 scripts/make_datasets.py [FOLDER]
"""

import csv
import io
import pathlib
import subprocess
import sys

from sklearn import datasets


def number(value):
    """The shortest text that reads back as the same number, whole numbers without a fraction."""
    value = float(value)
    return str(int(value)) if value.is_integer() else repr(value)


def write(path, features, target, rows, answers):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*features, target])
        for row, answer in zip(rows, answers, strict=True):
            writer.writerow([*(number(value) for value in row), answer])
    print(f"{path}: {len(rows)} rows, {len(features)} features, target {target}")


def snake_case(name):
    return name.strip().lower().replace(" ", "_")


def concrete():
    """The table as R holds it, read back from CSV with all its digits: (names, rows)."""
    program = """
        tables <- new.env()
        invisible(lazyLoad(file.path(system.file("data", package = "modeldata"), "Rdata"), envir = tables))
        options(digits = 15)
        write.csv(get("concrete", tables), row.names = FALSE, quote = FALSE)
    """
    text = subprocess.run(["Rscript", "-e", program], check=True, capture_output=True, text=True).stdout
    names, *rows = csv.reader(io.StringIO(text))
    return names, rows


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1] / "Datasets")

    digits = datasets.load_digits()
    write(folder / "digits.csv", digits.feature_names, "digit", digits.data, digits.target)

    cancer = datasets.load_breast_cancer()
    write(
        folder / "breast-cancer.csv",
        [snake_case(name) for name in cancer.feature_names],
        "diagnosis",
        cancer.data,
        [cancer.target_names[index] for index in cancer.target],
    )

    # scikit-learn calls the six blood serum measurements s1 to s6; these are the names that its description gives them.
    serum = ["total_cholesterol", "ldl", "hdl", "cholesterol_ratio", "log_triglycerides", "glucose"]
    diabetes = datasets.load_diabetes(scaled=False)
    write(
        folder / "diabetes.csv",
        ["age", "sex", "bmi", "blood_pressure", *serum],
        "progression",
        diabetes.data,
        [number(value) for value in diabetes.target],
    )

    names, rows = concrete()
    assert names[-1] == "compressive_strength", names
    write(folder / "concrete.csv", names[:-1], names[-1], [row[:-1] for row in rows], [number(row[-1]) for row in rows])


if __name__ == "__main__":
    main()
