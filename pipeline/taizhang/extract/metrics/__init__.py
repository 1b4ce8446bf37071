"""The metrics room: for each quantity what it counts, its phase, and the total that it is part of."""
