"""The extract room: a segmented Doc to candidates with every field, and to exclusions with their reasons."""
