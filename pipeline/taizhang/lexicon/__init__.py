"""The lexicon's room: what ``rules/words/*.tsv`` say of each word. Entries, loading, automaton."""
