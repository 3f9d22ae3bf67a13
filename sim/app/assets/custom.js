/* The framework's page has no language and forbids zooming, which people who see badly need. */
document.documentElement.lang = "en";
document.querySelector('meta[name="viewport"]').content = "width=device-width, initial-scale=1";
/* What is asked while the connection is lost; the page asks it again when it comes back. */
window.teamsim = { lost: false, asked: [] };
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

/* A finger that scrolls the page leaves the slider under it as it was: a slider hears of a touch only once it is clear
   that the finger goes along it, or that it was a tap. */
(function () {
  const APART = 8; // pixels after which a finger has a direction
  let held = null;
  const isSlider = (one) => one instanceof HTMLInputElement && one.type === "range";
  const tell = (one, kinds) => kinds.forEach((kind) => one.dispatchEvent(new Event(kind, { bubbles: true })));
  const settle = (slides) => {
    const { slider, value, heard } = held;
    held = null;
    if (!slides) slider.value = value;
    else if (heard) tell(slider, ["input"]);
  };
  const quiet = (event) => {
    if (!held || event.target !== held.slider) return;
    held.heard = true;
    event.stopImmediatePropagation();
  };
  const listen = (kind, act) => document.addEventListener(kind, act, { capture: true, passive: true });
  listen("touchstart", (event) => {
    const [finger] = event.touches;
    if (isSlider(event.target) && event.touches.length === 1)
      held = { slider: event.target, value: event.target.value, x: finger.clientX, y: finger.clientY, heard: false };
  });
  listen("touchmove", (event) => {
    if (!held) return;
    const [across, along] = [Math.abs(event.touches[0].clientX - held.x), Math.abs(event.touches[0].clientY - held.y)];
    if (Math.max(across, along) >= APART) settle(across >= along);
  });
  listen("touchend", () => held && settle(true));
  listen("touchcancel", () => held && settle(false));
  document.addEventListener("input", quiet, true);
  document.addEventListener("change", quiet, true);
})();
