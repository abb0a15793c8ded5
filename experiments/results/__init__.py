"""What lies on disk: folders of results, the journal of finished runs, and where a number comes from."""
