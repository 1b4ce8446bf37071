"""Fitting the weights in ``rules/weights`` on articles with gold. A tool of the project, no part of the program."""
