"""YAML in data/ to core objects. A broken file is refused with its name, line and reason."""
