// Saves a chart as a picture (SVG, PNG) or its numbers as CSV.
export default {
  methods: {
    save(kind) {
      const name = this.spec.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "chart";
      if (kind === "CSV") return this.download(new Blob([this.csv()], { type: "text/csv" }), name + ".csv");
      const svg = this.printPicture();
      const blob = new Blob([svg.text], { type: "image/svg+xml" });
      if (kind === "SVG") return this.download(blob, name + ".svg");
      const image = new Image();
      const url = URL.createObjectURL(blob);
      image.onload = () => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [2 * svg.width, 2 * svg.height];
        const pen = canvas.getContext("2d");
        pen.scale(2, 2);
        pen.drawImage(image, 0, 0);
        URL.revokeObjectURL(url);
        canvas.toBlob((made) => this.download(made, name + ".png"), "image/png");
      };
      image.src = url;
      return null;
    },
    // A text in lines of so many characters at most.
    lines_of(text, most) {
      const lines = [""];
      text.split(" ").forEach((word) => {
        if ((lines[lines.length - 1] + " " + word).length > most && lines[lines.length - 1]) lines.push(word);
        else lines[lines.length - 1] = (lines[lines.length - 1] + " " + word).trim();
      });
      return lines;
    },
    // The picture in light colours on white, with its title and all that one has to know of it, as it goes into a document.
    printPicture() {
      const said = [this.spec.source, this.spec.changed, this.spec.note].filter(Boolean).flatMap((text) => this.lines_of(text, this.width / 5.6));
      const [width, height] = [this.width + 16, this.plotHeight + 46 + 13 * said.length];
      const drawn = this.draw(false, this.width, this.plotHeight).replace("<svg ", '<svg x="8" y="36" ');
      const small = (text, y) => '<text x="12" y="' + y + '" font-size="10" fill="#5A6266">' + this.escaped(text) + "</text>";
      const text =
        '<svg xmlns="http://www.w3.org/2000/svg" width="' + width + '" height="' + height + '" viewBox="0 0 ' + width + " " + height + '" font-family="DejaVu Sans, Helvetica, Arial, sans-serif">' +
        '<rect width="100%" height="100%" fill="white"/><text x="12" y="19" font-size="13" font-weight="bold" fill="#222222">' + this.escaped(this.spec.title) + "</text>" +
        small(this.spec.subtitle, 32) + drawn + said.map((line, l) => small(line, this.plotHeight + 48 + 13 * l)).join("") + "</svg>";
      return { text, width, height };
    },
    download(blob, name) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    },
  },
};
