"""Stands for PyTorch, of which Determined's client uses only the writer of TensorBoard's files."""

__version__ = "2.3.0"
