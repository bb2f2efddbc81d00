"""Wrote the .attar files of this folder, and what they answer: one of each version of the format and each family.

    make_released.py BINARY

Files that are here stay as they are, whatever later versions would write: they stand for those that people have. This is how they came to be, by
attar 0.1.0, and how files of a later version of the format come beside them: add a line, and run it with the binary that writes it.

    rows/          rows to ask about
    answers.json   for each file its version of the format, family, rows, and its answers to them; the classes where a rule says them; where it keeps what sets or intervals need, these
                   at a coverage of 0.8, too
"""

import csv
import json
import os
import shlex
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, "../../GoldenRuns")
sys.path.insert(0, GOLDEN)
import data  # noqa: E402

QUICK = "--seeds 1 --folds 2 --evidence quick"
TEXTS = "--text-tokenizer models/tokenizer.json"
TABLE = "boost[rounds=6,depth=2]"

# By name: how the file was made, and the rows that it is asked about.
FILES = {
    "linear": (f"distill data/left.csv --target left --teacher '{TABLE}' --student linear --strategy teacher --sets lac {QUICK}", "table.csv"),
    "linear-costs": (f"distill data/left.csv --target left --teacher '{TABLE}' --student linear --strategy teacher --costs 'yes>no=9' {QUICK}", "table.csv"),
    "tree": (f"distill data/level.csv --target level --weights weight --teacher '{TABLE}' --student 'tree[leaves=5]' --strategy teacher --sets raps {QUICK}",
             "table.csv"),
    "forest": ("train data/spend.csv --target spend --model 'forest[trees=4,depth=4]'", "table.csv"),
    "boost": (f"distill data/spend-visits.csv --target spend,visits --teacher 'linear' --student 'boost[rounds=6,depth=2]' --strategy teacher --sets cqr {QUICK}",
              "table.csv"),
    "svm": ("train data/level.csv --target level --weights weight --model 'svm[c=0.5]'", "table.csv"),
    "svm-values": ("train data/spend.csv --target spend --model 'svm[kernel=linear]'", "table.csv"),
    "mlp": ("train data/left.csv --target left --model 'mlp[6,epochs=5,norm=batch]'", "table.csv"),
    "tree-calibrated": (f"distill data/level.csv --target level --weights weight --teacher '{TABLE}' --student 'tree[leaves=4]' --strategy auto "
                        "--synthesised 1 --sets aps --seeds 1 --folds 3 --evidence quick", "table.csv"),
    "mlp-calibrated": ("distill data/left.csv --target left --teacher 'forest[trees=10]' --student 'mlp[4,epochs=3]' --strategy auto --synthesised 1 "
                       "--sets raps-by-class --seeds 1 --folds 3 --evidence quick", "table.csv"),
    "mlp-bytes": ("train data/spend-visits.csv --target spend,visits --model 'mlp[6,epochs=5,precision=int8]'", "table.csv"),
    "ensemble": ("train data/left.csv --target left --model 'ensemble[linear,tree[leaves=4]]'", "table.csv"),
    "ensemble-bytes": ("train data/level.csv --target level --weights weight --model 'ensemble[mlp[4,epochs=3,precision=int8],linear]'", "table.csv"),
    "text-folded": ("train data/texts.jsonl --target weather --model 'tree[leaves=5]' --text 'folded[16]'", "texts.jsonl"),
    "cnn": ("train data/pictures.npz --target label --model 'cnn[3,epochs=3]'", "pictures.npz"),
    "cnn-bytes": ("train data/pictures.npz --target label --model 'cnn[3,3,epochs=3,separable=true,excite=true,precision=int8]'", "pictures.npz"),
    "resnet": ("train data/pictures.npz --target label --model 'resnet[8,width=2,epochs=2]'", "pictures.npz"),
    "text-cnn": ("train data/texts.jsonl --target weather --model 'text-cnn[2,3,filters=3,width=4,epochs=3]' --text 'words[64]'", "texts.jsonl"),
    "gru": ("train data/tokens.npz --target label --model 'gru[4,width=4,bidirectional=true,epochs=2]'", "tokens.npz"),
    "bag": ("train data/texts.jsonl --target weather --model 'bag[4,4,weighted=true,epochs=3]' --text 'ngrams[64]'", "texts.jsonl"),
    "transformer": (f"train data/texts.jsonl --target weather --model 'transformer[width=4,layers=1,heads=2,inner=8,epochs=2]' {TEXTS}", "texts.jsonl"),
    "transformer-bytes": ("train data/tokens.npz --target label --model "
                          "'transformer[width=4,layers=1,heads=2,inner=8,epochs=2,positions=rotary,norm=rms,precision=int8]'", "tokens.npz"),
    "static": ("distill --teacher models/sentences.onnx --tokenizer models/tokenizer.json --student 'static[4,precision=float32]'", "texts.jsonl"),
    "static-halves": ("distill --teacher models/sentences.onnx --tokenizer models/tokenizer.json --corpus data/corpus.jsonl --student 'static[4,epochs=2]'",
                      "texts.jsonl"),
}


def make_rows(folder):
    """A few rows of each kind, none of them learned from."""
    os.makedirs(folder, exist_ok=True)
    rows = list(data.people(12, seed=91))
    # Missing cells, and a category that no training row had.
    rows[1]["age"], rows[2]["plan"], rows[3]["city"], rows[4]["city"] = "", "", "", "Mainz"
    data.write(folder, "table.csv", data.table(rows, ["age", "income", "plan", "city"]))
    draw = data.random.Random(92)
    texts = [data.sentence(draw, kind) for kind in list(data.WORDS) * 3]
    data.write(folder, "texts.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in texts))
    pixels = [value for row in range(6) for value in data.picture(draw, row % 3)]
    data.arrays(folder, "pictures.npz", image=data.array("|u1", (6, 8, 8), pixels))
    tokens = [value for row in range(6) for value in [1 + int(15 * draw.random()) for _ in range(7)] + [0, 0, 0]]
    # An id that no training row had, and rows at their full length.
    tokens[3], tokens[17:20] = 99, [4, 5, 6]
    data.arrays(folder, "tokens.npz", tokens=data.array("<i4", (6, 10), tokens))


def document(path):
    with open(path, "rb") as stream:
        length = struct.unpack("<Q", stream.read(8))[0]
        return json.loads(json.loads(stream.read(length))["__metadata__"]["attar"])


def cell(text):
    try:
        return float(text)
    except ValueError:
        return text


def answers(binary, name, rows, folder):
    """What the file answers, by column."""
    path = os.path.join(HERE, f"{name}.attar")
    own = document(path)
    coverage = ["--coverage", "0.8"] if "sets" in own else []
    out = os.path.join(folder, "answers.csv")
    subprocess.run([binary, "predict", os.path.join(HERE, "rows", rows), "--model", path, "--out", out, "--quiet", *coverage], check=True)
    with open(out, newline="") as stream:
        head, *lines = list(csv.reader(stream))
    columns = {title: [cell(line[place]) for line in lines] for place, title in enumerate(head) if title not in ("row", "set")}
    labels = columns.pop("prediction") if own["task"]["kind"] == "classification" else None
    shown = {title: numbers for title, numbers in columns.items() if not title.startswith(("low", "high"))}
    kept = {"format": own["format"], "family": own["family"], "rows": rows, "answers": list(map(list, zip(*shown.values())))}
    if "answerRule" in own:
        kept["labels"] = labels
    if "set" in head:
        kept["sets"] = [[part for part in line[head.index("set")].split("|") if part] for line in lines]
    elif coverage:
        for end in ("low", "high"):
            kept[end] = list(map(list, zip(*(numbers for title, numbers in columns.items() if title.startswith(end)))))
    return kept


def main(binary):
    binary = os.path.abspath(binary)
    make_rows(os.path.join(HERE, "rows"))
    import golden

    environment = dict(os.environ, SOURCE_DATE_EPOCH="1700000000", ATTAR_ONNXRUNTIME=golden.runtime())
    kept = {}
    with tempfile.TemporaryDirectory() as folder:
        data.make(os.path.join(folder, "data"))
        os.symlink(os.path.join(GOLDEN, "models"), os.path.join(folder, "models"))
        for name, (command, rows) in FILES.items():
            path = os.path.join(HERE, f"{name}.attar")
            if not os.path.exists(path):
                words = [*shlex.split(command), "--threads", "1", "--quiet", "--out", path]
                subprocess.run([binary, *words], cwd=folder, env=environment, check=True, stderr=subprocess.DEVNULL)
            kept[name] = answers(binary, name, rows, folder)
    lines = [f"{json.dumps(name)}: {json.dumps(kept[name], ensure_ascii=False)}" for name in sorted(kept)]
    data.write(HERE, "answers.json", "{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(sys.argv[1])
