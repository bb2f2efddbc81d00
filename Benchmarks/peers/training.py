"""Training steps in PyTorch, the same work as Training.swift: Adam, cross-entropy and T²·KL at T = 4.

    training.py NETWORK THREADS

Answers with microseconds a step and the peak memory in megabytes. Pictures lie in memory in whichever order is faster here.
"""

import sys

import torch
import torch.nn.functional as F

from measuring import answer, now, peak_megabytes
from networks import CLASSES, NETWORKS

ROWS, TEMPERATURE, LABEL_SHARE = 1024, 4.0, 0.1


class Training:
    def __init__(self, build, shape, batch, memory_format=torch.contiguous_format):
        torch.manual_seed(1)
        self.batch = batch
        self.features = torch.rand(ROWS, *shape) * 2 - 1
        self.network = build()
        if len(shape) == 3:
            self.features = self.features.contiguous(memory_format=memory_format)
            self.network = self.network.to(memory_format=memory_format)
        self.soft_targets = torch.rand(ROWS, CLASSES) * 2 - 1
        self.labels = torch.arange(ROWS) % CLASSES
        # The fused implementation is PyTorch's fastest.
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=1e-3, fused=True)

    def step(self, rows):
        logits = self.network(self.features[rows])
        hard = F.cross_entropy(logits, self.labels[rows])
        soft = F.kl_div(
            F.log_softmax(logits / TEMPERATURE, dim=1),
            F.log_softmax(self.soft_targets[rows] / TEMPERATURE, dim=1),
            reduction="batchmean",
            log_target=True,
        )
        loss = LABEL_SHARE * hard + (1 - LABEL_SHARE) * TEMPERATURE**2 * soft
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()

    def step_time(self, seconds=0.3):
        """The median microseconds of a step, over at least one pass and about so many seconds."""
        times, end = [], now() + seconds
        while not times or now() < end:
            order = torch.randperm(ROWS)
            for start in range(0, ROWS, self.batch):
                begun = now()
                self.step(order[start : start + self.batch])
                times.append((now() - begun) * 1e6)
        return sorted(times)[len(times) // 2]


name, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
build, shape, batch = NETWORKS[name]
note = ""
training = Training(build, shape, batch)
if len(shape) == 3:
    last = Training(build, shape, batch, torch.channels_last)
    times = [min(variant.step_time() for _ in range(2)) for variant in (training, last)]
    training, note = (last, "channels last") if times[1] < times[0] else (training, "channels first")
    del last
training.step_time()
answer(lambda: (training.step_time(), peak_megabytes()), note)
