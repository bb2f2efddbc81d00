"""Compares what golden runs left behind: to the bit, on one machine, or within tolerances, on any.

Networks are trained by products whose sums run in another order where vectors are wider. The figures differ in their last digits, and where a figure
stands just at a border (a row between two classes, a split between two thresholds, a number between two bytes) by more. So the tests compare
a part of everything, thinned out, each kind of number within the tolerance that its kind needs, and texts with their numbers apart.
"""

import re
from dataclasses import dataclass

# The size of a file follows the digits of the times in its certificate.
SIZE_SLACK = 64


def exact(before, after, path=""):
    """Where two values differ, to the bit."""
    if isinstance(before, dict) and isinstance(after, dict):
        found = []
        for key in sorted(before.keys() | after.keys()):
            place = f"{path}/{key}"
            if key not in after:
                found.append(f"{place} is gone: {short(before[key])}")
            elif key not in before:
                found.append(f"{place} is new: {short(after[key])}")
            else:
                found += exact(before[key], after[key], place)
        return found
    if isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            return [f"{path} has {len(after)} members, and had {len(before)}"] + first_difference(before, after, path)
        if all(isinstance(value, (int, float)) for value in before + after):
            return numbers(before, after, path)
        return [line for place, pair in enumerate(zip(before, after)) for line in exact(*pair, f"{path}[{place}]")]
    if type(before) is type(after) and (before == after or is_size(path) and abs(before - after) <= SIZE_SLACK):
        return []
    return [f"{path}: {short(before)} before, {short(after)} now"]


def is_size(path):
    return "/bytes" in path


def first_difference(before, after, path):
    """The first place where lists of unlike lengths differ."""
    for place, (old, new) in enumerate(zip(before, after)):
        if old != new:
            return [f"{path}[{place}]: {short(old)} before, {short(new)} now"]
    return []


def numbers(before, after, path):
    """One line on lists of numbers."""
    places = [place for place, (old, new) in enumerate(zip(before, after)) if old != new]
    if not places:
        return []
    largest = max(places, key=lambda place: abs(after[place] - before[place]))
    return [f"{path}: {len(places)} of {len(before)} numbers differ, most the one at {largest}: {before[largest]} before, {after[largest]} now"]


def short(value):
    text = str(value)
    return text if len(text) < 160 else text[:157] + "..."


# What names a model or a teacher by every bit of it. Hashes of data stay.
HASHES = {"hash", "student", "teacher", "fingerprint", "teacherFingerprint"}
# Hashes are texts of such digits.
HASH = re.compile(r"[0-9a-f]{16,64}$")
# Bins of calibration hold few rows each, and a row at their border lies in another elsewhere. Their errors stay.
BINS = {"diagrams"}
# How many members of a longer list are kept: the first, the last, and some between. Of texts more: each says something else.
KEPT = 6
KEPT_TEXTS = 40
# Digits that are kept of a number: more than the tolerances look at.
DIGITS = 6


def thinned(run):
    """The part of a run that the tests compare: what stands twice once, of long lists some members, and no pages, cards or words for people, which say
    the same in other forms."""
    documents = run["documents"]
    commands = []
    for command in run["commands"]:
        output = command["output"]
        # Its figures stand in the report.
        if isinstance(output, dict) and "student" in output and documents:
            output = sorted(output)
        commands.append({"status": command["status"], "output": output})
    artifacts = {}
    for name, artifact in run["artifacts"].items():
        document = dict(artifact["document"])
        document["certificate"] = sorted(document.get("certificate") or {})
        artifacts[name] = {"document": document, "tensors": artifact["tensors"]}
    return few({"commands": commands, "artifacts": artifacts, "tables": run["tables"], "documents": documents})


def few(value):
    """A value with fewer members and digits, without the hashes of models."""
    if isinstance(value, dict):
        kept = {key: few(member) for key, member in value.items() if not (key in HASHES and HASH.match(str(member)))}
        return {key: sorted(member) if key in BINS else member for key, member in kept.items()}
    if isinstance(value, list):
        if len(value) <= (KEPT_TEXTS if all(isinstance(member, str) for member in value) else KEPT):
            return [few(member) for member in value]
        picked = [value[place * (len(value) - 1) // (KEPT - 1)] for place in range(KEPT)]
        kept = {"count": len(value), "members": [few(member) for member in picked]}
        if all(is_number(member) for member in value):
            kept["mean"] = rounded(sum(value) / len(value))
            kept["size"] = rounded((sum(member * member for member in value) / len(value)) ** 0.5)
        return kept
    return rounded(value) if isinstance(value, float) else value


def rounded(number):
    return float(f"{number:.{DIGITS}g}")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@dataclass(frozen=True)
class Tolerance:
    """How far a number may lie from what it was: this far, and this share of its size."""

    distance: float
    share: float

    def holds(self, old, new):
        return abs(old - new) <= self.distance + self.share * max(abs(old), abs(new))


# Counts, settings and names of things in numbers.
SAME = Tolerance(0, 0)
# Weights and answers of models after some hundred steps: rounding of 1e-7 a step has grown to 1e-4 where it was tried (OpenBLAS with vectors
# of two, four and eight numbers, and kernels without any); another seed, rate or loss moves them by a tenth or more.
LEARNED = Tolerance(2e-3, 1e-2)
# A number in a byte, its scale's rounding at the border between two.
BYTE = Tolerance(1, 0)
# Means over all test rows, and ends of their intervals. One row of sixty that changes its class would be a difference in kind, and is none of these.
FIGURE = Tolerance(4e-3, 1e-2)
# Shares of few rows: those of a slice, of a strength of a corruption, of the rows that a guarded student answers. One row may change sides.
SHARE = Tolerance(0.08, 0.05)
# Numbers in sentences: figures that were written with one to three digits.
WRITTEN = Tolerance(0.12, 2e-2)
# The size of a file.
SIZE = Tolerance(SIZE_SLACK, 0)

# The first that a number's place fits says how near it has to lie.
TOLERANCES = [
    (r"/bytes", SIZE),
    (r"/tensors/.*/(shape|count)", SAME),
    # Sorted distances of single rows from the truth.
    (r"/tensors/sets", SHARE),
    (r"/tensors/|/tables/", LEARNED),
    (r"/evidence/(coverage|selection|shift|outOfDistribution|slices|calibration|disagreement|learning)/", SHARE),
    (r"CalibrationError/|/errorBefore", SHARE),
    (r"/(difference|differenceToTeacher|gapClosed)/|/(low|high)$", SHARE),
    (r"/documents/|/output/", FIGURE),
    (r"/status|/count", SAME),
]


def tolerance(path):
    return next((found for pattern, found in TOLERANCES if re.search(pattern, path)), LEARNED)


def tolerant(before, after, path="", within=None):
    """Where two thinned values differ by more than another machine may."""
    if isinstance(before, dict) and isinstance(after, dict):
        within = BYTE if before.get("type") == "I8" else within
        found = []
        for key in sorted(before.keys() | after.keys()):
            place = f"{path}/{key}"
            if key not in after:
                found.append(f"{place} is gone: {short(before[key])}")
            elif key not in before:
                found.append(f"{place} is new: {short(after[key])}")
            else:
                found += tolerant(before[key], after[key], place, within)
        return found
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [line for place, pair in enumerate(zip(before, after)) for line in tolerant(*pair, f"{path}[{place}]", within)]
    if is_number(before) and is_number(after):
        same = (within or tolerance(path)).holds(before, after)
    elif isinstance(before, str) and isinstance(after, str):
        same = texts_agree(before, after)
    else:
        same = type(before) is type(after) and before == after
    return [] if same else [f"{path}: {short(before)} before, {short(after)} now"]


# The first digits of a hash, as `verify` shows them, or a number with its sign and thousands.
PIECE = re.compile(r"(?<![.\w])(?=[0-9]*[a-f])[0-9a-f]{12}\b|[-\u2212+]?\d[\d,]*(?:\.\d+)?")


def texts_agree(before, after):
    """Whether two texts say the same but for digits within tolerance."""
    if HASH.match(before):
        return before == after
    if PIECE.split(before) != PIECE.split(after):
        return False
    return all(pieces_agree(*pair) for pair in zip(PIECE.findall(before), PIECE.findall(after)))


def pieces_agree(before, after):
    try:
        old, new = (float(piece.replace(",", "").replace("\u2212", "-")) for piece in (before, after))
    except ValueError:
        # First digits of a model's hash.
        return len(before) == len(after) == 12
    return WRITTEN.holds(old, new)
