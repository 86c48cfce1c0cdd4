"""`python -m bot` is the same as `redline`."""

from bot.terminal import main

if __name__ == "__main__":
    main()
