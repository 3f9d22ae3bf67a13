"""The page Styles: what leaders do in each style, which style fits whom, and a style of your own."""

from sim.app.styles.page import Styles

__all__ = ["Styles"]
