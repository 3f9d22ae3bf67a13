// Says English texts in the language of the page. A text that its dictionary does not have stays English. The app hands
// each component the dictionary of its own texts (`sim.app.component`); a page in one file has one for all, WORDS.
export default {
  computed: {
    spoken() { return typeof WORDS === "undefined" ? JSON.parse(this.dictionary || "{}") : WORDS; },
  },
  methods: {
    // A text with values put in where it names them: {n}, or {n:week|weeks} for the form that goes with a whole number.
    say(text, values) {
      const said = this.spoken[text] || text;
      if (!values) return said;
      const language = this.spoken[":language"] || "en";
      return said.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (whole, name, one, other) => {
        const value = values[name];
        if (one !== undefined) return new Intl.PluralRules(language).select(value) === "one" ? one : other;
        return typeof value === "number" ? value.toLocaleString(language === "en" ? "en-US" : language) : value;
      });
    },
    // A number that is written as a program writes it, with the decimal sign of the language.
    digits(text) {
      const sign = this.spoken[":decimal"] || ".";
      return sign === "." ? String(text) : String(text).replace(".", sign);
    },
    // A cell for a CSV file: text that a spreadsheet would run as a formula gets an apostrophe (`sim.scenario.signs`).
    harmless(cell) {
      return typeof cell === "string" ? cell.replace(/^(?![+-]?[\d.,]+$)[=+\-@\t\r]/, "'$&") : cell;
    },
    // Parts in a row: "a, b and c".
    joined(parts) {
      if (parts.length < 2) return parts.join("");
      const last = parts[parts.length - 1];
      const and = this.spoken[":language"] === "es" && /^i/i.test(last) ? "e" : this.spoken[":and"] || "and";
      return parts.slice(0, -1).join(", ") + " " + and + " " + last;
    },
  },
};
