"""``python -m taizhang``: the command without its script."""

from taizhang.cli import main

if __name__ == "__main__":
    main()
