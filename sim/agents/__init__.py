"""One file per kind of agent: its record (what it is) and its rules (what it does)."""
