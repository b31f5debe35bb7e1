"""Measures, and the labelled data that they are taken on."""
