"""Genvej: one digital entrance for businesses to a municipality."""
