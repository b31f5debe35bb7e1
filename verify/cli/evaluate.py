"""`verify evaluate ...`: how well the models do on labelled data."""

from __future__ import annotations

from verify.cli.evaluate_attribution import attribution
from verify.cli.evaluate_entailment import entailment
from verify.cli.evaluate_stories import stories
from verify.cli.options import group

app = group()
app.command("attribution")(attribution)
app.command("stories")(stories)
app.command("entailment")(entailment)


@app.callback()
def evaluate() -> None:
    """Measure the models on labelled data."""
