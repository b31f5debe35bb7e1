"""Who says what: attributions, their sources and their stance."""
