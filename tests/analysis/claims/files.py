"""A small file of claims for tests: short runs, one part of each kind."""

CLAIMS = """
seed = 3

[situations.brief]
extends = "everyday"
run.weeks = 20

[situations.hurried]
extends = "everyday"
run.weeks = 20
market.urgency = 0.9
parameters.quit_base = 0.0

[[claims]]
id = "A1"
text = "Autocratic leaders decide faster than all others."
reason = "They do not."

[[claims.parts]]
text = "faster"
kind = "difference"
metric = "decision_delay"
of = "autocratic in brief"
against = ["others in brief"]
weeks = [1, 20]
direction = "lower"

[[claims]]
id = "A2"
text = "Urgency changes what democratic leadership costs."
note = "A note."

[[claims.parts]]
text = "the gap widens"
kind = "interaction"
metric = "output"
of = ["democratic in hurried", "autocratic in hurried"]
against = ["democratic in brief", "autocratic in brief"]
weeks = [1, 20]
direction = "lower"

[[claims.parts]]
text = "the gap widens along a line"
kind = "slope"
metric = "output"
levels = [0.3, 0.9]
of = ["democratic in brief", "democratic in hurried"]
against = ["autocratic in brief", "autocratic in hurried"]
weeks = [1, 20]
direction = "lower"

[[claims]]
id = "A3"
text = "No style is best everywhere, and one is never far behind."

[[claims.parts]]
text = "the ranking changes"
kind = "crossing"
metric = "output"
styles = ["autocratic", "democratic", "servant"]
situations = ["brief", "hurried"]
weeks = [1, 20]

[[claims.parts]]
text = "never far behind"
kind = "regret"
metrics = ["output", "morale"]
style = "democratic"
against = ["autocratic", "servant"]
situations = ["brief", "hurried"]
weeks = [1, 20]

[[claims]]
id = "A4"
text = "Morale falls, and less than a fifth is lost."

[[claims.parts]]
text = "within reach"
kind = "difference"
metric = "share_d3 + share_d4"
of = "servant in brief"
against = ["autocratic in brief"]
weeks = [11, 20]
since = [1, 10]
direction = "higher"
unit = "own"
smallest = -0.2
"""
