// The numbers of a chart as a table on the page and as a CSV file.
export default {
  computed: {
    tableRows() {
      const known = (value) => value !== null && value !== undefined;
      const span = (low, high) => (known(low) ? " (" + this.say("{low} to {high}", { low: this.number(low), high: this.number(high) }) + ")" : "");
      const before = (value, axis) => (known(value) ? "; " + this.say("compared with {value}", { value: this.number(value, axis) }) : "");
      if (this.spec.kind === "pairs")
        return {
          head: [this.say("pair"), ...this.spec.names, this.say("difference")],
          rows: this.spec.pairs.map((pair, p) => [p + 1, ...pair.map((value) => this.number(value))]),
        };
      if (this.spec.kind === "course")
        return {
          head: [this.spec.x_name, ...this.spec.lines.map((line) => line.name)],
          rows: this.spec.x.map((week, w) => [
            week,
            ...this.spec.lines.map((line) => this.number(line.mean[w]) + (line.low ? span(line.low[w], line.high[w]) : "") + before(line.before && line.before[w])),
          ]),
        };
      return {
        head: ["", this.spec.x_axis, this.spec.y_axis],
        rows: this.spec.points.map((p) => [p.name, ...[p.x, p.y].map((value, axis) => this.number(value, axis) + " ± " + this.number(p.interval[axis], axis) + before(p.before && p.before[axis], axis))]),
      };
    },
  },
  methods: {
    csv() {
      const cell = (value) => {
        const plain = value === null || value === undefined ? "" : String(this.harmless(value));
        return /[",\n\r]/.test(plain) ? '"' + plain.replace(/"/g, '""') + '"' : plain;
      };
      const rows = [];
      // A file that lies about somewhere still says what it shows.
      const runs = [this.spec.unit, this.spec.source, this.spec.changed];
      if (this.spec.kind === "pairs") {
        rows.push(["pair", ...this.spec.names, "difference"], ...this.spec.pairs.map((pair, p) => [p + 1, ...pair]));
      } else if (this.spec.kind === "course") {
        rows.push(["week", "name", "mean", "low", "high", "compared with"]);
        this.spec.x.forEach((week, w) =>
          this.spec.lines.forEach((line) => rows.push([week, line.key || line.name, line.mean[w], line.low && line.low[w], line.high && line.high[w], line.before && line.before[w]]))
        );
      } else {
        const columns = (axis) => [axis, axis + " plus-minus", axis + " compared with"];
        rows.push(["name", ...columns(this.spec.x_axis), ...columns(this.spec.y_axis)]);
        this.spec.points.forEach((p) => rows.push([p.key || p.name, ...[p.x, p.y].flatMap((value, axis) => [value, p.interval[axis], p.before && p.before[axis]])]));
      }
      return [[...rows[0], "unit", "runs", "changed"], ...rows.slice(1).map((row) => [...row, ...runs])].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
    },
  },
};
