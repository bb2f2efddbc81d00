"""Writes small pictures in every form that Attar reads, and what Pillow decodes them to.

    pip install pillow==13.0.0 numpy && python make_pictures.py
"""
import io
from pathlib import Path

import numpy
from PIL import Image

here = Path(__file__).parent
random = numpy.random.default_rng(1)
# Smooth, so that JPEG keeps it well.
y, x = numpy.mgrid[0:10, 0:12]
grey = (120 + 60 * numpy.sin(x / 4) + 50 * numpy.cos(y / 3)).astype(numpy.uint8)
colour = numpy.stack([grey, 255 - grey, numpy.roll(grey, 3, axis=1)], axis=2)


def save(name, array, **options):
    path = here / name
    path.parent.mkdir(parents=True, exist_ok=True)
    image = array if isinstance(array, Image.Image) else Image.fromarray(array)
    image.save(path, **options)
    return path


# A folder of classes: grey and coloured PNG, a palette, 16 bits, transparency; grey and coloured JPEG.
alpha = numpy.dstack([colour, numpy.where(x < 6, 255, 0).astype(numpy.uint8)])
paths = [
    save("classes/apple/1.png", colour),
    save("classes/apple/2.PNG", Image.fromarray(colour).quantize(16), format="PNG"),
    save("classes/apple/3.png", alpha),
    save("classes/pear/a.png", grey),
    save("classes/pear/b.jpg", colour, quality=95, subsampling=0),
    save("classes/pear/c.jpeg", grey, quality=95),
]
(here / "classes/pear/notes.txt").write_text("no picture\n")
expected = []
for path in paths:
    image = Image.open(path)
    if image.mode == "RGBA":
        black = Image.new("RGBA", image.size, (0, 0, 0, 255))
        image = Image.alpha_composite(black, image)
    expected.append(numpy.asarray(image.convert("RGB")))
numpy.save(here / "classes.npy", numpy.stack(expected))

save("grey/0.png", grey)
save("grey/1.png", Image.fromarray((grey.astype(numpy.uint16) * 257)), format="PNG")
numpy.save(here / "grey.npy", numpy.stack([grey, grey]))

# What is refused.
save("sizes/a/1.png", grey)
save("sizes/b/2.png", grey[:5])
save("channels/a/1.png", grey)
save("channels/b/2.png", colour)
whole = io.BytesIO()
Image.fromarray(random.integers(0, 256, (10, 12, 3), dtype=numpy.uint8)).save(whole, "PNG")
for name, contents in {
    "cut.png": whole.getvalue()[:200],
    "cut.jpg": (here / "classes/pear/b.jpg").read_bytes()[:300],
    "empty.png": b"",
    "text.jpg": b"no picture at all",
}.items():
    folder = here / "broken" / name.replace(".", "-")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(contents)
(here / "mixed/a").mkdir(parents=True, exist_ok=True)
save("mixed/a/1.png", grey)
save("mixed/2.png", grey)
(here / "nothing").mkdir(exist_ok=True)
(here / "nothing/readme.txt").write_text("no pictures here\n")
