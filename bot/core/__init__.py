"""The business itself: standard library only, no input or output, dates passed in."""
