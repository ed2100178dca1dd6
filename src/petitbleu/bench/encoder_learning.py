"""Learning the encoder's upper layers from a corpus, with PyTorch (not a dependency:
``pip install torch``).

The lower layers stay as the package has them; what they make of the corpus is computed once. Above
them layers and a head (weights for the means of some layers) learn together, beside the first
model's score, which of two labels a text has, and by the way of which kind it is. That is done
without each group of authors in turn, whose texts are then scored, and with everybody, which ships.
The first model's scores of texts that are learnt from are of models that left their authors out.
``danger_learning.py`` and ``spam_learning.py`` say what is learnt.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from petitbleu.bench import encoder_file, encoder_learnt
from petitbleu.bench.danger_training import groups
from petitbleu.bench.encoder_layers import (
    COPIED,
    LAYERS,
    TOGETHER,
    Below,
    as_tensors,
    batches,
    means,
)

RATE, LOWER, HEAD_RATE, KIND_RATE = 1.2e-4, 0.9, 3e-4, 1e-3
"""Steps of learning: of the top layer, how much less each layer below, of the head, of kinds."""
DECAY = 0.01
UNSEEN = 0.1
"""The share of pieces, and of what the head sees, that is hidden while learning."""
KINDS = 0.3
"""How much it counts to know the kind of a text."""
STRENGTH = 75.0
"""How much large weights cost where the head begins."""


class Lesson(NamedTuple):
    """What is learnt from: texts by number, and of every text what is wanted."""

    always: list[int]
    at_times: list[int]
    """Texts of which some are drawn for a round."""
    drawn: float
    """The share of these."""
    rounds: int
    wanted: Any
    """1 or 0, a number for each text."""
    counts: Any
    """How much each text counts."""
    kind: Any
    """The number of its kind; -1: of none."""
    kinds: int
    linear: Any
    """The first model's scores."""

    def round(self, chance: random.Random) -> list[int]:
        """Texts of a round."""
        return self.always + chance.sample(self.at_times, int(self.drawn * len(self.at_times)))

    def loss(self, some: list[int], scores: Any, kinds: Any) -> Any:
        """How wrong scores and kinds of some texts are."""
        from torch.nn import functional

        found = self.wrong(some, scores) / self.counts[some].sum()
        if (self.kind[some] >= 0).any():
            found = found + KINDS * functional.cross_entropy(
                kinds, self.kind[some], ignore_index=-1
            )
        return found

    def wrong(self, some: list[int], scores: Any) -> Any:
        """How wrong scores are, as a sum."""
        from torch.nn import functional

        wrong = functional.binary_cross_entropy_with_logits(
            scores, self.wanted[some], reduction="none"
        )
        return (wrong * self.counts[some]).sum()


class Course(NamedTuple):
    """What was learnt of some authors: tensors by the package's names, and the head."""

    tensors: dict[str, Any]
    weights: Any
    bias: float
    linear: float


class Corpus(NamedTuple):
    """What is learnt from, and whose."""

    digest: str
    authors: Sequence[str]
    """Of each text."""
    groups: int
    """Groups of authors of which each is left out once."""
    lesson: Callable[[Collection[str]], Lesson]
    """The lesson of what some authors wrote."""


def learn(corpus: Corpus, below: Below, kept: Path, folder: Path) -> Course:
    """What was learnt from everybody; weights and scores are written beside the corpus in
    ``folder`` (``encoder_learnt.py``). What is done is kept in ``kept``. Raises ImportError.
    """
    import torch

    everybody = set(corpus.authors)
    left = [*groups(everybody, corpus.groups), set()]
    kept.mkdir(parents=True, exist_ok=True)
    files = [kept / f"{corpus.digest[:16]}-{number}.pt" for number in range(len(left))]
    for authors, file in zip(left, files, strict=True):
        if not file.exists():
            course = learn_from(corpus.lesson(everybody - authors), below)
            torch.save(tuple(course), file)
    courses = [Course(*torch.load(file, weights_only=False)) for file in files]
    said: dict[int, float] = {}
    for authors, course in zip(left[:-1], courses[:-1], strict=True):
        own = [number for number, author in enumerate(corpus.authors) if author in authors]
        said |= zip(own, score(course, below, own), strict=True)
    whole = courses[-1]
    weights = whole.weights.astype("<f4")
    head = encoder_learnt.Head(
        1, corpus.digest, below.weighed, len(weights), len(left) - 1, whole.bias, whole.linear
    )
    scores = [said[number] for number in sorted(said)]
    encoder_learnt.write(head, bytes(weights.tobytes()), scores, folder)
    return whole


def score(course: Course, below: Below, numbers: Sequence[int]) -> list[float]:
    """What the encoder says of some texts, with the weights that a file would have."""
    import torch

    tensors = as_tensors(encoder_file.as_shipped(below.source, course.tensors))
    said: dict[int, float] = {}
    weights = torch.from_numpy(course.weights)
    with torch.no_grad():
        for some in batches(below, numbers, 4 * TOGETHER, random.Random(1)):  # noqa: S311
            scores = means(tensors, below, some, 0.0) @ weights + course.bias
            said |= zip(some, scores.tolist(), strict=True)
    return [said[number] for number in numbers]


def learn_from(lesson: Lesson, below: Below) -> Course:
    """Learn a lesson."""
    import torch

    torch.manual_seed(0)
    tensors = as_tensors(encoder_file.plain(below.source, range(COPIED, LAYERS)))
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
    total = math.ceil(lesson.rounds * sum(map(below.length, lesson.round(chance))) / TOGETHER)
    done = 0
    for _ in range(lesson.rounds):
        for some in batches(below, lesson.round(chance), TOGETHER, chance):
            done += 1
            share = min(1.0, 10 * done / total) * max(0.02, 1 - done / total)
            for group, step in zip(descent.param_groups, steps, strict=True):
                group["lr"] = step["rate"] * share
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
    return LAYERS - 1 - int(name[1 : name.index(".")])


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


def _begin(lesson: Lesson, below: Below) -> _Head:
    """A head that was fitted to the means before anything else learns."""
    import torch

    own = sorted(lesson.always + lesson.at_times)
    rows = torch.from_numpy(below.means[own][:, [at - 1 for at in below.weighed]])
    rows = rows.float().flatten(1)
    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    rows = (rows - middle) / spread
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
        found = lesson.wrong(own, head.score(rows, lesson.linear[own]))
        found = found + STRENGTH * (head.weights * head.weights).sum()
        found.backward()
        return found

    descent.step(loss)
    return head
