// How figures are said: percentiles, and tables that can be pasted into docs/performance.md.

export const mean = (times: number[]) => times.reduce((sum, time) => sum + time, 0) / times.length;

export function percentile(times: number[], percent: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))];
}

/** Milliseconds with three figures. */
export const ms = (time: number) => `${Number(time.toPrecision(time < 1 ? 2 : 3))} ms`;

export const share = (count: number, of: number) => (of ? `${((100 * count) / of).toFixed(1)} %` : "–");

export function print(title: string, header: string[], rows: string[][]): void {
  const widths = header.map((name, column) => Math.max(...[header, ...rows].map((row) => row[column].length), name.length));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  console.log(["", title, "", line(header), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line), ""].join("\n"));
}
