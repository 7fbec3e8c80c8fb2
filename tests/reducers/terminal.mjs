// A terminal that knows what the scripts use: lines that wrap, and ESC [ A (up), K (clear the rest
// of the line) and J (clear the rest of the screen). It scrolls, and nothing reaches what has
// scrolled out.
export class Terminal {
  constructor(columns, rows) {
    this.columns = columns;
    this.rows = rows;
    this.lines = [''];
    this.row = 0;
    this.column = 0;
  }

  write(text) {
    for (const [part, count, command] of text.matchAll(/\x1b\[(\d*)([AJK])|\n|[^\n]/g)) {
      if (command !== undefined) this.control(command, Number(count || 1));
      else if (part === '\n') this.nextLine();
      else this.put(part);
    }
  }

  control(command, count) {
    if (command === 'A') this.row = Math.max(this.top, this.row - count);
    if (command !== 'A') this.lines[this.row] = this.lines[this.row].slice(0, this.column);
    if (command === 'J') this.lines.length = this.row + 1;
  }

  put(character) {
    if (this.column === this.columns) this.nextLine();
    const line = this.lines[this.row].padEnd(this.column);
    this.lines[this.row] = line.slice(0, this.column) + character + line.slice(this.column + 1);
    ++this.column;
  }

  nextLine() {
    ++this.row;
    this.column = 0;
    if (this.row === this.lines.length) this.lines.push('');
  }

  // The first line that the cursor can reach.
  get top() {
    return Math.max(0, this.lines.length - this.rows);
  }

  get text() {
    return this.lines.join('\n');
  }
}
