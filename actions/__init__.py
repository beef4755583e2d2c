"""Rasa's custom actions, one file per capability: read the tracker, call one service, say the reply."""
