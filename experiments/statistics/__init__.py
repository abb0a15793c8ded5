"""Statistics of replicates: pure arithmetic that reads and writes nothing."""
