"""What a golden run left behind, as one JSON value: artifacts, tables, reports, pages and words, without times, versions and machines."""

import csv
import hashlib
import html
import io
import json
import os
import re
import struct

# Keys whose values tell when, how fast or where something ran.
PASSING = {"latencyMicroseconds", "sentencesPerSecond", "created", "versions", "machine", "attar"}
# A time in a text, as in "0.49 µs", "12 s" or "233829 sentences a second", and the size of a file: its certificate holds times, so that their digits
# make it a few bytes longer or shorter. Sizes are compared as the numbers that reports hold.
TIME = re.compile(r"\d[\d.,]*\s(?:ns|[µμu]s|ms|s|seconds?|min|sentences a second)\b")
SIZE = re.compile(r"\d[\d.,]*\s(?:KB|MB|bytes)\b")
# Lines of times alone, whose columns' widths follow them.
TIMELINE = re.compile(r"^\s*(?:time a row|size) |rows will take")
# The section of a page whose pictures are drawn from times and sizes.
COST = "What it costs"
TYPES = {"F32": "f", "F16": "e", "I32": "i", "I8": "b"}


def settled(value):
    """A JSON value without what passes."""
    if isinstance(value, dict):
        return {key: settled(member) for key, member in value.items() if key not in PASSING}
    if isinstance(value, list):
        return [settled(member) for member in value]
    if isinstance(value, str):
        return SIZE.sub("<size>", TIME.sub("<time>", value))
    return value


def words(text):
    """The lines of a text without those that hold times. How far columns stand apart follows the longest label and is left out."""
    return [re.sub(r"(?<=\S) {2,}", "  ", settled(line)).rstrip() for line in text.splitlines() if not TIMELINE.search(line)]


def tensors(path):
    """The header's texts and the tensors of a safetensors file, each as its type, its shape and its numbers."""
    with open(path, "rb") as stream:
        content = stream.read()
    length = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8 : 8 + length])
    texts = header.pop("__metadata__")
    body = content[8 + length :]
    found = {}
    for name, entry in sorted(header.items()):
        begin, end = entry["data_offsets"]
        own = body[begin:end]
        code = TYPES[entry["dtype"]]
        numbers = list(struct.unpack(f"<{len(own) // struct.calcsize(code)}{code}", own))
        found[name] = {
            "type": entry["dtype"], "shape": entry["shape"], "hash": hashlib.sha256(own).hexdigest()[:16], "numbers": numbers}
    return texts, found


def artifact(path):
    """An .attar file: its document and its tensors."""
    texts, found = tensors(path)
    return {"document": settled(json.loads(texts["attar"])), "tensors": found}


def table(path):
    """A CSV file by columns: numbers where all cells are some, else texts."""
    with open(path, newline="", encoding="utf-8") as stream:
        head, *lines = list(csv.reader(stream))
    columns = {}
    for place, name in enumerate(head):
        cells = [line[place] for line in lines]
        try:
            columns[name] = [float(cell) for cell in cells]
        except ValueError:
            columns[name] = cells
    return columns


def page(path):
    """The words and drawings of an HTML page by section, without that on cost."""
    with open(path, encoding="utf-8") as stream:
        text = re.sub(r"<style>.*?</style>", "", stream.read(), flags=re.DOTALL)
    sections = re.split(r"<h2>(.*?)</h2>", text)
    found = {"": sections[0]}
    for title, body in zip(sections[1::2], sections[2::2]):
        if title != COST:
            found[title] = body
    return {title: lines(body) for title, body in found.items()}


def lines(markup):
    """One line an element, so that a difference names its place."""
    broken = re.sub(r"(</?[a-zA-Z])", r"\n\1", markup)
    return [line for line in words(html.unescape(broken)) if line.strip()]


def read(folder):
    """All that a run left in its folder."""
    found = {"commands": [], "artifacts": {}, "tables": {}, "documents": {}, "pages": {}, "cards": {}}
    with open(os.path.join(folder, "statuses.json")) as stream:
        statuses = json.load(stream)
    for place, status in enumerate(statuses):
        with open(os.path.join(folder, f"{place}.out"), encoding="utf-8") as stream:
            output = stream.read()
        with open(os.path.join(folder, f"{place}.words"), encoding="utf-8") as stream:
            said = stream.read()
        try:
            shown = settled(json.loads(output))
        except ValueError:
            shown = words(output)
        found["commands"].append({"status": status, "output": shown, "words": words(said)})
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.endswith(".attar"):
            found["artifacts"][name] = artifact(path)
        elif name.endswith(".csv"):
            found["tables"][name] = table(path)
        elif name.endswith(".json") and name != "statuses.json":
            with open(path, encoding="utf-8") as stream:
                found["documents"][name] = settled(json.load(stream))
        elif name.endswith(".html"):
            found["pages"][name] = page(path)
        elif name.endswith(".md"):
            with open(path, encoding="utf-8") as stream:
                found["cards"][name] = words(stream.read())
    return found
