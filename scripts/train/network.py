"""The network while it learns; its shape is that of `broadsheet.extract.entities.network`."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from broadsheet.extract.entities.words import BUCKETS, NO_AFFIX
from train.encode import FLAGS, LABELS, RULES, SHAPES, Vocabulary

WIDTH = 128
DILATIONS = (1, 2, 4, 1)
FORGOTTEN = {"vector": 0.08, "affixes": 0.08, "word": 0.3, "row": 0.25, "rule": 0.05}
"""How often a word is learnt from without a part of it, so that none is relied on alone."""
DROPOUT = 0.25
STEP = 2.7
"""Standard deviation of the vectors' whole numbers."""
FORBIDDEN = -10_000.0


class Tagger(nn.Module):
    """Scores of labels for words; `transitions` are learnt with them (a linear chain, as in a CRF)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.table = {name: torch.tensor(getattr(vocabulary, name)) for name in ("vector", "affixes", "shape", "row")}
        self.table["vector"] /= STEP
        self.vector = nn.Linear(self.table["vector"].shape[1], WIDTH)
        self.affix = nn.EmbeddingBag(BUCKETS + 1, 32, mode="sum", padding_idx=NO_AFFIX)
        self.affix_out = nn.Linear(32, WIDTH, bias=False)
        self.known = nn.Embedding(len(vocabulary.known) + 1, 32, padding_idx=0)
        self.known_out = nn.Linear(32, WIDTH, bias=False)
        self.shape = nn.Embedding(SHAPES + 1, WIDTH)
        self.rule = nn.Embedding(RULES, WIDTH)
        self.flag = nn.Embedding(FLAGS, WIDTH)
        self.norm = nn.BatchNorm1d(WIDTH)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 3, padding=d, dilation=d, bias=False) for d in DILATIONS
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(WIDTH) for _ in DILATIONS)
        self.out = nn.Linear(WIDTH, LABELS)
        self.transitions = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.register_buffer("forbidden", _forbidden())
        for embedding, spread in ((self.affix, 0.15), (self.known, 0.3), (self.shape, 0.3), (self.rule, 0.3)):
            nn.init.normal_(embedding.weight, 0, spread)

    def forward(self, words: Tensor, rules: Tensor, flags: Tensor) -> Tensor:
        """Scores of shape (batch, length, labels)."""
        x = self.first(words, rules, flags)
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            x = x + norm(convolution(self._dropped(functional.relu(x))))
        scores: Tensor = self.out(self._dropped(functional.relu(x)).transpose(1, 2))
        return scores

    def first(self, words: Tensor, rules: Tensor, flags: Tensor) -> Tensor:
        """The first layer, of shape (batch, width, length)."""
        vector = self.table["vector"][words] * self._kept("vector", words)[..., None]
        affixes = self.table["affixes"][words].clone()
        affixes[self._kept("affixes", words) == 0] = NO_AFFIX
        affixes[..., -1][self._kept("word", words) == 0] = NO_AFFIX
        row = self.table["row"][words] * self._kept("row", words).long()
        x = self.vector(vector) + self.known_out(self.known(row)) + self.shape(self.table["shape"][words])
        x = x + self.affix_out(self.affix(affixes.flatten(0, 1)).view(*words.shape, -1))
        x = x + self.rule(rules * self._kept("rule", words).long()) + self.flag(flags)
        normed: Tensor = self.norm(x.transpose(1, 2))
        return normed

    def _kept(self, part: str, words: Tensor) -> Tensor:
        return (torch.rand(words.shape) >= FORGOTTEN[part] * self.training).float()

    def _dropped(self, x: Tensor) -> Tensor:
        return functional.dropout(x, DROPOUT, self.training)

    def loss(self, scores: Tensor, labels: Tensor) -> Tensor:
        """Negative log-likelihood of the labels under the chain, per word, and a little of each word's own."""
        transitions = self.transitions + self.forbidden
        own = scores.gather(2, labels[..., None]).sum((1, 2))
        true = own + transitions[labels[:, :-1], labels[:, 1:]].sum(1)
        alpha = scores[:, 0]
        for at in range(1, scores.shape[1]):
            alpha = torch.logsumexp(alpha[:, :, None] + transitions, 1) + scores[:, at]
        chain = (torch.logsumexp(alpha, 1) - true).mean() / scores.shape[1]
        return chain + 0.1 * functional.cross_entropy(scores.flatten(0, 1), labels.flatten())


def _forbidden() -> Tensor:
    """An I follows only its own B or I."""
    found = torch.zeros(LABELS, LABELS)
    for label in range(2, LABELS, 2):
        found[:, label] = FORBIDDEN
        found[[label - 1, label], label] = 0
    return found
