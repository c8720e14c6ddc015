"""`python -m conflictstats`: the command line, where the script is not on the path."""

from conflictstats.cli import main

if __name__ == "__main__":
    main(prog_name="conflictstats")
