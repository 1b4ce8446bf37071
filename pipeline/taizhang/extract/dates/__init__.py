"""The dates of a text: found, and read against the article's day and the dates before them."""
