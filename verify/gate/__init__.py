"""The gate: which findings an editor let stand, which were known before, and which fail a draft."""
