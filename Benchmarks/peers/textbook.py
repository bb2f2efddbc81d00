"""One training step of 100-64-32-10 in PyTorch, the same work as TextbookNetwork.swift, in microseconds.

Answers "ready" when warm, then one line of time for each line that it reads.
"""

import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(1)

ROWS, BATCH, TEMPERATURE, LABEL_SHARE = 1024, 32, 4.0, 0.1
features = torch.rand(ROWS, 100) * 2 - 1
soft_targets = torch.rand(ROWS, 10) * 2 - 1
labels = torch.arange(ROWS) % 10

network = torch.nn.Sequential(
    torch.nn.Linear(100, 64), torch.nn.ReLU(), torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10)
)
# The fused implementation is PyTorch's fastest.
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)


def epoch():
    """Trains for one pass and returns the microseconds of each step."""
    times = []
    order = torch.randperm(ROWS)
    for start in range(0, ROWS, BATCH):
        begun = time.perf_counter()
        rows = order[start : start + BATCH]
        logits = network(features[rows])
        hard = F.cross_entropy(logits, labels[rows])
        soft = F.kl_div(
            F.log_softmax(logits / TEMPERATURE, dim=1),
            F.log_softmax(soft_targets[rows] / TEMPERATURE, dim=1),
            reduction="batchmean",
            log_target=True,
        )
        loss = LABEL_SHARE * hard + (1 - LABEL_SHARE) * TEMPERATURE**2 * soft
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        times.append((time.perf_counter() - begun) * 1e6)
    return times


for _ in range(5):
    epoch()
print("ready", flush=True)
for _ in sys.stdin:
    times = sorted(epoch() + epoch() + epoch())
    print(times[len(times) // 2], flush=True)
