"""`python -m sim` is `teamsim`."""

from sim.cli import main

if __name__ == "__main__":
    main()
