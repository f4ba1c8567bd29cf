"""The knowledge base: what may be told to customers, looked up while they wait."""
