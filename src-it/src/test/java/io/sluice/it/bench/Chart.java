package io.sluice.it.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Bars of processor time per request, as a share of the dearest server's in each case. */
final class Chart {
  private static final int WIDTH = 900;
  private static final int LEFT = 330;
  private static final int BAR = 9;
  private static final int GAP = 10;
  private static final int TOP = 40;
  private static final List<String> COLOURS = List.of("#1f6feb", "#54aeff", "#8c959f", "#d4a72c");

  private Chart() {}

  /** The picture. */
  static String svg(Map<Case, Map<Contestant, Measurement>> results) {
    StringBuilder bars = new StringBuilder();
    int y = TOP;
    for (Map.Entry<Case, Map<Contestant, Measurement>> row : results.entrySet()) {
      double most =
          row.getValue().values().stream().mapToDouble(Measurement::cpuMicros).max().orElse(1);
      bars.append(text(LEFT - 8, y + BAR, "end", row.getKey().title()));
      int colour = 0;
      for (Map.Entry<Contestant, Measurement> bar : row.getValue().entrySet()) {
        double micros = bar.getValue().cpuMicros();
        double width = micros / most * (WIDTH - LEFT - 90);
        String fill = COLOURS.get(colour(bar.getKey(), colour++));
        bars.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                LEFT,
                y,
                width,
                BAR - 1,
                fill));
        String label = String.format(Locale.ROOT, "%,.0f µs %s", micros, bar.getKey().name());
        bars.append(text(LEFT + (int) width + 4, y + BAR - 2, "start", label));
        y += BAR;
      }
      y += GAP;
    }
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
            + " font-family=\"sans-serif\" font-size=\"8\">%n"
            + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n%s%s</svg>%n",
        WIDTH,
        y,
        text(LEFT, TOP / 2, "start", "Server CPU per request, less is better"),
        bars);
  }

  private static int colour(Contestant contestant, int position) {
    return switch (contestant.kind()) {
      case SLUICE -> Math.min(position, 1);
      case FILES -> 2;
      case PEER -> 3;
    };
  }

  private static String text(int x, int y, String anchor, String content) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#24292f\">%s</text>%n",
        x,
        y,
        anchor,
        content);
  }
}
