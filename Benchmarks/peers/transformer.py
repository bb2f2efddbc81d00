"""Training steps of a decoder transformer in PyTorch, the same work as TransformerTraining.swift: AdamW, cross-entropy and T²·KL at T = 4 at
each position.

    transformer.py THREADS

Answers with microseconds a step and the peak memory in megabytes.
"""

import sys

import torch
import torch.nn.functional as F

from measuring import answer, now, peak_megabytes

ROWS, BATCH, LENGTH, VOCABULARY, WIDTH, LAYERS, HEADS, INNER = 64, 16, 128, 512, 128, 4, 4, 512
TEMPERATURE, LABEL_SHARE = 4.0, 0.1


class Block(torch.nn.Module):
    """Causal attention and a feed-forward layer, each on the normalised input with a path around it."""

    def __init__(self):
        super().__init__()
        self.attention_norm = torch.nn.LayerNorm(WIDTH)
        self.packed = torch.nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = torch.nn.Linear(WIDTH, WIDTH)
        self.norm = torch.nn.LayerNorm(WIDTH)
        self.inner = torch.nn.Linear(WIDTH, INNER)
        self.outer = torch.nn.Linear(INNER, WIDTH)

    def forward(self, x):
        rows, length, _ = x.shape
        packed = self.packed(self.attention_norm(x)).view(rows, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = packed.permute(2, 0, 3, 1, 4).unbind(0)
        # The fused implementation is PyTorch's fastest.
        heads = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + self.attended(heads.transpose(1, 2).reshape(rows, length, WIDTH))
        return x + self.outer(F.gelu(self.inner(self.norm(x))))


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = torch.nn.Embedding(VOCABULARY, WIDTH)
        self.positions = torch.nn.Parameter(torch.randn(LENGTH, WIDTH) * 0.02)
        self.blocks = torch.nn.Sequential(*[Block() for _ in range(LAYERS)])
        self.norm = torch.nn.LayerNorm(WIDTH)
        self.output = torch.nn.Linear(WIDTH, VOCABULARY)

    def forward(self, ids):
        return self.output(self.norm(self.blocks(self.tokens(ids) + self.positions)))


torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(1)
tokens = torch.randint(0, VOCABULARY, (ROWS, LENGTH))
labels = torch.randint(0, VOCABULARY, (ROWS, LENGTH))
soft_targets = torch.rand(ROWS, LENGTH, VOCABULARY) * 2 - 1
network = Network()
optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=0.01, fused=True)


def step(rows):
    logits = network(tokens[rows]).view(-1, VOCABULARY)
    hard = F.cross_entropy(logits, labels[rows].view(-1))
    soft = F.kl_div(
        F.log_softmax(logits / TEMPERATURE, dim=1),
        F.log_softmax(soft_targets[rows].view(-1, VOCABULARY) / TEMPERATURE, dim=1),
        reduction="batchmean",
        log_target=True,
    )
    loss = LABEL_SHARE * hard + (1 - LABEL_SHARE) * TEMPERATURE**2 * soft
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()


def step_time(passes=2):
    """The median microseconds of a step."""
    times = []
    for _ in range(passes):
        order = torch.randperm(ROWS)
        for start in range(0, ROWS, BATCH):
            begun = now()
            step(order[start : start + BATCH])
            times.append((now() - begun) * 1e6)
    return sorted(times)[len(times) // 2]


step_time()
answer(lambda: (step_time(), peak_megabytes()))
