"""What `make eval` is made of, apart from Rasa: reads the sets, keeps the figures, draws and writes them."""
