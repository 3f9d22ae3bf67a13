/* The framework's page has no language and forbids zooming, which people who see badly need. */
document.documentElement.lang = "en";
document.querySelector('meta[name="viewport"]').content = "width=device-width, initial-scale=1";
(function () {
  let choice = "auto";
  try {
    choice = JSON.parse(localStorage.getItem(":solara:theme.variant")) || "auto";
  } catch (nothing) {
    choice = "auto";
  }
  const dark = choice === "dark" || (choice === "auto" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
