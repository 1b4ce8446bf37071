"""The validate room: candidates to records and exclusions to rejections, each with its reasons."""
