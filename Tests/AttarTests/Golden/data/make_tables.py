"""Writes the small tables that the reading tests open: arrays by NumPy, text by csv and gzip. Run it in its own folder."""

import csv
import gzip
import io
import struct

import numpy as np

matrix = np.array([[1.5, -2.25, 3.0], [4.0, np.nan, 6.125]])
np.save("f8.npy", matrix)
np.save("f4-big-endian.npy", matrix.astype(">f4"))
np.save("f2.npy", matrix.astype("<f2"))
np.save("fortran.npy", np.asfortranarray(matrix))
np.save("vector-i8.npy", np.array([1, -2, 3], dtype=np.int64))
np.save("bool.npy", np.array([[True, False], [False, True]]))
np.save("u2.npy", np.array([[65535, 1], [2, 3]], dtype=np.uint16))
stack = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
np.save("tensor.npy", stack)
np.save("tensor-fortran.npy", np.asfortranarray(stack))
np.save("texts.npy", np.array(["naïve", "b", "naïve", ""]))
np.save("infinite.npy", np.array([[1.0, 2.0], [3.0, np.inf]]))
np.save("objects.npy", np.array([{"a": 1}, None], dtype=object))
np.save("complex.npy", np.array([1 + 2j]))
np.save("big-whole.npy", np.array([[1, 16777217], [2, 3]], dtype=np.int64))
with open("version2.npy", "wb") as file:
    np.lib.format.write_array(file, matrix, version=(2, 0))

np.savez("stored.npz", X=matrix, y=np.array([0, 1]))
np.savez_compressed("deflated.npz", x=np.tile(matrix, (50, 1)), y=np.arange(100), m=np.ones((100, 2)))
ids = np.array([[5, 2, 0], [70000, 1, 1]])
np.savez("tokens.npz", tokens=ids, ids=np.asfortranarray(ids.astype(np.uint8)), y=np.array(["a", "b"]), other=ids)
np.savez("uneven.npz", X=matrix, y=np.array([0, 1, 2]))

text = io.StringIO()
writer = csv.writer(text)
writer.writerow(["name", "note", "value"])
writer.writerow(['say "hi"', "one, two", "1.5"])
writer.writerow(["two\r\nlines", "", "NA"])
writer.writerow(["ünïcode", "x;y", "-3e2"])
packed = gzip.compress(text.getvalue().encode(), mtime=0)
with open("quoted.csv.gz", "wb") as file:
    file.write(packed)
with open("truncated.csv.gz", "wb") as file:
    file.write(packed[:-12])
with open("members.csv.gz", "wb") as file:  # two gzip members one after the other are one stream
    file.write(gzip.compress(b"a,b\n1,2\n", mtime=0) + gzip.compress(b"3,4\n", mtime=0))

# A header that promises far more than the file holds.
header = "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999, 9999), }"
header += " " * (118 - len(header) - 1) + "\n"
with open("boastful.npy", "wb") as file:
    file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + b"\0" * 16)
