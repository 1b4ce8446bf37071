"""The time of each quantity: the dates that may govern it, and which of them does."""
