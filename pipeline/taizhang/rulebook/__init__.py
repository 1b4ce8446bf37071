"""The rulebook's room: are the rule files in order, which of them know a word, do a user's own examples hold."""
