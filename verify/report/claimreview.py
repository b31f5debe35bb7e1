"""The disputed claims as schema.org's ClaimReview, for a fact-checker to take up and finish.

`verify` doesn't say what is true: no review has a rating, and each is marked as a draft.
https://schema.org/ClaimReview
"""

from __future__ import annotations

from collections.abc import Iterator

from verify import __version__
from verify.printable import printable
from verify.report.display import Display
from verify.report.json import Json, encode
from verify.report.path import uri
from verify.report.summary import left_out, looked_at, spelled, standing
from verify.report.text import plural
from verify.types import Checked, Claim, Evidence, Run, Sort, Source, Stance

CONTEXT = "https://schema.org"

DRAFT = "draft without a rating"

HELD = (Stance.ASSERTS, Stance.SUGGESTS, Stance.DENIES)
"""The stances of who makes a claim; who doubts or declines makes none."""


def render(run: Run, display: Display) -> str:
    """Return a graph of the articles, a draft review of each disputed claim, and a report of coverage."""
    nodes = [node for checked in run.documents for node in _nodes(checked)]
    return encode({"@context": CONTEXT, "@graph": nodes}) + "\n"


def _nodes(checked: Checked) -> Iterator[Json]:
    document = checked.document
    article: dict[str, Json] = {"@id": document.url or uri(document.path)}
    yield {
        "@type": "NewsArticle",
        **article,
        **({"headline": printable(document.title)} if document.title else {}),
        **({"datePublished": document.published.isoformat()} if document.published else {}),
    }
    yield {
        "@type": "Report",
        "about": article,
        "creator": {"@type": "SoftwareApplication", "name": "verify", "softwareVersion": __version__},
        "text": _coverage(checked),
    }
    disputed = {id_ for issue in checked.issues for position in issue.positions for id_ in position.claims}
    disputed |= {evidence.claim for evidence in checked.evidence}
    disputed |= {id_ for finding in standing(checked.findings) for id_ in finding.claims}
    for claim in checked.claims:
        if claim.id in disputed and claim.stance in HELD:
            yield _review(checked, claim, article)


def _review(checked: Checked, claim: Claim, article: Json) -> Json:
    found = [f.message for f in standing(checked.findings) if claim.id in f.claims]
    return {
        "@type": "ClaimReview",
        "creativeWorkStatus": DRAFT,
        "claimReviewed": _claimed(checked, claim),
        "itemReviewed": {
            "@type": "Claim",
            "text": printable(checked.document.text[claim.span.start : claim.span.end]),
            "appearance": article,
            **({"author": _author(claim.source)} if claim.source else {}),
        },
        "reviewBody": printable(" ".join(found)),
        "citation": [_citation(e) for e in checked.evidence if e.claim == claim.id],
    }


def _claimed(checked: Checked, claim: Claim) -> str:
    """The proposition of who holds it; of who denies it the words, as the proposition is in the positive."""
    if claim.stance is Stance.DENIES:
        return printable(checked.document.text[claim.span.start : claim.span.end])
    return printable(claim.proposition)


def _author(source: Source) -> Json:
    kind = "Person" if source.sort is Sort.PERSON else "Organization"
    return {"@type": kind, "name": printable(source.name)}


def _citation(evidence: Evidence) -> Json:
    passage = evidence.passage
    return {
        "@type": "CreativeWork",
        "identifier": printable(passage.document),
        "text": printable(passage.text),
        "description": printable(f"{spelled(evidence.relation)}: {evidence.reason}"),
        **({"name": printable(passage.title)} if passage.title else {}),
        **({"datePublished": passage.published.isoformat()} if passage.published else {}),
        **(
            {"publisher": {"@type": "Organization", "name": printable(passage.publisher)}}
            if passage.publisher
            else {}
        ),
    }


def _coverage(checked: Checked) -> str:
    parts = [f"Looked at {looked_at(checked)}."]
    if checked.nothing_checked:
        parts.insert(0, "Nothing in this document could be checked.")
    parts += [
        f"Not checked ({plural(len(places), 'place')}): {reason}."
        for reason, places in left_out(checked).items()
    ]
    return printable(" ".join(parts))
