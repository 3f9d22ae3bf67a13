// Pairs of runs: a dot for each pair at the difference between its two, stacked into a dot plot.
export default {
  computed: {
    // The width of a bin, and the bin of each pair. Zero is always the edge of a bin.
    bins() {
      const gaps = this.spec.pairs.map((pair) => pair[2]);
      const width = (Math.max(0, ...gaps) - Math.min(0, ...gaps)) / (this.narrow ? 24 : 36) || 1;
      return { width, of: gaps.map((gap) => (gap > 0 ? Math.ceil(gap / width) - 1 : Math.min(-1, Math.floor(gap / width)))) };
    },
  },
  methods: {
    // A dot for each pair, those of one bin on top of each other, and the number of dots on both sides of zero.
    drawPairs(ink, colour, dark) {
      const f = this.plotArea;
      const bins = this.bins;
      const radius = 0.46 * Math.min(this.px(bins.width) - this.px(0), this.py(0) - this.py(1));
      const zero = this.px(0).toFixed(1);
      const out = ['<line class="ts-zero" x1="' + zero + '" x2="' + zero + '" y1="' + f.top + '" y2="' + f.bottom + '" stroke="' + ink.text + '" stroke-width="1.2"/>'];
      const filled = {};
      bins.of.forEach((bin, p) => {
        filled[bin] = (filled[bin] || 0) + 1;
        const side = this.spec.pairs[p][2] > 0 ? this.spec.sides[1] : this.spec.sides[0];
        const [x, y] = [this.px((bin + 0.5) * bins.width), this.py(filled[bin] - 0.5)];
        out.push('<circle class="ts-pair" cx="' + x.toFixed(1) + '" cy="' + y.toFixed(1) + '" r="' + radius.toFixed(1) + '" fill="' + colour(side) + '"/>');
      });
      this.spec.sides.forEach((side, s) => {
        const text = this.say("{name} ahead: {many} of {all}", { name: side.name, many: side.many, all: this.spec.pairs.length });
        const place = s ? 'x="' + f.right + '" y="' + (this.narrow ? 26 : 12) + '" text-anchor="end"' : 'x="' + f.left + '" y="12"';
        out.push("<text " + place + ' font-weight="bold" fill="' + (dark ? side.dark_ink : side.ink) + '">' + this.escaped(s ? text + " ▸" : "◂ " + text) + "</text>");
      });
      return out.join("");
    },
  },
};
