"""Writes tokenizers.json: small tokenizers of every kind, and the ids that the package `tokenizers` gives some lines.

Run with the fixtures' Python: ~/.cache/attar/fixtures/python/bin/python make_tokenizers.py
"""

import base64
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[3] / "scripts" / "fixtures"))

from text import odd_lines, trained  # noqa: E402
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers  # noqa: E402

# SentencePiece 0.2.2, trained with a table of nine rules: ä, fi, ½, the wide blank, the wide full stop, letters with accents apart, №, ㍿.
CHARSMAP = "AAQAAAAAAQBBDQAACwAAgIodAAATAACAzAgCAIEFAAAWAACAvQUAAAQAAICEBQAADQAAgIRcAgCWDQAACAAAgAAAAICABAIAgHkAAAIAAICCBQAAvwUAABkAAICsAAIAgT0AABAAAIAYAAAAGwAAABoAAAAdAAAAjdgCAB8AAAAeAAAAIQAAACAAAAAjAAAAIgAAACUAAABlsAMAJwAAACYAAAApAAAAKAAAACsAAAAqAAAALQAAACwAAAAvAAAALgAAADEAAAAwAAAAMwAAADIAAAA1AAAANAAAADcAAAA2AAAAOQAAADgAAAA7AAAAOgAAAD0AAAA8AAAAPwAAAD4AAABBAAAAQAAAAEMAAABCAAAARQAAAEQAAABHAAAARgAAAEkAAABIAAAASwAAAEoAAABNAAAATAAAAE8AAABOAAAAUQAAAFAAAABTAAAAUgAAAFUAAABUAAAAVwAAAFYAAABZAAAAWAAAAFsAAABaAAAAXQAAAFwAAABfAAAAXgAAAGEAAABgAAAAYwAAAGIAAABlAAAAZAAAAGcAAABmAAAAaQAAAGgAAABrAAAAagAAAG0AAABsAAAAbwAAAG4AAABxAAAAcAAAAHMAAAByAAAAdQAAAHQAAAB3AAAAdgAAAHkAAAB4AAAAewAAAHoAAAB9AAAAfAAAAH8AAAB+AAAAgQAAAIAAAADC3AAAwzQAAIUAAACEAAAAhwAAAIYAAACJAAAAiAAAAIsAAACKAAAAjQAAAIwAAACPAAAAjgAAAJEAAACQAAAAkwAAAJIAAACVAAAAlAAAAJcAAACWAAAAmQAAAJgAAACbAAAAmgAAAJ0AAACcAAAAnwAAAJ4AAAChAAAAoAAAAOKoAADjzAAApQAAAKQAAACnAAAApgAAAKkAAACoAAAAqwAAAKoAAACtAAAArAAAAK8AAADvVAAAsQAAALAAAACzAAAAsgAAALUAAAC0AAAAtwAAALYAAAC5AAAAuAAAALsAAAC6AAAAvQAAALwAAAC/AAAAvgAAAMEAAADAAAAAwwAAAMIAAADFAAAAxAAAAMcAAADGAAAAyQAAAMgAAADLAAAAygAAAM0AAADMAAAAzBwBAM4AAADRAAAA0AAAANMAAADSAAAA1QAAANQAAADXAAAA1gAAANkAAADYAAAA2wAAANoAAADdAAAA3AAAAN8AAADeAAAA4QAAAOAAAADjAAAA4gAAAOUAAADkAAAA5wAAAOYAAADpAAAA6AAAAOsAAADqAAAA7QAAAOwAAADvAAAA7gAAAPEAAADwAAAA8wAAAPIAAAD1AAAA9AAAAPcAAAD2AAAA+QAAAPgAAAD7AAAA+gAAAP0AAAD8AAAA/wAAAP4AAAAgAC4AMS8yAE5vAGEAYWUAZmkAw4UAw6kA5qCq5byP5Lya56S+AA=="

SENTENCES = [
    "The essence distilled from petals is called attar.", "Don't ask the teacher twice; it won't know more the second time.",
    "She'll read 1,234 pages by 10:45, they've said (nobody's sure).", "Die Rose verliert ihren Duft nicht, weil man sie anders nennt.",
    "Größere Öfen brauchen überall mehr Holz als kleine.", "El conocimiento se destila gota a gota, ¿verdad?", "¡Mañana iremos al jardín del señor Núñez!",
    "La conoscenza è un fiore che non appassisce mai, però cresce piano.", "L'élève a déjà dépassé son maître, dit-on à l'école.",
    "O aluno não sabe tudo, mas já não pergunta à toa.", "Знание — сила, а краткость — сестра таланта.", "Ученик превзошёл учителя во всём, кроме терпения.",
    "Wiedza jest jak róża: pięknie pachnie i czasem kłuje.", "Žák se učí od mistra, mistr se učí od žáka.", "知識は花から採れる香油のようなものです。", "小さな生徒が大きな先生から学ぶ。",
    "小模型向大模型学习，越学越快。", "知识蒸馏：把大模型的知识传给小模型。", "작은 모델은 큰 모델에게서 배운다.", "المعرفة نور والجهل ظلام.", "ज्ञान बाँटने से बढ़ता है।",
]


def precompiled(lines):
    tokenizer = Tokenizer(models.Unigram([("<unk>", 0.0)] + [(letter, -8.0) for letter in sorted({c for line in lines for c in line if c.isalpha()})]
                                         + [("▁", -3.0), ("▁the", -4.0), ("ae", -5.0)], 0, False))
    tokenizer.normalizer = normalizers.Precompiled(base64.b64decode(CHARSMAP))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


def words():
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "the": 1, "teacher": 2, "rose": 3, "is": 4}, "[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.CharDelimiterSplit(" ")
    tokenizer.add_tokens(["Rose garden"])
    return tokenizer


def main():
    lines = SENTENCES + odd_lines() + ["The Rose garden of the teacher is a rose  garden"]
    golden = {"lines": lines, "tokenizers": {}}
    every = list(trained(SENTENCES * 3, size=400)) + [("precompiled", precompiled(lines)), ("words", words())]
    for name, tokenizer in every:
        golden["tokenizers"][name] = {"file": tokenizer.to_str(), "ids": [encoding.ids for encoding in tokenizer.encode_batch(lines)]}
    (HERE / "tokenizers.json").write_text(json.dumps(golden, ensure_ascii=False, indent=0, separators=(",", ":")).replace("\n", ""), encoding="utf-8")


main()
