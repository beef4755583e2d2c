"""Amounts, dates, CVR numbers, places, trades, addresses, e-mail and telephone in a visitor's words."""
