// Writes a piece by a program of npm: node strangers.mjs TOOLS PROGRAM OUT, the piece on standard input.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [tools, program, out] = process.argv.slice(2);
const require = createRequire(join(tools, "package.json"));
const piece = JSON.parse(readFileSync(0, "utf8"));

function words(docx, notes, runs) {
  return runs.map((run) => {
    if (run.note) {
      notes[Object.keys(notes).length + 1] = { children: [new docx.Paragraph({ children: words(docx, notes, run.note) })] };
      return new docx.FootnoteReferenceRun(Object.keys(notes).length);
    }
    const look = { text: run.text, bold: run.look.includes("Strong"), italics: run.look.includes("Emph"), strike: run.look.includes("Strikeout") };
    const made = new docx.TextRun(run.link ? { ...look, style: "Hyperlink" } : look);
    return run.link ? new docx.ExternalHyperlink({ children: [made], link: run.link }) : made;
  });
}

async function withDocx() {
  const docx = require("docx");
  const notes = {};
  const level = (n) => ({ level: n, format: docx.LevelFormat.DECIMAL, text: `%${n + 1}.` });
  const numbering = { config: [{ reference: "numbers", levels: [0, 1, 2].map(level) }] };
  const children = piece.blocks.map((block) => {
    if (block.kind === "table") {
      const cell = (runs) => new docx.TableCell({ children: [new docx.Paragraph({ children: words(docx, notes, runs) })] });
      return new docx.Table({ rows: block.rows.map((row) => new docx.TableRow({ children: row.map(cell) })) });
    }
    const graf = { children: words(docx, notes, block.runs) };
    if (block.kind === "heading") graf.heading = docx.HeadingLevel[`HEADING_${block.level}`];
    if (block.kind === "quote") graf.style = "Quote";
    if (block.kind === "item" && block.number) graf.numbering = { reference: "numbers", level: block.level };
    if (block.kind === "item" && !block.number) graf.bullet = { level: block.level };
    return new docx.Paragraph(graf);
  });
  const file = new docx.Document({ numbering, footnotes: notes, sections: [{ children }] });
  return docx.Packer.toBuffer(file);
}

writeFileSync(out, program === "docx" ? await withDocx() : await require("html-to-docx")(piece.html));
