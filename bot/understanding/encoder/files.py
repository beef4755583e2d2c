"""What the encoder consists of in its folder, and how its graph is called."""

GRAPH, TOKENS, HEADS, SETTINGS = "encoder.onnx", "tokens.json", "heads.npz", "encoder.json"
# What goes into the graph: the piece numbers (texts, pieces), and 1.0 where a piece is none of the padding. What comes
# out: the mean of a text's states after some of the layers (texts, layers, hidden).
PIECES, REAL, MEANS = "pieces", "real", "means"
