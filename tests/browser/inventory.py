"""Every control of every page, and the test that uses it and looks at what comes of it.

A control is written with its role and its name, as a screen reader reads it out; `*` stands for what differs. Two
guards keep this true: test_inventory.py fails on a control that is not listed here, and a test that is listed here
fails if it leaves one of its controls alone (see `visit` in conftest.py).
"""

from fnmatch import fnmatchcase
from glob import escape

from sim.app.compare.controller import styles_for
from sim.app.compare.controls import LEVELS, groups, hint_of
from sim.app.compare.reporting import forms
from sim.app.learn.lessons import lessons
from sim.app.learn.teacher import prepared_views
from sim.app.pages import PAGES
from sim.scenario.behaviours import BEHAVIOUR_TABLE, BEHAVIOURS
from sim.scenario.load import load_scenario
from sim.scenario.styles import builtin_styles

EVERYDAY = load_scenario("everyday")
GROUPS = groups(EVERYDAY)

WAYS = {name: f"{name} {hint_of(name, told)}".strip() for name, told in styles_for(EVERYDAY).items()}
"""What the leadership styles are called where they are ticked."""


def each(role, names):
    """A control of this role for every name."""
    return [f"{role} {escape(name)}" for name in names]


def sliders(*, in_sight):
    """The names of the sliders on the page Compare, those in sight or those in drawers."""
    chosen = [control for group in GROUPS if group.open is in_sight for control in group.controls]
    return each("slider", [control.label for control in chosen if control.kind == "slider"])


EVERYWHERE = {
    "test_shell.test_the_menu_changes_the_page_without_loading_it_anew": each("link", [page.name for page in PAGES]),
    "test_shell.test_every_page_has_an_address_a_place_in_the_menu_and_a_way_past_it_by_keyboard": [
        "link Skip to the content"
    ],
    "test_shell.test_what_a_page_is_about_is_within_ten_tabs": ["link Skip to the *"],
    "test_languages.test_a_language_is_chosen_in_the_menu_and_kept_and_is_each_visitors_own": ["combobox Language"],
    "test_shell.test_dark_and_light_follow_the_system_until_one_is_chosen": ["combobox Colours"],
}

CHART = ["button *: show as a table", *[f"button *: save as {kind}" for kind in ("SVG", "PNG", "CSV")]]
COURSE = [*CHART, "slider *: week to read off"]

COMPARE = {
    "test_compare_controls.test_every_slider_in_sight": [
        *sliders(in_sight=True),
        "button *: what is this[?]",
        "button *: reset",
    ],
    "test_compare_controls.test_every_slider_in_a_drawer": [
        *sliders(in_sight=False),
        *each(
            "summary", [title for group in GROUPS if not group.open for title in (group.drawer, group.title) if title]
        ),
    ],
    "test_compare_controls.test_a_number_is_found_by_a_word_of_it": ["searchbox Find"],
    "test_compare_controls.test_shares_add_up_and_groups_can_be_put_away": [
        *each("slider", LEVELS),
        *each("summary", [group.title for group in GROUPS if group.open]),
    ],
    "test_compare_controls.test_every_leadership_style": [*each("checkbox", WAYS.values()), "summary More styles (*"],
    "test_compare_controls.test_nobody_loses_track_of_leadership_styles": ["summary What are these[?]"],
    "test_compare_controls.test_what_is_compared_and_what_is_drawn": [
        "combobox Compare them with*",
        "combobox Third chart*",
    ],
    "test_compare_controls.test_another_question": ["combobox The question"],
    "test_compare_controls.test_how_it_is_run": [
        "summary How it is run",
        "combobox Replications",
        "spinbutton Weeks",
        "spinbutton Seed (luck)",
    ],
    "test_compare_controls.test_changes_are_taken_back_and_pinned": [
        "button *: undo",
        "button Pin this situation",
        "button Compare with the start",
        "button Back to the start",
    ],
    "test_compare_controls.test_all_headline_figures": ["summary All headline figures"],
    "test_compare_controls.test_why_a_difference_is_as_it_is": [
        "button Why[?] *",
        "button Close",
        "button How leaders behave*",
    ],
    "test_compare_controls.test_why_is_asked_of_a_change_and_of_an_event": [
        *each("combobox", ["Why", "Metric", "Style"])
    ],
    "test_lost.test_what_is_tried_and_why_is_beside_the_rankings": ["button Try this: *"],
    "test_in_sight.test_on_a_phone_the_result_stays_beside_the_slider": ["button Read on"],
    "test_charts.test_the_charts_of_a_comparison": COURSE,
    "test_compare.test_scenarios_come_and_go_as_files": ["file Open a scenario file", "button Save this scenario"],
    "test_compare.test_the_command_can_be_copied": ["button Copy a link to this view", "button Copy the command"],
    "test_compare.test_what_the_browser_does_not_copy_can_be_copied_by_hand": ["textbox Link (*", "textbox Command (*"],
    "test_compare_report.test_a_report_that_cannot_be_made_is_explained_in_every_form_and_the_page_goes_on": each(
        "button", list(forms().values())
    ),
}

TEAM = {
    "test_team.test_another_run_has_an_address_of_its_own_and_the_back_button_returns": [
        "combobox Situation",
        "combobox Leadership style",
        "spinbutton Luck",
        "summary For researchers*",
        "spinbutton Seed",
    ],
    "test_team.test_play_pause_step_back_and_reset_move_the_weeks": [
        *each("button", ["Play", "Pause", "Step", "Back", "Reset"]),
        "combobox Speed",
    ],
    "test_team.test_a_newcomer_is_followed_and_the_board_shows_where_everybody_stands": ["button Follow a newcomer"],
    "test_team.test_everybody_who_is_there_has_a_tile_with_name_level_and_mood": ["slider Week"],
    "test_team.test_a_person_is_chosen_by_key_and_the_leaders_doing_is_explained": [
        "button *, mood *",
        f"button All {len(BEHAVIOURS)} behaviours",
        "button Only the main ones",
    ],
    "test_team.test_what_an_event_does_can_be_asked": [
        "button Why[?] *",
        "combobox Metric",
        "button Crisis*",
        "button Close",
    ],
    "test_team.test_the_whole_run_can_be_taken_away_as_a_table": ["button This run, *: save as CSV"],
    "test_charts.test_the_chart_of_a_persons_history": COURSE,
}

STYLES = {
    "test_styles.test_every_style_has_its_profile_and_another_beside_it": ["combobox Style", "combobox Beside it"],
    "test_styles.test_profiles_are_saved": ["button *: save as CSV", "button *: save as SVG"],
    "test_styles.test_the_match_is_run_and_said_for_every_level": [
        "combobox Measured by",
        "button Match: save as CSV",
        "button Match: save as SVG",
    ],
    "test_styles.test_a_style_is_made_by_a_slider_compared_and_taken_away": [
        "textbox Name",
        "textbox Description",
        "button Compare",
        "button Download the style",
        "button Download a scenario with it",
        "button Reset the sliders",
    ],
    "test_styles.test_every_behaviour_can_be_changed_from_where_a_style_has_it": [
        *each("slider", (behaviour.label for behaviour in BEHAVIOUR_TABLE)),
        "combobox Starting from",
    ],
    "test_styles.test_a_style_is_compared_on_the_first_page_beside_what_it_was_made_from": [
        "link Compare it on the page Compare"
    ],
    "test_styles.test_a_style_is_made_by_mixing": [
        *each("slider", builtin_styles()),
        "combobox Made",
        "combobox Compare with",
        "combobox In the situation",
    ],
    "test_charts.test_the_charts_of_a_style_of_ones_own": COURSE,
}

LEARN = {
    "test_learn.test_a_lesson_shows_nothing_of_the_result_before_the_guess_and_leads_on": [
        *each("link", [f"{lesson.order}. {lesson.title}" for lesson in lessons().values()]),
        "link All lessons",
    ],
    "test_learn.test_the_next_lesson_and_the_page_for_teachers_are_found": ["link Next: *", "link How to run a class"],
    "test_learn.test_every_kind_of_guess_is_committed_revealed_and_tried_again": [
        "radio *",
        "button Commit to this guess and run the model",
        "button Try the same guess with other luck",
    ],
    "test_learn.test_a_guess_stays_while_other_pages_are_read_until_the_lesson_is_begun_anew": [
        "button Start this lesson again"
    ],
    "test_learn.test_the_teachers_page_has_notes_on_all_lessons_and_can_be_printed": ["button Print this page"],
    "test_learn.test_prepared_views_and_lessons_open_from_the_teachers_page": [
        f"link {prepared_views()[0]['text']}",
        "link Open the lesson",
    ],
    "test_lost.test_lessons_and_a_style_in_the_making_survive_a_reload_and_can_be_taken_along": [
        "button Download my predictions",
        "button Forget my predictions",
    ],
    "test_together.test_a_class_predicts_together_and_nothing_stays": [
        "combobox Lesson",
        "button Open a class",
        "textbox Join a class",
        "button Show everybody the guesses",
        "button Show everybody the result",
        "button End the class",
    ],
    "test_charts.test_the_chart_of_a_lesson": COURSE,
}

EVIDENCE = {
    "test_evidence.test_claims_can_be_filtered_by_verdict_and_saved": [
        "combobox Show",
        "button Claims of the leadership literature: save as CSV",
        "button Claims of the leadership literature: save the picture as SVG",
        "summary more about *",
    ],
    "test_evidence.test_what_was_found_is_seen_at_once_and_each_part_of_it_is_read_when_it_is_tapped": [
        "button *: *shown, *",
        "button C[0-9][0-9]: *",
    ],
    "test_evidence.test_on_a_phone_nothing_of_the_tables_is_out_of_sight": ["summary The whole table (*"],
    "test_evidence.test_how_to_read_is_told_when_it_is_asked_for": ["summary What was tried, and how to read it"],
    "test_evidence.test_a_claim_can_be_tried": [
        "combobox Claim",
        "button Run it now",
        "button *, run now: save as CSV",
        "button *, run now: save the picture as SVG",
    ],
    "test_evidence.test_every_published_finding_is_held_against_the_model_figure_by_figure": [
        "button Published findings: save as CSV",
        "button Published findings: save the picture as SVG",
    ],
}

BY_ADDRESS = {"/learn": each("link", [view["text"] for view in prepared_views()])}
"""Links of which a test compares the addresses, and follows the first and the last."""

INVENTORY = {"/": COMPARE, "/team": TEAM, "/styles": STYLES, "/learn": LEARN, "/evidence": EVIDENCE, "*": EVERYWHERE}
"""By the address of the page; what is on every page stands at the end."""


def untested(page, found):
    """Which of the controls found on a page no test is listed for."""
    known = [control for tests in (INVENTORY[page], EVERYWHERE) for listed in tests.values() for control in listed]
    known += BY_ADDRESS.get(page, [])
    return [control for control in found if not any(fnmatchcase(control, one) for one in known)]


def untouched(test, touched):
    """Which controls a test is listed for and left alone.

    Args:
        test: "test_team.test_it_plays".
        touched: (page, control) for each control that was used. A page that was not visited at all does not count.
    """
    left = []
    for page, tests in INVENTORY.items():
        used = [control for where, control in touched if page in (where, "*")]
        if used:
            wanted = tests.get(test, ())
            left += [one for one in wanted if not any(fnmatchcase(control, one) for control in used)]
    return left
