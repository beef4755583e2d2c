"""What is plugged into Rasa: components that understand Danish. The only room that imports Rasa."""
