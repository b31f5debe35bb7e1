"""The archive: passages of earlier copy, searchable by meaning and by words, kept on disk."""
