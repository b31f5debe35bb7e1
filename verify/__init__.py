"""verify: who says what in a news story, where the accounts clash, and what stands unsupported."""

__version__ = "0.1.0"
