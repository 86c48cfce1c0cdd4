"""Redline: a chat-ops advisory bot for strategic-communications teams."""

__version__ = "0.1.0"
