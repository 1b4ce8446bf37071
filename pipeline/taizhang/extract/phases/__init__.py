"""The phase of each quantity: what is seen of it, as features, and the weights that judge."""
