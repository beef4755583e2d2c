"""Plans: all that somebody must do to open a business, across authorities, in order, with dates and prices."""
