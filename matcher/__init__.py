"""Index and match: the only package that knows the models, the vector store and the word index."""
