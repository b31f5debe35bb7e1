"""Telling one encoder from another by what it does, since names can lie and folders change."""

from __future__ import annotations

from verify.errors import ArchiveError
from verify.index.protocols import Fingerprint
from verify.models.protocols import Encoder

PROBES = (
    "The ministry denied on Tuesday that any of its troops had crossed the border.",
    "At least 137 people were killed, the company said.",
)
LEAST_COSINE = 0.995
"""Processors move a probe's cosine by less than 0.001, 8 bits by less than 0.004; another model anywhere."""


def fingerprint_of(encoder: Encoder) -> Fingerprint:
    """What the encoder makes of the probes."""
    return Fingerprint(encoder.name, encoder.encode(PROBES))


def refuse_other(path: str, made_by: Fingerprint, given: Fingerprint) -> None:
    """Raise ArchiveError where the vectors in the index at `path` are another encoder's than that given."""
    shape, other = made_by.probe.shape, given.probe.shape
    if shape == other and float((made_by.probe * given.probe).sum(axis=1).min()) >= LEAST_COSINE:
        return
    if made_by.encoder == given.encoder:
        problem = f"its vectors were made by another version of the encoder {given.encoder}"
        raise ArchiveError(path, problem, "build the index anew")
    problem = f"its vectors were made by the encoder {made_by.encoder}, not {given.encoder}"
    remedy = f"give --encoder {made_by.encoder}, or build the index anew with the encoder you use"
    raise ArchiveError(path, problem, remedy)
