"""The sentence encoder: read from a package, cut to size, run as a graph, with classifiers that learn above it."""
