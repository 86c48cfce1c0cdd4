"""Reading the knowledge base: `load` reads all files and tells all that is wrong with them."""

from bot.knowledge.reading.loaded import Loaded, Location
from bot.knowledge.reading.loading import load

__all__ = ["Loaded", "Location", "load"]
