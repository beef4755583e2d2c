"""The sentence encoder: read from a package, tuned on our examples, run without the framework it was tuned in."""
