"""Which rules a public purchase follows, and by when a bidder must act."""
