"""Controls as a screen reader tells of them, "button Play": those that a page has, and those that are used on it."""

SCRIPT = """
window.controls = {
  which: [
    'a[href], button, input, select, textarea, summary',
    ...['button', 'checkbox', 'combobox', 'link', 'menuitem', 'radio', 'slider', 'spinbutton', 'switch', 'tab'],
  ].map((one, place) => place ? `[role=${one}]` : one).join(', '),
  called(one) {
    const roles = { A: 'link', BUTTON: 'button', SELECT: 'combobox', SUMMARY: 'summary', TEXTAREA: 'textbox' };
    const kinds = { search: 'searchbox', number: 'spinbutton', range: 'slider', text: 'textbox' };
    const role = one.getAttribute('role') || roles[one.tagName] || kinds[one.type] || one.type;
    const text = (one.labels?.[0] || one).cloneNode(true);
    text.querySelectorAll('[aria-hidden=true], input, output, select, .ts-count').forEach((part) => part.remove());
    return `${role} ${one.getAttribute('aria-label') || text.textContent}`.replace(/\\s+/g, ' ').trim();
  },
  seen() {
    const all = [...document.querySelectorAll(controls.which)].filter((one) => one.checkVisibility());
    return [...new Set(all.map(controls.called))].sort();
  },
};
for (const kind of ['click', 'input', 'change', 'copy'])
  document.addEventListener(kind, (event) => {
    const one = event.target.closest?.(controls.which);
    if (one && window.used) used(location.pathname, controls.called(one));
  }, true);
"""
"""Runs in every page before anything else does."""


def watch(page, note):
    """Have `note` called with the page's address and the control, whenever one is used on this page."""
    page.expose_binding("used", lambda _, path, control: note((path, control)))
    page.add_init_script(SCRIPT)


def controls_of(page):
    """Every control that can be seen on a page."""
    return page.evaluate("controls.seen()")
