"""The process that listens to the telephone exchange and writes down what it says."""
