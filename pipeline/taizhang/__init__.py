"""taizhang: the facts in Chinese news and reports as data."""
