"""Learning the encoder's upper layers from the corpus of danger, with PyTorch (not a dependency:
``pip install torch``).

The lower layers stay as the package has them; what they make of the corpus is computed once. Above
them layers and a head (weights for the means of some layers) learn together, beside the first
model's score, whether a line is danger, and by the way of which kind it is. That is done without
each group of authors in turn, whose lines are then scored, and with everybody, which ships. The
first model's scores of lines that are learnt from are of models that left their authors out.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from petitbleu.bench import danger_encoder, danger_learnt
from petitbleu.bench.danger_corpus import LABELS, ORDINARY, Line, digest
from petitbleu.bench.danger_layers import (
    COPIED,
    LAYERS,
    TOGETHER,
    Below,
    as_tensors,
    batches,
    means,
    read_below,
)
from petitbleu.bench.danger_training import Counted, groups

GROUPS = 4
"""Groups of authors of which each is left out once."""
ROUNDS = 5
WEIGHTS = (3.0, 0.75, 1.0)
"""How much a line of each of ``LABELS`` counts."""
HARD, EASY = 0.3, 0.3
"""Ordinary lines that are learnt from: the share that the first model takes most for danger, and
the share of the others, drawn anew each round.
"""
RATE, LOWER, HEAD_RATE, KIND_RATE = 1.2e-4, 0.9, 3e-4, 1e-3
"""Steps of learning: of the top layer, how much less each layer below, of the head, of kinds."""
DECAY = 0.01
UNSEEN = 0.1
"""The share of pieces, and of what the head sees, that is hidden while learning."""
KINDS = 0.3
"""How much it counts to know the kind of a line."""
KIND_LINES = 24
"""Lines that a kind must have."""
STRENGTH = 75.0
"""How much large weights cost where the head begins."""


class Course(NamedTuple):
    """What was learnt of some authors: tensors by the package's names, and the head."""

    tensors: dict[str, Any]
    weights: Any
    bias: float
    linear: float


def learn(counted: Counted, kept: Path, path: Path) -> bytes:
    """The file of an encoder that learnt from everybody; what else was learnt is written to
    ``path`` (``danger_learnt.py``). What is done is kept in ``kept``. Raises ImportError.
    """
    import torch

    lines, source = counted.lines, danger_encoder.package()
    everybody = {line.author for line in lines}
    left = [*groups(everybody, GROUPS), set()]
    kept.mkdir(parents=True, exist_ok=True)
    files = [kept / f"{digest(lines)[:16]}-{number}.pt" for number in range(len(left))]
    below = read_below(source, lines)
    for authors, file in zip(left, files, strict=True):
        if not file.exists():
            torch.save(tuple(learn_from(counted, below, everybody - authors)), file)
    courses = [Course(*torch.load(file, weights_only=False)) for file in files]
    said: dict[Line, float] = {}
    for authors, course in zip(left[:-1], courses[:-1], strict=True):
        own = [number for number, line in enumerate(lines) if line.author in authors]
        said |= zip((lines[number] for number in own), score(course, below, own), strict=True)
    whole = courses[-1]
    weights = whole.weights.astype("<f4")
    head = danger_learnt.Head(
        1, digest(lines), LAYERS, len(weights), len(left) - 1, whole.bias, whole.linear
    )
    danger_learnt.write(head, bytes(weights.tobytes()), [said[line] for line in lines], path)
    return danger_encoder.make(source, [line.text for line in lines], learnt=whole.tensors)


def score(course: Course, below: Below, numbers: Sequence[int]) -> list[float]:
    """What the encoder says of some lines, with the weights that a file would have."""
    import torch

    tensors = as_tensors(danger_encoder.as_shipped(below.source, course.tensors))
    said: dict[int, float] = {}
    weights = torch.from_numpy(course.weights)
    with torch.no_grad():
        for some in batches(below, numbers, 4 * TOGETHER, random.Random(1)):  # noqa: S311
            scores = means(tensors, below, some, 0.0) @ weights + course.bias
            said |= zip(some, scores.tolist(), strict=True)
    return [said[number] for number in numbers]


def learn_from(counted: Counted, below: Below, authors: Collection[str]) -> Course:
    """Learn from what some authors wrote."""
    import torch

    torch.manual_seed(0)
    lesson = _lesson(counted, below, authors)
    tensors = as_tensors(danger_encoder.plain(below.source, range(COPIED, max(LAYERS))))
    for one in tensors.values():
        one.requires_grad_()
    head = _begin(lesson, below)
    kinds = torch.nn.Linear(len(head.weights), max(1, lesson.kinds))
    torch.nn.init.normal_(kinds.weight, std=0.02)
    steps = [_step(one, RATE * LOWER ** _below_top(name)) for name, one in tensors.items()]
    steps += [_step(one, HEAD_RATE) for one in (head.weights, head.bias)]
    steps += [_step(one, KIND_RATE) for one in (kinds.weight, kinds.bias)]
    steps.append({**_step(head.linear, KIND_RATE), "weight_decay": 0.0})
    descent, chance = torch.optim.AdamW(steps), random.Random(0)  # noqa: S311
    total = math.ceil(ROUNDS * sum(map(below.length, lesson.round(chance))) / TOGETHER)
    done = 0
    for _ in range(ROUNDS):
        for some in batches(below, lesson.round(chance), TOGETHER, chance):
            done += 1
            share = min(1.0, 10 * done / total) * max(0.02, 1 - done / total)
            for step in steps:
                step["lr"] = step["rate"] * share
            for group, step in zip(descent.param_groups, steps, strict=True):
                group["lr"] = step["lr"]
            seen = (means(tensors, below, some, UNSEEN) - head.middle) / head.spread
            seen = torch.nn.functional.dropout(seen, UNSEEN)
            descent.zero_grad(set_to_none=True)
            lesson.loss(some, head.score(seen, lesson.linear[some]), kinds(seen)).backward()
            torch.nn.utils.clip_grad_norm_([step["params"][0] for step in steps], 1.0)
            descent.step()
    own = (head.weights / head.spread).detach()
    bias = float((head.bias.detach() - (own * head.middle).sum()).item())
    learnt = {name: one.detach().numpy() for name, one in tensors.items()}
    return Course(learnt, own.numpy(), bias, float(head.linear.detach().item()))


def _below_top(name: str) -> int:
    return max(LAYERS) - 1 - int(name[1 : name.index(".")])


def _step(tensor: Any, rate: float) -> dict[str, Any]:
    decay = DECAY if tensor.ndim > 1 or rate == HEAD_RATE else 0.0
    return {"params": [tensor], "lr": rate, "rate": rate, "weight_decay": decay}


class _Head(NamedTuple):
    """Weights for the means once they are of mean 0 and spread 1."""

    middle: Any
    spread: Any
    weights: Any
    bias: Any
    linear: Any

    def score(self, seen: Any, linear: Any) -> Any:
        return seen @ self.weights + self.bias + self.linear * linear


class _Lesson(NamedTuple):
    """What is learnt from: lines by number, and of every line what is wanted."""

    always: list[int]
    at_times: list[int]
    """Ordinary lines, of which some are drawn for a round."""
    labels: Any
    kind: Any
    kinds: int
    linear: Any
    """The first model's scores."""

    def round(self, chance: random.Random) -> list[int]:
        return self.always + chance.sample(self.at_times, int(EASY * len(self.at_times)))

    def loss(self, some: list[int], scores: Any, kinds: Any) -> Any:
        import torch
        from torch.nn import functional

        wrong = functional.binary_cross_entropy_with_logits(
            scores, (self.labels[some] == 0).float(), reduction="none"
        )
        counts = torch.tensor(WEIGHTS)[self.labels[some]]
        found = (wrong * counts).sum() / counts.sum()
        if (self.kind[some] >= 0).any():
            found = found + KINDS * functional.cross_entropy(
                kinds, self.kind[some], ignore_index=-1
            )
        return found


def _lesson(counted: Counted, below: Below, authors: Collection[str]) -> _Lesson:
    import torch

    lines = counted.lines
    scores = dict(counted.left_out(authors))
    own = [number for number, line in enumerate(lines) if line.author in authors]
    ordinary = sorted(
        (number for number in own if lines[number].label == ORDINARY),
        key=lambda number: -scores[lines[number]],
    )
    hard = ordinary[: int(HARD * len(ordinary))]
    often = Counter((lines[number].label, lines[number].kind) for number in own)
    names = sorted(name for name, count in often.items() if count >= KIND_LINES)
    place = {name: at for at, name in enumerate(names)}
    return _Lesson(
        [number for number in own if lines[number].label != ORDINARY] + hard,
        ordinary[len(hard) :],
        torch.tensor([LABELS.index(line.label) for line in lines]),
        torch.tensor([place.get((line.label, line.kind), -1) for line in lines]),
        len(names),
        torch.tensor([scores.get(line, 0.0) for line in lines]),
    )


def _begin(lesson: _Lesson, below: Below) -> _Head:
    """A head that was fitted to the means before anything else learns."""
    import torch
    from torch.nn import functional

    own = sorted(lesson.always + lesson.at_times)
    rows = torch.from_numpy(below.means[own][:, [at - 1 for at in LAYERS]]).float().flatten(1)
    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    rows = (rows - middle) / spread
    wanted = (lesson.labels[own] == 0).float()
    counts = torch.tensor(WEIGHTS)[lesson.labels[own]]
    head = _Head(
        middle,
        spread,
        torch.zeros(rows.shape[1], requires_grad=True),
        torch.zeros(1, requires_grad=True),
        torch.ones(1, requires_grad=True),
    )
    descent = torch.optim.LBFGS(
        [head.weights, head.bias, head.linear], max_iter=60, line_search_fn="strong_wolfe"
    )

    def loss() -> Any:
        descent.zero_grad()
        scores = head.score(rows, lesson.linear[own])
        wrong = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none")
        found = (wrong * counts).sum() + STRENGTH * (head.weights * head.weights).sum()
        found.backward()
        return found

    descent.step(loss)
    return head
