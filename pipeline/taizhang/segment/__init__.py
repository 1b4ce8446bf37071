"""The segment room: clean text to a spaCy Doc with sections, paragraphs, sentences, clauses and tagged tokens."""
