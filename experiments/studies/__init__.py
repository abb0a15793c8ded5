"""The kinds of studies, one folder each, and what all of them share."""
