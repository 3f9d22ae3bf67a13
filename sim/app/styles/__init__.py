"""The page Styles: what leaders do in each style, how it fits people, and a style of one's own."""

from sim.app.styles.page import Styles

__all__ = ["Styles"]
