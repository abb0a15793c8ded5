"""Agent-based model of how disputes among the residents of a province arise and where they are settled."""
