"""The report as a web page: one file that needs no network, and no script to be read.

The page's policy lets nothing be loaded and nothing run but its own style and script, by their hashes.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from verify import __version__
from verify.report.display import Display
from verify.report.html.view import story
from verify.types import Run


def render(run: Run, display: Display) -> str:
    """Return the page: an overview where there are several documents, then each with what was found in it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("verify.report.html", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, script = _asset("style.css"), _asset("script.js")
    return environment.get_template("page.html").render(
        stories=[story(checked) for checked in run.documents],
        models=run.models,
        version=__version__,
        style=style,
        script=script,
        policy=(
            f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; "
            "base-uri 'none'; form-action 'none'"
        ),
    )


def _asset(name: str) -> str:
    return files("verify.report.html").joinpath(name).read_text(encoding="utf-8").strip()


def _source(text: str) -> str:
    """The hash by which the policy knows an element with `text` between its tags."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
