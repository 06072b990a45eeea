"""The demo: some real weeks replayed through the real fetcher, reader, classifier, store and delivery loop."""
