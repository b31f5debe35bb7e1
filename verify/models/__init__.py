"""The models, each behind a small protocol."""
