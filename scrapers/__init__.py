"""The inbound edge: pages fetched from sources and read into releases."""
