"""The golden runs: what each covers, and its commands. Files come from data.py in `data/`, from this folder in `models/`, and the bundled tables in
`Datasets/`; what the commands write lies beside them.

Everything is small and trained for a few epochs: the runs show that nothing changed, not that anything is good.
"""

import shlex
from dataclasses import dataclass, field


@dataclass
class Run:
    """One run: commands that follow each other in a folder of its own."""

    name: str
    covers: str
    commands: list
    files: dict = field(default_factory=dict)
    # Whether other machines choose the same among students and strategies that are as good as each other. The tests leave out those of which that
    # cannot be said; on one machine all are compared, to the bit.
    is_steady: bool = True


def distil(data, options, evidence="quick", seeds=1, threads=1, reports=("report.json",)):
    """A distillation with its evidence in full, and all of its settings pinned."""
    words = ["distill", data, *shlex.split(options), "--seeds", str(seeds), "--threads", str(threads), "--evidence", evidence]
    return words + [word for path in reports for word in ("--report", path)] + ["--json", "--quiet"]


def command(text):
    return shlex.split(text)


EVERY_REPORT = ("report.json", "report.html", "report.md")

# A whole teacher in a program: the protocol of docs/teacher-protocol.md.
PROGRAM = """\
import json, sys
for line in sys.stdin:
    message = json.loads(line)
    if "id" in message:
        row = message["row"]
        p = 0.9 if (row["age"] or 45) > 48 + (row["income"] - 55) / 5 else 0.15
        print(json.dumps({"id": message["id"], "probabilities": {"yes": p, "no": 1 - p}}))
"""

# Every part of a recipe that suits a run like this one.
RECIPE = """\
target: level
weights: weight
teacher: boost[rounds=12,depth=3]
student: svm
strategy: spunge
loss: hinton
temperature: 3
labelShare: 0.2
synthesised: 2
folds: 3
testFraction: 0.4
seeds: 1
seed: 7
threads: 1
sets: aps
evidence: quick
maxSize: 1MB
thresholds:
  agreementUnderShift: 0.5
require: accuracy >= 0.1
"""

ALL = [
    Run(
        "linear", "two classes of a table with gaps and categories, an ensemble as teacher, made-up rows, two seeds, all evidence, every report; "
        "verify, predict, sets, evaluate",
        [
            distil("data/left.csv", "--target left --teacher 'ensemble[boost[rounds=10],linear]' --student linear --strategy munge --synthesised 2 "
                   "--folds 3 --out s.attar", evidence="full", seeds=2, reports=EVERY_REPORT),
            command("verify s.attar data/left.csv --json"),
            command("inspect s.attar --json"),
            command("predict data/left-new.csv --model s.attar --allow-extra-columns --coverage .8 --out sets.csv"),
            command("evaluate data/left-new.csv --model s.attar --teacher s.attar --report evaluation.json --report evaluation.html --json"),
            command("predict data/left-new.csv --model s.attar --allow-extra-columns --coverage .7 --calibration data/left.csv --out given.csv"),
        ]),
    Run(
        "tree", "three classes with weights of rows, the best of the strategies, adaptive sets; inspect as text",
        [
            distil("data/level.csv", "--target level --weights weight --teacher 'boost[rounds=10,depth=3]' --student 'tree[leaves=8]' --strategy auto "
                   "--synthesised 2 --folds 3 --sets raps --out s.attar"),
            command("predict data/level.csv --model s.attar --allow-extra-columns --coverage 90% --out sets.csv"),
            command("inspect s.attar"),
        ]),
    Run(
        "forest", "one value, noise, intervals from residuals, a learning curve",
        [
            distil("data/spend.csv", "--target spend --teacher 'boost[rounds=30,depth=3]' --student 'forest[trees=5,depth=4]' --strategy noise "
                   "--synthesised 2 --folds 3 --sets residual --out s.attar", evidence="full", reports=EVERY_REPORT),
            command("verify s.attar data/spend.csv --json"),
            command("predict data/spend.csv --model s.attar --allow-extra-columns --coverage .8 --out intervals.csv"),
        ]),
    Run(
        "boost", "two values at once, intervals from quantiles",
        [
            distil("data/spend-visits.csv", "--target spend,visits --teacher 'ensemble[linear,boost[rounds=10]]' --student 'boost[rounds=12,depth=2]' "
                   "--strategy teacher --folds 3 --sets cqr --out s.attar"),
            command("predict data/spend-visits.csv --model s.attar --allow-extra-columns --coverage .8 --out intervals.csv"),
            command("evaluate data/spend-visits.csv --model s.attar --teacher s.attar --report evaluation.json --json"),
        ]),
    Run(
        "svm", "a recipe in a file, a machine that learns classes only, sets with a share for each class, a requirement",
        [distil("data/level.csv", "--recipe recipe.yaml --out s.attar")], {"recipe.yaml": RECIPE}),
    Run(
        "mlp", "ten classes, a trained .attar file as teacher, hidden tensors to imitate, test rows of their own, two threads",
        [
            command("train Datasets/digits.csv --target digit --model 'mlp[24,12,epochs=4]' --test-fraction 0.5 --threads 2 --out t.attar --quiet"),
            command("inspect t.attar --json"),
            distil("Datasets/digits.csv", "--target digit --teacher t.attar --student 'mlp[12,epochs=4]' --strategy teacher --test-fraction 0.4 "
                   "--features similarity,weight=30 --features 'hint:activation1>activation0' --folds 2 --out s.attar", threads=2),
            command("predict Datasets/digits.csv --model s.attar --allow-extra-columns --out answers.csv"),
        ]),
    Run(
        "bytes", "a network in bytes, calibrated; its answers teach as a file of predictions",
        [
            distil("Datasets/breast-cancer.csv", "--target diagnosis --teacher 'forest[trees=20,depth=6]' --student "
                   "'mlp[8,epochs=8,precision=int8]' --strategy noise --synthesised 1 --folds 2 --out s.attar"),
            command("predict Datasets/breast-cancer.csv --model s.attar --allow-extra-columns --out p.csv"),
            distil("Datasets/breast-cancer.csv", "--target diagnosis --teacher predictions:p.csv --student 'tree[leaves=6]' --strategy teacher "
                   "--loss soft --folds 2 --out t.attar", reports=("copied.json",)),
        ]),
    Run(
        "values", "a network for one value, two made-up ways joined",
        [
            distil("Datasets/concrete.csv", "--target compressive_strength --teacher 'boost[rounds=40]' --student 'mlp[8,epochs=6,activation=tanh]' --loss attentive "
                   "--strategy munge+mixup --synthesised 1 --folds 2 --out s.attar", threads=2),
            command("predict Datasets/concrete.csv --model s.attar --allow-extra-columns --out answers.csv"),
        ]),
    Run(
        "cnn", "pictures of an array, changed pictures that the teacher is asked about, a teacher in float and a student in bytes",
        [
            distil("data/pictures.npz", "--target label --teacher 'cnn[6,epochs=5]' --student 'cnn[4,epochs=4,precision=int8,separable=true,excite=true]' "
                   "--strategy teacher --augment shift=1,flip --views 2 --loss standardised --folds 2 --out s.attar"),
            command("predict data/pictures.npz --model s.attar --allow-extra-columns --out answers.csv"),
        ]),
    Run(
        "resnet", "a folder of pictures",
        [
            distil("data/bars", "--target class --teacher 'cnn[6,epochs=5]' --student 'resnet[8,width=4,epochs=3]' --strategy teacher --folds 2 --out s.attar"),
            command("predict data/bars --model s.attar --allow-extra-columns --out answers.csv"),
        ]),
    Run(
        "text-cnn", "texts in lines of JSON, as words, made-up texts",
        [
            distil("data/texts.jsonl", "--target weather --teacher linear --text words --student 'text-cnn[2,3,filters=6,width=6,epochs=4]' "
                   "--strategy spunge --synthesised 1 --folds 2 --out s.attar"),
            command("predict data/texts.jsonl --model s.attar --allow-extra-columns --out answers.csv"),
        ]),
    Run(
        "gru", "sequences of token ids in an array",
        [
            distil("data/tokens.npz", "--target label --teacher 'text-cnn[2,filters=8,width=8,epochs=6]' --student "
                   "'gru[6,width=6,bidirectional=true,epochs=3]' --strategy teacher --loss top-k --folds 2 --out s.attar"),
            command("predict data/tokens.npz --model s.attar --allow-extra-columns --out answers.csv"),
        ]),
    Run(
        "bag", "texts as n-grams",
        [
            distil("data/texts.jsonl", "--target weather --teacher linear --text 'ngrams[512]' --student 'bag[4,4,epochs=4]' --loss jsd --strategy noise "
                   "--synthesised 1 --folds 2 --out s.attar"),
            command("predict data/texts.jsonl --model s.attar --allow-extra-columns --out answers.csv"),
        ]),
    Run(
        "transformer", "texts as the tokens of a tokenizer, in bytes, also texts folded for trees",
        [
            distil("data/texts.jsonl", "--target weather --teacher 'bag[8,epochs=4]' --text-tokenizer models/tokenizer.json --student "
                   "'transformer[width=8,layers=1,heads=2,inner=16,epochs=3,precision=int8]' --strategy teacher --folds 2 --out s.attar"),
            command("predict data/texts.jsonl --model s.attar --allow-extra-columns --out answers.csv"),
            distil("data/texts.jsonl", "--target weather --teacher linear --text 'folded[64]' --student 'tree[leaves=6]' --strategy mixup "
                   "--synthesised 1 --folds 2 --out t.attar", reports=("folded.json",)),
        ]),
    Run(
        "ensemble", "an ensemble as student, one of its members in bytes",
        [
            distil("data/level.csv", "--target level --teacher 'forest[trees=20,depth=5]' --student "
                   "'ensemble[mlp[6,epochs=6,precision=int8],tree[leaves=6]]' --strategy noise --synthesised 1 --folds 2 --out s.attar"),
            command("predict data/level.csv --model s.attar --allow-extra-columns --out answers.csv"),
        ]),
    Run(
        "static", "an embedding of a text model in an ONNX file, from rows and from a corpus",
        [
            command("distill data/corpus.jsonl --teacher models/sentences.onnx --tokenizer models/tokenizer.json --student "
                    "'static[6,precision=float32]' --strategy teacher --seeds 1 --threads 1 --out plain.attar --json --quiet"),
            command("distill --teacher models/sentences.onnx --tokenizer models/tokenizer.json --corpus data/corpus.jsonl --student "
                    "'static[6,epochs=3]' --strategy teacher --seeds 1 --seed 5 --threads 1 --out s.attar --json --quiet"),
            command("inspect s.attar --json"),
            command("predict data/corpus.jsonl --model s.attar --out answers.csv"),
        ]),
    Run(
        "onnx", "a model in an ONNX file as teacher, its answers kept and calibrated, rows without labels",
        [
            command("predict data/plain.csv --model models/network.onnx --out p.csv"),
            distil("data/plain.csv", "--target left --teacher models/network.onnx --student 'mlp[4,epochs=10]' --strategy unlabeled+noise "
                   "--unlabeled data/plain-unlabelled.csv --synthesised 1 --store kept --folds 2 --out s.attar"),
            command("verify s.attar data/plain.csv --teacher models/network.onnx --json"),
            distil("data/plain.csv", "--target left --teacher models/network.onnx --student linear --strategy teacher --store halves --calibrate always --precision "
                   "float16 --top-k 1 --folds 2 --out t.attar", reports=("halves.json",)),
        ]),
    Run(
        "tree-file", "trees of LightGBM as teacher",
        [
            distil("data/plain.csv", "--target left --teacher models/trees.txt --classes no,yes --student 'tree[leaves=8]' --strategy munge "
                   "--synthesised 3 --folds 2 --out s.attar"),
            command("evaluate data/plain.csv --model s.attar --teacher models/trees.txt --classes no,yes --json"),
        ]),
    Run(
        "program", "a program as teacher, few rows chosen for it, a student of those alone",
        [
            command("label data/left.csv --target left --teacher 'command:python3 teacher.py' --out kept --ask 60 --select uncertainty --student "
                    "'tree[leaves=4]' --rounds 2 --json --quiet"),
            distil("data/left.csv", "--target left --teacher 'command:python3 teacher.py' --store kept --answered-only --student 'mlp[4,epochs=10]' "
                   "--strategy teacher --folds 2 --out few.attar", reports=("few.json",)),
            distil("data/left.csv", "--target left --teacher 'command:python3 teacher.py' --store kept --student linear --strategy teacher --folds 2 "
                   "--out s.attar"),
            command("label data/left.csv --stats --out kept --json"),
        ], {"teacher.py": PROGRAM}),
    Run(
        "chain", "teacher, assistant, two generations",
        [distil("data/level.csv", "--target level --weights weight --teacher 'boost[rounds=12]' --assistant 'mlp[8,epochs=5]' --generations 2 --student "
                "'mlp[4,epochs=5]' --strategy teacher --loss dist --folds 3 --out s.attar")]),
    Run(
        "peer", "a network that learns at the same time",
        [distil("data/left.csv", "--target left --teacher 'forest[trees=10,depth=4]' --peer 'mlp[6,epochs=6]' --student 'mlp[4,epochs=6]' "
                "--strategy teacher --folds 2 --out s.attar", seeds=2)]),
    Run(
        "several", "several trained teachers, with weights that are given and that are learned",
        [
            command("train data/left.csv --target left --model 'forest[trees=10,depth=4]' --threads 1 --out a.attar --quiet --json"),
            command("train data/left.csv --target left --model 'svm[kernel=linear]' --threads 1 --out b.attar --quiet"),
            distil("data/left.csv", "--target left --teacher a.attar --teacher b.attar --teacher-weights 0.7,0.3 --student 'tree[leaves=6]' "
                   "--strategy noise --synthesised 2 --folds 2 --out s.attar"),
            distil("data/left.csv", "--target left --teacher a.attar --teacher b.attar --teacher models/trees.txt --classes no,yes --teacher-weights learned "
                   "--student linear --strategy teacher --folds 2 --out t.attar", reports=("learned.json",)),
        ]),
    Run(
        "search", "the student that does best within a size, of tables and of tokens",
        [
            distil("data/left.csv", "--target left --teacher 'boost[rounds=10,depth=2]' --strategy teacher --max-size 20KB --folds 3 --out s.attar"),
            distil("data/tokens.npz", "--target label --teacher 'bag[8,8,epochs=4]' --strategy teacher --folds 3 --out t.attar", threads=2,
                   reports=("tokens.json",)),
        ]),
    Run(
        "usual", "everything as it is where nothing is said, but for the seeds",
        [distil("data/spend.csv", "--target spend --synthesised 2 --max-size 30KB --out s.attar", seeds=2, threads=2, evidence="full"),
         distil("Datasets/breast-cancer.csv", "--target diagnosis --student 'mlp[8,epochs=15]' --synthesised 1 --out t.attar", threads=2, evidence="full",
                reports=("classes.json", "classes.html", "classes.md"))],
        is_steady=False),
    Run(
        "picture-values", "a value of a picture, in float and mixed pictures; hidden tensors of a network for pictures",
        [
            command("train data/sizes.npz --target size --task regression --model 'cnn[6,4,epochs=4]' --threads 1 --out t.attar --quiet --json"),
            distil("data/sizes.npz", "--target size --task regression --teacher t.attar --student 'cnn[4,epochs=3,head=average]' --strategy teacher --loss bounded "
                   "--features attention --folds 2 --out s.attar"),
            distil("data/pictures.npz", "--target label --teacher 'resnet[8,width=4,epochs=2]' --student 'cnn[4,epochs=3]' --strategy teacher "
                   "--augment cutmix=1 --folds 2 --out c.attar", reports=("mixed.json",)),
        ]),
    Run(
        "machines", "support vector machines for values and with a linear kernel, models trained on labels alone, test rows in a file",
        [
            distil("data/spend.csv", "--target spend --teacher 'svm[c=20]' --student 'linear[l2=0.01]' --strategy mixup --synthesised 1 --folds 2 "
                   "--loss huber --out s.attar"),
            command("train data/left.csv --target left --test data/left-new.csv --model 'svm[kernel=linear,c=1]' --threads 1 --out svm.attar --quiet --json"),
            command("train data/spend-visits.csv --target spend,visits --model 'forest[trees=6,depth=4]' --threads 1 --out forest.attar --quiet --json"),
            command("train data/spend.csv --target spend --model 'svm' --threads 1 --out svr.attar --quiet --json"),
            command("train data/spend-visits.csv --target spend,visits --model 'tree[leaves=12]' --threads 1 --out tree.attar --quiet --json"),
            command("train data/tokens.npz --target label --model 'transformer[width=8,layers=1,heads=2,epochs=2,positions=rotary,norm=rms]' --threads 1 "
                    "--out transformer.attar --quiet --json"),
            command("predict data/spend-visits.csv --model forest.attar --allow-extra-columns --out values.csv"),
        ]),
]
