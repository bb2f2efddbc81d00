"""The rows that the golden runs learn from: small, made up from fixed seeds, and the same on every machine.

    data.py FOLDER

Only `random()` of Python's generator is used, which every version draws alike, and every number is rounded before it is written.
"""

import json
import os
import random
import struct
import sys
import zipfile
import zlib


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as stream:
        stream.write(text if isinstance(text, bytes) else text.encode())


def people(count, seed):
    """Rows of two numbers and two categories, some cells missing, with what can be asked about them."""
    draw = random.Random(seed)
    for _ in range(count):
        age = round(18 + 60 * draw.random(), 1)
        income = round(10 + 90 * draw.random(), 2)
        plan = ["basic", "plus", "gold"][int(3 * draw.random())]
        city = ["Ulm", "Bonn", "Köln", "Aachen, Rhein"][int(4 * draw.random() ** 2)]
        noise = draw.random() + draw.random() - 1
        score = 0.05 * (age - 48) + {"basic": 0.8, "plus": 0, "gold": -1.2}[plan] + 0.01 * (55 - income)
        score += (0.7 if city == "Ulm" and age > 40 else 0) + 0.8 * noise
        spend = round(20 + 0.5 * income + {"basic": 0, "plus": 12, "gold": 30}[plan] - 0.004 * (age - 50) ** 2 + 6 * noise, 3)
        visits = round(2 + 0.1 * age + (3 if city == "Bonn" else 0) + draw.random(), 3)
        weight = 1 + int(3 * draw.random()) / 2
        missing = [draw.random() < 0.06 for _ in range(3)]
        cells = {
            "age": "" if missing[0] else age, "income": income, "plan": "?" if missing[1] else plan,
            "city": "" if missing[2] else f'"{city}"', "score": score, "spend": spend, "visits": visits, "weight": weight,
        }
        yield cells


def table(rows, columns, **further):
    """CSV with the named columns, and further ones computed from a row."""
    head = ",".join(list(columns) + list(further))
    lines = [",".join([str(row[name]) for name in columns] + [str(make(row)) for make in further.values()]) for row in rows]
    return "\n".join([head] + lines) + "\n"


def tables(folder):
    features = ["age", "income", "plan", "city"]
    rows = list(people(240, seed=11))
    left = {"left": lambda row: "yes" if row["score"] > 0.2 else "no"}
    level = {"level": lambda row: "low" if row["score"] < -0.5 else "mid" if row["score"] < 0.7 else "high"}
    write(folder, "left.csv", table(rows, features, **left))
    write(folder, "left-new.csv", table(list(people(60, seed=12)), features, **left))
    write(folder, "left-unlabelled.csv", table(list(people(120, seed=13)), features))
    write(folder, "level.csv", table(rows, features + ["weight"], **level))
    write(folder, "spend.csv", table(rows, features + ["spend"]))
    write(folder, "spend-visits.csv", table(rows, features + ["spend", "visits"]))
    # Numbers alone, for models in other formats.
    plain = [row for row in rows if row["age"] != ""]
    write(folder, "plain.csv", table(plain, ["age", "income"], **left))
    new = [row for row in people(120, seed=14) if row["age"] != ""]
    write(folder, "plain-unlabelled.csv", table(new, ["age", "income"]))


WORDS = {
    "warm": "sun beach swim heat summer sand sail melon shade palm".split(),
    "cold": "snow ice ski frost winter coat sledge tea hearth fur".split(),
    "wet": "rain flood puddle umbrella cloud drip river boots drain mud".split(),
}
COMMON = "the a we saw with and then for some day near old new very little much of to in".split()


def sentence(draw, kind):
    words = []
    for _ in range(5 + int(6 * draw.random())):
        own = draw.random() < 0.35
        source = WORDS[kind] if own else WORDS[list(WORDS)[int(3 * draw.random())]] if draw.random() < 0.08 else COMMON
        words.append(source[int(len(source) * draw.random())])
    return " ".join(words).capitalize() + "."


def texts(folder):
    draw = random.Random(21)
    lines = []
    for row in range(180):
        kind = list(WORDS)[row % 3]
        lines.append(json.dumps({"text": sentence(draw, kind), "weather": kind}))
    write(folder, "texts.jsonl", "\n".join(lines) + "\n")
    corpus = [json.dumps({"text": sentence(draw, list(WORDS)[row % 3])}) for row in range(80)]
    write(folder, "corpus.jsonl", "\n".join(corpus) + "\n")


def array(kind, shape, values):
    """The bytes of an .npy file."""
    code = {"<f4": "f", "<i4": "i", "|u1": "B"}[kind]
    head = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape!r}, }}"
    head += " " * (-(10 + len(head) + 1) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + struct.pack(f"<{len(values)}{code}", *values)


def arrays(folder, name, **members):
    path = os.path.join(folder, name)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(zipfile.ZipInfo(f"{member}.npy", (2020, 1, 1, 0, 0, 0)), content)


def picture(draw, kind, side=8):
    """Grey pixels: a bright upright bar, one that lies, or a block, somewhere in the middle, on noise."""
    pixels = [int(90 * draw.random()) for _ in range(side * side)]
    row, column = 2 + int(3 * draw.random()), 2 + int(3 * draw.random())
    for step in range(4):
        places = {0: [(row - 2 + step, column)], 1: [(row, column - 2 + step)], 2: [(row + step // 2, column + step % 2)]}[kind]
        for down, across in places:
            pixels[down * side + across] = 170 + int(80 * draw.random())
    return pixels


def png(pixels, side=8):
    """The bytes of a grey picture."""
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    lines = b"".join(b"\x00" + bytes(pixels[row * side : (row + 1) * side]) for row in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def pictures(folder):
    draw = random.Random(31)
    labels = [row % 3 for row in range(150)]
    pixels = [value for label in labels for value in picture(draw, label)]
    arrays(folder, "pictures.npz", image=array("|u1", (150, 8, 8), pixels), label=array("<i4", (150,), labels))
    sizes = [round(sum(pixels[64 * row : 64 * row + 64]) / 1000 + labels[row], 3) for row in range(150)]
    arrays(folder, "sizes.npz", image=array("|u1", (150, 8, 8), pixels), size=array("<f4", (150,), sizes))
    for row in range(80):
        kind = row % 2
        write(folder, f"bars/{['upright', 'lying'][kind]}/{row:03}.png", png(picture(draw, kind)))


def tokens(folder):
    """Sequences whose class is whether the token 1 comes before 2, or a token of the last third is often there."""
    draw = random.Random(41)
    ids, labels = [], []
    for row in range(180):
        kind = row % 3
        length = 6 + int(5 * draw.random())
        line = [3 + int(9 * draw.random()) for _ in range(length)]
        first, second = sorted([int(length * draw.random()), int(length * draw.random())])
        if kind < 2 and first != second:
            line[first], line[second] = (1, 2) if kind == 0 else (2, 1)
        if kind == 2:
            line[first] = 12 + int(4 * draw.random())
        ids += line + [0] * (10 - length)
        labels.append(kind)
    arrays(folder, "tokens.npz", tokens=array("<i4", (180, 10), ids), label=array("<i4", (180,), labels))


def make(folder):
    """Writes all of it."""
    for part in (tables, texts, pictures, tokens):
        part(folder)


if __name__ == "__main__":
    make(sys.argv[1])
