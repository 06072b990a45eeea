"""The inbound edge: fetching pages, reading them as items and releases, polling sources."""
