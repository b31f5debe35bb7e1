"""`verify rules` and `verify rule`."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.streams import write_stdout
from verify.errors import ConfigError

if TYPE_CHECKING:
    from verify.rules.base import Rule
    from verify.rules.notices import Notice


def rules() -> None:
    """List the rules: code, name, level, and what each reports; `verify rule NAME` explains one."""
    from verify.rules.notices import catalogue

    known = catalogue()
    widest = max(len(rule.name) for rule in known)
    write_stdout("".join(f"{r.code}  {r.name:<{widest}}  {r.level.value:<7}  {r.summary}\n" for r in known))


def explain(
    name: Annotated[str, typer.Argument(metavar="CODE|NAME", help="As in VFY101 or source-conflict.")],
) -> None:
    """Explain a rule, with a bad and a good example."""
    write_stdout(page(find(name)))


def find(name: str) -> Rule | Notice:
    """Return the rule of this code or name; raises ConfigError where there is none."""
    from verify.config import nearest
    from verify.rules.notices import catalogue

    known = {word: rule for rule in catalogue() for word in (rule.name, rule.code)}
    rule = known.get(name) or known.get(name.upper()) or known.get(name.lower())
    if rule is None:
        raise ConfigError(f"rule {name}", "no such rule", nearest(name, list(known)))
    return rule


def page(rule: Rule | Notice) -> str:
    """The rule's page: its metadata, and what it says of itself or the docstring of its module."""
    from verify.rules.notices import Notice

    own = rule.page if isinstance(rule, Notice) else sys.modules[rule.check.__module__].__doc__
    return f"{rule.code} {rule.name} ({rule.level})\n\n{inspect.cleandoc(own or rule.summary)}\n"
