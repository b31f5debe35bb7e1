"""The recipes that made the bundled models; also for a newsroom's own labelled data."""
