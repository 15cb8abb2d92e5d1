// What was found, as a table with a row for each page, and a line for each fault.

/** Collects figures by page and faults by page and rule. */
export class Report {
  rows = new Map();
  faults = new Map();

  /** Notes a figure of a page; a figure that grows keeps its largest value. */
  figure(page, name, value) {
    const row = this.rows.get(page) ?? this.rows.set(page, {}).get(page);
    row[name] = typeof value == "number" && typeof row[name] == "number" ? Math.max(row[name], value) : value;
  }

  /** Adds to a count that stands in the table also where it is nothing. */
  count(page, name, more) {
    const row = this.rows.get(page) ?? this.rows.set(page, {}).get(page);
    row[name] = (row[name] ?? 0) + more;
  }

  /** `where` is a selector, or what was seen in place of what was expected. */
  fault(page, rule, where) {
    const seen = `${rule}: ${where}`;
    (this.faults.get(seen) ?? this.faults.set(seen, new Set()).get(seen)).add(page);
  }

  /** A line for each fault, with the pages that have it. */
  lines() {
    return [...this.faults].map(([seen, pages]) => `${[...pages].slice(0, 4).join(", ")}${pages.size > 4 ? ` and ${pages.size - 4} more pages` : ""}: ${seen}`);
  }

  /** A Markdown table: fit for a terminal and for the book. */
  table() {
    const columns = [...new Set([...this.rows.values()].flatMap(Object.keys))];
    const rows = [["page", ...columns], ...[...this.rows].map(([page, row]) => [page, ...columns.map(c => String(row[c] ?? ""))])];
    const widths = rows[0].map((_, i) => Math.max(...rows.map(row => row[i].length)));
    const line = row => `| ${row.map((cell, i) => i ? cell.padStart(widths[i]) : cell.padEnd(widths[i])).join(" | ")} |`;
    return [line(rows[0]), `|${widths.map((w, i) => i ? `${"-".repeat(w + 1)}:` : "-".repeat(w + 2)).join("|")}|`, ...rows.slice(1).map(line)].join("\n");
  }
}
