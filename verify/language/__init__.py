"""What the words of a document are and mean: parsing, values, questions."""
