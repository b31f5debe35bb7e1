"""`verify train ...`: make the models anew, or from a newsroom's own data. Needs the extra `train`."""

from __future__ import annotations

from verify.cli.options import group
from verify.cli.train_attribution import attribution
from verify.cli.train_entailment import entailment

app = group()
app.command("attribution")(attribution)
app.command("entailment")(entailment)


@app.callback()
def train() -> None:
    """Train the bundled models anew, or on other labelled data."""
