"""Danish as it is typed: spelling, compounds and lemmas, as one spaCy pipeline."""
