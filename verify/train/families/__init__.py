"""The families of perturbations, a module for each group; importing one registers its families."""

from verify.train.families import (
    causes,
    dates,
    denials,
    details,
    figures,
    hedges,
    names,
    negation,
    quantifiers,
    roles,
    stages,
    wording,
)
from verify.train.families.base import FAMILIES, HELD_OUT

__all__ = [
    "FAMILIES",
    "HELD_OUT",
    "causes",
    "dates",
    "denials",
    "details",
    "figures",
    "hedges",
    "names",
    "negation",
    "quantifiers",
    "roles",
    "stages",
    "wording",
]
