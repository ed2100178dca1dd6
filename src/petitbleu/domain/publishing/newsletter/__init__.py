__all__ = ["records"]
