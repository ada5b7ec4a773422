package io.sluice.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows in columns, each as wide as its widest cell, two blanks apart. Confined to one thread. */
public final class Table {
  private static final int BETWEEN = 2;

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean headed;

  /** A table with these columns. */
  public Table(String... columns) {
    this.headed = true;
    rows.add(List.of(columns));
  }

  /** A table without a first row of names. */
  public static Table headless() {
    return new Table(false);
  }

  private Table(boolean headed) {
    this.headed = headed;
  }

  /** Adds a row. */
  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Adds a row. */
  public Table row(List<String> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  /** How many rows there are below the head. */
  public int size() {
    return rows.size() - (headed ? 1 : 0);
  }

  /** Writes it. */
  public void print(PrintWriter out) {
    int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], printable(row.get(i)).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = printable(row.get(i));
        line.append(cell).append(" ".repeat(widths[i] - cell.length() + BETWEEN));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** Keys may have anything in them; a terminal must not obey it. */
  private static String printable(String cell) {
    return cell.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
