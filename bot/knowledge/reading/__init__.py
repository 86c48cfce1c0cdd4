"""Reading the knowledge base: `load` reads all files and tells all that is wrong with them."""

from bot.knowledge.reading.loading import Loaded, load

__all__ = ["Loaded", "load"]
